"""In whose hands an item is: a table of cases."""

from __future__ import annotations

from itertools import product

import pytest

from dropship_cli.domain.hand import Hand, hand
from dropship_cli.domain.item import AllocationState, Item, ShipmentState

FREE, HAS, BACK = AllocationState.UNALLOCATED, AllocationState.ALLOCATED, AllocationState.CANCELLED
NOT, PART, ALL = ShipmentState.NONE, ShipmentState.PARTIAL, ShipmentState.SHIPPED


@pytest.mark.parametrize(
    ("allocation", "shipment", "shipped_by", "expected"),
    [
        (FREE, NOT, None, Hand.NOBODY),
        (BACK, NOT, None, Hand.NOBODY),
        (HAS, NOT, None, Hand.FACTORY),
        (HAS, ALL, "factory", Hand.FACTORY),
        (BACK, ALL, "factory", Hand.FACTORY),  # taken back too late
        (FREE, ALL, "merchant", Hand.SELF),
        (FREE, PART, "merchant", Hand.SELF),
        (HAS, ALL, "merchant", Hand.SELF),  # the merchant was quicker than its factory
        (FREE, ALL, None, Hand.SELF),  # left, and no factory ever had it
    ],
)
def test_whose_an_item_is(
    allocation: AllocationState, shipment: ShipmentState, shipped_by: str | None, expected: Hand
) -> None:
    item = Item("O", "I", 2, allocation=allocation, shipment=shipment, shipped_by=shipped_by)
    assert hand(item) is expected


def test_nobodys_items_have_not_left() -> None:
    """Whatever the states say, what left was in somebody's hands."""
    for allocation, shipment, by in product(AllocationState, ShipmentState, (None, "merchant", "factory")):
        item = Item("O", "I", 2, allocation=allocation, shipment=shipment, shipped_by=by)
        if shipment is not NOT:
            assert hand(item) is not Hand.NOBODY
