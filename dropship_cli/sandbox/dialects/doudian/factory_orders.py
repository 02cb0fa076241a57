"""The factory's dropship orders: ``iop.orderList`` and ``iop.orderInfo`` (doudian.md section 5).

No order number of the shop, no name, no phone and no detailed address of the receiver leaves here.
"""

import json
import sqlite3
from typing import Any

from dropship_cli.sandbox import allocation, items
from dropship_cli.sandbox.dialects.doudian.answers import invalid
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.regions import region_members
from dropship_cli.sandbox.dialects.doudian.specs import spec_list
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.items import DistrStatus, Refund
from dropship_cli.sandbox.pages import Listing


def order_list(call: Call) -> dict[str, Any]:
    """One page of the lines allocated to this factory that changed (or were allocated) in a window."""
    page, size = call.params.page("page", "size")
    ids, total = call.pager.page(call.tx, _listing(call), page, size)
    return {"order_list": _rows(call, ids), "total": total}


def order_info(call: Call) -> dict[str, Any]:
    """One line by merchant and dropship order id, with the refund flag under its other name."""
    user_id, item_id = call.params.need_whole("user_id"), call.params.need_text("distr_order_id")
    try:
        allocation.find(call.tx, call.actor.shop_id, item_id)
        row = _rows(call, [item_id])[0]
    except Refused as refused:
        raise _not_here() from refused
    if row["user_id"] != user_id:
        raise _not_here()
    return {name: value for name, value in row.items() if name not in ("spec", "aftersale_status")} | {
        "distr_order_aftersale_status": row["aftersale_status"]
    }


def _not_here() -> Exception:
    return invalid(40000, "代发订单不存在")


def _listing(call: Call) -> Listing:
    updated, allocated = call.params.window("update_time"), call.params.window("distr_time")
    window = updated or allocated
    if window is None:
        raise call.params.wrong
    time = "updated_at" if updated else "distr_time"
    where, values = "factory_id = ?", [call.actor.shop_id]
    status = call.params.whole("distr_status")
    if status is not None:
        where, values = f"{where} AND distr_status = ?", [*values, status]
    return Listing("allocations", time, window, where, tuple(values))


def _rows(call: Call, item_ids: list[str]) -> list[dict[str, Any]]:
    packages = items.packages_of(call.tx, item_ids)
    found = []
    for item in items.find_many(call.tx, item_ids):
        mine = allocation.find(call.tx, call.actor.shop_id, item["item_id"])
        # What happened to a line after it was taken away is no business of this factory.
        held = mine["distr_status"] != DistrStatus.CANCELLED
        found.append(_row(item, mine, packages[item["item_id"]] if held else []))
    return found


def _row(item: sqlite3.Row, mine: sqlite3.Row, packages: list[sqlite3.Row]) -> dict[str, Any]:
    held = mine["distr_status"] != DistrStatus.CANCELLED
    return {
        "distr_order_id": item["item_id"],
        "user_id": item["shop_id"],
        "user_name": item["merchant_name"],
        "seller_words": item["seller_words"],
        "buyer_words": item["buyer_words"],
        "distr_time": mine["distr_time"],
        "distr_status": mine["distr_status"],
        "product_name": item["product_name"],
        "product_count": item["quantity"],
        "product_id": item["product_id"],
        "product_price": item["price"],
        "sku_spec": item["sku_spec"],
        "spec": spec_list(item["sku_spec"]),
        "out_sku_id": item["out_sku_id"],
        "receiver_id": item["receiver_id"],
        **region_members(item),
        "aftersale_status": 2 if item["refund"] == Refund.OPEN else 1,
        "exp_ship_time": item["exp_ship_time"],
        "ship_time": item["ship_time"] if held else 0,
        "pack_list": [_package(package) for package in packages],
        "serial_number_list": json.loads(item["serials"]) if held else [],
        "distr_cancel_reason": mine["cancel_reason"],
        "biz_tags": [],
    }


def _package(package: sqlite3.Row) -> dict[str, str]:
    return {
        "deliver_id": str(package["package_id"]),
        "track_no": package["track_no"],
        "company_code": package["company_code"],
    }
