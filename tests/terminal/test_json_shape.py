"""The promised JSON: its fields, written out once more on purpose (cli.md, "JSON")."""

from __future__ import annotations

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.carrier import Carrier
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.item import AllocationState, Item, Package, ShipmentState
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.shop import Profile, Role
from dropship_cli.terminal.json_shape import (
    binding_record,
    carrier_record,
    error_record,
    item_record,
    log_record,
    operation_record,
    outcome_record,
    profile_record,
)

ITEM = Item(
    "6923007000000001326",
    "6923007000000001327",
    2,
    title="手机壳",
    price=4990,
    factory_id="880011",
    allocation=AllocationState.ALLOCATED,
    shipment=ShipmentState.SHIPPED,
    shipped_quantity=2,
    shipped_by="factory",
    packages=(Package("zhongtong", "73120000000001", 2, "p-1"),),
    ship_by=1763049600,
    receiver_id="f" * 32,
    raw_state={"order_status": 3},
)


def test_an_item_has_the_promised_fields_in_a_fixed_order() -> None:
    assert list(item_record(ITEM, "doudian")) == [
        "order_id", "item_id", "sku_code", "title", "spec", "product_id", "quantity", "shipped_quantity",
        "price", "currency", "allocation", "shipment", "refund", "closed", "factory_id", "factory_name",
        "merchant_id", "merchant_name", "shipped_by", "handled_by", "packages", "ship_by", "paid_at",
        "allocated_at", "shipped_at", "remark", "buyer_words", "region", "cancel_reason", "platform",
        "source", "raw_state",
    ]  # fmt: skip


def test_an_item_says_ids_as_text_money_as_cents_times_with_offset() -> None:
    record = item_record(ITEM, "doudian")
    assert record["item_id"] == "6923007000000001327"
    assert (record["price"], record["currency"]) == (4990, "CNY")
    assert record["ship_by"] == "2025-11-14T00:00:00+08:00"
    assert record["paid_at"] is None
    assert record["packages"] == [
        {"carrier": "zhongtong", "tracking_number": "73120000000001", "quantity": 2}
    ]
    assert (record["allocation"], record["shipment"], record["refund"]) == ("allocated", "shipped", "none")


def test_no_receiver_leaves_with_an_item() -> None:
    assert ITEM.receiver_id not in str(item_record(ITEM, "doudian"))


def test_an_outcome_has_its_five_fields_and_more_only_when_there_is_more() -> None:
    assert outcome_record(Outcome("1", "2", Result.DONE), "en") == {
        "order_id": "1", "item_id": "2", "result": "done", "error_code": None, "error": None,
    }  # fmt: skip
    refused = outcome_record(
        Outcome("1", "2", Result.REFUSED, "allocate.not_bound", (("factory_id", "880099"),), row=7), "en"
    )
    assert refused["error"] == "factory 880099 is not bound to this shop"
    assert refused["row"] == 7
    assert "warning" not in refused


def test_the_platforms_own_words_are_never_lost() -> None:
    told = outcome_record(Outcome("1", "2", Result.REFUSED, "ship.closed", said="订单已关闭\x1b"), "en")
    assert told["error"] == "the order is closed (订单已关闭�)"
    told = outcome_record(Outcome("1", "2", Result.REFUSED, "platform.refused", said="no"), "en")
    assert told["error"] == "the platform refused it: no"


def test_a_warning_is_told_in_words() -> None:
    done = Outcome("1", "2", Result.DONE, warning="tracking.implausible")
    assert "is not of the form" in outcome_record(done, "en")["warning"]
    assert outcome_record(Outcome("1", "2", Result.DONE, warning="as it is"), "zh")["warning"] == "as it is"


def test_a_binding_names_the_other_side_by_its_role() -> None:
    one = Binding("880011", "义乌优品", BindingState.BOUND, applied_at=1763049600, bound_at=1763049601)
    assert binding_record(one, Role.MERCHANT)["factory_id"] == "880011"
    assert binding_record(one, Role.FACTORY)["merchant_id"] == "880011"
    assert binding_record(one, Role.FACTORY)["bound_at"] == "2025-11-14T00:00:01+08:00"


def test_an_operation_tells_its_error_in_words() -> None:
    op = Operation("op-1", Kind.SHIP, "2", {"packages": []}, state=State.REFUSED, error_code="ship.closed")
    assert operation_record(op, "zh")["error"] == "订单已关闭"
    assert operation_record(op)["state"] == "refused"


def test_carriers_and_profiles_and_the_log() -> None:
    assert carrier_record(Carrier("debangkuaidi", "德邦快递", platform_code="debangwuliu")) == {
        "code": "debangkuaidi", "name": "德邦快递", "english": "", "platform_code": "debangwuliu", "aliases": [],
    }  # fmt: skip
    shop = Profile("m", "sandbox", "660001", "7", "sandbox:")
    assert profile_record(shop, current=True)["live"] is False
    assert log_record({"at": 1763049600.5, "act": "sync"}) == {
        "at": "2025-11-14T00:00:00+08:00", "act": "sync",
    }  # fmt: skip


def test_an_error_carries_code_message_hint_and_its_facts() -> None:
    told = error_record(RefusedError("role.fixed", role=Role.FACTORY, message="x"), "en")["error"]
    assert list(told) == ["code", "message", "hint", "role"]
    assert told["code"] == "role.fixed"
    assert told["role"] == "factory"
