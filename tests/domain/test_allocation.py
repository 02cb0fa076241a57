"""Which item may go to which factory, told as tables of cases; nothing here touches a disk or a wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dropship_cli.domain.allocation import AllocationWish, plan, plan_cancel, why_not_allocate
from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.decision import Decision
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.operation import LIVE, Kind, Operation, State
from dropship_cli.domain.outcome import Result

FREE = Item(order_id="O1", item_id="I1", quantity=2, paid_at=200)
AT_A = replace(FREE, allocation=AllocationState.ALLOCATED, factory_id="A")
BOUND = {
    "A": Binding("A", "Factory A", BindingState.BOUND, bound_at=100),
    "B": Binding("B", "Factory B", BindingState.BOUND, bound_at=100),
}


def decide(item: Item, factory_id: str = "A", **more: Any) -> Decision:
    (decision,) = plan([AllocationWish(item, factory_id, row=7)], BOUND, more.pop("live", {}), **more)
    return decision


def on_way(
    kind: Kind, wish: Mapping[str, object], state: State = State.QUEUED
) -> dict[str, tuple[Operation, ...]]:
    return {"I1": (Operation("op", kind, "I1", wish, state=state),)}


def test_a_free_item_is_allocated_by_one_draft_that_knows_the_state_it_was_planned_on() -> None:
    (draft,) = decide(FREE).drafts
    assert (draft.kind, draft.target, draft.order_id) == (Kind.ALLOCATE, "I1", "O1")
    assert (draft.wish, draft.before) == ({"factory_id": "A"}, {"factory_id": None})
    assert decide(FREE).outcome().result is Result.WOULD


def test_a_cancelled_item_is_as_free_as_one_never_allocated() -> None:
    cancelled = replace(AT_A, allocation=AllocationState.CANCELLED)
    assert [draft.kind for draft in decide(cancelled, "B").drafts] == [Kind.ALLOCATE]


REFUSALS = [
    pytest.param(replace(FREE, shipment=ShipmentState.SHIPPED, shipped_by="factory"), "A",
                 "allocate.shipped", {"shipped_by": "factory"}, id="shipped"),
    pytest.param(replace(FREE, shipment=ShipmentState.PARTIAL, shipped_by="merchant"), "A",
                 "allocate.shipped", {"shipped_by": "merchant"}, id="shipped in part"),
    pytest.param(replace(FREE, closed=True), "A", "allocate.closed", {}, id="closed"),
    pytest.param(replace(FREE, refund=RefundState.REFUNDED), "A", "allocate.closed", {}, id="refunded"),
    pytest.param(replace(FREE, refund=RefundState.OPEN), "A", "allocate.refund_open", {}, id="refund open"),
    pytest.param(FREE, "Z", "allocate.not_bound", {"factory_id": "Z"}, id="never bound"),
    pytest.param(replace(FREE, paid_at=99), "A", "allocate.before_binding", {"factory_id": "A"}, id="paid before"),
    pytest.param(AT_A, "B", "allocate.allocated_already", {"factory_id": "A"}, id="somebody has it"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "factory_id", "code", "values"), REFUSALS)
def test_every_rule_that_forbids_names_itself_and_its_facts(
    item: Item, factory_id: str, code: str, values: dict[str, object]
) -> None:
    outcome = decide(item, factory_id).outcome()
    assert (outcome.result, outcome.error_code, dict(outcome.values)) == (Result.REFUSED, code, values)
    assert (outcome.order_id, outcome.item_id, outcome.row) == ("O1", "I1", 7)


@pytest.mark.parametrize("state", BindingState)
def test_only_an_active_binding_takes_orders(state: BindingState) -> None:
    refusal = why_not_allocate(FREE, Binding("A", "", state), "A")
    assert (refusal is None) == (state in (BindingState.BOUND, BindingState.UNBINDING))


@pytest.mark.parametrize(("paid_at", "bound_at"), [(100, 100), (None, 100), (50, None)])
def test_what_was_paid_in_the_very_second_of_the_binding_or_is_not_known_is_no_reason(
    paid_at: int | None, bound_at: int | None
) -> None:
    binding = Binding("A", "", BindingState.BOUND, bound_at=bound_at)
    assert why_not_allocate(replace(FREE, paid_at=paid_at), binding, "A") is None


def test_the_same_wish_again_changes_nothing_even_where_the_item_has_moved_on() -> None:
    for item in (AT_A, replace(AT_A, shipment=ShipmentState.SHIPPED), replace(AT_A, closed=True)):
        assert decide(item, "A").outcome().result is Result.UNCHANGED


def test_reallocation_takes_back_first_and_then_gives() -> None:
    back, give = decide(AT_A, "B", reallocate=True).drafts
    assert (back.kind, back.wish, back.before) == (Kind.CANCEL, {"factory_id": None}, {"factory_id": "A"})
    assert (give.kind, give.wish, give.before) == (Kind.ALLOCATE, {"factory_id": "B"}, {"factory_id": None})


def test_reallocation_breaks_no_other_rule_and_needs_no_chain_for_a_free_item() -> None:
    shipped = replace(AT_A, shipment=ShipmentState.SHIPPED, shipped_by="factory")
    assert decide(shipped, "B", reallocate=True).code == "allocate.shipped"
    assert decide(AT_A, "Z", reallocate=True).code == "allocate.not_bound"
    assert [draft.kind for draft in decide(FREE, "B", reallocate=True).drafts] == [Kind.ALLOCATE]
    assert decide(AT_A, "A", reallocate=True).outcome().result is Result.UNCHANGED


@pytest.mark.parametrize("state", sorted(LIVE))
def test_the_same_wish_on_its_way_is_waited_for_and_never_made_twice(state: State) -> None:
    decision = decide(FREE, live=on_way(Kind.ALLOCATE, {"factory_id": "A"}, state))
    assert decision.drafts == ()
    outcome = decision.outcome()
    assert outcome.op_id == "op"
    assert outcome.result is (Result.QUEUED if state is State.QUEUED else Result.UNKNOWN)


@pytest.mark.parametrize("reallocate", [True, False])
def test_of_a_chain_on_its_way_the_last_link_is_the_wish(reallocate: bool) -> None:
    chain = (
        Operation("op1", Kind.CANCEL, "I1", {"factory_id": None}),
        Operation("op2", Kind.ALLOCATE, "I1", {"factory_id": "B"}, waits_for="op1"),
    )
    waits = decide(AT_A, "B", live={"I1": chain}, reallocate=reallocate).waits
    assert waits is not None
    assert waits.op_id == "op2"


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (Kind.ALLOCATE, {"factory_id": "B"}),
        (Kind.CANCEL, {"factory_id": None}),
        (Kind.SHIP, {"packages": []}),
    ],
)
def test_another_act_on_its_way_blocks_the_item_and_is_named(kind: Kind, wish: dict[str, object]) -> None:
    outcome = decide(FREE, live=on_way(kind, wish, State.UNKNOWN)).outcome()
    assert (outcome.result, outcome.error_code) == (Result.REFUSED, "operation.pending")
    assert dict(outcome.values) == {"act": kind, "state": State.UNKNOWN}


def test_an_act_on_its_way_blocks_no_other_item() -> None:
    other = replace(FREE, item_id="I2")
    assert decide(other, live=on_way(Kind.ALLOCATE, {"factory_id": "B"})).drafts


def test_rows_that_contradict_each_other_are_all_refused_before_anything_is_done() -> None:
    other = replace(FREE, item_id="I2")
    rows = [AllocationWish(FREE, "B", 1), AllocationWish(other, "A", 2), AllocationWish(FREE, "A", 3)]
    first, fine, last = plan(rows, BOUND, {})
    assert (first.code, last.code) == ("allocate.contradicts", "allocate.contradicts")
    assert dict(first.values) == dict(last.values) == {"factories": "A, B"}
    assert [one.row for one in (first, fine, last)] == [1, 2, 3]
    assert fine.drafts


def test_a_repeated_row_is_one_wish() -> None:
    first, again = plan([AllocationWish(FREE, "A", 1), AllocationWish(FREE, "A", 2)], BOUND, {})
    assert first.drafts
    assert again.outcome().result is Result.UNCHANGED
    assert again.row == 2


def test_a_repeated_row_that_is_refused_is_never_called_unchanged() -> None:
    closed = replace(FREE, closed=True)
    rows = plan([AllocationWish(closed, "A", 1), AllocationWish(closed, "A", 2)], BOUND, {})
    assert [(one.code, one.row) for one in rows] == [("allocate.closed", 1), ("allocate.closed", 2)]


def test_a_repeated_row_of_what_is_unknown_is_unknown_too() -> None:
    live = on_way(Kind.ALLOCATE, {"factory_id": "A"}, State.UNKNOWN)
    rows = plan([AllocationWish(FREE, "A", 1), AllocationWish(FREE, "A", 2)], BOUND, live)
    assert [one.outcome().result for one in rows] == [Result.UNKNOWN, Result.UNKNOWN]


def test_taking_back_remembers_who_had_it() -> None:
    (decision,) = plan_cancel([(AT_A, 4)], {})
    (draft,) = decision.drafts
    assert (draft.kind, draft.wish, draft.before) == (Kind.CANCEL, {"factory_id": None}, {"factory_id": "A"})
    assert decision.row == 4


@pytest.mark.parametrize("state", [AllocationState.UNALLOCATED, AllocationState.CANCELLED])
def test_taking_back_what_nobody_has_changes_nothing(state: AllocationState) -> None:
    (decision,) = plan_cancel([(replace(FREE, allocation=state), None)], {})
    assert decision.outcome().result is Result.UNCHANGED


@pytest.mark.parametrize("shipment", [ShipmentState.PARTIAL, ShipmentState.SHIPPED])
def test_what_has_left_cannot_be_taken_back(shipment: ShipmentState) -> None:
    (decision,) = plan_cancel([(replace(AT_A, shipment=shipment, shipped_by="factory"), None)], {})
    assert decision.code == "allocate.shipped"
    assert dict(decision.values) == {"shipped_by": "factory"}


def test_taking_back_waits_for_the_same_and_is_blocked_by_another() -> None:
    (same,) = plan_cancel([(AT_A, None)], on_way(Kind.CANCEL, {"factory_id": None}))
    assert same.waits is not None
    (other,) = plan_cancel([(AT_A, None)], on_way(Kind.SHIP, {"packages": []}))
    assert other.code == "operation.pending"


def test_an_item_named_twice_is_taken_back_once() -> None:
    first, again = plan_cancel([(AT_A, 1), (AT_A, 2)], {})
    assert first.drafts
    assert (again.drafts, again.row, again.outcome().result) == ((), 2, Result.UNCHANGED)
