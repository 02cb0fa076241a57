"""What a done act makes of its item, and how a reading settles an unknown one: every kind, every finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.effect import (
    Finding,
    Judgement,
    applied,
    judge_binding,
    judge_item,
    judge_role,
    packages_of,
)
from dropship_cli.domain.item import AllocationState, Item, Package, ShipmentState
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role

WANTED, BEFORE, OTHER = Finding.AS_WANTED, Finding.AS_BEFORE, Finding.OTHER
FREE = Item(order_id="O1", item_id="I1", quantity=5)


def at(factory_id: str) -> Item:
    return replace(FREE, allocation=AllocationState.ALLOCATED, factory_id=factory_id)


def act(kind: Kind, wish: Mapping[str, object], before: Mapping[str, object] | None = None) -> Operation:
    return Operation("op", kind, "I1", wish, before or {})


def package(number: str, quantity: int | None = None, carrier: str = "zhongtong") -> dict[str, Any]:
    return {"carrier": carrier, "tracking_number": number, "quantity": quantity}


def ship(*packages: dict[str, Any], before: tuple[dict[str, Any], ...] = ()) -> Operation:
    return act(Kind.SHIP, {"packages": list(packages)}, {"packages": list(before), "shipment": "none"})


def out(*packages: Package, shipment: ShipmentState = ShipmentState.SHIPPED) -> Item:
    return replace(FREE, shipment=shipment, packages=packages)


def test_a_done_allocation_shows_the_factory_and_the_moment() -> None:
    after = applied(act(Kind.ALLOCATE, {"factory_id": "A"}), FREE, Role.MERCHANT, 99)
    assert (after.allocation, after.factory_id, after.allocated_at) == (AllocationState.ALLOCATED, "A", 99)


def test_a_done_taking_back_leaves_no_factory() -> None:
    item = replace(at("A"), factory_name="Factory A")
    after = applied(act(Kind.CANCEL, {"factory_id": None}), item, Role.MERCHANT, 99)
    assert (after.allocation, after.factory_id, after.factory_name) == (
        AllocationState.UNALLOCATED,
        None,
        None,
    )


def test_a_done_shipment_adds_its_packages_under_the_platforms_names() -> None:
    first = applied(ship(package("ZT1", 2)), FREE, Role.MERCHANT, 10, ["P1"])
    assert first.shipment is ShipmentState.PARTIAL
    assert (first.shipped_quantity, first.left, first.shipped_by, first.shipped_at) == (2, 3, "merchant", 10)
    whole = applied(ship(package("ZT2", 3)), first, Role.MERCHANT, 20)
    assert whole.packages == (Package("zhongtong", "ZT1", 2, "P1"), Package("zhongtong", "ZT2", 3, None))
    assert (whole.shipment, whole.shipped_quantity, whole.left) == (ShipmentState.SHIPPED, 5, 0)


def test_more_pieces_than_ordered_never_show_as_more() -> None:
    assert applied(ship(package("ZT1", 7)), FREE, Role.FACTORY, 1).shipped_quantity == 5


@pytest.mark.parametrize(
    ("names", "ids"), [((), [None, None]), (("P1",), ["P1", None]), (("P1", ""), ["P1", None])]
)
def test_packages_take_the_platforms_names_in_order_as_far_as_they_go(
    names: tuple[str, ...], ids: list[str | None]
) -> None:
    found = packages_of(ship(package("ZT1", 2), package("ZT2", 3)), names)
    assert [one.package_id for one in found] == ids
    assert [(one.tracking_number, one.quantity) for one in found] == [("ZT1", 2), ("ZT2", 3)]


def test_a_done_correction_changes_only_the_package_it_replaces() -> None:
    item = out(Package("zhongtong", "ZT1", 2, "P1"), Package("zhongtong", "ZT2", 3, "P2"))
    wish = {"carrier": "yuantong", "tracking_number": "YT9", "replaces": "ZT2", "package_id": "P2"}
    after = applied(act(Kind.AMEND, wish), item, Role.FACTORY, 1)
    assert after.packages == (item.packages[0], Package("yuantong", "YT9", 3, "P2"))


@pytest.mark.parametrize("kind", [Kind.ROLE, Kind.APPLY, Kind.ACCEPT, Kind.REJECT, Kind.UNBIND])
def test_what_is_no_act_on_an_item_leaves_it_alone(kind: Kind) -> None:
    assert applied(act(kind, {}), FREE, Role.MERCHANT, 1) is FREE


ALLOCATE = act(Kind.ALLOCATE, {"factory_id": "A"}, {"factory_id": None})
CANCEL = act(Kind.CANCEL, {"factory_id": None}, {"factory_id": "A"})
ONE = ship(package("ZT1", 5))
SECOND = ship(package("ZT2", 3), before=(package("ZT1", 2),))
ZT1, ZT2 = Package("zhongtong", "ZT1", 5), Package("zhongtong", "ZT2", 3)
PART = ShipmentState.PARTIAL
AMEND = act(
    Kind.AMEND,
    {"carrier": "zhongtong", "tracking_number": "ZT2", "replaces": "ZT1"},
    {"packages": [package("ZT1", 5)]},
)

ITEMS = [
    pytest.param(ALLOCATE, None, OTHER, "not shown to this shop", id="the item is gone"),
    pytest.param(ALLOCATE, at("A"), WANTED, "", id="allocated to A"),
    pytest.param(ALLOCATE, FREE, BEFORE, "", id="still free"),
    pytest.param(ALLOCATE, at("B"), OTHER, "factory B", id="allocated to another"),
    pytest.param(
        ALLOCATE, replace(at("A"), allocation=AllocationState.CANCELLED), BEFORE, "", id="taken back since"
    ),
    pytest.param(CANCEL, FREE, WANTED, "", id="taken back"),
    pytest.param(CANCEL, at("A"), BEFORE, "", id="A still has it"),
    pytest.param(CANCEL, at("B"), OTHER, "factory B", id="B has it now"),
    pytest.param(ONE, out(ZT1), WANTED, "", id="shipped as wished"),
    pytest.param(ONE, out(Package("zhongtong", "ZT1")), WANTED, "", id="shipped, the reading counts nothing"),
    pytest.param(ONE, out(Package("yuantong", "ZT1", 5)), OTHER, "yuantong ZT1", id="another carrier"),
    pytest.param(ONE, out(ZT2), OTHER, "zhongtong ZT2", id="another number"),
    pytest.param(ONE, out(replace(ZT1, quantity=2), shipment=PART), OTHER, "zhongtong ZT1 ×2", id="fewer pieces"),
    pytest.param(ONE, FREE, BEFORE, "", id="not shipped"),
    pytest.param(ONE, replace(FREE, closed=True), OTHER, "closed, none", id="closed meanwhile"),
    pytest.param(ONE, out(ZT1, shipment=ShipmentState.NONE), OTHER, "zhongtong ZT1", id="a number, yet not shipped"),
    pytest.param(SECOND, out(replace(ZT1, quantity=2), ZT2), WANTED, "", id="the second package is there"),
    pytest.param(SECOND, out(replace(ZT1, quantity=2), shipment=PART), BEFORE, "", id="only the first is there"),
    pytest.param(SECOND, out(Package("zhongtong", "ZT2", 5)), WANTED, "", id="the last number counts the whole"),
    pytest.param(ship(package("ZT1", 2), package("ZT2", 3)), out(ZT2, shipment=PART), OTHER, "zhongtong ZT2",
                 id="one of two packages"),
    pytest.param(AMEND, out(ZT2), WANTED, "", id="corrected"),
    pytest.param(AMEND, out(ZT1), BEFORE, "", id="not corrected"),
    pytest.param(AMEND, out(Package("zhongtong", "ZT3")), OTHER, "zhongtong ZT3", id="corrected otherwise"),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "item", "finding", "seen"), ITEMS)
def test_a_reading_of_an_item_is_judged_by_value(
    operation: Operation, item: Item | None, finding: Finding, seen: str
) -> None:
    assert judge_item(operation, item) == Judgement(finding, seen)


STATES: dict[Kind, dict[BindingState | None, Finding]] = {
    Kind.APPLY: {
        None: BEFORE, BindingState.REFUSED: BEFORE, BindingState.UNBOUND: BEFORE,
        BindingState.APPLIED: WANTED, BindingState.BOUND: WANTED, BindingState.UNBINDING: WANTED,
    },
    Kind.ACCEPT: {
        None: OTHER, BindingState.REFUSED: OTHER, BindingState.UNBOUND: WANTED,
        BindingState.APPLIED: BEFORE, BindingState.BOUND: WANTED, BindingState.UNBINDING: WANTED,
    },
    Kind.REJECT: {
        None: OTHER, BindingState.REFUSED: WANTED, BindingState.UNBOUND: OTHER,
        BindingState.APPLIED: BEFORE, BindingState.BOUND: OTHER, BindingState.UNBINDING: OTHER,
    },
    Kind.UNBIND: {
        None: WANTED, BindingState.REFUSED: OTHER, BindingState.UNBOUND: WANTED,
        BindingState.APPLIED: OTHER, BindingState.BOUND: BEFORE, BindingState.UNBINDING: WANTED,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "state", "finding"),
    [(kind, state, finding) for kind, row in STATES.items() for state, finding in row.items()],
)
def test_a_reading_of_the_bindings_is_judged_by_the_partners_newest(
    kind: Kind, state: BindingState | None, finding: Finding
) -> None:
    """An application accepted and ended since was accepted: it is neither sent again nor called a conflict."""
    old = Binding("I1", "", BindingState.BOUND if state is BindingState.REFUSED else BindingState.REFUSED)
    found = [Binding("X", "", BindingState.BOUND)] + (
        [] if state is None else [Binding("I1", "", state), old]
    )
    judgement = judge_binding(act(kind, {}), found)
    assert judgement.finding is finding
    assert judgement.seen == ((state or "no binding") if finding is OTHER else "")


@pytest.mark.parametrize(
    ("role", "judgement"),
    [
        (Role.FACTORY, Judgement(WANTED)),
        (None, Judgement(BEFORE)),
        (Role.MERCHANT, Judgement(OTHER, "merchant")),
    ],
)
def test_a_reading_of_the_role_is_judged_by_value(role: Role | None, judgement: Judgement) -> None:
    assert judge_role(act(Kind.ROLE, {"role": "factory"}, {"role": None}), role) == judgement


def test_a_role_switched_and_found_as_it_was_is_as_before() -> None:
    switched = act(Kind.ROLE, {"role": "factory"}, {"role": "merchant"})
    assert judge_role(switched, Role.MERCHANT).finding is BEFORE
    assert judge_role(switched, None) == Judgement(OTHER, "None")
