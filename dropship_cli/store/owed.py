"""The items that one side shipped for the other, as a statement needs them."""

from __future__ import annotations

from collections.abc import Iterator

from dropship_cli.domain.item import Item, ShipmentState
from dropship_cli.domain.shop import Role
from dropship_cli.store.connection import Connection
from dropship_cli.store.items import SELECT, item_of

_PARTNER = {Role.MERCHANT: "factory_id", Role.FACTORY: "merchant_id"}
# A `+` before the partner keeps SQLite from reading all its years: the index by shipping time has the month alone.


def shipped(connection: Connection, role: Role, partner_id: str, start: int, end: int) -> Iterator[Item]:
    """What the factory shipped for the merchant from `start` up to `end` (Unix seconds), the oldest first.

    `role` is ours. What a factory off the platform packed leaves in the merchant's name; else what the merchant
    shipped itself is not the factory's, whoever had it. An item of which a part is still here has no place yet: it
    counts whole in the month in which the last of it leaves.
    """
    rows = connection.execute(
        f"{SELECT} WHERE shipment = 'shipped' AND (shipped_by = 'factory' OR local = 1) AND +{_PARTNER[role]} = ? "
        "AND shipped_at >= ? AND shipped_at < ? ORDER BY shipped_at, item_id",
        (partner_id, start, end),
    )
    return map(item_of, rows.fetchall())


def timeless(connection: Connection, role: Role, partner_id: str) -> list[str]:
    """Items that the factory shipped and of which the platform does not say when: they are in no month."""
    rows = connection.execute(
        "SELECT item_id FROM items WHERE shipment = 'shipped' AND shipped_at IS NULL "
        f"AND (shipped_by = 'factory' OR local = 1) AND +{_PARTNER[role]} = ? ORDER BY item_id",
        (partner_id,),
    )
    return [str(row[0]) for row in rows.fetchall()]


def is_owed(item: Item, role: Role, partner_id: str) -> bool:
    """The same of a single item, whenever it left."""
    whole = item.shipment is ShipmentState.SHIPPED and (item.shipped_by == Role.FACTORY or item.local)
    return whole and partner(item, role) == partner_id


def partner(item: Item, role: Role) -> str | None:
    """Who the other side of an item is for a shop of this role."""
    return item.factory_id if role is Role.MERCHANT else item.merchant_id


def knows(connection: Connection, role: Role, partner_id: str) -> bool:
    """Whether any item is, or was, between us and this partner."""
    found = connection.execute(
        f"SELECT 1 FROM items WHERE {_PARTNER[role]} = ? LIMIT 1", (partner_id,)
    ).fetchone()
    return found is not None
