"""In whose hands an item is: the merchant's own, a factory's, or nobody's; what may be done with it is not told."""

from __future__ import annotations

from enum import StrEnum

from dropship_cli.domain.item import AllocationState, Item, ShipmentState


class Hand(StrEnum):
    """Who sends it, or sent it. Every item is in exactly one hand."""

    SELF = "self"
    FACTORY = "factory"
    NOBODY = "nobody"


def hand(item: Item) -> Hand:
    """Whoever shipped it, else the factory that has it.

    What left without any factory left from the merchant's own hands. A merchant that ships what a factory on the
    platform has takes it out of that factory's hands (doudian.md section 0, point 6: either side may ship); what a
    factory off the platform packs always ships from the merchant's side, and is still that factory's. The
    platform keeps no mark "I ship this myself" before it left: until then such an item is nobody's (our decision).
    """
    if item.shipped_by == "merchant" and not item.local:
        return Hand.SELF
    if item.shipped_by == "factory" or item.allocation is AllocationState.ALLOCATED:
        return Hand.FACTORY
    return Hand.NOBODY if item.shipment is ShipmentState.NONE else Hand.SELF
