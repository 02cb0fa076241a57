"""What factories charge, one row a partner, SKU and first day; which of them holds, `domain.price` tells."""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.domain.price import Key, Price
from dropship_cli.store.connection import Connection


class Prices:
    """The prices of one shop; the caller holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Price]:
        """Every price, past and future ones too, by partner, SKU and day."""
        rows = self._connection.execute(
            "SELECT partner_id, sku_code, price, freight, valid_from FROM prices "
            "ORDER BY partner_id, sku_key, valid_from"
        )
        return [Price(*row) for row in rows.fetchall()]

    def put(self, prices: Iterable[Price], *, who: str, at: float) -> None:
        """Keep prices; one of the same partner, SKU and day takes the place of the one there."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO prices (partner_id, sku_key, sku_code, valid_from, price, freight, who, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((*one.key, one.sku_code, one.valid_from, one.price, one.freight, who, at) for one in prices),
        )

    def remove(self, wanted: Key, valid_from: int) -> None:
        """Forget the price of this day."""
        self._connection.execute(
            "DELETE FROM prices WHERE partner_id = ? AND sku_key = ? AND valid_from = ?",
            (*wanted, valid_from),
        )
