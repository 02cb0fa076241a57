"""Which tracking numbers lately shipped items carry, and where these went; for finding a number that is used."""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.domain.item import Item
from dropship_cli.domain.picking import destination
from dropship_cli.domain.scanning import Used
from dropship_cli.store.connection import Connection


def shipped_since(connection: Connection, since: float) -> dict[str, list[Used]]:
    """Every number of an item that was shipped since that Unix second."""
    rows = connection.execute(
        "SELECT json_extract(value, '$[1]'), items.item_id, merchant_id, receiver_id "
        "FROM items, json_each(items.packages) WHERE shipment = 'shipped' AND shipped_at >= ?",
        (since,),
    )
    found: dict[str, list[Used]] = {}
    for number, item_id, merchant_id, receiver_id in rows:
        item = Item(item_id, item_id, 0, merchant_id=merchant_id, receiver_id=receiver_id)
        found.setdefault(str(number), []).append(Used(item_id, destination(item)))
    return found


def used_by(items: Iterable[Item]) -> list[Used]:
    """These items as users of a number."""
    return [Used(item.item_id, destination(item)) for item in items]
