"""Tab separated columns for pipes: every column, nothing cut, headings and states as `--json` names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from dropship_cli.domain.money import yuan
from dropship_cli.terminal.clean import clean

Row = Mapping[str, Any]

_ITEM = (
    "order_id", "item_id", "sku_code", "title", "spec", "quantity", "shipped_quantity", "allocation",
    "shipment", "refund", "closed", "factory_id", "merchant_id", "shipped_by", "carrier", "tracking_number",
    "ship_by", "paid_at", "remark", "attention", "note", "held",
)  # fmt: skip
_OUTCOME = ("row", "order_id", "item_id", "result", "error_code", "error", "warning")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "items": _ITEM,
    "needs": _ITEM,
    "shops_items": ("profile", *_ITEM),
    "shops_needs": ("profile", *_ITEM),
    "order": (*_ITEM, "handled_by", "source"),
    "answers": _OUTCOME,
    "outcomes": _OUTCOME,
    "pick_lines": ("sku_code", "spec", "title", "quantity", "items", "ship_by"),
    "waybill_outcomes": ("row", "item_id", "result", "carrier", "tracking_number", "error_code", "error"),
    "again": ("kind", "order_id", "target", "wish", "created_at"),
    "planned": ("order_id", "item_id", "result", "factory_id", "rule", "why", "error_code", "error"),
}  # fmt: skip

_AMOUNTS = ("price", "goods", "freight", "deduction", "total")
_MONEY: Mapping[str, frozenset[str]] = {
    "statement": frozenset(_AMOUNTS),
    "differences": frozenset(f"{name}_{side}" for name in _AMOUNTS for side in ("here", "there"))
    | {"difference"},
    "prices": frozenset({"price", "freight"}),
    "price_changes": frozenset({"price", "freight", "price_before", "freight_before"}),
}
"""What a kind shows in yuan, as its table does: cents are for `--json`, which says so."""


def write_rows(out: TextIO, kind: str, rows: Iterable[Row]) -> None:
    """A heading line, then a line a row. Several packages of an item share a cell, with `,` between."""
    fields = _FIELDS.get(kind)
    money = _MONEY.get(kind, frozenset())
    headed = False
    for row in rows:
        fields = fields or tuple(row)
        if not headed:
            out.write("\t".join(fields) + "\n")
            headed = True
        out.write("\t".join(_cell(row, field, money) for field in fields) + "\n")
    if fields and not headed:
        out.write("\t".join(fields) + "\n")


def _cell(row: Row, field: str, money: frozenset[str]) -> str:
    if field in money and isinstance(row.get(field), int):
        return yuan(row[field])
    if field in ("carrier", "tracking_number") and "packages" in row:
        return clean(",".join(str(one[field]) for one in row["packages"]))
    if field == "attention":
        return ",".join(str(one["what"]) for one in row.get(field) or ())
    return clean(_text(row.get(field)))


def _text(found: object) -> str:
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, Mapping | list | tuple):
        import json

        return json.dumps(found, ensure_ascii=False, default=str)
    return str(found)
