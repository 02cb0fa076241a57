"""E-waybills as records: the promised JSON and what tables show. Pure functions; no receiver is known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words
from dropship_cli.terminal.json_shape import outcome_record

if TYPE_CHECKING:
    from dropship_cli.domain.item import Item
    from dropship_cli.domain.outcome import Outcome
    from dropship_cli.domain.waybill import Waybill

Record = dict[str, Any]


def got_record(outcome: Outcome, waybill: Waybill | None, lang: str) -> Record:
    """What became of one row, with the number that its item has now."""
    return {
        **outcome_record(outcome, lang),
        "carrier": waybill.carrier if waybill else None,
        "tracking_number": waybill.tracking_number if waybill else None,
    }


def number_record(outcome: Outcome, number: str, lang: str) -> Record:
    """What became of one number."""
    return {**outcome_record(outcome, lang), "tracking_number": number}


def waybill_record(waybill: Waybill, items: Mapping[str, Item], kept: str | None, lang: str) -> Record:
    """A number, what it is for, and whether one of its items must not leave."""
    return {
        "carrier": waybill.carrier,
        "tracking_number": waybill.tracking_number,
        "state": waybill.state(items).value,
        "item_id": waybill.item_id,
        "pack_id": waybill.pack_id,
        "merchant_id": waybill.merchant_id,
        "goods": [
            {
                "item_id": one.item_id,
                "sku_code": one.sku_code,
                "spec": one.spec,
                "title": one.title,
                "quantity": one.quantity,
            }
            for one in waybill.goods
        ],
        "routing": dict(waybill.routing),
        "got_at": rfc3339(waybill.got_at),
        "cancelled_at": rfc3339(waybill.cancelled_at),
        "printed_at": rfc3339(waybill.printed_at),
        "error_code": kept,
        "error": words.sentence(kept, lang, {}) if kept else None,
    }
