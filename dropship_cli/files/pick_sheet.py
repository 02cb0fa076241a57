"""The picking sheet's headings in two languages; what stands below them is not decided here."""

from __future__ import annotations

from collections.abc import Mapping

_BY_GOODS = ("sku_code", "spec", "title", "quantity", "items", "ship_by", "item_id", "must_not_leave")
_BY_PACKAGE = (
    "package", "merchant_id", "item_id", "sku_code", "spec", "title", "quantity", "ship_by", "must_not_leave",
)  # fmt: skip
_CHINESE: Mapping[str, str] = {
    "package": "包裹序号",
    "merchant_id": "商家店铺编号",
    "item_id": "代发订单号",
    "sku_code": "商家编码",
    "spec": "规格",
    "title": "商品",
    "quantity": "数量",
    "items": "单数",
    "ship_by": "最晚发货时间",
    "must_not_leave": "不可发出",
}


def headings(lang: str, *, by_package: bool) -> dict[str, str]:
    """The columns in order, each with its heading."""
    names = _BY_PACKAGE if by_package else _BY_GOODS
    return {name: _CHINESE[name] if lang == "zh" else name for name in names}
