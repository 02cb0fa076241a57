"""``iop.sellerDistribute`` and ``iop.sellerCancleDistribute``, row by row (doudian.md section 4)."""

from collections.abc import Callable
from typing import Any

from dropship_cli.sandbox import allocation
from dropship_cli.sandbox.dialects.doudian.answers import business
from dropship_cli.sandbox.dialects.doudian.call import Call
from dropship_cli.sandbox.dialects.doudian.params import Params
from dropship_cli.sandbox.errors import Refused, Why

_MOST = 100
# Row numbers: not listed by the platform, our decision (section 4).
_ROW_ERRORS = {
    Why.NO_SUCH_ITEM: (40000, "代发订单不存在"),
    Why.NOT_BOUND: (40100, "未与该厂家绑定"),
    Why.ALLOCATED: (40101, "订单已分配"),
    Why.SHIPPED: (40102, "订单已发货"),
    Why.REFUND_OPEN: (40103, "订单售后中"),
    Why.CLOSED: (40104, "订单已关闭"),
    Why.PAID_BEFORE_BINDING: (40105, "订单支付早于绑定时间"),
}
_CANCEL_ERRORS = {
    Why.NO_SUCH_ITEM: "代发订单不存在",
    Why.NOT_ALLOCATED: "订单未分配",
    Why.SHIPPED: "订单已发货",
    Why.CLOSED: "订单已关闭",
}


def seller_distribute(call: Call) -> dict[str, Any]:
    """Allocate up to 100 lines; every row has its own outcome."""
    rows = call.params.rows("distribute_order_list")
    if not 1 <= len(rows) <= _MOST:
        raise call.params.wrong
    wishes = [_wish(row) for row in rows]
    return {"distribute_order_reuslts": [_distribute(call, *wish) for wish in wishes]}


def seller_cancle_distribute(call: Call) -> dict[str, Any]:
    """Take up to 100 lines back; an empty map of failures is written as an empty array, as the page shows."""
    ids = call.params.texts("distr_order_ids")
    if not ids:
        raise call.params.wrong
    if len(ids) > _MOST:
        raise business(10000, "一次最多取消100个代发订单")
    failed = {item_id: why for item_id in dict.fromkeys(ids) if (why := _cancel(call, item_id))}
    done = [item_id for item_id in dict.fromkeys(ids) if item_id not in failed]
    return {"succ_distr_order_ids": done, "fail_distr_order_ids": failed or []}


def _wish(row: Params) -> tuple[str, int]:
    return row.need_text("distr_order_id"), row.need_whole("supplier_shop_id")


def _distribute(call: Call, item_id: str, factory_id: int) -> dict[str, Any]:
    why = _refusal(lambda: allocation.allocate(call.tx, call.actor, item_id, factory_id))
    number, message = (0, "") if why is None else _ROW_ERRORS[why]
    return {
        "supplier_shop_id": factory_id,
        "distr_order_id": item_id,
        "err_no": number,
        "message": message,
    }


def _cancel(call: Call, item_id: str) -> str:
    why = _refusal(lambda: allocation.cancel(call.tx, call.actor, item_id))
    return "" if why is None else _CANCEL_ERRORS[why]


def _refusal(act: Callable[[], None]) -> Why | None:
    """Why an act is refused; both acts check everything before they write, so a refused one leaves nothing."""
    try:
        act()
    except Refused as refused:
        return refused.why
    return None
