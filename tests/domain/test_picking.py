"""What may leave now, summed and by package; what must not, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.picking import Candidate, picking, why_kept
from dropship_cli.domain.shop import Role

ITEM = Item(
    "1", "1", 2, title="杯", spec="白", sku_code="B", merchant_id="M", allocation=AllocationState.ALLOCATED,
    ship_by=100, receiver_id="r1",
)  # fmt: skip


def item(number: int, **changes: object) -> Item:
    return replace(ITEM, item_id=str(number), order_id=str(number), **changes)  # type: ignore[arg-type]  # any field


def test_goods_are_summed_by_sku_and_specification_with_the_earliest_time() -> None:
    found = picking(
        [
            Candidate(item(1)),
            Candidate(item(2, quantity=5, ship_by=50)),
            Candidate(item(3, spec="黑")),
            Candidate(item(4, quantity=4, shipped_quantity=1, shipment=ShipmentState.PARTIAL, ship_by=None)),
        ],
        Role.FACTORY,
    )
    assert [(line.spec, line.quantity, line.item_ids, line.ship_by) for line in found.lines] == [
        ("白", 10, ("1", "2", "4"), 50),
        ("黑", 2, ("3",), 100),
    ]


def test_goods_without_a_sku_are_told_apart_by_their_title() -> None:
    found = picking(
        [Candidate(item(1, sku_code="", title="杯")), Candidate(item(2, sku_code="", title="碗"))],
        Role.FACTORY,
    )
    assert [(line.title, line.quantity) for line in found.lines] == [("杯", 2), ("碗", 2)]


def test_a_package_is_one_merchants_for_one_receiver() -> None:
    found = picking(
        [
            Candidate(item(1)),
            Candidate(item(2, receiver_id="r2", ship_by=10)),
            Candidate(item(3)),
            Candidate(item(4, merchant_id="N")),
            Candidate(item(5, receiver_id="")),
            Candidate(item(6, receiver_id="")),
        ],
        Role.FACTORY,
    )
    contents = [tuple(one.item_id for one in parcel.items) for parcel in found.parcels]
    assert contents == [("2",), ("1", "3"), ("4",), ("5",), ("6",)]
    assert [parcel.number for parcel in found.parcels] == [1, 2, 3, 4, 5]
    assert (found.parcels[1].quantity, found.parcels[1].ship_by) == (4, 100)


def test_a_package_names_what_stays_behind() -> None:
    found = picking([Candidate(item(1)), Candidate(item(2, refund=RefundState.OPEN))], Role.FACTORY)
    assert [(parcel.items[0].item_id, parcel.without) for parcel in found.parcels] == [("1", ("2",))]
    assert [(one.item.item_id, one.code) for one in found.kept] == [("2", "pick.refund_open")]


@pytest.mark.parametrize(
    ("changes", "bar", "code"),
    [
        ({"refund": RefundState.OPEN}, None, "pick.refund_open"),
        ({"refund": RefundState.REFUNDED}, None, "pick.refund_refunded"),
        ({"closed": True, "refund": RefundState.REFUNDED}, None, "pick.closed"),
        ({"allocation": AllocationState.CANCELLED}, None, "pick.taken_back"),
        ({}, "item.held", "item.held"),
        ({"refund": RefundState.OPEN}, "item.changed", "pick.refund_open"),
        ({}, None, None),
    ],
)
def test_each_reason_to_stay(changes: dict[str, object], bar: str | None, code: str | None) -> None:
    found = why_kept(Candidate(item(1, **changes), (bar, {}) if bar else None), Role.FACTORY)
    assert (found and found[0]) == code


def test_a_merchant_ships_what_nobody_has() -> None:
    for allocation in (AllocationState.UNALLOCATED, AllocationState.CANCELLED):
        assert why_kept(Candidate(item(1, allocation=allocation)), Role.MERCHANT) is None


def test_what_is_on_its_way_is_counted_but_not_picked_again() -> None:
    found = picking([Candidate(item(1), going=True), Candidate(item(2))], Role.FACTORY)
    assert (found.going, [line.item_ids for line in found.lines]) == (1, [("2",)])


def test_what_must_not_leave_is_named_even_when_it_is_on_its_way() -> None:
    found = picking([Candidate(item(1, refund=RefundState.OPEN), going=True)], Role.FACTORY)
    assert (found.going, [one.code for one in found.kept]) == (0, ["pick.refund_open"])
