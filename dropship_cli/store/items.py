"""Items: pages in, single items and the numbers of `status` out. Lists with filters are in `item_query`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from dropship_cli.domain.item import AllocationState, Item, Origin, Package, RefundState, ShipmentState
from dropship_cli.store.connection import Connection, sound
from dropship_cli.store.kept_json import mapping

COLUMNS = (
    "item_id", "order_id", "quantity", "title", "spec", "sku_code", "product_id", "price",
    "merchant_id", "merchant_name", "factory_id", "factory_name",
    "allocation", "shipment", "refund", "closed", "shipped_quantity", "shipped_by", "packages",
    "paid_at", "allocated_at", "ship_by", "shipped_at",
    "remark", "buyer_words", "region", "receiver_id", "cancel_reason", "raw_state",
    "local", "source",
)  # fmt: skip
SELECT = f"SELECT {', '.join(COLUMNS)} FROM items"

_UPSERT = (
    f"INSERT INTO items ({', '.join(COLUMNS)}, seen_at) VALUES ({', '.join('?' * (len(COLUMNS) + 1))}) "
    f"ON CONFLICT (item_id) DO UPDATE SET "
    f"{', '.join(f'{name} = excluded.{name}' for name in (*COLUMNS[1:], 'seen_at') if name != 'refund')}, "
    # What a factory shipped says "no refund" without knowing it (actions.refunds): it takes back no knowledge.
    "refund = CASE WHEN items.refund = 'refunded' AND excluded.refund = 'none' AND excluded.shipped_by = 'factory' "
    "AND excluded.shipment = 'shipped' THEN 'refunded' ELSE excluded.refund END"
)
_CHUNK = 500
"""Ids in one query: SQLite takes 32,766 parameters, older ones 999."""


class Items:
    """The items of one shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, items: Iterable[Item], seen_at: float) -> None:
        """Write items as they were read or changed just now, with what only we know laid over a reading; the caller
        holds the transaction."""
        from dropship_cli.store.overlay import overlaid  # who only reads does not load it

        kept = overlaid(self._connection, items, self.by_ids, seen_at)
        self._connection.executemany(_UPSERT, (_row(item, seen_at) for item in kept))

    def get(self, item_id: str) -> Item | None:
        row = self._connection.execute(f"{SELECT} WHERE item_id = ?", (item_id,)).fetchone()
        return item_of(row) if row else None

    def of_order(self, order_id: str) -> list[Item]:
        rows = self._connection.execute(f"{SELECT} WHERE order_id = ? ORDER BY item_id", (order_id,))
        return [item_of(row) for row in rows]

    def is_new_for(self, sku_code: str, factory_id: str) -> bool:
        """Whether other factories had items of this SKU, and this one never."""
        row = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM items WHERE sku_code = :sku AND factory_id = :factory), "
            "EXISTS (SELECT 1 FROM items WHERE sku_code = :sku AND factory_id IS NOT NULL)",
            {"sku": sku_code, "factory": factory_id},
        ).fetchone()
        return not row[0] and bool(row[1])

    def by_ids(self, item_ids: Iterable[str]) -> dict[str, Item]:
        """The items of these ids, as far as they are known."""
        return {item.item_id: item for item in self._in("item_id", item_ids)}

    def by_orders(self, order_ids: Iterable[str]) -> dict[str, list[Item]]:
        """The items of these orders, as far as they are known."""
        found: dict[str, list[Item]] = {}
        for item in self._in("order_id", order_ids):
            found.setdefault(item.order_id, []).append(item)
        return found

    def count(self) -> int:
        (number,) = self._connection.execute("SELECT count(*) FROM items").fetchone()
        return int(number)

    def any(self) -> bool:
        """Whether there is an item at all."""
        return self._connection.execute("SELECT 1 FROM items LIMIT 1").fetchone() is not None

    def _in(self, column: str, ids: Iterable[str]) -> Iterator[Item]:
        distinct = list(dict.fromkeys(ids))
        for start in range(0, len(distinct), _CHUNK):
            chunk = distinct[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._connection.execute(f"{SELECT} WHERE {column} IN ({marks}) ORDER BY item_id", chunk)
            yield from map(item_of, rows.fetchall())


@sound
def item_of(row: Sequence[Any]) -> Item:
    """An item from the columns of `SELECT`."""
    return Item(
        item_id=row[0], order_id=row[1], quantity=row[2], title=row[3], spec=row[4], sku_code=row[5],
        product_id=row[6], price=row[7], merchant_id=row[8], merchant_name=row[9], factory_id=row[10],
        factory_name=row[11], allocation=AllocationState(row[12]), shipment=ShipmentState(row[13]),
        refund=RefundState(row[14]), closed=bool(row[15]), shipped_quantity=row[16], shipped_by=row[17],
        packages=_packages(row[18]), paid_at=row[19], allocated_at=row[20], ship_by=row[21],
        shipped_at=row[22], remark=row[23], buyer_words=row[24], region=row[25], receiver_id=row[26],
        cancel_reason=row[27], raw_state=mapping(row[28]), local=bool(row[29]), source=Origin(row[30]),
    )  # fmt: skip


def _row(item: Item, seen_at: float) -> tuple[Any, ...]:
    # SQLite takes what is a plain text or number at once, and looks for an adapter of anything else.
    return (
        item.item_id, item.order_id, item.quantity, item.title, item.spec, item.sku_code, item.product_id,
        item.price, item.merchant_id, item.merchant_name, item.factory_id, item.factory_name,
        str(item.allocation), str(item.shipment), str(item.refund), int(item.closed),
        item.shipped_quantity, item.shipped_by,
        _packages_text(item.packages), item.paid_at, item.allocated_at, item.ship_by, item.shipped_at,
        item.remark, item.buyer_words, item.region, item.receiver_id, item.cancel_reason,
        _state_text(tuple(item.raw_state.items())), int(item.local), str(item.source), seen_at,
    )  # fmt: skip


@lru_cache
def _state_text(members: tuple[tuple[str, int | str], ...]) -> str:
    """Written once for all items in the same state: there are few."""
    return json.dumps(dict(members))


def _packages(text: str) -> tuple[Package, ...]:
    return () if text == "[]" else tuple(Package(*fields) for fields in json.loads(text))


def _packages_text(packages: tuple[Package, ...]) -> str:
    if not packages:
        return "[]"
    return json.dumps([[one.carrier, one.tracking_number, one.quantity, one.package_id] for one in packages])
