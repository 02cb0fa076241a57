"""What waits at each factory, as numbers: for the summary of `status`; lists of items are in `item_query`."""

from __future__ import annotations

from dropship_cli.domain.summary import FactoryDay
from dropship_cli.store.connection import Connection
from dropship_cli.store.item_query import OPEN

_HOLDER = "CASE WHEN allocation = 'allocated' THEN factory_id END"
_WAITING = f"""
SELECT {_HOLDER} AS holder, max(factory_name),
    sum(refund = 'none'),
    sum(refund = 'none' AND ship_by < :now),
    sum(refund = 'none' AND ship_by >= :now AND ship_by < :soon),
    sum(refund = 'open' AND allocation = 'allocated')
FROM items WHERE {OPEN} GROUP BY holder
"""
_SHIPPED = """
SELECT factory_id, max(factory_name), count(*) FROM items
WHERE shipment = 'shipped' AND shipped_at >= :today AND allocation = 'allocated' GROUP BY factory_id
"""


def factory_days(connection: Connection, *, now: int, soon: int, today: int) -> dict[str | None, FactoryDay]:
    """Every factory that has something open or shipped something today, by its id; what nobody has is under `None`.

    For a merchant's store. Times are Unix seconds; `late` was due before `now`, `due_soon` is due before `soon`.
    """
    found: dict[str | None, FactoryDay] = {}
    for holder, name, *numbers in connection.execute(_WAITING, {"now": now, "soon": soon}):
        named = (name or "") if holder else ""
        found[holder] = FactoryDay(holder, named, *(int(number or 0) for number in numbers))
    for factory_id, name, shipped in connection.execute(_SHIPPED, {"today": today}):
        day = found.get(factory_id) or FactoryDay(factory_id, name or "")
        found[factory_id] = day.with_shipped(shipped)
    return found
