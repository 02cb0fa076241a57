"""Which cases need a person, and how each is known again: once told, a case is told again only after it ended.

Nothing here reads a store or writes a sentence. Another kind of case is a word in `CaseKind` and a place in
`actions/cases.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dropship_cli.domain.change import Change
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.operation import Operation
from dropship_cli.domain.shop import Role


class CaseKind(StrEnum):
    """What can be the matter, in the order in which it is told."""

    LATE = "late"
    REFUND = "refund_open"
    REFUNDED = "refunded"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    SYNC = "sync_failed"
    LOGIN = "login_ends"
    SOON = "due_soon"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is the matter now.

    `about` tells it from others of its kind: an item, an operation. `at` is Unix seconds: the promised time, the end
    of the login, when an operation was sent. `partner` is the factory (to a merchant) or the merchant. `code` is an
    error's, `act` an operation's kind, `change` what was altered (`domain.change.Field`).
    """

    kind: CaseKind
    about: str = ""
    at: float | None = None
    order_id: str = ""
    item_id: str = ""
    sku_code: str = ""
    quantity: int = 0
    partner_id: str = ""
    partner_name: str = ""
    act: str = ""
    code: str = ""
    change: str = ""

    @property
    def key(self) -> str:
        """How the case is known again."""
        return f"{self.kind}:{self.about}"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that is the matter in one shop, the most urgent of each kind first; `fresh` are the keys not told yet.

    `synced_at` is the Unix second of the last whole reading: how old the news is.
    """

    profile: str
    platform: str
    shop_id: str
    live: bool
    now: float
    soon: float
    synced_at: float | None
    cases: tuple[Case, ...]
    fresh: frozenset[str]


@dataclass(frozen=True, slots=True)
class Message:
    """One text for a chat, and the cases that are told by it."""

    text: str
    cases: tuple[Case, ...] = ()


def item_case(
    item: Item, *, now: float, soon: float, role: Role | None, opened: float | None = None
) -> Case | None:
    """What is the matter with an item; nothing for most.

    An open refund on an allocated item must not leave, late or not; `opened` is when a reading saw it open, where
    one did: a refund after another is another case. What is to leave is late after its promised time and due soon
    within `soon` seconds before; what a merchant took back is not a factory's any more.
    """
    if item.shipment is ShipmentState.SHIPPED or item.closed:
        return None
    if item.refund is RefundState.OPEN and item.allocation is AllocationState.ALLOCATED:
        found = _of_item(CaseKind.REFUND, item, role)
        return found if opened is None else replace(found, about=f"{item.item_id}:{int(opened)}")
    taken_back = role is Role.FACTORY and item.allocation is AllocationState.CANCELLED
    if item.refund is not RefundState.NONE or item.ship_by is None or taken_back:
        return None
    if item.ship_by < now:
        return _of_item(CaseKind.LATE, item, role)
    return _of_item(CaseKind.SOON, item, role) if item.ship_by <= now + soon else None


def left_behind_case(item: Item, *, role: Role | None) -> Case:
    """A refunded item that its factory still has and that nobody is taking back."""
    return _of_item(CaseKind.REFUNDED, item, role)


def change_case(change: Change, item: Item, *, role: Role | None) -> Case:
    """A change after the hand-over that nobody has acknowledged; one more of the same kind is another case. What it
    was before and after is left out: a remark or an address may tell of the receiver."""
    about = f"{change.item_id}:{change.field}:{int(change.at)}"
    return replace(_of_item(CaseKind.CHANGED, item, role), about=about, at=change.at, change=change.field)


def unknown_cases(operations: Iterable[Operation]) -> Iterator[Case]:
    """Operations that may have worked or not."""
    for one in operations:
        sent = one.sent_at or one.created_at
        yield Case(CaseKind.UNKNOWN, one.op_id, sent, one.order_id, one.target, act=one.kind)


def shop_cases(
    *, sync_error: str | None, login_ends: float | None, now: float, days: float
) -> Iterator[Case]:
    """A failed reading, whatever the reason (a network that comes and goes in two ways is one case); a login that
    ends within `days`, or has ended."""
    if sync_error:
        yield Case(CaseKind.SYNC, code=sync_error)
    if login_ends is not None and login_ends - now < days * 86_400:
        yield Case(CaseKind.LOGIN, at=login_ends)


def ordered(cases: Iterable[Case]) -> tuple[Case, ...]:
    """By kind, then the most urgent first."""
    kinds = list(CaseKind)
    return tuple(sorted(cases, key=lambda one: (kinds.index(one.kind), one.at or 0.0, one.about)))


def _of_item(kind: CaseKind, item: Item, role: Role | None) -> Case:
    here = item.allocation is AllocationState.ALLOCATED
    partner = (item.merchant_id, item.merchant_name)
    if role is not Role.FACTORY:
        partner = (item.factory_id, item.factory_name) if here else (None, None)
    return Case(
        kind,
        item.item_id,
        item.ship_by,
        item.order_id,
        item.item_id,
        item.sku_code,
        item.left or item.quantity,
        partner[0] or "",
        partner[1] or "",
    )
