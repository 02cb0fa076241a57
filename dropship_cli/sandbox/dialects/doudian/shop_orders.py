"""A shop's ordinary orders: ``order.orderDetail`` and ``order.searchList`` (doudian.md section 7)."""

import sqlite3
from typing import Any

from dropship_cli.sandbox import items
from dropship_cli.sandbox.carriers import BY_CODE
from dropship_cli.sandbox.dialects.doudian.answers import business, invalid, missing
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.dialects.doudian.regions import region_objects
from dropship_cli.sandbox.dialects.doudian.specs import spec_list
from dropship_cli.sandbox.items import OrderStatus, Refund
from dropship_cli.sandbox.receivers import Kind, cipher, mask

_DAY = 86_400
_MOST_DAYS = 90
_DEEPEST = 50_000
_MOST_PAGE = 100
# main_status adds these to the status of the order: refunded before and after shipping.
_REFUNDED_BEFORE, _REFUNDED_AFTER = 21, 22
_LAST = 2**62
_LINES = "SELECT 1 FROM items i WHERE i.order_id = o.order_id"


def order_detail(call: Call) -> dict[str, Any]:
    """One order of the shop with all its lines."""
    order_id = call.params.text("shop_order_id")
    if not order_id:
        raise missing(20000, "shop_order_id不能为空")
    order = call.tx.execute("SELECT * FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    if order is None:
        raise invalid(20001, "订单不存在")
    if order["shop_id"] != call.actor.shop_id:
        raise business(20015, "订单不属于该店铺")
    return {"shop_order_detail": _order(call, order)}


def search_list(call: Call) -> dict[str, Any]:
    """One page of the shop's orders that were created or changed in a span of time."""
    page, size = _page(call.params)
    where, values, order_by = _search(call)
    total = call.tx.execute(f"SELECT count(*) FROM orders o WHERE {where}", values).fetchone()[0]
    rows = call.tx.execute(
        f"SELECT * FROM orders o WHERE {where} ORDER BY {order_by} LIMIT ? OFFSET ?",
        (*values, size, page * size),
    ).fetchall()
    return {
        "page": page,
        "size": size,
        "total": total,
        "shop_order_list": [_order(call, row) for row in rows],
    }


def _page(params: Params) -> tuple[int, int]:
    page, size = params.whole("page"), params.whole("size")
    if size is None or not 1 <= size <= _MOST_PAGE:
        raise invalid(20008, "size错误")
    if page is None or page < 0:
        raise invalid(10035, "page错误")
    if page * size >= _DEEPEST:
        raise invalid(20013, "最多查询50000条")
    return page, size


def _search(call: Call) -> tuple[str, list[int | str], str]:
    params = call.params
    spans = {"created_at": _span(call, "create_time"), "updated_at": _span(call, "update_time")}
    if not any(spans.values()):
        raise invalid(20011, "缺少开始时间")
    where: list[str] = ["o.shop_id = ?"]
    values: list[int | str] = [call.actor.shop_id]
    for column, span in spans.items():
        if span is not None:
            where.append(f"o.{column} BETWEEN ? AND ?")
            values.extend(span)
    for clause, bound in (*_status_filter(params), *_product_filter(params)):
        where.append(clause)
        values.extend(bound)
    by = "updated_at" if params.text("order_by") == "update_time" else "created_at"
    way = "ASC" if params.flag("order_asc") else "DESC"
    return " AND ".join(where), values, f"o.{by} {way}, o.order_id {way}"


def _span(call: Call, name: str) -> tuple[int, int] | None:
    start, end = call.params.whole(f"{name}_start"), call.params.whole(f"{name}_end")
    if start is None:
        return None
    if start < call.now - _MOST_DAYS * _DAY:
        raise invalid(20022, "最多查询90天内的订单")
    return start, _LAST if end is None else end


def _status_filter(params: Params) -> list[tuple[str, list[int | str]]]:
    rows = params.rows("combine_status")
    if len(rows) > 1:
        raise invalid(20012, "combine_status只能有一个元素")
    wanted = [part.strip() for row in rows for part in row.text("order_status").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in wanted):
        raise invalid(20012, "combine_status错误")
    if not wanted:
        return []
    # The lines' own statuses stand for the order's: an order is found when one of its lines matches.
    marks = ", ".join("?" * len(wanted))
    return [(f"EXISTS ({_LINES} AND i.order_status IN ({marks}))", [int(part) for part in wanted])]


def _product_filter(params: Params) -> list[tuple[str, list[int | str]]]:
    if not params.has("product"):
        return []
    return [(f"EXISTS ({_LINES} AND instr(i.product_name, ?) > 0)", [params.text("product")])]


def _order(call: Call, order: sqlite3.Row) -> dict[str, Any]:
    lines = items.of_order(call.tx, order["order_id"])
    packages = items.packages_of(call.tx, [line["item_id"] for line in lines])
    status = items.status_of_order(line["order_status"] for line in lines)
    goods = sum(line["price"] * line["quantity"] for line in lines)
    return {
        "order_id": order["order_id"],
        "order_status": status.value,
        "main_status": _main_status(status, lines),
        "create_time": order["created_at"],
        "update_time": order["updated_at"],
        "pay_time": order["paid_at"] or 0,
        "exp_ship_time": min(line["exp_ship_time"] for line in lines),
        "ship_time": max(line["ship_time"] for line in lines),
        "finish_time": 0,
        "order_amount": goods + order["post_amount"],
        "pay_amount": goods + order["post_amount"] if order["paid_at"] else 0,
        "post_amount": order["post_amount"],
        "buyer_words": next((line["buyer_words"] for line in lines if line["buyer_words"]), ""),
        "seller_words": next((line["seller_words"] for line in lines if line["seller_words"]), ""),
        "cancel_reason": next((line["cancel_reason"] for line in lines if line["cancel_reason"]), ""),
        **_receiver(order),
        "logistics_info": _logistics(lines, packages),
        "sku_order_list": [_line(line) for line in lines],
    }


def _main_status(status: OrderStatus, lines: list[sqlite3.Row]) -> int:
    if all(line["refund"] == Refund.REFUNDED for line in lines):
        shipped = any(line["shipped"] for line in lines)
        return _REFUNDED_AFTER if shipped else _REFUNDED_BEFORE
    return status.value


def _receiver(order: sqlite3.Row) -> dict[str, Any]:
    order_id, name = order["order_id"], order["receiver_name"]
    phone, detail = order["receiver_phone"], order["receiver_detail"]
    return {
        "post_addr": region_objects(order) | {"encrypt_detail": cipher(Kind.ADDRESS, detail, order_id)},
        "encrypt_post_tel": cipher(Kind.PHONE, phone, order_id),
        "encrypt_post_receiver": cipher(Kind.NAME, name, order_id),
        "mask_post_tel": mask(Kind.PHONE, phone),
        "mask_post_receiver": mask(Kind.NAME, name),
        "mask_post_addr": region_objects(order) | {"detail": mask(Kind.ADDRESS, detail)},
        "post_tel": "",
        "post_receiver": "",
    }


def _logistics(lines: list[sqlite3.Row], packages: dict[str, list[sqlite3.Row]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for line in lines:
        for package in packages[line["item_id"]]:
            entry = found.setdefault(package["package_id"], _package(package))
            entry["product_info"].append(
                {
                    "sku_order_id": line["item_id"],
                    "product_count": package["quantity"],
                    "product_id": line["product_id"],
                    "product_name": line["product_name"],
                    "outer_sku_id": line["out_sku_id"],
                }
            )
    return list(found.values())


def _package(package: sqlite3.Row) -> dict[str, Any]:
    carrier = BY_CODE.get(package["company_code"])
    return {
        "tracking_no": package["track_no"],
        "company": package["company_code"],
        "company_name": carrier.name if carrier else "",
        "delivery_id": str(package["package_id"]),
        "ship_time": package["ship_time"],
        "product_info": [],
    }


def _line(line: sqlite3.Row) -> dict[str, Any]:
    return {
        "order_id": line["item_id"],
        "parent_order_id": line["order_id"],
        "order_status": line["order_status"],
        "create_time": line["created_at"],
        "update_time": line["updated_at"],
        "pay_time": line["paid_at"] or 0,
        "ship_time": line["ship_time"],
        "product_id": int(line["product_id"]) if line["product_id"].isdigit() else 0,
        "product_id_str": line["product_id"],
        "product_name": line["product_name"],
        "sku_id": 0,
        "spec": spec_list(line["sku_spec"]),
        "code": line["out_sku_id"],
        "out_sku_id": line["out_sku_id"],
        "item_num": line["quantity"],
        "goods_price": line["price"],
        "order_amount": line["price"] * line["quantity"],
        "pay_amount": line["price"] * line["quantity"],
        "exp_ship_time": line["exp_ship_time"],
        "after_sale_info": _after_sale(line),
    }


def _after_sale(line: sqlite3.Row) -> dict[str, int]:
    kind = 1 if line["shipped"] else 2
    match line["refund"]:
        case Refund.OPEN:
            return {"after_sale_status": 6, "after_sale_type": kind, "refund_status": 1}
        case Refund.REFUNDED:
            return {"after_sale_status": 12, "after_sale_type": kind, "refund_status": 3}
    return {"after_sale_status": 0, "after_sale_type": 0, "refund_status": 0}
