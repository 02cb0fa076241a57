"""The headings of sheets about money: prices, and statements; what an amount means is not decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dropship_cli.domain.shop import Role
from dropship_cli.files.headers import HEADERS, Columns, Kind, Meaning

ITEM = "item_id"
PRICE_FIELDS = ("sku_code", "price", "freight", "valid_from")

_MERCHANTS = ("merchant_id", "商家店铺编号", "商家ID", "商家编号")
_SHOPS = {Role.FACTORY: HEADERS[Meaning.FACTORY], Role.MERCHANT: _MERCHANTS}
_SKU = ("sku_code", "商家编码", "SKU编码", "规格编码", "商家规格编码")
_PRICE = ("price", "单价", "代发价", "供货价", "代发单价", "结算单价")
_FREIGHT = ("freight", "运费", "快递费", "邮费")
_PRICES: Mapping[str, tuple[str, ...]] = {
    "sku_code": _SKU,
    "price": _PRICE,
    "freight": _FREIGHT,
    "valid_from": ("valid_from", "生效日期", "生效时间", "开始日期"),
}


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """A column of a statement: what it holds, and the headings under which others have it; the first two are ours."""

    key: str
    names: tuple[str, ...]


STATEMENT = (
    StatementColumn(ITEM, HEADERS[Meaning.ITEM]),
    StatementColumn("shipped_at", ("shipped_at", "发货时间")),
    StatementColumn("sku_code", _SKU),
    StatementColumn("title", ("title", "商品名称", "商品")),
    StatementColumn("spec", ("spec", "规格", "商品规格")),
    StatementColumn("quantity", ("quantity", "发货数量", "数量", "件数")),
    StatementColumn("price", _PRICE),
    StatementColumn("goods", ("goods", "货款", "金额", "商品金额")),
    StatementColumn("freight", _FREIGHT),
    StatementColumn("refund", ("refund", "退款状态")),
    StatementColumn("deduction", ("deduction", "扣款", "退款扣款", "退款金额")),
    StatementColumn("total", ("total", "合计", "总额", "总金额", "应付", "应付金额", "结算金额")),
    StatementColumn("tracking_number", HEADERS[Meaning.TRACKING]),
)
"""Every column of a statement, as it is written."""

_READ = (ITEM, "quantity", "price", "goods", "freight", "deduction", "total")


def id_of(role: Role) -> str:
    """The column that names a shop of this role."""
    return f"{role.value}_id"


def price_columns(role: Role, *, partner: bool) -> Columns:
    """What is read of a sheet of prices by a shop of this role; `partner` where the other side has to be in it.

    The column of our own side is read too: rows for another shop are not ours.
    """
    other, own = id_of(role.other), id_of(role)
    table = {other: (*_SHOPS[role.other], "partner_id"), own: _SHOPS[role], **_PRICES}
    needed = (("sku_code",), ("price",), *(((other,),) if partner else ()))
    return Columns(table, needed, {other: Kind.NAME, own: Kind.NAME, "sku_code": Kind.NAME})


def price_headings(role: Role, lang: str) -> list[str]:
    """The headings of a sheet of prices that this side writes."""
    at = 1 if lang == "zh" else 0
    return [_SHOPS[role.other][at], *(_PRICES[name][at] for name in PRICE_FIELDS)]


def statement_headings(lang: str) -> list[str]:
    """The headings of a statement: Chinese for who reads Chinese; both can be read back."""
    at = 1 if lang == "zh" else 0
    return [column.names[at] for column in STATEMENT]


def total_word(lang: str) -> str:
    """What stands before the sums of a statement."""
    return "合计" if lang == "zh" else "total"


def statement_columns(leave_out: Sequence[str] = ()) -> Columns:
    """What is read of the other side's statement: the item, and whatever it says of pieces and money."""
    wanted = [key for key in _READ if key not in leave_out]
    return Columns(
        {column.key: column.names for column in STATEMENT if column.key in wanted},
        ((ITEM,),),
        {ITEM: Kind.IDENTIFIER},
    )


def deduction_columns() -> Columns:
    """What is read of a sheet of agreed deductions: the item, and the amount where there is a column for it."""
    return Columns(
        {column.key: column.names for column in STATEMENT if column.key in (ITEM, "deduction")},
        ((ITEM,),),
        {ITEM: Kind.IDENTIFIER},
    )
