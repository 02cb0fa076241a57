"""The one contract between the program and any platform, in the domain's words; nothing here talks to anybody.

A platform reads and changes. A reading may be retried and is. A change answers **a result for each operation
given**, raises `NotSent` or `NoAnswer` for the call as a whole, and is never retried here: the journal is its
retry (reliability.md rules 1-4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from dropship_cli.domain.binding import Binding
from dropship_cli.domain.capability import Capabilities
from dropship_cli.domain.carrier import Carrier
from dropship_cli.domain.item import Item
from dropship_cli.domain.label import PrintData
from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.receiver import Opened, SealedOrder
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Waybill
from dropship_cli.platforms.pushes import Pushes


class NotSent(Exception):
    """Proven: the platform did nothing. `reason` is a code (`network.unreachable`, `platform.limited`, …);
    `retry_after` are the seconds the platform asked for, if it did."""

    def __init__(self, reason: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after


class NoAnswer(Exception):
    """The call may have worked or not: there is no answer that can be trusted. `log_id` is what the platform's
    support asks for, where one came. Never carries an address, a body or a secret."""

    def __init__(self, reason: str, detail: str = "", *, log_id: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.log_id = log_id


class Verdict(StrEnum):
    """The platform's word on one operation."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One operation's answer. `code` is ours (dotted), `said` the platform's own words; `given` is what came with
    a yes: an e-waybill's `tracking_number` and routing."""

    op_id: str
    verdict: Verdict
    code: str | None = None
    said: str = ""
    package_ids: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemRef:
    """How to ask for one item. A factory needs the merchant's id as well (doudian.md section 5)."""

    item_id: str
    order_id: str = ""
    merchant_id: str | None = None


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What the platform's ordinary order tells that dropshipping does not show; `refunded` are the items whose money
    went back, however far they had come."""

    order_id: str
    paid_at: int | None
    closed: bool
    refunded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Raw:
    """A request as it would be sent: the address with its query, the body. Secrets are masked in `query`."""

    url: str
    query: Mapping[str, str]
    body: str


Progress = Callable[[int, int | None], None]


class Platform(Protocol):
    """What every platform offers. One object serves one profile; it may be used from several threads."""

    def capabilities(self, role: Role) -> Capabilities:
        """What can be done by API in this role; no call."""
        ...

    def role(self) -> Role | None:
        """The shop's role as the platform knows it; `None` while none is chosen."""
        ...

    def bindings(self, role: Role) -> list[Binding]:
        """Every binding and application of this shop, newest first."""
        ...

    def items(self, role: Role, window: Window) -> Iterator[list[Item]]:
        """Pages of the items that changed in the window; none is missed while others change rows."""
        ...

    def item(self, role: Role, ref: ItemRef) -> Item | None:
        """One item as it is now; `None` where the platform does not show it to this shop (any more)."""
        ...

    def order_facts(self, order_id: str) -> OrderFacts | None:
        """A merchant's own order whether dropshipped or not; `None` where there is no such order."""
        ...

    def sealed(self, order_id: str) -> SealedOrder | None:
        """A merchant's own order with the ciphers of its receiver, as it is now; `None` where there is no such
        order. Asked only where `capabilities(role).reveal` allows it."""
        ...

    def opened(self, order: SealedOrder) -> list[Opened]:
        """The ciphers in plain text, one answer a cipher. It costs quota: sent once, not retried.

        Raises `NotSent`, `NoAnswer`, a `SetupError`, or `RefusedError` for the call as a whole.
        """
        ...

    def ordinary(self, item: Item) -> Item | None:
        """An item that dropshipping does not show, with its states as the merchant's ordinary order tells them; what
        that does not tell stays as given. `None` where there is no such item."""
        ...

    def carriers(self) -> list[Carrier]:
        """The carriers that the platform takes, with our neutral codes."""
        ...

    def change(self, role: Role, kind: Kind, operations: Sequence[Operation]) -> list[Answer]:
        """Ask for a change. At most `capabilities(role).can(kind).batch` operations, all of this kind.

        Answers one `Answer` for each operation given, matched by id. Raises `NotSent` (nothing was done),
        `NoAnswer` (unknown), or a `SetupError` (not authorised: nothing was done).
        """
        ...

    def pushes(self) -> Pushes | None:
        """How to read what the platform pushes to an address of ours; `None` where it pushes nothing."""
        ...

    def print_data(self, role: Role, waybills: Sequence[Waybill]) -> list[PrintData]:
        """What the platform's printing component gets for numbers of ours; with a `code` where there is none."""
        ...

    def log_in(self, code: str | None = None) -> float:
        """Get a token (with `code` for an app used by many); the Unix second when it ends."""
        ...

    def clock_skew(self) -> float | None:
        """Seconds the platform's clock is ahead of ours, from its last answer; `None` before any."""
        ...

    def raw(self, method: str, params: Mapping[str, Any], *, timestamp: str | None = None) -> Raw:
        """The signed request that `call` would send, nothing sent."""
        ...

    def call(self, method: str, params: Mapping[str, Any], *, timestamp: str | None = None) -> dict[str, Any]:
        """A raw signed call; the whole answer as it came."""
        ...

    def close(self) -> None:
        """Let the connections go."""
        ...
