"""The e-waybill numbers of one shop and what lies in their packages; nothing of a receiver is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dropship_cli.domain.operation import Operation
from dropship_cli.domain.waybill import ROUTING, Goods, Waybill, goods_of
from dropship_cli.store.connection import Connection, sound

_SELECT = (
    "SELECT waybill_id, carrier, tracking_number, item_id, merchant_id, pack_id, routing, got_at, cancelled_at, "
    "printed_at FROM waybills"
)
_CHUNK = 500


class Waybills:
    """Numbers that were bought. The caller holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, operation: Operation, given: Mapping[str, str], at: float) -> None:
        """Keep what the platform gave for a request; the same number for the same package again changes nothing."""
        routing = {name: given[name] for name in ROUTING if given.get(name)}
        wish = operation.wish
        (waybill_id,) = self._connection.execute(
            "INSERT INTO waybills (carrier, tracking_number, item_id, merchant_id, pack_id, routing, op_id, got_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (carrier, tracking_number, item_id, pack_id) DO UPDATE SET "
            "op_id = excluded.op_id, routing = excluded.routing RETURNING waybill_id",
            (
                str(wish["carrier"]), given["tracking_number"], operation.target, str(wish.get("merchant_id") or ""),
                str(wish.get("pack_id") or ""), json.dumps(routing, ensure_ascii=False), operation.op_id, at,
            ),
        ).fetchone()  # fmt: skip
        self._connection.executemany(
            "INSERT OR REPLACE INTO waybill_goods (waybill_id, item_id, quantity, sku_code, spec, title) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (waybill_id, one.item_id, one.quantity, one.sku_code, one.spec, one.title)
                for one in goods_of(operation)
            ],
        )

    def cancel(self, operation: Operation, at: float) -> None:
        """The number of this operation was given back."""
        self._connection.execute(
            "UPDATE waybills SET cancelled_at = ? WHERE carrier = ? AND tracking_number = ?",
            (at, str(operation.wish["carrier"]), str(operation.wish["tracking_number"])),
        )

    def printed(self, numbers: Iterable[str], at: float) -> None:
        """A label of each was drawn."""
        self._connection.executemany(
            "UPDATE waybills SET printed_at = ? WHERE tracking_number = ?", [(at, one) for one in numbers]
        )

    def all(self, *, since: float = 0.0) -> list[Waybill]:
        """Every number got since then, the oldest first."""
        return self._read(f"{_SELECT} WHERE got_at >= ? ORDER BY got_at, waybill_id", [since])

    def unprinted(self) -> list[Waybill]:
        """The numbers that have no label yet and were not given back, the oldest first."""
        where = "printed_at IS NULL AND cancelled_at IS NULL"
        return self._read(f"{_SELECT} WHERE {where} ORDER BY got_at, waybill_id", [])

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, list[Waybill]]:
        """What is known of each number, the newest first."""
        found: dict[str, list[Waybill]] = {}
        for chunk in _chunks(numbers):
            statement = f"{_SELECT} WHERE tracking_number IN ({_marks(chunk)}) ORDER BY waybill_id DESC"
            for one in self._read(statement, chunk):
                found.setdefault(one.tracking_number, []).append(one)
        return found

    def given_back(self, numbers: Iterable[str]) -> set[str]:
        """Which of these were bought and given back, and not bought again since."""
        return {
            str(number)
            for chunk in _chunks(numbers)
            for (number,) in self._connection.execute(
                f"SELECT tracking_number FROM waybills WHERE tracking_number IN ({_marks(chunk)}) "
                "GROUP BY tracking_number HAVING count(*) = count(cancelled_at)",
                chunk,
            ).fetchall()
        }

    def of_items(self, item_ids: Iterable[str]) -> dict[str, list[Waybill]]:
        """The numbers that are not given back, by every item in their packages."""
        found: dict[str, list[Waybill]] = {}
        for chunk in _chunks(item_ids):
            statement = (
                f"{_SELECT} WHERE cancelled_at IS NULL AND waybill_id IN "
                f"(SELECT waybill_id FROM waybill_goods WHERE item_id IN ({_marks(chunk)})) ORDER BY waybill_id"
            )
            for one in self._read(statement, chunk):
                for goods in one.goods:
                    if goods.item_id in chunk:
                        found.setdefault(goods.item_id, []).append(one)
        return found

    def _read(self, statement: str, values: Sequence[Any]) -> list[Waybill]:
        rows = self._connection.execute(statement, values).fetchall()
        goods = self._goods([row[0] for row in rows])
        return [_waybill(row, goods.get(row[0], ())) for row in rows]

    def _goods(self, waybill_ids: Sequence[int]) -> dict[int, tuple[Goods, ...]]:
        found: dict[int, tuple[Goods, ...]] = {}
        for chunk in _chunks(waybill_ids):
            rows = self._connection.execute(
                "SELECT waybill_id, item_id, quantity, sku_code, spec, title FROM waybill_goods "
                f"WHERE waybill_id IN ({_marks(chunk)}) ORDER BY rowid",
                chunk,
            )
            for row in rows.fetchall():
                found[row[0]] = (*found.get(row[0], ()), Goods(*row[1:]))
        return found


@sound
def _waybill(row: Sequence[Any], goods: tuple[Goods, ...]) -> Waybill:
    return Waybill(
        carrier=row[1], tracking_number=row[2], item_id=row[3], merchant_id=row[4], pack_id=row[5], goods=goods,
        routing=json.loads(row[6]), got_at=row[7], cancelled_at=row[8], printed_at=row[9],
    )  # fmt: skip


def _chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    distinct = list(dict.fromkeys(values))
    return (distinct[start : start + _CHUNK] for start in range(0, len(distinct), _CHUNK))


def _marks(chunk: Sequence[object]) -> str:
    return ", ".join("?" * len(chunk))
