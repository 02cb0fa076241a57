"""When each item from a file was told last; what it is stands in `items`. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dropship_cli.store.connection import Connection

_CHUNK = 500


def told_at(connection: Connection, item_ids: Iterable[str]) -> dict[str, int | None]:
    """The second in which the newest export that told of these items was made; nothing where none was dated."""
    distinct = list(dict.fromkeys(item_ids))
    found: dict[str, int | None] = {}
    for start in range(0, len(distinct), _CHUNK):
        chunk = distinct[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(f"SELECT item_id, told_at FROM imports WHERE item_id IN ({marks})", chunk)
        found.update(rows.fetchall())
    return found


def note(connection: Connection, told: Mapping[str, int | None]) -> None:
    """Remember when these were told; a time is never taken back by a file without one."""
    connection.executemany(
        "INSERT INTO imports (item_id, told_at) VALUES (?, ?) "
        "ON CONFLICT (item_id) DO UPDATE "
        "SET told_at = coalesce(max(told_at, excluded.told_at), told_at, excluded.told_at)",
        list(told.items()),
    )
