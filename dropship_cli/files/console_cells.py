"""The cells of a console export as an item: its states, times, money, packages; it knows no other item.

No source lists the words of 订单状态 and 售后状态 in full (files-and-carriers.md section 1): an unknown state
refuses its row, an unknown after-sale word counts as an open refund, because that only stops (our decision).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dropship_cli.domain.item import Item, Origin, Package, RefundState, ShipmentState
from dropship_cli.domain.moment import BEIJING, parse_moment
from dropship_cli.domain.money import NotMoney, cents
from dropship_cli.files.cells import Problem, problem

Cells = Mapping[str, str]
CarrierCode = Callable[[str], str]
"""From a carrier's name to its neutral code; an unknown name stays as it is."""

UNPAID = frozenset({"待支付", "待付款", "未支付", "待确认"})
_TO_SHIP = frozenset({"待发货", "备货中", "已支付", "已付款", "待配货"})
_PARTLY = frozenset({"部分发货"})
_SHIPPED = frozenset({"已发货", "待收货", "已完成", "已收货", "已签收", "交易成功"})
_CLOSED = frozenset({"已关闭", "已取消", "交易关闭", "订单关闭"})

_NO_REFUND = frozenset({"", "无", "无售后", "无退款", "没有申请退款"})
_GOODS_ONLY = ("补寄", "换货", "维修")
_OVER = ("关闭", "取消", "撤销", "拒绝", "失败")
_PAID_BACK = frozenset({"已退款", "已全额退款"})
_TIMES: Mapping[str, str] = {
    "paid": "支付完成时间", "submitted": "订单提交时间", "ship_by": "承诺发货时间", "shipped": "发货时间",
}  # fmt: skip
_TIME = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _State:
    shipment: ShipmentState
    closed: bool = False


def is_unpaid(cells: Cells) -> bool:
    """An order that nobody paid is nobody's to handle."""
    return cells.get("status", "") in UNPAID


def item_of(cells: Cells, merchant_id: str, code: CarrierCode) -> Item | Problem:
    """The item that one child's cells tell, or the cell that can't be read."""
    state = _state(cells)
    if isinstance(state, Problem):
        return state
    try:
        times = {name: _seconds(name, cells) for name in _TIMES}
        price = _price(cells)
    except _Unread as unread:
        return unread.problem
    quantity = int(cells["quantity"])
    is_out = state.shipment is ShipmentState.SHIPPED
    return Item(
        order_id=cells["order_id"],
        item_id=cells["item_id"],
        quantity=quantity,
        title=cells.get("title", ""),
        spec=cells.get("spec", ""),
        sku_code=cells.get("sku_code", ""),
        product_id=cells.get("product_id", ""),
        price=price,
        merchant_id=merchant_id,
        shipment=state.shipment,
        refund=refund(cells.get("refund", "")),
        closed=state.closed,
        shipped_quantity=quantity if is_out else 0,
        shipped_by="merchant" if is_out else None,
        packages=_packages(cells.get("parcels", ""), quantity, code) if is_out else (),
        paid_at=times["paid"] or times["submitted"],
        ship_by=times["ship_by"],
        shipped_at=times["shipped"] if is_out else None,
        remark=cells.get("remark", ""),
        buyer_words=cells.get("buyer_words", ""),
        region=" ".join(part for name in ("province", "city", "district") if (part := cells.get(name, ""))),
        cancel_reason=cells.get("cancel_reason", ""),
        raw_state={"订单状态": cells.get("status", ""), "售后状态": cells.get("refund", "")},
        source=Origin.FILE,
    )


def refund(text: str) -> RefundState:
    """`售后状态`: what is neither over, nor done, nor about goods alone is open; and so is what was paid back in part,
    as nobody but a person knows what of it still has to leave."""
    if text in _NO_REFUND or text.startswith(_GOODS_ONLY) or text.endswith(_OVER):
        return RefundState.NONE
    whole = ("成功" in text and "部分" not in text) or text in _PAID_BACK
    return RefundState.REFUNDED if whole else RefundState.OPEN


class _Unread(Exception):
    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def _state(cells: Cells) -> _State | Problem:
    """From `订单状态`; in an export without it from what else tells. A line of a partly shipped order left when it
    has a package or a time of its own."""
    text = cells.get("status", "")
    has_left = bool(cells.get("parcels") or cells.get("shipped"))
    if text in _CLOSED or (not text and cells.get("cancel_reason")):
        return _State(ShipmentState.SHIPPED if has_left else ShipmentState.NONE, closed=True)
    if text in _SHIPPED or ((text in _PARTLY or not text) and (has_left or bool(cells.get("finished")))):
        return _State(ShipmentState.SHIPPED)
    if text in _TO_SHIP or text in _PARTLY or not text:
        return _State(ShipmentState.NONE)
    return problem("import.state", "订单状态", text)


def _seconds(name: str, cells: Cells) -> int | None:
    """Unix seconds of Beijing time, as the console or a spreadsheet after it writes it."""
    text = cells.get(name, "")
    if not text:
        return None
    try:
        return parse_moment(text)  # the console's own spelling, six times as fast
    except ValueError:
        pass
    found = _TIME.fullmatch(text)
    try:
        parts = [int(part or 0) for part in found.groups()] if found else []
        return int(datetime(*parts, tzinfo=BEIJING).timestamp())  # type: ignore[arg-type, misc] # six numbers
    except (ValueError, TypeError):
        raise _Unread(problem("import.time", _TIMES[name], text)) from None


def _price(cells: Cells) -> int | None:
    """Cents a piece: as it stands, else the amount of the line where it can be divided without rest."""
    quantity = int(cells["quantity"])
    try:
        if cells.get("price"):
            return cents(cells["price"])
        amount = cents(cells["amount"]) if cells.get("amount") else None
    except NotMoney as error:
        raise _Unread(problem(error.code, "商品单价", cells.get("price") or cells["amount"])) from None
    return None if amount is None or amount % quantity else amount // quantity


def _packages(text: str, quantity: int, code: CarrierCode) -> tuple[Package, ...]:
    """`快递信息`: number and carrier, split at the last hyphen; several with `;` between. One alone has all pieces."""
    pairs = [part.strip().rpartition("-") for part in re.split(r"[;；\n]", text) if part.strip()]
    whole = [
        (number.strip(), carrier.strip())
        for number, _, carrier in pairs
        if number.strip() and carrier.strip()
    ]
    only = quantity if len(whole) == 1 else None
    return tuple(Package(code(carrier), number, only) for number, carrier in dict.fromkeys(whole))
