"""Lines of buyers' orders, each a dropship order of its own: reading them and changing them by one door.

Every change goes through ``change``, because each must move the update times that the lists are sorted by,
on the merchant's side and on the factory's.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from dropship_cli.sandbox.errors import Refused, Why

_ROW = (
    "SELECT i.*, o.province, o.city, o.district, o.street, o.receiver_id, o.created_at,"
    " f.name AS factory_name, m.name AS merchant_name"
    " FROM items i JOIN orders o USING (order_id) JOIN shops m ON m.shop_id = i.shop_id"
    " LEFT JOIN shops f ON f.shop_id = i.factory_id"
)


class OrderStatus(IntEnum):
    """``order_status`` of a line (doudian.md sections 4 and 7)."""

    TO_PAY = 1
    TO_SHIP = 2
    PARTLY_SHIPPED = 101
    SHIPPED = 3
    CLOSED = 4
    DONE = 5


class DistrStatus(IntEnum):
    """``distr_status`` of section 4."""

    NOT_ALLOCATED = 0
    ALLOCATED = 1
    SHIPPED = 2
    CANCELLED = 3


class Refund(IntEnum):
    """What became of the buyer's wish for the money back."""

    NONE = 0
    OPEN = 1
    REFUNDED = 2


def find(tx: sqlite3.Connection, item_id: str) -> sqlite3.Row:
    """One line with its order's region and the names of both shops; raises ``Refused``."""
    row: sqlite3.Row | None = tx.execute(f"{_ROW} WHERE i.item_id = ?", (item_id,)).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_ITEM)
    return row


def find_many(tx: sqlite3.Connection, item_ids: Sequence[str]) -> list[sqlite3.Row]:
    """The same for many, in the order asked for; ids that do not exist are left out."""
    rows = tx.execute(f"{_ROW} WHERE i.item_id IN ({_marks(item_ids)})", tuple(item_ids))
    by_id = {row["item_id"]: row for row in rows}
    return [by_id[item_id] for item_id in item_ids if item_id in by_id]


def of_order(tx: sqlite3.Connection, order_id: str) -> list[sqlite3.Row]:
    """All lines of an order, by id; raises ``Refused`` when there is no such order."""
    rows = tx.execute(f"{_ROW} WHERE i.order_id = ? ORDER BY i.item_id", (order_id,)).fetchall()
    if not rows:
        raise Refused(Why.NO_SUCH_ORDER)
    return rows


def change(tx: sqlite3.Connection, now: int, item_id: str, **columns: Any) -> None:
    """Set columns of a line and move its update time for both sides; without columns only the time."""
    sets = "".join(f", {name} = ?" for name in columns)
    tx.execute(
        f"UPDATE items SET updated_at = ?{sets} WHERE item_id = ?",
        (now, *columns.values(), item_id),
    )
    tx.execute(
        "UPDATE allocations SET updated_at = ? WHERE item_id = ? AND distr_status != ?",
        (now, item_id, DistrStatus.CANCELLED.value),
    )
    tx.execute(
        "UPDATE orders SET updated_at = ? WHERE order_id = (SELECT order_id FROM items WHERE item_id = ?)",
        (now, item_id),
    )


def packages_of(tx: sqlite3.Connection, item_ids: Sequence[str]) -> dict[str, list[sqlite3.Row]]:
    """The packages of each line, oldest first, with the ``quantity`` of the line in each."""
    rows = tx.execute(
        "SELECT p.*, l.item_id, l.quantity FROM package_items l JOIN packages p USING (package_id)"
        f" WHERE l.item_id IN ({_marks(item_ids)}) ORDER BY p.package_id",
        tuple(item_ids),
    )
    found: dict[str, list[sqlite3.Row]] = {item_id: [] for item_id in item_ids}
    for row in rows:
        found[row["item_id"]].append(row)
    return found


def left_to_ship(row: sqlite3.Row) -> int:
    """How many pieces of a line are still to be shipped."""
    return int(row["quantity"] - row["shipped"])


def status_of_order(statuses: Iterable[int]) -> OrderStatus:
    """The status of a whole order, from those of its lines; closed lines count only when all are."""
    alive = {OrderStatus(status) for status in statuses} - {OrderStatus.CLOSED}
    if not alive:
        return OrderStatus.CLOSED
    if len(alive) == 1:
        return next(iter(alive))
    if OrderStatus.TO_SHIP not in alive and OrderStatus.PARTLY_SHIPPED not in alive:
        return OrderStatus.SHIPPED
    return OrderStatus.PARTLY_SHIPPED


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
