"""Picking lists as records: the promised JSON and what tables show; no receiver's id is among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words

if TYPE_CHECKING:
    from dropship_cli.domain.item import Item
    from dropship_cli.domain.picking import Kept, Parcel, Picking, PickLine

Record = dict[str, Any]


def picking_record(found: Picking, lang: str) -> Record:
    """The whole list in one object. `items_on_their_way` have a shipment that waits or may have worked."""
    return {
        "lines": [line_record(one) for one in found.lines],
        "packages": [parcel_record(one) for one in found.parcels],
        "must_not_leave": [kept_record(one, lang) for one in found.kept],
        "items_on_their_way": found.going,
    }


def line_record(line: PickLine) -> Record:
    """One kind of goods; `items` counts the items that want it."""
    return {
        "sku_code": line.sku_code,
        "spec": line.spec,
        "title": line.title,
        "quantity": line.quantity,
        "items": len(line.item_ids),
        "ship_by": rfc3339(line.ship_by),
        "item_ids": list(line.item_ids),
    }


def parcel_record(parcel: Parcel) -> Record:
    """One package with its contents; `without` are items for the same receiver that must not leave."""
    return {
        "package": parcel.number,
        "merchant_id": parcel.items[0].merchant_id,
        "merchant_name": parcel.items[0].merchant_name,
        "quantity": parcel.quantity,
        "ship_by": rfc3339(parcel.ship_by),
        "contents": [_content(one) for one in parcel.items],
        "without": list(parcel.without),
    }


def parcel_rows(parcel: Parcel) -> list[Record]:
    """A package as rows of a table, one an item."""
    common = {"package": parcel.number, "merchant_id": parcel.items[0].merchant_id}
    return [
        {**common, **_content(one), "ship_by": rfc3339(one.ship_by), "without": list(parcel.without)}
        for one in parcel.items
    ]


def kept_record(kept: Kept, lang: str) -> Record:
    """An item that must not leave, and why."""
    return {
        **_content(kept.item),
        "merchant_id": kept.item.merchant_id,
        "ship_by": rfc3339(kept.item.ship_by),
        "error_code": kept.code,
        "error": words.sentence(kept.code, lang, kept.values),
    }


def _content(item: Item) -> Record:
    return {
        "item_id": item.item_id,
        "sku_code": item.sku_code,
        "spec": item.spec,
        "title": item.title,
        "quantity": item.left,
    }
