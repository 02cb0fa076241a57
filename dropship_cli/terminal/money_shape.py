"""Prices and statements as records: the promised JSON, in cents, and what tables show of it. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.calendar import day_text
from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words
from dropship_cli.terminal.json_shape import CURRENCY

if TYPE_CHECKING:
    from dropship_cli.domain.comparison import Difference
    from dropship_cli.domain.outcome import Result
    from dropship_cli.domain.price import Price
    from dropship_cli.domain.shop import Role
    from dropship_cli.domain.statement import Line, Totals

Record = dict[str, Any]
_COMPARED = ("quantity", "price", "goods", "freight", "deduction", "total")


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


def statement_record(
    lines: list[Line],
    totals: Totals,
    *,
    merchant_id: str,
    factory_id: str,
    month: str,
    read_up_to: int | None,
) -> Record:
    """A statement with its lines; `deduction` is what is taken off. `unpriced` lines are in no sum."""
    return {
        "merchant_id": merchant_id,
        "factory_id": factory_id,
        "month": month,
        "currency": CURRENCY,
        "lines": [line_record(one) for one in lines],
        **_sums(totals),
        "unpriced": totals.unpriced,
        "refunded": totals.refunded,
        "read_up_to": rfc3339(read_up_to),
    }


def line_record(line: Line) -> Record:
    """One item of a statement; without a price nothing is known of its amounts."""
    known = line.price is not None
    return {
        "item_id": line.item_id,
        "shipped_at": rfc3339(line.shipped_at),
        "sku_code": line.sku_code,
        "title": line.title,
        "spec": line.spec,
        "quantity": line.quantity,
        "price": line.price,
        "goods": line.goods,
        "freight": line.freight if known else None,
        "refund": line.refund.value,
        "deduction": line.deduction if known else None,
        "total": line.total,
        "tracking_numbers": list(line.tracking_numbers),
    }


def sums_record(totals: Totals, lang: str) -> Record:
    """The last row of a table: the sums of those above it."""
    return {"item_id": words.word("statement.sum", lang, "total"), **_sums(totals)}


def difference_record(difference: Difference) -> Record:
    """One item on which two statements differ; `difference` is by how much ours is more."""
    here, there = difference.here, difference.there
    ours = line_record(here) if here else {}
    theirs = {name: getattr(there, name) for name in _COMPARED} if there else {}
    pairs = {f"{name}_{side}": found.get(name) for name in _COMPARED
             for side, found in (("here", ours), ("there", theirs))}  # fmt: skip
    return {
        "item_id": difference.item_id,
        "sku_code": here.sku_code if here else "",
        "title": here.title if here else "",
        "spec": here.spec if here else "",
        "differs": [one.value for one in difference.kinds],
        **pairs,
        "rows_there": list(there.rows) if there else [],
        "difference": difference.amount,
    }


def _sums(totals: Totals) -> Record:
    return {
        "quantity": totals.quantity,
        "goods": totals.goods,
        "freight": totals.freight,
        "deduction": totals.deduction,
        "total": totals.total,
    }
