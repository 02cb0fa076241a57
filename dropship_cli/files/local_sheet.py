"""A local factory's sheet: its headings in two languages. The names of order, item, quantity, carrier and number are
those that `ship --batch` takes, so that the filled sheet comes back as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from dropship_cli.files.headers import HEADERS, Meaning

_CHINESE: Mapping[str, str] = {
    Meaning.ORDER: "订单编号",
    Meaning.ITEM: "子订单编号",
    "ship_by": "最晚发货时间",
    "sku_code": "商家编码",
    "title": "商品",
    "spec": "规格",
    Meaning.QUANTITY: "数量",
    "remark": "备注",
    "region": "地区",
    Meaning.CARRIER: "快递公司",
    Meaning.TRACKING: "快递单号",
}


def headings(lang: str) -> dict[str, str]:
    """The columns in order, each with its heading."""
    return {
        str(name): chinese if lang == "zh" else HEADERS.get(name, (str(name),))[0]
        for name, chinese in _CHINESE.items()
    }


def id_cell(path: str, text: str) -> str:
    """An id that stays text: in a csv with a tab before it, as the platform's own exports have it, because a
    spreadsheet that opens and saves the file rounds long numbers otherwise."""
    return f"\t{text}" if PurePath(path).suffix.lower() not in (".xlsx", ".tsv") else text
