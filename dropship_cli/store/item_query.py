"""The lists of `orders` and the numbers of `status`, each one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dropship_cli.domain.item import Item, RefundState
from dropship_cli.store.connection import Connection
from dropship_cli.store.items import SELECT, item_of
from dropship_cli.store.marks import CHANGED, HELD

STATES = {
    "unallocated": "allocation <> 'allocated' AND shipment = 'none' AND closed = 0",
    "allocated": "allocation = 'allocated'",
    "cancelled": "allocation = 'cancelled'",
    "to-ship": "shipment <> 'shipped' AND closed = 0 AND allocation = 'allocated' AND refund = 'none'",
    "unshipped": "shipment <> 'shipped' AND closed = 0",
    "none": "shipment = 'none'",
    "partial": "shipment = 'partial'",
    "shipped": "shipment = 'shipped'",
    "refund": "refund = 'open'",
    "refunded": "refund = 'refunded'",
    "closed": "closed = 1",
}
"""What `orders --state` takes: the three states' own words, and the two lists that a day's work asks for."""


HAND = (
    "CASE WHEN shipped_by = 'merchant' AND local = 0 THEN 'self' "
    "WHEN shipped_by = 'factory' OR allocation = 'allocated' THEN 'factory' "
    "WHEN shipment = 'none' THEN 'nobody' ELSE 'self' END"
)
"""`domain.hand` as SQL; the index `items_hand` is of this very text."""
_SPLIT = (
    f"EXISTS (SELECT 1 FROM (SELECT order_id AS mates, {HAND} AS hand, factory_id AS factory FROM items) "
    f"WHERE mates = items.order_id AND (hand <> {HAND} OR hand = 'factory' AND factory IS NOT items.factory_id))"
)
"""Another item of the order is in another hand, or with another factory; `items_order` alone answers it."""


# A named tuple: every start makes this class, and a dataclass takes three times as long to make.
class ItemFilter(NamedTuple):
    """What `orders` is asked for. Times are Unix seconds: `since` and `until` of payment, for a factory of allocation;
    `late_at` keeps what should have left before it, `due_until` what has to leave until then, late or not; `held_at`
    what is held back at that second; `attention` what needs a person. `as_factory`: what a merchant took back is not
    the reader's to ship any more.

    `hand` is a word of `domain.hand`; `split` keeps orders whose items are in several hands.
    """

    state: str | None = None
    factory_id: str | None = None
    merchant_id: str | None = None
    sku_code: str | None = None
    since: int | None = None
    until: int | None = None
    late_at: int | None = None
    due_until: int | None = None
    as_factory: bool = False
    limit: int | None = None
    urgent_first: bool = False
    hand: str | None = None
    split: bool = False
    attention: bool = False
    held_at: float | None = None


def is_urgent_first(wanted: ItemFilter) -> bool:
    """Whether the list begins with what has to leave first."""
    return wanted.urgent_first or wanted.late_at is not None or wanted.due_until is not None


def find(connection: Connection, wanted: ItemFilter) -> Iterator[Item]:
    """The items asked for: the most urgent first, or in the order of payment, the newest first."""
    conditions, values = _conditions(wanted)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = "ship_by NULLS LAST, item_id" if is_urgent_first(wanted) else "paid_at DESC, item_id DESC"
    limit = "" if wanted.limit is None else f" LIMIT {int(wanted.limit)}"
    for row in connection.execute(f"{SELECT}{where} ORDER BY {order}{limit}", values):
        yield item_of(row)


def refunded_at_factories(connection: Connection, refunds: Sequence[RefundState]) -> list[Item]:
    """What a factory has, nothing of which left, and whose refund is in one of these states."""
    marks = ", ".join("?" * len(refunds))
    rows = connection.execute(
        f"{SELECT} WHERE allocation = 'allocated' AND shipment = 'none' AND refund <> 'none' AND refund IN ({marks}) "
        "ORDER BY item_id",
        tuple(refunds),
    )
    return [item_of(row) for row in rows.fetchall()]


def left_behind(connection: Connection) -> set[str]:
    """What was refunded and is still with a factory that has not sent anything of it; nobody is taking it back."""
    rows = connection.execute(f"SELECT item_id FROM items WHERE {_LEFT_BEHIND}").fetchall()
    return {str(item_id) for (item_id,) in rows}


def count(connection: Connection, wanted: ItemFilter) -> int:
    """How many there are without the limit."""
    conditions, values = _conditions(wanted)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    (number,) = connection.execute(f"SELECT count(*) FROM items{where}", values).fetchone()
    return int(number)


class Counts(NamedTuple):
    """How many items wait for what."""

    changed: int
    held: int

    to_allocate: int
    to_ship: int
    refund_open_allocated: int
    refunded_allocated: int
    late: int
    due_soon: int
    shipped_today: int


OPEN = "shipment <> 'shipped' AND closed = 0"
_REFUND_AT_FACTORY = f"refund = 'open' AND {OPEN} AND allocation = 'allocated'"
_LEFT_BEHIND = (
    "refund <> 'none' AND refund = 'refunded' AND allocation = 'allocated' AND shipment = 'none' AND NOT EXISTS ("
    "SELECT 1 FROM operations WHERE target = item_id AND kind = 'cancel' AND state IN ('queued', 'sending', 'unknown'))"
)
"""Refunded, and yet with a factory, before anything left; nobody is taking it back (any more). The first condition is
for the index `items_withdraw`."""
_ATTENTION = (
    f"SELECT item_id FROM items WHERE {_REFUND_AT_FACTORY} UNION SELECT item_id FROM items WHERE {_LEFT_BEHIND} "
    f"UNION {CHANGED}"
)
"""What needs a person: a refund open on what a factory has, one that ended and left it there, a change that nobody has
acknowledged."""


def awaited(*, as_factory: bool) -> str:
    """The condition of what somebody waits for: an open refund stops the clock, as nothing may leave; what a
    merchant took back is no longer a factory's to ship."""
    return f"{OPEN} AND refund = 'none'" + (" AND allocation <> 'cancelled'" if as_factory else "")


def counts(connection: Connection, *, now: int, soon: int, today: int, as_factory: bool = False) -> Counts:
    """The numbers of `status`; each is answered from a small index of its own."""
    waits = awaited(as_factory=as_factory)

    def one(where: str, *values: object) -> int:
        (number,) = connection.execute(f"SELECT count(*) FROM items WHERE {where}", values).fetchone()
        return int(number)

    return Counts(
        # What a merchant took back is free again, but not for the factory that had it.
        to_allocate=0
        if as_factory
        else one("shipment = 'none' AND closed = 0 AND refund = 'none' AND allocation <> 'allocated'"),
        to_ship=one(f"{OPEN} AND refund = 'none' AND allocation = 'allocated'"),
        refund_open_allocated=one(_REFUND_AT_FACTORY),
        refunded_allocated=one(_LEFT_BEHIND),
        changed=one(f"item_id IN ({CHANGED})"),
        held=one(f"item_id IN ({HELD}) AND {OPEN}", now),
        late=one(f"{waits} AND ship_by < ?", now),
        due_soon=one(f"{waits} AND ship_by >= ? AND ship_by < ?", now, soon),
        shipped_today=one("shipment = 'shipped' AND shipped_at >= ?", today),
    )


def _conditions(wanted: ItemFilter) -> tuple[list[str], list[object]]:
    waits = awaited(as_factory=wanted.as_factory)
    came = "allocated_at" if wanted.as_factory else "paid_at"  # no factory is told of the payment
    pairs: list[tuple[str, object]] = [
        ("factory_id = ?", wanted.factory_id),
        ("merchant_id = ?", wanted.merchant_id),
        ("sku_code = ?", wanted.sku_code),
        (f"{came} >= ?", wanted.since),
        (f"{came} < ?", wanted.until),
        (f"{waits} AND ship_by < ?", wanted.late_at),
        (f"{waits} AND ship_by <= ?", wanted.due_until),
        (f"{HAND} = ?", wanted.hand),
        (f"item_id IN ({HELD})", wanted.held_at),
    ]
    chosen = [(text, value) for text, value in pairs if value is not None]
    conditions = [text for text, _ in chosen]
    if wanted.state is not None:
        conditions.append(STATES[wanted.state])
    if wanted.split:
        conditions.append(_SPLIT)
    if wanted.attention:
        conditions.append(f"item_id IN ({_ATTENTION})")
    return conditions, [value for _, value in chosen]
