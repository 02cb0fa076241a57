"""What a file tells of an item that the platform's dropship list never sends, met with what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from dropship_cli.domain.item import AllocationState, Item, Origin, RefundState, ShipmentState

_REFUNDS = {RefundState.NONE: 0, RefundState.OPEN: 1, RefundState.REFUNDED: 2}
_SHIPMENTS = {ShipmentState.NONE: 0, ShipmentState.PARTIAL: 1, ShipmentState.SHIPPED: 2}


class Age(StrEnum):
    """A file beside what was told last: of its age only names like `<epoch>_<hash>.csv` tell."""

    NEWER = "newer"
    OLDER = "older"
    UNKNOWN = "unknown"


def age(file_at: int | None, known_at: int | None) -> Age:
    """A file that is dated outweighs one that was not; the same file once more is as good as newer."""
    if file_at is None:
        return Age.UNKNOWN
    return Age.OLDER if known_at is not None and file_at < known_at else Age.NEWER


def met(known: Item | None, told: Item, how_old: Age, silent: Iterable[str] = ()) -> Item:
    """The item as it is to be kept; of its fields `silent` the file has no column, so that they stay as known.

    The platform's own word stands. An older file undoes nothing. What left has left: no file brings it back. A file of
    unknown age only moves states forward (a refund opened or paid, an order closed, an item shipped).
    """
    if known is None or known == told:
        return told
    if known.source is Origin.PLATFORM or how_old is Age.OLDER:
        return known
    told = replace(told, **{name: getattr(known, name) for name in silent})
    seen = told if how_old is Age.NEWER else _forward(known, told)
    if _SHIPMENTS[known.shipment] > _SHIPMENTS[seen.shipment] or (known.packages and not seen.packages):
        seen = _left_as(known, seen)
    # Who has it is ours to know: a file says nothing of it.
    return replace(
        seen, allocation=known.allocation, factory_id=known.factory_id, factory_name=known.factory_name,
        allocated_at=known.allocated_at, local=known.local,
    )  # fmt: skip


def as_read(item: Item) -> Item:
    """The same as a platform's reading would tell it, so that the one place where readings meet local allocations
    decides about it, too."""
    if not item.local:
        return item
    return replace(
        item, allocation=AllocationState.UNALLOCATED, factory_id=None, allocated_at=None, local=False
    )


def _forward(known: Item, told: Item) -> Item:
    refund = max(known.refund, told.refund, key=lambda state: _REFUNDS[state])
    if _SHIPMENTS[told.shipment] <= _SHIPMENTS[known.shipment]:
        told = _left_as(known, told)
    return replace(
        known, refund=refund, closed=known.closed or told.closed,
        cancel_reason=told.cancel_reason or known.cancel_reason,
        shipment=told.shipment, shipped_quantity=told.shipped_quantity, shipped_by=told.shipped_by,
        shipped_at=told.shipped_at, packages=told.packages,
    )  # fmt: skip


def _left_as(known: Item, seen: Item) -> Item:
    """What left, and how, as it is known: we have sent it, or were told more exactly."""
    further = max(known, seen, key=lambda one: _SHIPMENTS[one.shipment])
    return replace(
        seen, shipment=further.shipment, shipped_quantity=max(known.shipped_quantity, seen.shipped_quantity),
        shipped_by=known.shipped_by or seen.shipped_by, shipped_at=known.shipped_at or seen.shipped_at,
        packages=known.packages or seen.packages,
    )  # fmt: skip
