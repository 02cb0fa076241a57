"""``order.logisticsAdd``, its Single and MultiPack forms and their edits: a shop ships its own orders.

Parameters, answers and numbers from doudian.md section 7, "Shipping".
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any

from dropship_cli.sandbox import items, shipping
from dropship_cli.sandbox.carriers import BY_CODE
from dropship_cli.sandbox.dialects.doudian.answers import Fail, business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.dialects.doudian.tracking import well_formed
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.items import OrderStatus
from dropship_cli.sandbox.shipping import Parcel, Terms

WHOLE_ORDER = "order.logisticsAdd"
_MOST_ORDERS = 400
_MOST_SERIAL = 30
_ERRORS = {
    Why.SHIPPED: (60110, "订单已发货"),
    Why.REFUND_OPEN: (60040, "订单售后中"),
    Why.REFUNDED: (60068, "发货前已退款"),
    Why.CLOSED: (60021, "订单已取消"),
    Why.FINISHED: (60113, "订单已完成"),
    Why.NOT_PAID: (60137, "订单未支付"),
    Why.NO_SUCH_ORDER: (60033, "订单不存在"),
    Why.NO_SUCH_ITEM: (60102, "子订单不存在"),
    Why.QUANTITY: (60080, "发货数量错误"),
    Why.OTHER_RECEIVER: (70021, "合并发货的订单收件人不同"),
    Why.SHIPPED_BY_PACKAGE: (10007, "请使用logisticsEditByPack"),
    Why.NOT_SHIPPED: (10007, "订单未发货"),
    Why.NO_SUCH_PACKAGE: (10007, "包裹不存在"),
}


def logistics_add(call: Call) -> dict[str, Any]:
    """Ship all that is left of one order in one parcel; there is no idempotency key."""
    order_id = _order_id(call.params)
    label = _label(call.params)
    try:
        lines = _alive(_own_lines(call, order_id))
        parcel = Parcel(*label, {line["item_id"]: items.left_to_ship(line) for line in lines})
        serials = {lines[0]["item_id"]: _serials(call.params)}
        shipping.ship(call.tx, call.actor, [parcel], Terms(_rejects(call.params), serials))
    except Refused as refused:
        raise _told(refused) from refused
    return {}


def logistics_add_single_pack(call: Call) -> dict[str, Any]:
    """Ship lines of one or more orders of one receiver in one parcel."""
    return _once(call, _single_pack)


def logistics_add_multi_pack(call: Call) -> dict[str, Any]:
    """Ship lines of one order in one or more parcels, all or nothing."""
    return _once(call, _multi_pack)


def logistics_edit(call: Call) -> dict[str, Any]:
    """Correct the number of an order that was shipped whole, by ``order.logisticsAdd``."""
    label = _label(call.params)
    try:
        lines = _own_lines(call, _order_id(call.params))
        shipping.amend(call.tx, call.actor, _whole_package(call, lines), *label)
    except Refused as refused:
        raise _told(refused) from refused
    return {}


def logistics_edit_by_pack(call: Call) -> dict[str, Any]:
    """Correct the number of one parcel of an order."""
    label = _label(call.params)
    try:
        lines = _own_lines(call, _order_id(call.params))
        package_id = call.params.whole("pack_id") or 0
        if package_id not in {package["package_id"] for package in _packages(call, lines)}:
            raise Refused(Why.NO_SUCH_PACKAGE)
        shipping.amend(call.tx, call.actor, package_id, *label)
    except Refused as refused:
        raise _told(refused) from refused
    return {}


def _once(call: Call, act: Callable[[Call], dict[str, Any]]) -> dict[str, Any]:
    """Answer a ``request_id`` that succeeded before with that success, and ship nothing more (section 7, A)."""
    request_id = call.params.text("request_id")
    if not request_id:
        raise business(50050, "request_id不能为空")
    key = (call.actor.shop_id, call.actor.method, request_id)
    known = call.tx.execute(
        "SELECT answer FROM requests WHERE shop_id = ? AND method = ? AND request_id = ?", key
    ).fetchone()
    if known is not None:
        return dict(json.loads(known["answer"]))
    try:
        answer = act(call)
    except Refused as refused:
        raise _told(refused) from refused
    call.tx.execute("INSERT INTO requests VALUES (?, ?, ?, ?)", (*key, json.dumps(answer)))
    return answer


def _single_pack(call: Call) -> dict[str, Any]:
    params = call.params
    order_ids = params.texts("order_id_list")
    if not order_ids:
        raise business(50049, "order_id_list不能为空")
    if len(order_ids) > _MOST_ORDERS:
        raise business(60032, "一次最多发货400个订单")
    lines = [line for order_id in dict.fromkeys(order_ids) for line in _own_lines(call, order_id)]
    if len({line["receiver_id"] for line in lines}) > 1:
        raise Refused(Why.OTHER_RECEIVER)
    parcel = Parcel(*_label(params), _pieces(params, lines))
    serials = {
        line["item_id"]: _serials(row)
        for row in params.rows("order_serial_number")
        for line in lines
        if line["item_id"] == row.text("order_id")
    }
    package_ids = shipping.ship(call.tx, call.actor, [parcel], Terms(_rejects(params), serials))
    return {"pack_id": str(package_ids[0])}


def _multi_pack(call: Call) -> dict[str, Any]:
    params = call.params
    lines = _own_lines(call, _order_id(params))
    rows = params.rows("pack_list")
    if not rows:
        raise business(60014, "pack_list不能为空")
    parcels = [Parcel(*_label(row), _pieces(row, lines)) for row in rows]
    serials = {lines[0]["item_id"]: _serials(params)}
    package_ids = shipping.ship(call.tx, call.actor, parcels, Terms(_rejects(params), serials))
    return {"pack_list": [_pack(*pair) for pair in zip(parcels, package_ids, strict=True)]}


def _pack(parcel: Parcel, package_id: int) -> dict[str, Any]:
    told = [
        {"shipped_order_id": item_id, "shipped_num": str(quantity)}
        for item_id, quantity in parcel.quantities.items()
    ]
    # Numbers come as text here (section 7).
    return {
        "pack_id": str(package_id),
        "logistics_code": parcel.track_no,
        "shipped_order_info": told,
    }


def _pieces(params: Params, lines: list[sqlite3.Row]) -> Counter[str]:
    known = {line["item_id"] for line in lines}
    wanted: Counter[str] = Counter()
    for row in params.rows("shipped_order_info"):
        item_id, number = row.text("shipped_order_id"), row.whole("shipped_num") or 0
        if item_id not in known:
            raise Refused(Why.NO_SUCH_ITEM)
        if number < 1:
            raise Refused(Why.QUANTITY)
        wanted[item_id] += number
    if not wanted:
        raise Refused(Why.NO_SUCH_ITEM)
    return wanted


def _order_id(params: Params) -> str:
    order_id = params.text("order_id")
    if not order_id:
        raise business(50049, "订单号不能为空")
    return order_id


def _own_lines(call: Call, order_id: str) -> list[sqlite3.Row]:
    lines = items.of_order(call.tx, order_id)
    if lines[0]["shop_id"] != call.actor.shop_id:
        raise Refused(Why.NO_SUCH_ORDER)
    return lines


def _alive(lines: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """The lines that a shipment of the whole order means; the first one says why when there are none."""
    waiting = (OrderStatus.TO_SHIP, OrderStatus.PARTLY_SHIPPED)
    alive = [line for line in lines if line["order_status"] in waiting]
    return alive or [next((line for line in lines if line["order_status"] != OrderStatus.CLOSED), lines[0])]


def _packages(call: Call, lines: list[sqlite3.Row]) -> list[sqlite3.Row]:
    by_item = items.packages_of(call.tx, [line["item_id"] for line in lines])
    return [package for packages in by_item.values() for package in packages]


def _whole_package(call: Call, lines: list[sqlite3.Row]) -> int:
    packages = _packages(call, lines)
    if not packages:
        raise Refused(Why.NOT_SHIPPED)
    whole = {package["package_id"] for package in packages if package["way"] == WHOLE_ORDER}
    if len(whole) != 1:
        raise Refused(Why.SHIPPED_BY_PACKAGE)
    return int(whole.pop())


def _label(params: Params) -> tuple[str, str]:
    company_code, track_no = params.text("company_code"), params.text("logistics_code")
    if not company_code:
        raise business(60011, "快递公司不能为空")
    if company_code not in BY_CODE:
        raise business(60083, "快递公司不存在")
    if not track_no:
        raise business(60014, "快递单号不能为空")
    if not well_formed(track_no):
        raise business(60017, "快递单号格式错误")
    return company_code, track_no


def _rejects(params: Params) -> bool:
    return params.flag("is_refund_reject") or params.flag("is_reject_refund")


def _serials(params: Params) -> list[str]:
    serials = params.texts("serial_number_list")
    if any(len(serial) > _MOST_SERIAL for serial in serials):
        raise business(60046, "序列号过长")
    return serials


def _told(refused: Refused) -> Fail:
    return business(*_ERRORS[refused.why])
