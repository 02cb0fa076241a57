"""The merchant's dropship orders: ``iop.sellerOrderList`` and ``iop.sellerOrderInfo`` (doudian.md section 4)."""

import json
import sqlite3
from typing import Any

from dropship_cli.sandbox import bindings, items
from dropship_cli.sandbox.dialects.doudian.answers import business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.regions import region_members
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.items import Refund
from dropship_cli.sandbox.pages import Listing

_TEXT_FILTERS = {"product_id": "product_id", "shop_order_id": "order_id", "distr_order_id": "item_id"}
_NUMBER_FILTERS = {
    "order_status": "order_status",
    "distr_status": "distr_status",
    "supplier_shop_id": "factory_id",
}
_NEVER = 2**62


def seller_order_list(call: Call) -> dict[str, Any]:
    """One page of the lines that changed (or were paid) in a window, of those paid since the first binding."""
    page, size = call.params.page("page", "size")
    ids, total = call.pager.page(call.tx, _listing(call), page, size)
    return {"distr_order_list": rows_of(call, ids), "page": page, "size": size, "total": total}


def seller_order_info(call: Call) -> dict[str, Any]:
    """One line of the merchant by its dropship order id."""
    item_id = call.params.need_text("distr_order_id")
    try:
        row = items.find(call.tx, item_id)
    except Refused as refused:
        raise _unknown() from refused
    if row["shop_id"] != call.actor.shop_id or (row["paid_at"] or 0) < _visible_from(call):
        raise _unknown()
    return {"distr_order_detail": rows_of(call, [item_id])[0]}


def rows_of(call: Call, item_ids: list[str]) -> list[dict[str, Any]]:
    """The lines as a merchant sees them."""
    packages = items.packages_of(call.tx, item_ids)
    return [_row(row, packages[row["item_id"]]) for row in items.find_many(call.tx, item_ids)]


def _visible_from(call: Call) -> int:
    first = bindings.first_bound(call.tx, call.actor.shop_id)
    return _NEVER if first is None else first


def _unknown() -> Exception:
    return business(40000, "代发订单不存在")


def _listing(call: Call) -> Listing:
    updated, paid = call.params.window("update_time"), call.params.window("deal_time")
    window = updated or paid
    if window is None:
        raise call.params.wrong
    time = "updated_at" if updated else "paid_at"
    where = ["shop_id = ?", "paid_at >= ?"]
    values: list[int | str] = [call.actor.shop_id, _visible_from(call)]
    for clause, value in _filters(call):
        where.append(clause)
        values.append(value)
    return Listing("items", time, window, " AND ".join(where), tuple(values))


def _filters(call: Call) -> list[tuple[str, int | str]]:
    params = call.params
    found: list[tuple[str, int | str]] = []
    for name, column in _TEXT_FILTERS.items():
        if params.has(name):
            found.append((f"{column} = ?", params.text(name)))
    for name, column in _NUMBER_FILTERS.items():
        if params.has(name):
            found.append((f"{column} = ?", params.need_whole(name)))
    if params.has("product_name"):
        found.append(("instr(product_name, ?) > 0", params.text("product_name")))
    if params.has("after_sale_status"):
        found.append(("(refund = 1) + 1 = ?", params.need_whole("after_sale_status")))
    if params.has("province_id"):
        clause = "order_id IN (SELECT order_id FROM orders WHERE province_id = ?)"
        found.append((clause, params.text("province_id")))
    return found


def _row(row: sqlite3.Row, packages: list[sqlite3.Row]) -> dict[str, Any]:
    first = packages[0] if packages else None
    return {
        "distr_order_id": row["item_id"],
        "shop_order_id": row["order_id"],
        "order_status": row["order_status"],
        "distr_status": row["distr_status"],
        "distr_time": row["distr_time"],
        "after_sale_status": 2 if row["refund"] == Refund.OPEN else 1,
        "supplier_shop_id": row["factory_id"] or 0,
        "supplier_shop_name": row["factory_name"] or "",
        "exp_ship_time": row["exp_ship_time"],
        "pay_time": row["paid_at"],
        "seller_words": row["seller_words"],
        "product_name": row["product_name"],
        "product_count": row["quantity"],
        "product_id": row["product_id"],
        "product_price": row["price"],
        "sku_spec": row["sku_spec"],
        "out_sku_id": row["out_sku_id"],
        **region_members(row),
        "tracking_no": first["track_no"] if first else "",
        "company_name": first["company_code"] if first else "",
        "distr_cancel_reason": row["cancel_reason"],
        "pack_list": [{"track_no": p["track_no"], "company_code": p["company_code"]} for p in packages],
        "ship_time": row["ship_time"],
        "serial_number_list": json.loads(row["serials"]),
        # The live platform answers members that no page lists; a client must not stumble over one.
        "biz_tags": [],
    }
