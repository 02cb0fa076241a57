"""Factories off the platform and what they were given; the platform's readings are kept apart from it in `items`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dropship_cli.domain.local import Kept, LocalFactory, key
from dropship_cli.store.connection import Connection

_CHUNK = 500


class Local:
    """The local factories of one shop; the caller holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def factories(self) -> list[LocalFactory]:
        """Those in force, by name."""
        rows = self._connection.execute(
            "SELECT name, note, added_at FROM local_factories WHERE removed_at IS NULL ORDER BY name"
        )
        return [LocalFactory(*row) for row in rows.fetchall()]

    def names(self) -> dict[str, str]:
        """The names in force by what all their spellings have in common (`domain.local.key`)."""
        return {key(one.name): one.name for one in self.factories()}

    def add(self, factory: LocalFactory) -> None:
        """Take in a factory, or one back that was removed."""
        self._connection.execute(
            "INSERT OR REPLACE INTO local_factories (name, note, added_at, removed_at) VALUES (?, ?, ?, NULL)",
            (factory.name, factory.note, factory.added_at),
        )

    def remove(self, name: str, at: float) -> None:
        """Out of force; what it was given once stays known."""
        self._connection.execute("UPDATE local_factories SET removed_at = ? WHERE name = ?", (at, name))

    def give(self, kept: Kept, who: str) -> None:
        """Note that this factory has the item; a new allocation is on no sheet yet."""
        self._connection.execute(
            "INSERT OR REPLACE INTO local_allocations (item_id, factory, at, who) VALUES (?, ?, ?, ?)",
            (kept.item_id, kept.factory, kept.at, who),
        )

    def take_back(self, item_id: str) -> None:
        """Nobody off the platform has the item any more."""
        self._connection.execute("DELETE FROM local_allocations WHERE item_id = ?", (item_id,))

    def kept(self, item_ids: Iterable[str]) -> dict[str, Kept]:
        """Which of these items a local factory has."""
        distinct = list(dict.fromkeys(item_ids))
        return {row.item_id: row for row in self._kept(distinct)}

    @property
    def is_used(self) -> bool:
        """Whether any item was ever given to a local factory: most shops have none, and pay nothing for it."""
        return self._connection.execute("SELECT 1 FROM local_allocations LIMIT 1").fetchone() is not None

    def unshipped(self, name: str) -> int:
        """How many items this factory still has to send."""
        (number,) = self._connection.execute(
            "SELECT count(*) FROM items WHERE factory_id = ? AND local = 1 AND shipment <> 'shipped' AND closed = 0",
            (name,),
        ).fetchone()
        return int(number)

    def not_on_sheet(self) -> dict[str, int]:
        """How many items each factory has to send that it was not told of yet, or that were stopped since."""
        rows = self._connection.execute(
            "SELECT factory, count(*) FROM local_allocations CROSS JOIN items USING (item_id) "
            "WHERE (sheet_at IS NULL OR stopped_at IS NOT NULL) AND local = 1 AND shipment <> 'shipped' "
            "AND closed = 0 AND refund = 'none' GROUP BY factory"
        )
        return dict(rows.fetchall())

    def _kept(self, item_ids: list[str]) -> Iterator[Kept]:
        for start in range(0, len(item_ids), _CHUNK):
            chunk = item_ids[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._connection.execute(
                f"SELECT item_id, factory, at FROM local_allocations WHERE item_id IN ({marks})", chunk
            )
            yield from (Kept(*row) for row in rows.fetchall())
