"""An item as a row of an exported sheet, or as a line of JSON; its columns are promised in docs/reading.md.

No receiver leaves through here (reliability.md rule 15): neither `receiver_id` nor the region, which is the coarse
part of an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from dropship_cli.domain.hand import hand
from dropship_cli.domain.item import Item
from dropship_cli.domain.moment import BEIJING
from dropship_cli.terminal import words
from dropship_cli.terminal.clean import escape_json
from dropship_cli.terminal.json_shape import item_record

_Cell = Callable[[Item, str], object]


def headings(lang: str) -> list[str]:
    """The headings, in the order of the cells: names for scripts, or Chinese ones that batch files take, too."""
    return [words.word(f"export.{name}", lang, name) for name in _COLUMNS]


def cells(item: Item, platform: str, lang: str) -> list[object]:
    """Ids and times as text, counts as numbers, money in yuan; states in words only in Chinese."""
    return [platform if cell is None else cell(item, lang) for cell in _COLUMNS.values()]


def line(item: Item, platform: str) -> str:
    """The item as `orders --json` has it, less the region, on one line."""
    record = item_record(item, platform)
    del record["region"]
    return escape_json(json.dumps(record, ensure_ascii=False, default=str))


def _text(name: str) -> _Cell:
    return lambda item, lang: getattr(item, name)


def _time(name: str) -> _Cell:
    return lambda item, lang: beijing(getattr(item, name))


def _joined(name: str) -> _Cell:
    return lambda item, lang: ",".join(getattr(one, name) for one in item.packages)


def beijing(seconds: int | None) -> str | None:
    """`2026-11-12 00:45:52` in Beijing; a spreadsheet takes it for a time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, BEIJING).isoformat(" ")[:19]


def yuan(cents: int | None) -> Decimal | None:
    """Money with its two decimals, exactly."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def _closed(item: Item, lang: str) -> object:
    return words.word("label.yes" if item.closed else "label.no", lang, str(item.closed))


def _worded(room: str, raw_of: Callable[[Item], str]) -> _Cell:
    def told(item: Item, lang: str) -> object:
        raw = raw_of(item)
        return words.word(f"{room}.{raw}", lang, raw) if lang == "zh" else raw

    return told


_COLUMNS: Mapping[str, _Cell | None] = {
    "order_id": _text("order_id"),
    "item_id": _text("item_id"),
    "sku_code": _text("sku_code"),
    "title": _text("title"),
    "spec": _text("spec"),
    "product_id": _text("product_id"),
    "quantity": _text("quantity"),
    "price_yuan": lambda item, lang: yuan(item.price),
    "allocation": _worded("allocation", lambda item: item.allocation.value),
    "shipment": _worded("shipment", lambda item: item.shipment.value),
    "refund": _worded("refund", lambda item: item.refund.value),
    "closed": _closed,
    "merchant_id": _text("merchant_id"),
    "merchant_name": _text("merchant_name"),
    "factory_id": _text("factory_id"),
    "factory_name": _text("factory_name"),
    "shipped_by": _worded("role", lambda item: item.shipped_by or ""),
    "shipped_quantity": _text("shipped_quantity"),
    "carrier": _joined("carrier"),
    "tracking_number": _joined("tracking_number"),
    "paid_at": _time("paid_at"),
    "allocated_at": _time("allocated_at"),
    "ship_by": _time("ship_by"),
    "shipped_at": _time("shipped_at"),
    "remark": _text("remark"),
    "buyer_words": _text("buyer_words"),
    "cancel_reason": _text("cancel_reason"),
    "platform": None,  # no item says it
    "handled_by": _worded("hand", lambda item: hand(item).value),
    "source": _worded("source", lambda item: item.source.value),
}
