"""``iop.waybillReturn`` and ``iop.waybillUpdate``: a factory ships and corrects (doudian.md section 5)."""

import sqlite3
from typing import Any

from dropship_cli.sandbox import allocation, items, shipping, shops
from dropship_cli.sandbox.carriers import BY_CODE
from dropship_cli.sandbox.dialects.doudian.answers import Fail, business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.dialects.doudian.tracking import well_formed
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.items import DistrStatus
from dropship_cli.sandbox.shipping import Parcel, Terms

_MOST_SERIAL = 30
_ERRORS = {
    Why.SHIPPED: (41000, "订单已发货"),
    Why.FINISHED: (41000, "订单已完成"),
    Why.NOT_SHIPPED: (41000, "订单未发货"),
    Why.ALLOCATION_CANCELLED: (41001, "分配已取消"),
    Why.CLOSED: (41001, "订单已关闭"),
    Why.REFUNDED: (41001, "订单已退款"),
    Why.REFUND_OPEN: (41004, "订单售后中"),
    Why.NO_SUCH_ITEM: (41002, "代发订单不存在"),
    Why.NO_SUCH_PACKAGE: (41002, "包裹不存在"),
    Why.NO_SENDER: (41003, "未设置默认发货地址"),
    Why.QUANTITY: (41007, "发货数量之和应等于待发货数量"),
}


def waybill_return(call: Call) -> dict[str, Any]:
    """Ship all that is left of one line, in one or several packs."""
    params = call.params
    user_id, item_id = params.need_whole("user_id"), params.need_text("distr_order_id")
    terms = Terms(params.flag("is_refund_reject"), {item_id: _serials(params)})
    try:
        _require_mine(call, user_id, item_id)
        parcels = _parcels(call, item_id)
        _require_sender(call)
        package_ids = shipping.ship_allocated(call.tx, call.actor, item_id, parcels, terms)
    except Refused as refused:
        raise _told(refused) from refused
    packs = [_pack(item_id, *pair) for pair in zip(parcels, package_ids, strict=True)]
    return {"return_result": True, "delivery_id": packs[0]["deliver_id"], "pack_list": packs}


def waybill_update(call: Call) -> dict[str, Any]:
    """Correct carrier and number of one pack that this factory has shipped."""
    params = call.params
    user_id, item_id = params.need_whole("user_id"), params.need_text("distr_order_id")
    package_id = params.need_whole("delivery_id")
    company_code, track_no = _label(params)
    try:
        mine = _require_mine(call, user_id, item_id)
        if mine["distr_status"] != DistrStatus.SHIPPED:
            raise Refused(Why.NOT_SHIPPED)
        _require_in_package(call, item_id, package_id)
        shipping.amend(call.tx, call.actor, package_id, company_code, track_no)
    except Refused as refused:
        raise _told(refused) from refused
    return {"return_result": True, "delivery_id": str(package_id)}


def _told(refused: Refused) -> Fail:
    return business(*_ERRORS[refused.why])


def _require_mine(call: Call, user_id: int, item_id: str) -> sqlite3.Row:
    mine = allocation.find(call.tx, call.actor.shop_id, item_id)
    if items.find(call.tx, item_id)["shop_id"] != user_id:
        raise Refused(Why.NO_SUCH_ITEM)
    return mine


def _require_sender(call: Call) -> None:
    """An address in the call, or the shop's default one (whose id a client cannot read by API)."""
    given = _sender_given(call.params)
    if not given and not shops.find(call.tx, call.actor.shop_id)["sender"]:
        raise Refused(Why.NO_SENDER)


def _sender_given(params: Params) -> bool:
    """A whole `send_addr`, which wins, or the number of an address."""
    if not params.has("send_addr"):
        return params.whole("address_id") is not None
    address = params.object("send_addr")
    for name in ("province", "city", "town", "street"):
        for member in ("id", "name"):
            address.object(name).need_text(member)
    address.need_text("detail")
    return True


def _require_in_package(call: Call, item_id: str, package_id: int) -> None:
    packages = items.packages_of(call.tx, [item_id])[item_id]
    if package_id not in {package["package_id"] for package in packages}:
        raise Refused(Why.NO_SUCH_PACKAGE)


def _parcels(call: Call, item_id: str) -> list[Parcel]:
    """The packs of the new form, which wins, or the one pack of the old form."""
    rows = call.params.rows("pack_list")
    if not rows:
        left = items.left_to_ship(items.find(call.tx, item_id))
        return [Parcel(*_label(call.params), {item_id: left})]
    return [Parcel(*_label(row), {item_id: row.need_whole("ship_num")}) for row in rows]


def _label(params: Params) -> tuple[str, str]:
    company_code, track_no = params.need_text("company_code"), params.need_text("track_no")
    if company_code not in BY_CODE or not well_formed(track_no):
        raise params.wrong
    return company_code, track_no


def _serials(params: Params) -> list[str]:
    serials = params.texts("serial_number_list")
    if any(len(serial) > _MOST_SERIAL for serial in serials):
        raise params.wrong
    return serials


def _pack(item_id: str, parcel: Parcel, package_id: int) -> dict[str, Any]:
    return {
        "deliver_id": str(package_id),
        "track_no": parcel.track_no,
        "ship_num": parcel.quantities[item_id],
        "company_code": parcel.company_code,
    }
