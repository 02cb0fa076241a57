"""What is over and old leaves the store for good: rows, then the pages that held them. Decides no dates.

`is_forgotten` of `domain/retention.py` is told here once more as SQL; a test compares the two.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from dropship_cli.domain.errors import StoreError
from dropship_cli.store.db import Store

_OVER = "refund <> 'open' AND (closed = 1 OR shipment = 'shipped' OR refund = 'refunded')"
_MOMENT = "max(coalesce(paid_at, 0), coalesce(allocated_at, 0), coalesce(shipped_at, 0))"
_ENDED = "state IN ('done', 'refused', 'dropped') AND coalesce(settled_at, created_at) < :before"
# An order goes as a whole or not at all, and not while anything about it is on its way or fresh in the journal.
_GONE = f"""
    SELECT item_id FROM items WHERE order_id IN (
        SELECT order_id FROM items GROUP BY order_id
        HAVING min({_OVER} AND {_MOMENT} > 0 AND {_MOMENT} < :before)
    ) AND order_id NOT IN (
        SELECT items.order_id FROM operations JOIN items ON items.item_id = operations.target WHERE NOT ({_ENDED})
    )
"""
_OPERATIONS = f"""
    {_ENDED} AND target NOT IN (SELECT item_id FROM items WHERE item_id NOT IN (SELECT item_id FROM temp.gone))
    AND op_id NOT IN (SELECT waits_for FROM operations WHERE waits_for IS NOT NULL AND NOT ({_ENDED}))
"""
_LOG = "at < :before AND act <> 'purge' AND NOT (act = 'backup' AND target IN (SELECT path FROM temp.kept))"
_PUSHES = "received_at < :before AND looked_at IS NOT NULL"
_PATIENCE = 5.0
"""Seconds to wait for readers who still need the log that is to be emptied."""


class Counts(NamedTuple):
    """How much left, or would leave."""

    orders: int
    items: int
    operations: int
    log: int
    pushes: int


def count(store: Store, before: int, *, kept: Collection[str] = ()) -> Counts:
    """What a purge up to `before` would remove; nothing is written. `kept` are backups whose log rows stay."""
    with _chosen(store, before, kept):
        return _count(store, before)


def remove(store: Store, before: int, *, kept: Collection[str] = ()) -> Counts:
    """Remove it, overwriting what was there; the caller holds the shop's lock and the transaction, and has
    called `unleashed`."""
    with _chosen(store, before, kept):
        counts = _count(store, before)
        run = store.connection.execute
        for table in _tables_of_items(store):
            run(f"DELETE FROM {table} WHERE item_id IN (SELECT item_id FROM temp.gone)")
        run(f"DELETE FROM operations WHERE {_OPERATIONS}", {"before": before})
        run("DELETE FROM items WHERE item_id IN (SELECT item_id FROM temp.gone)")
        run(f"DELETE FROM log WHERE {_LOG}", {"before": before})
        run(f"DELETE FROM inbox WHERE {_PUSHES}", {"before": before})
        run("DELETE FROM notices WHERE at < :before", {"before": before})
    store.facts.purge_reached(before)
    return counts


@contextmanager
def unleashed(store: Store) -> Iterator[None]:
    """Around the transaction that removes: freed bytes are overwritten; and chains of the journal, which go as a
    whole, are not looked up link by link (each would be a reading of the whole journal)."""
    store.connection.execute("PRAGMA secure_delete=ON").fetchone()
    store.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        store.connection.execute("PRAGMA foreign_keys=ON")


def shrink(store: Store) -> int:
    """Give freed pages back and empty the write-ahead log, so that no file holds what was removed; bytes freed.

    Raises `StoreError("store.busy")` where somebody reads for too long.
    """
    before = _size(store)
    store.connection.execute("VACUUM")
    patience = time.monotonic() + _PATIENCE
    while store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > patience:
            raise StoreError("store.busy", path=str(store.path))
        time.sleep(0.05)
    return before - _size(store)


@contextmanager
def _chosen(store: Store, before: int, kept: Collection[str]) -> Iterator[None]:
    """The items that go and the backups that are still there, in tables beside the store's own."""
    run = store.connection.execute
    run("CREATE TEMP TABLE gone (item_id TEXT PRIMARY KEY) WITHOUT ROWID")
    run("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY) WITHOUT ROWID")
    try:
        run(f"INSERT INTO temp.gone {_GONE}", {"before": before})
        store.connection.executemany("INSERT OR IGNORE INTO temp.kept VALUES (?)", ((one,) for one in kept))
        yield
    finally:
        run("DROP TABLE temp.gone")
        run("DROP TABLE temp.kept")


def _count(store: Store, before: int) -> Counts:
    def one(text: str) -> int:
        (number,) = store.connection.execute(f"SELECT count({text}", {"before": before}).fetchone()
        return int(number)

    return Counts(
        orders=one("DISTINCT order_id) FROM items WHERE item_id IN (SELECT item_id FROM temp.gone)"),
        items=one("*) FROM temp.gone"),
        operations=one(f"*) FROM operations WHERE {_OPERATIONS}"),
        log=one(f"*) FROM log WHERE {_LOG}"),
        pushes=one(f"*) FROM inbox WHERE {_PUSHES}"),
    )


def _tables_of_items(store: Store) -> list[str]:
    """Every table of ours that has rows about an item, whichever part of the program made it."""
    rows = store.connection.execute(
        "SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.name = 'item_id' AND m.name <> 'items' ORDER BY m.name"
    )
    return [str(name) for (name,) in rows.fetchall()]


def _size(store: Store) -> int:
    files = (store.path, store.path.with_name(f"{store.path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
