"""Which messages Doudian pushes about what happened, to whom, and how they are written (doudian.md section 8).

Who gets which is not stated there: 501, 503, 500 and 504 go to the factory, the rest to the merchant (D).
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dropship_cli.sandbox import items
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.items import DistrStatus, OrderStatus
from dropship_cli.sandbox.ledger import Act
from dropship_cli.sandbox.receivers import Kind, cipher

_REFUNDS = {Act.REFUND_OPENED: "200", Act.REFUND_CLOSED: "207", Act.REFUND_FINISHED: "206"}
_AFTERSALE_STATUS = {"200": 6, "207": 28, "206": 12}
_PAY_TYPE = 7


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one shop: the tag and its data, written when it is sent."""

    shop_id: int
    tag: str
    order_id: str
    data: dict[str, Any]


def notices(tx: sqlite3.Connection, effect: sqlite3.Row) -> Iterator[Notice]:
    """Everything that is pushed about one effect of the judge's log; nothing for acts that push nothing."""
    act, values = Act(effect["act"]), json.loads(effect["values"])
    if act is Act.SEEDED:
        yield from _paid(tx, effect["shop_id"])
    if not effect["item_id"]:
        return
    try:
        row = items.find(tx, effect["item_id"])
    except Refused:  # the world was begun anew since
        return
    match act:
        case Act.ALLOCATED:
            yield _to_factory("501", row, values["factory_id"])
        case Act.ALLOCATION_CANCELLED:
            yield _to_factory("503", row, values["factory_id"])
        case Act.SHIPPED | Act.AMENDED:
            yield from _shipped(tx, effect, row, values)
        case Act.REFUND_OPENED | Act.REFUND_CLOSED | Act.REFUND_FINISHED:
            yield _refund(_REFUNDS[act], effect, row)
            if act is Act.REFUND_FINISHED:
                yield from _withdrawn(row)
        case Act.ORDER_CANCELLED:
            yield _to_merchant("106", row, cancel_reason=row["cancel_reason"], cancel_time=effect["at"])
            yield from _withdrawn(row)
        case Act.REMARK_CHANGED:
            yield _to_merchant("113", row, remark=values["remark"], star=0)
            yield from _to_its_factory("500", row, seller_remark=values["remark"])
        case Act.ADDRESS_CHANGED:
            yield _to_merchant("105", row, receiver_msg=_receiver(tx, row))
            yield from _to_its_factory("504", row)


def _paid(tx: sqlite3.Connection, shop_id: int) -> Iterator[Notice]:
    """A 101 for each paid order of the shop that had none yet."""
    orders = tx.execute(
        "SELECT order_id, paid_at, post_amount FROM orders o WHERE shop_id = ? AND paid_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM pushes p WHERE p.order_id = o.order_id AND p.tag = '101') ORDER BY paid_at, order_id",
        (shop_id,),
    ).fetchall()
    for order in orders:
        lines = items.of_order(tx, order["order_id"])
        amount = sum(line["price"] * line["quantity"] for line in lines) + order["post_amount"]
        paid = {"pay_time": order["paid_at"], "pay_amount": amount, "pay_type": _PAY_TYPE}
        yield Notice(shop_id, "101", order["order_id"], _order(lines[0], *lines) | paid)


def _shipped(
    tx: sqlite3.Connection, effect: sqlite3.Row, row: sqlite3.Row, values: dict[str, Any]
) -> Iterator[Notice]:
    is_amended = effect["act"] == Act.AMENDED
    package = values["after"] if is_amended else values["packages"][-1]
    told = {
        "logistics_msg": {
            "express_company_id": package["company_code"],
            "logistics_code": package["track_no"],
        },
        "update_time": effect["at"],
    }
    if is_amended:
        yield _to_merchant("104", row, **told)
        return
    if effect["shop_id"] != row["shop_id"]:
        yield Notice(
            row["shop_id"], "505", row["order_id"], _dropship(row, effect["shop_id"]) | {"return_status": 0}
        )
    yield _to_merchant("102" if _was_whole(tx, row, int(package["package_id"])) else "108", row, **told)


def _was_whole(tx: sqlite3.Connection, row: sqlite3.Row, package_id: int) -> bool:
    """Whether with this package the whole line had been shipped; later ones may have followed since."""
    packages = items.packages_of(tx, [row["item_id"]])[row["item_id"]]
    shipped = sum(int(one["quantity"]) for one in packages if one["package_id"] <= package_id)
    return shipped >= int(row["quantity"])


def _refund(tag: str, effect: sqlite3.Row, row: sqlite3.Row) -> Notice:
    data = {
        "p_id": int(row["order_id"]),
        "s_id": int(row["item_id"]),
        "shop_id": row["shop_id"],
        "aftersale_id": int(row["item_id"]),
        "aftersale_status": _AFTERSALE_STATUS[tag],
        "aftersale_type": 2,
        "refund_amount": row["price"] * row["quantity"],
        "reason_code": 1,
        "update_time": effect["at"],
    }
    return Notice(row["shop_id"], tag, row["order_id"], data)


def _withdrawn(row: sqlite3.Row) -> Iterator[Notice]:
    """A closed line is taken back from the factory that holds it."""
    if row["order_status"] == OrderStatus.CLOSED and row["factory_id"] is not None:
        yield _to_factory("503", row, row["factory_id"])


def _to_its_factory(tag: str, row: sqlite3.Row, **more: Any) -> Iterator[Notice]:
    if row["factory_id"] is not None and row["distr_status"] in (DistrStatus.ALLOCATED, DistrStatus.SHIPPED):
        yield _to_factory(tag, row, row["factory_id"], **more)


def _to_factory(tag: str, row: sqlite3.Row, factory_id: int, **more: Any) -> Notice:
    return Notice(factory_id, tag, row["order_id"], _dropship(row, factory_id) | more)


def _to_merchant(tag: str, row: sqlite3.Row, **more: Any) -> Notice:
    return Notice(row["shop_id"], tag, row["order_id"], _order(row, row) | more)


def _dropship(row: sqlite3.Row, factory_id: int) -> dict[str, Any]:
    return {"distr_order_id": row["item_id"], "shop_id": factory_id, "user_id": row["shop_id"]}


def _order(row: sqlite3.Row, *lines: sqlite3.Row) -> dict[str, Any]:
    """What every message about an order begins with; its ids are numbers above 2^53, as on the platform."""
    return {
        "p_id": int(row["order_id"]),
        "s_ids": [int(line["item_id"]) for line in lines],
        "shop_id": row["shop_id"],
        "order_status": row["order_status"],
        "order_type": 0,
        "biz": 2,
    }


def _receiver(tx: sqlite3.Connection, row: sqlite3.Row) -> dict[str, str]:
    order = tx.execute("SELECT * FROM orders WHERE order_id = ?", (row["order_id"],)).fetchone()
    region = {name: order[name] for name in ("province", "city", "district", "street")}
    address = cipher(Kind.ADDRESS, order["receiver_detail"], row["order_id"])
    return {
        "addr": json.dumps(region | {"encrypt_detail": address}, ensure_ascii=False),
        "encrypt_name": cipher(Kind.NAME, order["receiver_name"], row["order_id"]),
        "encrypt_tel": cipher(Kind.PHONE, order["receiver_phone"], row["order_id"]),
    }
