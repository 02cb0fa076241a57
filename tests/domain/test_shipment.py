"""What may leave in which package, by whom, and why not: tables of cases without a disk or a wire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dropship_cli.domain.decision import Decision
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.shipment import ShipmentWish, Way, plan, plan_amend, why_not_ship
from dropship_cli.domain.shop import Role

MERCHANT = Way(Role.MERCHANT, partial=True)
FACTORY = Way(Role.FACTORY, partial=False)
FREE = Item(order_id="O1", item_id="I1", quantity=5)
OURS = Item(
    order_id="I1",
    item_id="I1",
    quantity=5,
    merchant_id="M",
    factory_id="F",
    allocation=AllocationState.ALLOCATED,
)
PARTLY = replace(
    FREE,
    shipment=ShipmentState.PARTIAL,
    shipped_quantity=2,
    shipped_by="merchant",
    packages=(Package("zhongtong", "ZT1", 2),),
)


def shipped(item: Item, by: str, *packages: Package) -> Item:
    return replace(
        item, shipment=ShipmentState.SHIPPED, shipped_quantity=item.quantity, shipped_by=by, packages=packages
    )


def row(item: Item, number: str = "ZT9", quantity: int | None = None, **more: Any) -> ShipmentWish:
    return ShipmentWish(item, more.pop("carrier", "zhongtong"), number, quantity, **more)


def one(wish: ShipmentWish, way: Way, live: dict[str, tuple[Operation, ...]] | None = None) -> Decision:
    (decision,) = plan([wish], live or {}, way)
    return decision


def packages(decision: Decision) -> list[tuple[object, ...]]:
    (draft,) = decision.drafts
    wished: Any = draft.wish["packages"]
    return [(each["carrier"], each["tracking_number"], each["quantity"]) for each in wished]


def test_a_row_without_a_quantity_ships_all_that_is_left() -> None:
    assert packages(one(row(OURS), FACTORY)) == [("zhongtong", "ZT9", 5)]
    assert packages(one(row(PARTLY), MERCHANT)) == [("zhongtong", "ZT9", 3)]


def test_a_draft_remembers_the_state_it_was_planned_on() -> None:
    (draft,) = one(row(PARTLY), MERCHANT).drafts
    assert (draft.kind, draft.target, draft.order_id) == (Kind.SHIP, "I1", "O1")
    assert draft.before == {
        "packages": [{"carrier": "zhongtong", "tracking_number": "ZT1", "quantity": 2}],
        "shipment": ShipmentState.PARTIAL,
    }


def test_only_a_factory_names_the_merchant_and_only_a_rejection_says_so() -> None:
    (by_factory,) = one(row(OURS), FACTORY).drafts
    (by_merchant,) = one(row(FREE), MERCHANT).drafts
    (rejecting,) = one(
        row(replace(FREE, refund=RefundState.OPEN)), replace(MERCHANT, reject_refund=True)
    ).drafts
    assert by_factory.wish["merchant_id"] == "M"
    assert "merchant_id" not in by_merchant.wish
    assert "reject_refund" not in by_merchant.wish
    assert rejecting.wish["reject_refund"] is True


ZT9 = Package("zhongtong", "ZT1")
REFUSALS = [
    pytest.param(shipped(OURS, "factory", ZT9), FACTORY, None, "ship.other_number",
                 {"packages": "zhongtong ZT1"}, id="we shipped it ourselves"),
    pytest.param(shipped(OURS, "merchant", ZT9), FACTORY, None, "ship.shipped_already",
                 {"shipped_by": "merchant", "packages": "zhongtong ZT1"}, id="the merchant shipped it"),
    pytest.param(shipped(FREE, "factory"), MERCHANT, None, "ship.shipped_already",
                 {"shipped_by": "factory", "packages": "?"}, id="the factory shipped it, number not shown"),
    pytest.param(replace(OURS, closed=True), FACTORY, None, "ship.closed", {}, id="closed"),
    pytest.param(replace(OURS, refund=RefundState.REFUNDED), FACTORY, None, "ship.closed", {}, id="refunded"),
    pytest.param(replace(OURS, allocation=AllocationState.CANCELLED), FACTORY, None,
                 "ship.not_allocated", {}, id="taken back from us"),
    pytest.param(replace(OURS, allocation=AllocationState.UNALLOCATED), FACTORY, None,
                 "ship.not_allocated", {}, id="never ours"),
    pytest.param(replace(OURS, refund=RefundState.OPEN), FACTORY, None, "ship.refund_open", {}, id="refund open"),
    pytest.param(FREE, MERCHANT, 6, "ship.quantity_wrong", {"wanted": 6, "left": 5}, id="more than ordered"),
    pytest.param(PARTLY, MERCHANT, 4, "ship.quantity_wrong", {"wanted": 4, "left": 3}, id="more than left"),
    pytest.param(FREE, MERCHANT, 0, "ship.quantity_wrong", {"wanted": 0, "left": 5}, id="none"),
    pytest.param(FREE, MERCHANT, -1, "ship.quantity_wrong", {"wanted": -1, "left": 5}, id="less than none"),
    pytest.param(OURS, FACTORY, 4, "ship.partial_not_possible", {"wanted": 4, "left": 5}, id="part of it"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "way", "quantity", "code", "values"), REFUSALS)
def test_every_rule_that_forbids_names_itself_and_its_facts(
    item: Item, way: Way, quantity: int | None, code: str, values: dict[str, object]
) -> None:
    outcome = one(row(item, quantity=quantity, row=3), way).outcome()
    assert (outcome.result, outcome.error_code, dict(outcome.values)) == (Result.REFUSED, code, values)
    assert (outcome.item_id, outcome.row) == ("I1", 3)


def test_without_packages_only_the_state_of_the_item_is_looked_at() -> None:
    assert why_not_ship(OURS, (), FACTORY) is None
    assert why_not_ship(OURS, (Package("zhongtong", "ZT9", 1),), FACTORY) is not None


def test_a_merchant_may_ship_a_part_where_the_platform_can() -> None:
    assert packages(one(row(FREE, quantity=2), MERCHANT)) == [("zhongtong", "ZT9", 2)]


def test_a_merchant_who_ships_what_a_factory_has_is_warned_and_not_stopped() -> None:
    at_factory = replace(FREE, allocation=AllocationState.ALLOCATED, factory_id="F")
    assert one(row(at_factory), MERCHANT).warning == "ship.allocated_elsewhere"
    assert one(row(FREE), MERCHANT).warning is None
    assert one(row(OURS), FACTORY).warning is None


def test_a_warning_about_the_number_is_kept_rather_than_replaced() -> None:
    at_factory = replace(FREE, allocation=AllocationState.ALLOCATED, factory_id="F")
    for item in (FREE, at_factory):
        assert one(row(item, warning="tracking.implausible"), MERCHANT).warning == "tracking.implausible"


def test_the_same_shipment_again_changes_nothing() -> None:
    for item, way in (
        (shipped(OURS, "factory", Package("zhongtong", "ZT9")), FACTORY),
        (shipped(OURS, "merchant", Package("zhongtong", "ZT9")), FACTORY),
        (replace(PARTLY, packages=(Package("zhongtong", "ZT9", 2),)), MERCHANT),
    ):
        assert one(row(item), way).outcome().result is Result.UNCHANGED


def test_several_packages_of_one_item_are_one_shipment_told_in_every_row() -> None:
    rows = [row(OURS, "ZT1", 2, row=1), row(replace(OURS, item_id="I2"), row=2), row(OURS, "ZT2", 3, row=3)]
    first, other, last = plan(rows, {}, FACTORY)
    assert packages(first) == [("zhongtong", "ZT1", 2), ("zhongtong", "ZT2", 3)]
    assert (last.drafts, last.follows, last.outcome().result) == ((), True, Result.WOULD)
    assert [each.row for each in (first, other, last)] == [1, 2, 3]
    assert packages(other) == [("zhongtong", "ZT9", 5)]


def test_several_packages_must_be_all_that_is_left_where_a_part_is_not_possible() -> None:
    decisions = plan([row(OURS, "ZT1", 2), row(OURS, "ZT2", 2)], {}, FACTORY)
    assert [each.code for each in decisions] == ["ship.partial_not_possible"] * 2


def test_only_the_packages_that_are_new_leave() -> None:
    first, second = plan([row(PARTLY, "ZT1", 2), row(PARTLY, "ZT2", 3)], {}, MERCHANT)
    assert packages(first) == [("zhongtong", "ZT2", 3)]
    assert second.follows


def test_a_repeated_row_is_one_package() -> None:
    first, again = plan([row(FREE), row(FREE)], {}, MERCHANT)
    assert packages(first) == [("zhongtong", "ZT9", 5)]
    assert again.follows


def test_each_row_of_a_shipment_keeps_its_own_warning() -> None:
    rows = [row(FREE, "ZT1", 2), row(FREE, "??", 3, warning="tracking.implausible")]
    assert [each.warning for each in plan(rows, {}, MERCHANT)] == [None, "tracking.implausible"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row(FREE, "ZT1", 2), row(FREE, "ZT1", 3)], id="one number, two counts"),
        pytest.param([row(FREE, "ZT1"), row(FREE, "ZT2")], id="two numbers, each for all that is left"),
        pytest.param([row(FREE, "ZT1", 2), row(FREE, "ZT2")], id="a count and all that is left"),
    ],
)
def test_rows_that_contradict_each_other_are_all_refused(rows: list[ShipmentWish]) -> None:
    decisions = plan(rows, {}, MERCHANT)
    assert {each.code for each in decisions} == {"ship.contradicts"}
    numbers = ", ".join(dict.fromkeys(each.tracking_number for each in rows))
    assert [dict(each.values) for each in decisions] == [{"numbers": numbers}] * 2


def wish_of(decision: Decision, state: State) -> dict[str, tuple[Operation, ...]]:
    (draft,) = decision.drafts
    return {"I1": (Operation("op", draft.kind, draft.target, draft.wish, state=state),)}


def test_the_same_shipment_on_its_way_is_waited_for() -> None:
    live = wish_of(one(row(OURS), FACTORY), State.UNKNOWN)
    again = one(row(OURS), FACTORY, live)
    assert (again.drafts, again.outcome().result, again.outcome().op_id) == ((), Result.UNKNOWN, "op")


def test_another_shipment_on_its_way_is_not_overtaken() -> None:
    live = wish_of(one(row(OURS), FACTORY), State.QUEUED)
    other = one(row(OURS, "ZT2"), FACTORY, live)
    assert other.code == "operation.pending"
    assert dict(other.values) == {"act": Kind.SHIP, "state": State.QUEUED}


def amend(
    wish: ShipmentWish, way: Way = FACTORY, live: dict[str, tuple[Operation, ...]] | None = None
) -> Decision:
    (decision,) = plan_amend([wish], live or {}, way)
    return decision


ONE = shipped(OURS, "factory", Package("zhongtong", "ZT1", 5, "P1"))
TWO = shipped(OURS, "factory", Package("zhongtong", "ZT1", 2, "P1"), Package("yuantong", "YT1", 3, "P2"))


def test_a_correction_names_the_package_it_replaces() -> None:
    (draft,) = amend(row(ONE, "ZT2")).drafts
    assert draft.kind is Kind.AMEND
    assert draft.wish == {
        "carrier": "zhongtong", "tracking_number": "ZT2", "package_id": "P1", "replaces": "ZT1", "merchant_id": "M",
    }  # fmt: skip
    assert draft.before == {"packages": [{"carrier": "zhongtong", "tracking_number": "ZT1", "quantity": 5}]}


def test_a_merchant_corrects_its_own_package_without_naming_itself() -> None:
    (draft,) = amend(row(shipped(FREE, "merchant", Package("zhongtong", "ZT1")), "ZT2"), MERCHANT).drafts
    assert "merchant_id" not in draft.wish


def test_a_correction_that_holds_already_changes_nothing() -> None:
    assert amend(row(ONE, "ZT1")).outcome().result is Result.UNCHANGED


def test_a_right_number_with_the_wrong_carrier_is_a_correction() -> None:
    (draft,) = amend(row(ONE, "ZT1", carrier="yuantong")).drafts
    assert (draft.wish["carrier"], draft.wish["replaces"]) == ("yuantong", "ZT1")


@pytest.mark.parametrize(
    ("wish", "way", "code", "values"),
    [
        (row(OURS, "ZT2"), FACTORY, "ship.not_shipped", {}),
        (
            row(shipped(OURS, "merchant", Package("zhongtong", "ZT1")), "ZT2"), FACTORY,
            "ship.shipped_already", {"shipped_by": "merchant", "packages": "zhongtong ZT1"},
        ),
        (row(TWO, "ZT2"), FACTORY, "ship.which_package", {"packages": "ZT1, YT1"}),
        (row(TWO, "ZT2", replaces="ZT7"), FACTORY, "ship.which_package", {"packages": "ZT1, YT1"}),
        (row(shipped(OURS, "factory"), "ZT2"), FACTORY, "ship.which_package", {"packages": ""}),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_says_why(
    wish: ShipmentWish, way: Way, code: str, values: dict[str, object]
) -> None:
    decision = amend(wish, way)
    assert (decision.code, dict(decision.values)) == (code, values)


def test_of_several_packages_the_named_one_is_corrected() -> None:
    (draft,) = amend(row(TWO, "ZT2", replaces="YT1")).drafts
    assert (draft.wish["package_id"], draft.wish["replaces"]) == ("P2", "YT1")


def test_who_shipped_may_be_unknown_and_does_not_forbid_a_correction() -> None:
    assert amend(row(replace(ONE, shipped_by=None), "ZT2")).drafts


def test_a_correction_waits_for_the_same_and_is_blocked_by_another() -> None:
    live = wish_of(amend(row(ONE, "ZT2")), State.QUEUED)
    assert amend(row(ONE, "ZT2"), live=live).outcome().result is Result.QUEUED
    assert amend(row(ONE, "ZT3"), live=live).code == "operation.pending"


def test_a_warning_of_a_correction_is_kept() -> None:
    assert amend(row(ONE, "ZT2", warning="tracking.implausible")).warning == "tracking.implausible"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row(ONE, "ZT2"), row(ONE, "ZT3")], id="two numbers for the only package"),
        pytest.param([row(ONE, "ZT2"), row(ONE, "ZT3", replaces="ZT1")], id="the package named once"),
        pytest.param([row(TWO, "ZT2", replaces="YT1"), row(TWO, "ZT3", replaces="YT1")], id="one of several"),
    ],
)
def test_two_numbers_for_one_package_are_both_refused(rows: list[ShipmentWish]) -> None:
    decisions = plan_amend(rows, {}, FACTORY)
    assert [(each.code, dict(each.values)) for each in decisions] == [
        ("ship.contradicts", {"numbers": "ZT2, ZT3"})
    ] * 2


def test_a_repeated_correction_is_one_wish() -> None:
    first, again = plan_amend([row(ONE, "ZT2", row=1), row(ONE, "ZT2", row=2)], {}, FACTORY)
    assert first.drafts
    assert (again.drafts, again.row, again.outcome().result) == ((), 2, Result.UNCHANGED)


def test_two_packages_of_one_item_may_be_corrected_together() -> None:
    rows = [row(TWO, "ZT2", replaces="ZT1"), row(TWO, "YT2", replaces="YT1", carrier="yuantong")]
    assert all(each.drafts for each in plan_amend(rows, {}, FACTORY))
