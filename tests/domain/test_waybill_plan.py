"""Who gets an e-waybill number, who shares one, and which may be given back: none is asked for twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dropship_cli.domain.decision import Decision
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.picking import Candidate
from dropship_cli.domain.waybill import Goods, Sender, Waybill, WaybillState, goods_of, sender_of
from dropship_cli.domain.waybill_plan import Known, WaybillWish, plan_cancel, plan_get

SENDER = Sender("仓", "13800000000", "浙江省", "金华市", "义乌市", "1号")
ITEM = Item(
    "1", "1", 2, sku_code="B", merchant_id="M", allocation=AllocationState.ALLOCATED, receiver_id="r1"
)
NOTHING = Known({}, ())


def wish(number: int, carrier: str = "zhongtong", pack_id: str = "", **changes: Any) -> WaybillWish:
    bar, going = changes.pop("bar", None), changes.pop("going", False)
    quantity = changes.pop("pieces", None)
    item = replace(ITEM, item_id=str(number), order_id=str(number), **changes)
    return WaybillWish(Candidate(item, bar, going), carrier, quantity, pack_id, number)


def number(item_id: str = "1", carrier: str = "zhongtong", **changes: Any) -> Waybill:
    return replace(Waybill(carrier, "76001", item_id, "M", goods=(Goods(item_id, 2),)), **changes)


def asked(decision: Decision) -> Mapping[str, Any]:
    (draft,) = decision.drafts
    assert draft.kind is Kind.WAYBILL
    return draft.wish


def request(draft_of: Decision, state: State = State.UNKNOWN) -> Operation:
    (draft,) = draft_of.drafts
    return Operation("op", draft.kind, draft.target, draft.wish, order_id=draft.order_id, state=state)


def test_every_item_gets_a_number_of_its_own_unless_merged() -> None:
    wishes = [wish(1), wish(2), wish(3, receiver_id="r2"), wish(4, merchant_id="N")]
    alone = plan_get(wishes, NOTHING, SENDER)
    assert [[one["item_id"] for one in asked(decision)["goods"]] for decision in alone] == [
        ["1"], ["2"], ["3"], ["4"],
    ]  # fmt: skip
    merged = plan_get(wishes, NOTHING, SENDER, merge=True)
    assert [one["item_id"] for one in asked(merged[0])["goods"]] == ["1", "2"]
    assert (merged[1].follows, merged[1].leader, merged[1].item_id) == (True, "1", "2")
    assert [[one["item_id"] for one in asked(decision)["goods"]] for decision in merged[2:]] == [["3"], ["4"]]
    assert sender_of(asked(merged[0])["sender"]) == SENDER


def test_who_stays_behind_is_left_out_of_the_merged_package() -> None:
    decisions = plan_get([wish(1, refund=RefundState.OPEN), wish(2), wish(3)], NOTHING, SENDER, merge=True)
    assert decisions[0].code == "pick.refund_open"
    assert [one["item_id"] for one in asked(decisions[1])["goods"]] == ["2", "3"]
    assert decisions[2].leader == "2"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"allocation": AllocationState.CANCELLED}, "pick.taken_back"),
        ({"bar": ("item.held", {})}, "item.held"),
        ({"closed": True}, "pick.closed"),
        ({"refund": RefundState.REFUNDED}, "pick.refund_refunded"),
        ({"shipment": ShipmentState.SHIPPED}, "waybill.shipped"),
        ({"going": True}, "waybill.shipped"),
        ({"pieces": 3}, "ship.quantity_wrong"),
        ({"pieces": 0}, "ship.quantity_wrong"),
    ],
)
def test_no_number_is_bought_for_what_will_not_leave(changes: dict[str, Any], code: str) -> None:
    (decision,) = plan_get([wish(1, **changes)], NOTHING, SENDER)
    assert (decision.code, decision.drafts) == (code, ())


def test_an_item_that_has_a_number_keeps_it() -> None:
    known = Known({"1": [number()]}, ())
    (same,) = plan_get([wish(1)], known, SENDER)
    assert same.outcome().result is Result.UNCHANGED
    (other,) = plan_get([wish(1, "yuantong")], known, SENDER)
    assert (other.code, dict(other.values)["number"]) == ("waybill.other_carrier", "76001")
    (second,) = plan_get([wish(1, pack_id="B", pieces=1)], known, SENDER)
    assert (asked(second)["pack_id"], asked(second)["goods"][0]["quantity"]) == ("B", 1)


def test_a_request_on_its_way_is_waited_for_by_all_it_is_for() -> None:
    """Neither of a merged package's items asks again, whichever row comes."""
    first = request(plan_get([wish(1), wish(2)], NOTHING, SENDER, merge=True)[0])
    for again in plan_get([wish(1), wish(2)], Known({}, (first,)), SENDER):
        assert again.waits is first
    (other,) = plan_get([wish(2, "yuantong")], Known({}, (first,)), SENDER)
    assert other.code == "operation.pending"


def test_rows_of_one_item_ask_once_or_contradict_each_other() -> None:
    twice = plan_get([wish(1), wish(1)], NOTHING, SENDER)
    assert (len(twice[0].drafts), twice[1].follows) == (1, True)
    codes = [one.code for one in plan_get([wish(1), wish(1, "yuantong")], NOTHING, SENDER)]
    assert codes == ["waybill.contradicts"] * 2


def test_a_number_on_a_package_is_used_and_not_given_back() -> None:
    item = replace(ITEM, packages=(Package("zhongtong", "76001", 2),), shipment=ShipmentState.SHIPPED)
    assert number().state({"1": item}) is WaybillState.USED
    assert number(cancelled_at=1.0).state({"1": item}) is WaybillState.CANCELLED
    assert number(carrier="yuantong").state({"1": item}) is WaybillState.GOT
    assert plan_cancel(number(), {"1": item}, ()).code == "waybill.used"


def test_a_number_about_to_be_used_is_not_given_back() -> None:
    packages = [{"carrier": "zhongtong", "tracking_number": "76001", "quantity": 2}]
    shipping = Operation("op", Kind.SHIP, "1", {"packages": packages}, state=State.QUEUED)
    assert plan_cancel(number(), {"1": ITEM}, (shipping,)).code == "operation.pending"
    other = replace(shipping, wish={"packages": [{**packages[0], "tracking_number": "76002"}]})
    assert plan_cancel(number(), {"1": ITEM}, (other,)).drafts


def test_a_number_is_given_back_once() -> None:
    (draft,) = plan_cancel(number(), {"1": ITEM}, ()).drafts
    assert (draft.kind, draft.wish["tracking_number"], draft.wish["merchant_id"]) == (
        Kind.WAYBILL_CANCEL, "76001", "M",
    )  # fmt: skip
    going = Operation("op", draft.kind, "1", draft.wish, state=State.UNKNOWN)
    assert plan_cancel(number(), {"1": ITEM}, (going,)).waits is going
    assert plan_cancel(number(cancelled_at=5.0), {"1": ITEM}, ()).outcome().result is Result.UNCHANGED


def test_what_lies_in_a_package_is_read_back_from_the_wish() -> None:
    first = request(plan_get([wish(1), wish(2, spec="红")], NOTHING, SENDER, merge=True)[0])
    assert goods_of(first) == (Goods("1", 2, "B"), Goods("2", 2, "B", "红"))
