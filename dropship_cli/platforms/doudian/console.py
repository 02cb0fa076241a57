"""The sandbox's door: Doudian's client plus what the real platform offers only in its web console.

The endpoints `/console/...` are our sandbox's own (doudian.md section 9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dropship_cli.domain.capability import Can, Capabilities
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import Answer, Verdict
from dropship_cli.platforms.doudian import mapping
from dropship_cli.platforms.doudian.changes import plainly
from dropship_cli.platforms.doudian.client import Doudian
from dropship_cli.platforms.registry import Opening


def sandbox(opening: Opening) -> Console:
    """The sandbox behind a profile, in this process or on a port."""
    return Console(opening)


class Console(Doudian):
    """Doudian whose console can be reached by a call."""

    def capabilities(self, role: Role) -> Capabilities:
        """All of Doudian's, and the console's acts of this role."""
        acts = dict(super().capabilities(role).acts)
        mine = (Kind.APPLY, Kind.UNBIND) if role is Role.MERCHANT else (Kind.ACCEPT, Kind.REJECT)
        return replace(super().capabilities(role), acts={**acts, **dict.fromkeys((Kind.ROLE, *mine), Can())})

    def change(self, role: Role, kind: Kind, operations: Sequence[Operation]) -> list[Answer]:
        """The console's acts here, everything else as on Doudian."""
        if kind is Kind.ROLE:
            return [self._choose(one) for one in operations]
        if kind not in _CALLS:
            return super().change(role, kind, operations)
        return [self._ask(one, _CALLS[kind], _params(one)) for one in operations]

    def _choose(self, operation: Operation) -> Answer:
        """Have the role, then open the shop under its name: two calls, and the same again changes nothing.

        The role is read first: a second switch would switch back.
        """
        wanted = Role(str(operation.wish["role"]))
        actual = self.role()
        if actual is not wanted:
            answer = self._become(operation, wanted, actual)
            # Read back: "chosen already" may be our own call delivered twice, and a switch so delivered is none.
            if self.role() is not wanted:
                return (
                    answer if answer.code else Answer(operation.op_id, Verdict.UNKNOWN, "answer.missing_row")
                )
        # A shop without a sender could never ship: who names none sends under the shop's name.
        name = str(operation.wish.get("shop_name") or self._shop_id)
        sender = str(operation.wish.get("sender") or name)
        return self._ask(operation, "console.shop.open", {"name": name, "sender": sender})

    def _become(self, operation: Operation, wanted: Role, actual: Role | None) -> Answer:
        if actual is None:
            return self._ask(operation, "console.role.choose", {"role": str(wanted)})
        return self._ask(operation, "console.role.switch", {})

    def _ask(self, operation: Operation, method: str, params: Mapping[str, Any]) -> Answer:
        reply = self._send(method, params)
        return plainly(method, operation, reply)


_CALLS = {
    Kind.APPLY: "console.binding.apply",
    Kind.UNBIND: "console.binding.unbind",
    Kind.ACCEPT: "console.binding.answer",
    Kind.REJECT: "console.binding.answer",
}


def _params(operation: Operation) -> dict[str, Any]:
    partner = mapping.number(operation.target)
    if operation.kind in (Kind.APPLY, Kind.UNBIND):
        return {"factory_shop_id": partner}
    accepts = operation.kind is Kind.ACCEPT
    return {"merchant_shop_id": partner, "accept": accepts, "reason": str(operation.wish.get("reason", ""))}
