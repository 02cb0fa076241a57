"""What waits at each factory, as numbers: for the summary of `status`; lists of items are in `item_query`."""

from __future__ import annotations

from dataclasses import replace

from dropship_cli.domain.summary import FactoryDay
from dropship_cli.store.connection import Connection
from dropship_cli.store.item_query import OPEN

_DUE = """sum(refund = 'none') AS to_ship,
    sum(refund = 'none' AND ship_by < :now) AS late,
    sum(refund = 'none' AND ship_by >= :now AND ship_by < :soon) AS due_soon"""
_WAITING = f"""
SELECT holder, sum(to_ship), sum(late), sum(due_soon), sum(refund_open) FROM (
    SELECT factory_id AS holder, {_DUE}, sum(refund = 'open') AS refund_open
    FROM items WHERE {OPEN} AND allocation = 'allocated' GROUP BY factory_id
    UNION ALL
    SELECT NULL, {_DUE}, 0 FROM items WHERE {OPEN} AND allocation <> 'allocated' HAVING count(*)
) GROUP BY holder
"""
_SHIPPED = """
SELECT factory_id, count(*) FROM items INDEXED BY items_shipped
WHERE shipment = 'shipped' AND shipped_at >= :today AND allocation = 'allocated' GROUP BY factory_id
"""
"""By the day and not, as SQLite would choose, by the factory: few left today, and very many ever."""
_NAME = "SELECT factory_name FROM items WHERE factory_id = ? ORDER BY paid_at DESC LIMIT 1"


def factory_days(connection: Connection, *, now: int, soon: int, today: int) -> dict[str | None, FactoryDay]:
    """Every factory that has something open or shipped something today, by its id; what nobody has is under `None`.

    For a merchant's store. Times are Unix seconds; `late` was due before `now`, `due_soon` is due before `soon`.
    """
    found: dict[str | None, FactoryDay] = {}
    for holder, *numbers in connection.execute(_WAITING, {"now": now, "soon": soon}):
        found[holder] = FactoryDay(holder, "", *(int(number or 0) for number in numbers))
    for holder, shipped in connection.execute(_SHIPPED, {"today": today}):
        found[holder] = (found.get(holder) or FactoryDay(holder)).with_shipped(shipped)
    return {holder: replace(day, name=_name(connection, holder)) for holder, day in found.items()}


def _name(connection: Connection, factory_id: str | None) -> str:
    """As its newest item has it."""
    row = connection.execute(_NAME, (factory_id,)).fetchone()
    return (row[0] or "") if row else ""
