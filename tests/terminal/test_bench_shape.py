"""The promised JSON of picking lists and e-waybills, field by field; no receiver is in any of it."""

from __future__ import annotations

from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.picking import Candidate, picking
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Goods, Waybill
from dropship_cli.terminal.pick_shape import parcel_rows, picking_record
from dropship_cli.terminal.waybill_shape import got_record, number_record, waybill_record

ITEM = Item(
    "D1", "D1", 2, title="杯", spec="白", sku_code="B", merchant_id="660001", merchant_name="小满",
    ship_by=1_790_000_000, allocation=AllocationState.ALLOCATED, region="浙江省 金华市",
    receiver_id="0123456789abcdef0123456789abcdef",
)  # fmt: skip
REFUNDED = Item(
    "D2", "D2", 1, sku_code="C", merchant_id="660001", allocation=AllocationState.ALLOCATED,
    refund=RefundState.OPEN, receiver_id=ITEM.receiver_id,
)  # fmt: skip
CONTENT = {"item_id": "D1", "sku_code": "B", "spec": "白", "title": "杯", "quantity": 2}
WHEN = "2026-09-21T22:13:20+08:00"
WAYBILL = Waybill(
    "zhongtong", "76001", "D1", "660001", goods=(Goods("D1", 2, "B", "白", "杯"),), routing={"sort_code": "571"},
    got_at=1_790_000_000.5,
)  # fmt: skip


def test_a_picking_list() -> None:
    found = picking([Candidate(ITEM), Candidate(REFUNDED), Candidate(ITEM, going=True)], Role.FACTORY)
    assert picking_record(found, "en") == {
        "lines": [
            {
                "sku_code": "B", "spec": "白", "title": "杯", "quantity": 2, "items": 1, "ship_by": WHEN,
                "item_ids": ["D1"],
            }
        ],
        "packages": [
            {
                "package": 1, "merchant_id": "660001", "merchant_name": "小满", "quantity": 2, "ship_by": WHEN,
                "contents": [CONTENT], "without": ["D2"],
            }
        ],
        "must_not_leave": [
            {
                "item_id": "D2", "sku_code": "C", "spec": "", "title": "", "quantity": 1, "merchant_id": "660001",
                "ship_by": None, "error_code": "pick.refund_open", "error": "the buyer asked for a refund",
            }
        ],
        "items_on_their_way": 1,
    }  # fmt: skip
    assert parcel_rows(found.parcels[0]) == [
        {"package": 1, "merchant_id": "660001", **CONTENT, "ship_by": WHEN, "without": ["D2"]}
    ]


def test_an_e_waybill() -> None:
    wanted = {
        "carrier": "zhongtong", "tracking_number": "76001", "state": "got", "item_id": "D1", "pack_id": "",
        "merchant_id": "660001", "goods": [CONTENT], "routing": {"sort_code": "571"}, "got_at": WHEN,
        "cancelled_at": None, "printed_at": None, "error_code": None, "error": None,
    }  # fmt: skip
    assert waybill_record(WAYBILL, {"D1": ITEM}, None, "en") == wanted
    shipped = Item(
        "D1", "D1", 2, shipment=ShipmentState.SHIPPED, packages=(Package("zhongtong", "76001", 2),)
    )
    told = waybill_record(WAYBILL, {"D1": shipped}, "pick.closed", "zh")
    assert (told["state"], told["error_code"], told["error"]) == ("used", "pick.closed", "订单已关闭")


def test_what_became_of_a_request_and_of_a_number() -> None:
    done = Outcome("D1", "D1", Result.DONE, op_id="op")
    assert got_record(done, WAYBILL, "en") == {
        "order_id": "D1", "item_id": "D1", "result": "done", "error_code": None, "error": None, "op_id": "op",
        "carrier": "zhongtong", "tracking_number": "76001",
    }  # fmt: skip
    refused = Outcome("D1", "D1", Result.REFUSED, "waybill.used", (("number", "76001"),))
    assert got_record(refused, None, "en")["tracking_number"] is None
    told = number_record(refused, "76001", "en")
    assert (told["tracking_number"], told["error"]) == ("76001", "76001: a package carries this number")
