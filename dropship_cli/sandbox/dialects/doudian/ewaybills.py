"""``iop.waybillGet`` and ``iop.waybillCancel``: e-waybills for dropship orders (doudian.md section 6)."""

import hashlib
import re
from typing import Any

from dropship_cli.sandbox import waybills
from dropship_cli.sandbox.dialects.doudian.answers import business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.errors import Refused, Why

_MOST = 10
_PACK = re.compile(r"[A-Za-z0-9_]{0,15}")
# Texts of rows that fail; the platform lists no numbers but 10701, ours are a decision.
_ROW_ERRORS = {
    Why.NO_SUCH_ITEM: ("41002", "代发订单不存在"),
    Why.ALLOCATION_CANCELLED: ("41001", "分配已取消"),
    Why.SHIPPED: ("41000", "订单已发货"),
    Why.NO_SUCH_CARRIER: ("10014", "快递公司未开通电子面单"),
}


def waybill_get(call: Call) -> dict[str, Any]:
    """Numbers for up to ten parcels; each row succeeds or fails for itself."""
    _require_sender(call.params)
    asked = [
        (group.need_whole("user_id"), group.need_text("company_code"), order)
        for group in call.params.rows("trade_order_list")
        for order in group.rows("order_infos")
    ]
    if not 1 <= len(asked) <= _MOST:
        raise call.params.wrong
    ebills: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for user_id, company_code, order in asked:
        _draw(call, user_id, company_code, order, ebills, errors)
    return {"ebill_infos": ebills, "err_infos": errors}


def waybill_cancel(call: Call) -> dict[str, Any]:
    """Give one number back."""
    call.params.need_whole("user_id")
    company_code, track_no = call.params.need_text("company_code"), call.params.need_text("track_no")
    try:
        waybills.cancel(call.tx, call.actor, company_code, track_no)
    except Refused as refused:
        if refused.why is Why.WAYBILL_USED:
            raise business(41000, "单号已用于发货") from refused
        raise call.params.wrong from refused
    return {"return_result": True}


def _require_sender(params: Params) -> None:
    sender = params.object("sender")
    sender.object("contact").need_text("name")
    address = sender.object("address")
    for name in ("provinceName", "cityName", "districtName", "detailAddress"):
        address.need_text(name)


def _draw(
    call: Call,
    user_id: int,
    company_code: str,
    order: Params,
    ebills: list[dict[str, Any]],
    errors: list[dict[str, Any]],
) -> None:
    item_id, pack_id = order.need_text("distr_order_id"), order.text("pack_id")
    if _PACK.fullmatch(pack_id) is None:
        raise order.wrong
    named = {"distr_order_id": item_id, "pack_id": pack_id}
    try:
        track_no = waybills.draw(call.tx, call.actor, user_id, item_id, pack_id, company_code)
    except Refused as refused:
        number, text = _ROW_ERRORS[refused.why]
        errors.append(named | {"err_code": number, "err_msg": text})
    else:
        ebills.append(named | _routing(track_no))


def _routing(track_no: str) -> dict[str, str]:
    digits = str(int.from_bytes(hashlib.sha256(track_no.encode()).digest()[:6]))
    return {
        "track_no": track_no,
        "sort_code": f"{digits[:3]}-{digits[3:6]}-{digits[6:9]}",
        "package_code": digits[:6],
        "package_code_name": "集包中心",
        "mark_destination_code": digits[6:10],
        "mark_destination_code_name": "分拨中心",
        "extra": "",
        "extra_resp": "",
        "sub_waybill_codes": "",
    }
