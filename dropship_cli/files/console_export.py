"""A merchant's order export from the Doudian console: its headings, and a row's children; no cell is understood here.

The merchant picks the columns (files-and-carriers.md section 1): only the numbers and the quantity must be there. The
receivers' columns are not named here, so that no reader ever looks at them (reliability.md rule 15).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import PurePath

from dropship_cli.files.cells import Problem, problem
from dropship_cli.files.headers import Columns, Kind

_TABLE: Mapping[str, tuple[str, ...]] = {
    "order_id": ("主订单编号", "订单编号", "订单号", "父订单号", "order_id"),
    "item_id": ("子订单编号", "子订单号", "商品单号", "item_id"),
    "title": ("选购商品", "商品名称", "title"),
    "spec": ("商品规格", "规格", "spec"),
    "quantity": ("商品数量", "数量", "quantity"),
    "product_id": ("商品ID", "product_id"),
    "sku_code": ("商家编码", "sku_code"),
    "price": ("商品单价", "price"),
    "amount": ("商品金额",),
    "submitted": ("订单提交时间",),
    "paid": ("支付完成时间", "paid_at"),
    "ship_by": ("承诺发货时间", "ship_by"),
    "shipped": ("发货时间", "shipped_at"),
    "finished": ("订单完成时间",),
    "status": ("订单状态",),
    "refund": ("售后状态",),
    "cancel_reason": ("取消原因",),
    "remark": ("商家备注",),
    "buyer_words": ("买家留言",),
    "province": ("省",),
    "city": ("市",),
    "district": ("区",),
    "parcels": ("快递信息",),
}
CONSOLE = Columns(
    _TABLE,
    required=(("order_id",), ("item_id",), ("quantity",)),
    kinds={
        # Several children may share a cell, with `;` between: names, which may hold what a plain number may not.
        "order_id": Kind.NAME, "item_id": Kind.NAME, "quantity": Kind.QUANTITY,
    },
)  # fmt: skip
_TELL: Mapping[str, tuple[str, ...]] = {
    "title": ("title",), "spec": ("spec",), "sku_code": ("sku_code",), "product_id": ("product_id",),
    "price": ("price", "amount"), "paid_at": ("paid", "submitted"), "ship_by": ("ship_by",),
    "remark": ("remark",), "buyer_words": ("buyer_words",), "region": ("province", "city", "district"),
    "refund": ("refund",), "closed": ("status", "cancel_reason"), "cancel_reason": ("cancel_reason",),
    "raw_state": ("status", "refund"),
}  # fmt: skip
"""The fields of an item, and the columns of which any tells it. What left is judged apart: it never comes back."""
_CHILDREN = re.compile(r"\s*[;；]\s*")
_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_GOODS = ("sku_code", "spec")
"""What tells which goods to send: of several children each must have its own."""
_SHARED = ("title", "product_id", "status", "refund")
_MADE_AT = re.compile(r"(1\d{9}|2\d{9})(?:\d{3})?_[0-9A-Za-z]")
_EMPTY = frozenset({"-", "--", "—", "——"})

Cells = Mapping[str, str]


def made_at(name: str) -> int | None:
    """The second in which the console made the file, from `<epoch>_<hash>.csv`; nothing for any other name."""
    found = _MADE_AT.match(PurePath(name).name)
    return int(found[1]) if found else None


def silent(columns: Container[str]) -> frozenset[str]:
    """The fields of an item that a file with these columns (by meaning) says nothing of: the merchant picks them."""
    return frozenset(name for name, tell in _TELL.items() if not any(one in columns for one in tell))


def children(cells: Cells) -> list[Cells] | Problem:
    """A row's cells, empty ones as ``""``; of a row that joins several children each one's own, or why they can't be
    told apart: only a sum that is their number may be shared out, one piece each (files-and-carriers.md section 1).
    """
    bare = {name: "" if text in _EMPTY else text for name, text in cells.items()}
    names = [name for name in _CHILDREN.split(bare["item_id"]) if name]
    wrong = next((name for name in (bare["order_id"], *names) if not _ID.fullmatch(name)), None)
    if wrong is not None or not names:
        return problem("row.identifier", "子订单编号", bare["item_id"] if wrong is None else wrong)
    if len(names) == 1:
        return [{**bare, "item_id": names[0]}]
    if int(bare["quantity"]) != len(names) or len(set(names)) != len(names):
        return problem("import.sum", "商品数量", bare["quantity"], children=len(names))
    return _shared_out(bare, names)


def _shared_out(cells: Cells, names: list[str]) -> list[Cells] | Problem:
    parts = {name: _parts(cells.get(name, ""), len(names)) for name in (*_GOODS, *_SHARED)}
    told = [name for name in _GOODS if parts[name] is not None and cells.get(name)]
    if not told:
        return problem("import.children", "商家编码", cells.get("sku_code", ""), children=len(names))
    return [
        {
            **cells,
            **{name: own[at] for name, own in parts.items() if own is not None},
            "item_id": item, "quantity": "1", "price": "", "amount": "", "parcels": cells.get("parcels", ""),
        }
        for at, item in enumerate(names)
    ]  # fmt: skip


def _parts(text: str, count: int) -> list[str] | None:
    """Each child's own part; nothing where the cell is one text for all."""
    found = _CHILDREN.split(text)
    return found if len(found) == count else None
