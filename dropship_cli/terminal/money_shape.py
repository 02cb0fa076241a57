"""Prices and statements as records: the promised JSON, in cents, and what tables show of it. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.calendar import day_text
from dropship_cli.terminal import words
from dropship_cli.terminal.json_shape import CURRENCY

if TYPE_CHECKING:
    from dropship_cli.domain.outcome import Result
    from dropship_cli.domain.price import Price
    from dropship_cli.domain.shop import Role

Record = dict[str, Any]


def price_record(price: Price, role: Role) -> Record:
    """A price as the shop of `role` sees it: the id is the other side's. No first day means that it held always."""
    return {
        f"{role.other.value}_id": price.partner_id,
        "sku_code": price.sku_code,
        "price": price.price,
        "freight": price.freight,
        "currency": CURRENCY,
        "valid_from": day_text(price.valid_from) if price.valid_from else None,
    }


def listed_price_record(price: Price, role: Role, *, until: int | None, in_force: bool) -> Record:
    """A price and the first day on which it does not hold any more."""
    return {
        **price_record(price, role),
        "valid_until": day_text(until) if until else None,
        "in_force": in_force,
    }


def price_change_record(
    price: Price, result: Result, role: Role, *, before: Price | None, row: int | None, code: str | None,
    values: Mapping[str, object], lang: str,
) -> Record:  # fmt: skip
    """What became of one price; `…_before` where another one of the same day went. A refused one has no amounts:
    its error says what stood there."""
    told = dict(values)
    if "column" in told:
        told["column"] = words.word(f"column.{told['column']}", lang, str(told["column"]))
    unread = {"price": None, "freight": None, "valid_from": None} if code else {}
    return {
        **({} if row is None else {"row": row}),
        **price_record(price, role),
        **unread,
        "price_before": before.price if before else None,
        "freight_before": before.freight if before else None,
        "result": result.value,
        "error_code": code,
        "error": words.sentence(code, lang, told) if code else None,
    }
