"""Which tracking numbers lately shipped items carry, and where these went; for finding a number that is used."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dropship_cli.domain.item import Item
from dropship_cli.domain.picking import destination
from dropship_cli.domain.scanning import Used
from dropship_cli.store.connection import Connection

_Row = tuple[str, str | None, str]


class ShippedNumbers:
    """Every number of an item shipped since a Unix second, read once: a scanner asks for one a second, all day."""

    def __init__(self, connection: Connection, since: float) -> None:
        self._found: dict[str, list[_Row]] = {}
        rows = connection.execute(
            "SELECT packages, item_id, merchant_id, receiver_id FROM items "
            "WHERE shipment = 'shipped' AND shipped_at >= ?",
            (since,),
        )
        for packages, *where in rows:
            for package in json.loads(packages):
                self._found.setdefault(package[1], []).append(tuple(where))

    def of(self, number: str) -> list[Used]:
        """Whose packages carry this number."""
        return used_by(
            Item(item_id, item_id, 0, merchant_id=merchant_id, receiver_id=receiver_id)
            for item_id, merchant_id, receiver_id in self._found.get(number, ())
        )


def used_by(items: Iterable[Item]) -> list[Used]:
    """These items as users of a number."""
    return [Used(item.item_id, destination(item)) for item in items]
