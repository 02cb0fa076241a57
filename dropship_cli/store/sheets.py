"""What each local factory has been told on sheets; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.domain.sheet import Told
from dropship_cli.store.connection import Connection
from dropship_cli.store.picking import candidates_of


def told(connection: Connection, factory: str, *, now: float) -> list[Told]:
    """Every unshipped item of this factory, closed ones too: the most urgent first, an order's items together."""
    rows = connection.execute(
        "SELECT item_id, sheet_at, stopped_at FROM items JOIN local_allocations USING (item_id) "
        "WHERE items.factory_id = ? AND items.local = 1 AND items.shipment <> 'shipped' "
        "ORDER BY min(coalesce(ship_by, 1e18)) OVER (PARTITION BY order_id), order_id, item_id",
        (factory,),
    ).fetchall()
    found = candidates_of(connection, [row[0] for row in rows], now=now)
    return [Told(found[row[0]], row[1], row[2]) for row in rows]


def on_sheets(connection: Connection, item_ids: Iterable[str]) -> set[str]:
    """Which of these items a local factory has been told to send."""
    found = set()
    for item_id in item_ids:
        row = connection.execute(
            "SELECT 1 FROM local_allocations WHERE item_id = ? AND sheet_at IS NOT NULL", (item_id,)
        ).fetchone()
        if row is not None:
            found.add(item_id)
    return found


def tell(connection: Connection, item_ids: Iterable[str], at: float) -> None:
    """Note that these items stand on a sheet now."""
    connection.executemany(
        "UPDATE local_allocations SET sheet_at = ?, stopped_at = NULL WHERE item_id = ?",
        [(at, item_id) for item_id in item_ids],
    )


def stop(connection: Connection, item_ids: Iterable[str], at: float) -> None:
    """Note that these items were named as not to be sent; the first time counts."""
    connection.executemany(
        "UPDATE local_allocations SET stopped_at = ? WHERE item_id = ? AND stopped_at IS NULL",
        [(at, item_id) for item_id in item_ids],
    )
