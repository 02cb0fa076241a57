"""What changed about an item after it was handed over, and which of it a person has to acknowledge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dropship_cli.domain.item import Item, RefundState, ShipmentState


class Field(StrEnum):
    """What is watched."""

    ADDRESS = "address"
    REMARK = "remark"
    BUYER_WORDS = "buyer_words"
    QUANTITY = "quantity"
    URGENT = "urgent"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REFUND = "refund"


STOPPING = frozenset({Field.ADDRESS, Field.QUANTITY})
"""What would make a package wrong: until it is acknowledged, the item does not ship."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change as a reading showed it, at Unix second `at`. No receiver is in it: of an address only the region.

    `acked_at` is set from the beginning where nobody has to look at it, and then `acked_by` is empty.
    """

    item_id: str
    field: Field
    before: str
    after: str
    at: float
    acked_at: float | None = None
    acked_by: str = ""


def changes(before: Item, after: Item, at: float) -> list[Change]:
    """What a new reading changed about an item that was handed over already; empty for any other.

    Handed over is what a factory has or what left at least in part. A change of refund is kept as history
    (statements need its day); the item's own state says what it means for shipping.
    """
    if before.is_free and before.shipment is ShipmentState.NONE:
        return []
    return [
        Change(after.item_id, field, old, new, at, None if _needs_eyes(field, before, after) else at)
        for field, old, new in _differences(before, after)
    ]


def _differences(before: Item, after: Item) -> Iterator[tuple[Field, str, str]]:
    if _moved(before, after):
        yield Field.ADDRESS, before.region, after.region
    for field, old, new in (
        (Field.REMARK, before.remark, after.remark),
        (Field.BUYER_WORDS, before.buyer_words, after.buyer_words),
        (Field.QUANTITY, str(before.quantity), str(after.quantity)),
        (Field.REFUND, before.refund.value, after.refund.value),
    ):
        if old != new:
            yield field, old, new
    if after.ship_by is not None and before.ship_by is not None and after.ship_by < before.ship_by:
        yield Field.URGENT, str(before.ship_by), str(after.ship_by)
    # Of an item at a local factory every reading says that nobody has it: that is no news.
    if not before.is_free and not before.local and after.is_free and after.cancel_reason:
        yield Field.WITHDRAWN, "", after.cancel_reason
    if after.closed and not before.closed:
        yield Field.CANCELLED, "", after.cancel_reason


def _moved(before: Item, after: Item) -> bool:
    """Another receiver, or the same one elsewhere. Only what both readings tell counts: a merchant's rows on
    Doudian name no receiver, only the region (doudian.md section 4)."""
    pairs = ((before.receiver_id, after.receiver_id), (before.region, after.region))
    return any(old and new and old != new for old, new in pairs)


def _needs_eyes(field: Field, before: Item, after: Item) -> bool:
    """Whether somebody has to look: at what alters work still to be done, or what left in vain.

    A package that left may have been on its way out when its address changed: in the queue, or in the call.
    """
    left = after.shipment is not ShipmentState.NONE
    if field is Field.ADDRESS:
        return not after.closed
    if field is Field.CANCELLED:
        return left and after.refund is not RefundState.REFUNDED
    if field is Field.REFUND:
        return False
    return before.shipment is not ShipmentState.SHIPPED and not after.closed
