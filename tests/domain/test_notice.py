"""What is the matter with an item, told a second time over every combination of its states."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.notice import Case, CaseKind, item_case, ordered
from dropship_cli.domain.shop import Role

NOW, SOON = 100.0, 20.0
items = st.builds(
    Item, st.just("O"), st.just("I"), st.just(3), factory_id=st.just("F"), factory_name=st.just("一厂"),
    merchant_id=st.just("M"), merchant_name=st.none(), allocation=st.sampled_from(AllocationState),
    shipment=st.sampled_from(ShipmentState), refund=st.sampled_from(RefundState), closed=st.booleans(),
    shipped_quantity=st.integers(0, 2), ship_by=st.sampled_from([None, 50, 99, 100, 101, 119, 120, 121, 500]),
)  # fmt: skip


def expected(item: Item, role: Role | None) -> CaseKind | None:
    held = item.allocation is AllocationState.ALLOCATED
    if item.closed or item.shipment is ShipmentState.SHIPPED:
        return None
    if held and item.refund is RefundState.OPEN:
        return CaseKind.REFUND
    mine = role is not Role.FACTORY or item.allocation is not AllocationState.CANCELLED
    if not mine or item.refund is not RefundState.NONE or item.ship_by is None or item.ship_by > NOW + SOON:
        return None
    return CaseKind.LATE if item.ship_by < NOW else CaseKind.SOON


@given(items, st.sampled_from([None, *Role]))
def test_what_is_the_matter_with_an_item(item: Item, role: Role | None) -> None:
    """The quantity is what is still to leave, and the partner whom to call: nobody where nobody has it."""
    case = item_case(item, now=NOW, soon=SOON, role=role)
    assert (case and case.kind) == expected(item, role)
    if case is not None:
        held = item.allocation is AllocationState.ALLOCATED
        assert case.quantity == 3 - item.shipped_quantity
        assert case.partner_id == ("M" if role is Role.FACTORY else "F" if held else "")
        assert case.key == f"{case.kind}:I"


def test_cases_are_told_by_kind_and_urgency() -> None:
    late, later = Case(CaseKind.LATE, "b", 1.0), Case(CaseKind.LATE, "a", 2.0)
    soon, sync = Case(CaseKind.SOON, "c", 0.0), Case(CaseKind.SYNC)
    assert ordered([soon, later, sync, late]) == (late, later, sync, soon)
