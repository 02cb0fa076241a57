"""The cells of a Doudian console export as values: ids, money, times, states, parcels (files-and-carriers.md 1).

Each reader raises ``ValueError`` with the end of a sentence; ``export_file`` adds the row.
"""

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from dropship_cli.sandbox import carriers
from dropship_cli.sandbox.items import OrderStatus, Refund

_BEIJING = timezone(timedelta(hours=8))
_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_QUOTED = re.compile(r'="(.*)"|\'(.*)')  # how a spreadsheet is kept from rounding an id
_MOST_QUANTITY = 1_000_000
_MOST_FEN = 10**12
_STATUSES = {
    "": OrderStatus.TO_SHIP,
    "待发货": OrderStatus.TO_SHIP,
    "备货中": OrderStatus.TO_SHIP,
    "已支付": OrderStatus.TO_SHIP,
    "已付款": OrderStatus.TO_SHIP,
    "待配货": OrderStatus.TO_SHIP,
    "部分发货": OrderStatus.TO_SHIP,
    "待支付": OrderStatus.TO_PAY,
    "待付款": OrderStatus.TO_PAY,
    "未支付": OrderStatus.TO_PAY,
    "待确认": OrderStatus.TO_PAY,
    "已发货": OrderStatus.SHIPPED,
    "待收货": OrderStatus.SHIPPED,
    "已完成": OrderStatus.DONE,
    "已收货": OrderStatus.DONE,
    "已签收": OrderStatus.DONE,
    "交易成功": OrderStatus.DONE,
    "已关闭": OrderStatus.CLOSED,
    "已取消": OrderStatus.CLOSED,
    "交易关闭": OrderStatus.CLOSED,
    "订单关闭": OrderStatus.CLOSED,
}
_NO_REFUND = ("", "无", "无退款", "没有申请退款", "无售后")
_NOT_ABOUT_MONEY = ("补寄", "换货", "维修")
_OVER = ("关闭", "取消", "撤销", "拒绝", "失败")
_PAID_BACK = ("已退款", "已全额退款")


def clean(cell: str | None) -> str:
    """A cell without the leading tab and spaces of the export; ``-`` means empty."""
    text = (cell or "").strip()
    return "" if text == "-" else text


def identifier(text: str) -> str:
    """An id without the quotes around it; one that a spreadsheet has spoilt is refused, never guessed."""
    quoted = _QUOTED.fullmatch(text)
    bare = clean(quoted[1] or quoted[2]) if quoted else text
    if _ID.fullmatch(bare) is None:
        raise ValueError(f"{text[:40]!r} is not an order number")
    return bare


def quantity(text: str) -> int:
    """A whole number from 1; empty means 1."""
    whole = text.removesuffix(".0") or "1"
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 7 and 1 <= int(whole) <= _MOST_QUANTITY):
        raise ValueError(f"{text[:40]!r} is not a quantity")
    return int(whole)


def fen(text: str) -> int:
    """Yuan as written (``1,234.50``, ``¥5``) in whole fen, exactly; empty means 0."""
    plain = text.replace(",", "").lstrip("¥￥").removesuffix("元").strip() or "0"
    try:
        cents = Decimal(plain) * 100
        whole = int(cents)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(f"{text[:40]!r} is not an amount of money") from error
    if cents != whole or not 0 <= whole <= _MOST_FEN:
        raise ValueError(f"{text[:40]!r} is not an amount of whole fen")
    return whole


def instant(text: str) -> int | None:
    """Beijing time as Unix seconds; ``None`` when empty."""
    if not text:
        return None
    for form in _TIMES:
        try:
            return int(datetime.strptime(text, form).replace(tzinfo=_BEIJING).timestamp())
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is not a time")


def status(text: str, *, has_parcel: bool) -> OrderStatus:
    """``订单状态`` of a line; of a partly shipped order a line is shipped when it has a parcel."""
    if text not in _STATUSES:
        raise ValueError(f"{text[:40]!r} is not a known 订单状态")
    if text == "部分发货" and has_parcel:
        return OrderStatus.SHIPPED
    return _STATUSES[text]


def refund(text: str) -> Refund:
    """``售后状态``: what is neither over, nor done, nor about goods alone is open."""
    if text in _NO_REFUND or text.startswith(_NOT_ABOUT_MONEY):
        return Refund.NONE
    if "成功" in text or text in _PAID_BACK:
        return Refund.REFUNDED
    return Refund.NONE if text.endswith(_OVER) else Refund.OPEN


def parcels(text: str) -> tuple[tuple[str, str], ...]:
    """``快递信息``: pairs of carrier code and number, split at the **last** hyphen; several joined by ``;``.

    A carrier that the sandbox does not know keeps the name it came with.
    """
    found = []
    for part in re.split("[;；\n]", text):
        number, _, name = part.strip().rpartition("-")
        if number and name:
            carrier = carriers.named(name.strip())
            found.append((carrier.code if carrier else name.strip(), number.strip()))
    return tuple(found)
