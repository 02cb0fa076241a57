"""What a plan answers for each row: do, keep as it is, wait for what is on its way, or refuse (and why)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dropship_cli.domain.errors import DropshipError
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, Operation, State, Wish, wish_text
from dropship_cli.domain.outcome import Outcome, Result


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation not yet in the journal; of several in one decision each waits for the one before."""

    kind: Kind
    target: str
    order_id: str
    wish: Wish
    before: Wish = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done for one row.

    `drafts` are to be journalled; `waits` is an operation already on its way that wishes the same; `follows`
    says that an earlier row carries the drafts of both: one of the same item, or of the item `leader`. With none
    of them, `code` says why the row is refused, or, without a code, that nothing needs to change.
    """

    order_id: str
    item_id: str
    row: int | None = None
    drafts: tuple[Draft, ...] = ()
    waits: Operation | None = None
    follows: bool = False
    leader: str = ""
    code: str | None = None
    values: tuple[tuple[str, object], ...] = ()
    warning: str | None = None

    def outcome(self) -> Outcome:
        """The row's end as far as the plan alone decides it; `would` where something is to be done."""
        return Outcome(
            order_id=self.order_id,
            item_id=self.item_id,
            result=self._result(),
            error_code=self.code,
            values=self.values,
            row=self.row,
            op_id=self.waits.op_id if self.waits else None,
            warning=self.warning,
        )

    def _result(self) -> Result:
        if self.drafts or self.follows:
            return Result.WOULD
        if self.waits is not None:
            return Result.UNKNOWN if self.waits.state in (State.UNKNOWN, State.SENDING) else Result.QUEUED
        return Result.REFUSED if self.code else Result.UNCHANGED


def refuse(order_id: str, item_id: str, row: int | None, code: str, **values: object) -> Decision:
    """A refusal with the facts that its sentence needs."""
    return Decision(order_id, item_id, row, code=code, values=tuple(values.items()))


def refused_by(error: DropshipError, order_id: str, item_id: str, row: int | None) -> Decision:
    """A refusal of one row from an error that a rule raised."""
    return Decision(order_id, item_id, row, code=error.code, values=tuple(error.values.items()))


def behind(item: Item, row: int | None, drafts: tuple[Draft, ...], live: tuple[Operation, ...]) -> Decision:
    """The decision for an item with an act on its way: wait for the same one, refuse beside another.

    The last draft is the wish; what it needs done first does not count.
    """
    last = drafts[-1]
    for operation in live:
        if operation.kind is last.kind and wish_text(operation.wish) == wish_text(last.wish):
            return Decision(item.order_id, item.item_id, row, waits=operation)
    first = live[0]
    return refuse(item.order_id, item.item_id, row, "operation.pending", act=first.kind, state=first.state)


def without(live: Mapping[str, tuple[Operation, ...]], *kinds: Kind) -> dict[str, tuple[Operation, ...]]:
    """What is on its way, but for acts of these kinds: they do not stand in the way."""
    kept = {target: tuple(one for one in found if one.kind not in kinds) for target, found in live.items()}
    return {target: found for target, found in kept.items() if found}


Live = Mapping[str, tuple[Operation, ...]]
"""Operations still on their way, by target."""

Refusal = tuple[str, Mapping[str, object]]
"""A code and the facts that its sentence needs."""

Bars = Mapping[str, Refusal]
"""Items that may not go on, whatever their state, with the reason."""

NO_BARS: Bars = {}
