"""A merchant's order export from the Doudian console, read into lines; it places nothing.

Columns in any order, present or not; UTF-8 with or without byte order mark, or GB18030; comma or tab.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dropship_cli.sandbox import export_cells as cells
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.items import OrderStatus, Refund
from dropship_cli.sandbox.receivers import Region

_ITEM, _ORDER = "子订单编号", "主订单编号"
_MOST_BYTES = 512 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")
_CHILDREN = re.compile("[;；]")
# The columns whose cells are joined together with the children's numbers.
_JOINED = ("选购商品", "商品规格", "商品ID", "商家编码")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an export; money in fen, times in Unix seconds or ``None``."""

    item_id: str
    order_id: str
    product_name: str
    product_id: str
    sku_spec: str
    out_sku_id: str
    quantity: int
    price: int
    post_amount: int
    region: Region
    buyer_words: str
    seller_words: str
    submitted: int | None
    paid: int | None
    promised: int | None
    shipped: int | None
    status: OrderStatus
    refund: Refund
    cancel_reason: str
    parcels: tuple[tuple[str, str], ...]


def read(path: Path) -> list[Line]:
    """All lines of the file; raises ``SandboxError`` with one sentence that names the row."""
    text = _text(path)
    header, rows = _table(path, text)
    lines = []
    for number, row in rows:
        try:
            lines.extend(_lines(dict(zip(header, row, strict=False))))
        except ValueError as error:
            raise SandboxError(f"{path.name}, row {number}: {error}.") from error
    return lines


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SandboxError(f"{path.name} is larger than {_MOST_BYTES // 2**20} MiB.")
        raw = path.read_bytes()
    except OSError as error:
        raise SandboxError(f"{path.name} cannot be read: {error.strerror}.") from error
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Text in the wrong one of the two shows no known heading, even where it decodes.
        if _ORDER in text or _ITEM in text:
            return text
    raise SandboxError(f"{path.name} has no column {_ITEM} or {_ORDER}: it is no 抖店 order export.")


def _table(path: Path, text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    delimiter = "\t" if text.split("\n", 1)[0].count(",") == 0 else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _numbered(path, reader)
    _, first = next(rows, (1, []))
    header = [name.strip() for name in first]
    if _ITEM not in header and _ORDER not in header:
        raise SandboxError(f"{path.name} has no column {_ITEM} or {_ORDER}: it is no 抖店 order export.")
    twice = next((name for name in header if name and header.count(name) > 1), "")
    if twice:
        raise SandboxError(f"{path.name} has the column {twice} twice.")
    return header, rows


def _numbered(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error as error:
        raise SandboxError(f"{path.name}, row {number + 1}: {error}.") from error


def _lines(row: Mapping[str, str]) -> list[Line]:
    cell = {name: cells.clean(value) for name, value in row.items()}
    children = _CHILDREN.split(cell.get(_ITEM, ""))
    if len(children) == 1:
        return [_line(cell)]
    if cells.quantity(cell.get("商品数量", "")) != len(children):
        raise ValueError("the quantity of several joined children cannot be shared out")
    return [_line(_child(cell, number, len(children))) for number in range(len(children))]


def _child(cell: Mapping[str, str], number: int, count: int) -> dict[str, str]:
    """One of several children that share a row: one piece, its own part of each joined cell."""
    own = dict(cell) | {"商品数量": "1", _ITEM: _CHILDREN.split(cell[_ITEM])[number].strip()}
    for name in _JOINED:
        parts = _CHILDREN.split(cell.get(name, ""))
        if len(parts) == count:
            own[name] = parts[number].strip()
    return own


def _line(cell: Mapping[str, str]) -> Line:
    item_id = cell.get(_ITEM, "") or cell.get(_ORDER, "")
    parcels = cells.parcels(cell.get("快递信息", ""))
    quantity = cells.quantity(cell.get("商品数量", ""))
    line = Line(
        item_id=cells.identifier(item_id),
        order_id=cells.identifier(cell.get(_ORDER, "") or item_id),
        product_name=cell.get("选购商品", ""),
        product_id=cell.get("商品ID", ""),
        sku_spec=cell.get("商品规格", ""),
        out_sku_id=cell.get("商家编码", ""),
        quantity=quantity,
        price=_price(cell, quantity),
        post_amount=cells.fen(cell.get("运费", "")),
        region=Region(*(cell.get(name, "") for name in ("省", "市", "区", "街道"))),
        buyer_words=cell.get("买家留言", ""),
        seller_words=cell.get("商家备注", ""),
        submitted=cells.instant(cell.get("订单提交时间", "")),
        paid=cells.instant(cell.get("支付完成时间", "")),
        promised=cells.instant(cell.get("承诺发货时间", "")),
        shipped=cells.instant(cell.get("发货时间", "")),
        status=cells.status(cell.get("订单状态", ""), has_parcel=bool(parcels)),
        refund=cells.refund(cell.get("售后状态", "")),
        cancel_reason=cell.get("取消原因", ""),
        parcels=parcels,
    )
    # Money given back before shipping closes a line, whatever the state column still says.
    refunded_early = line.refund is Refund.REFUNDED and line.status is OrderStatus.TO_SHIP
    return replace(line, status=OrderStatus.CLOSED) if refunded_early else line


def _price(cell: Mapping[str, str], quantity: int) -> int:
    """The unit price; where only the amount of the line is there, that amount by pieces (our decision)."""
    if cell.get("商品单价", ""):
        return cells.fen(cell["商品单价"])
    amount = cell.get("商品金额", "") or cell.get("订单应付金额", "")
    return cells.fen(amount) // quantity
