"""The sheet of rules: its headings in two languages; what a cell means as a rule is not decided here."""

from __future__ import annotations

from collections.abc import Mapping

from dropship_cli.files.headers import HEADERS, Columns, Kind, Meaning

FIELDS = ("rule", "priority", "sku_code", "product", "spec", "region", "factory_id", "share", "capacity")
"""The columns as they are written; `rule` is for people and not read back."""

RULE_HEADERS: Mapping[str, tuple[str, ...]] = {
    "priority": ("priority", "优先级"),
    "sku_code": ("sku_code", "商家编码", "SKU编码", "规格编码"),
    "product": ("product", "商品", "商品名称", "选购商品"),
    "spec": ("spec", "规格", "商品规格"),
    "region": ("region", "地区", "省市", "区域"),
    "factory_id": HEADERS[Meaning.FACTORY],
    "share": ("share", "份额", "比例"),
    "capacity": ("capacity", "每日上限", "日上限", "每日产能"),
}

RULES = Columns(
    RULE_HEADERS, (("factory_id",),), {"factory_id": Kind.NAME, "sku_code": Kind.NAME}
)  # numbers are read as text: a share may be written 70, 70% or, by a spreadsheet, 0.7


def headings(lang: str) -> list[str]:
    """The headings to write: Chinese for who reads Chinese; both can be read back."""
    if lang != "zh":
        return list(FIELDS)
    return ["规则编号", *(RULE_HEADERS[name][1] for name in FIELDS[1:])]
