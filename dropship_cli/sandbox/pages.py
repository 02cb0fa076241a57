"""Numbered pages of long lists of ids, fast on any page; it knows no table but what it is handed.

Counting and skipping cost a walk over the index. While the ledger stands still (its version says so), the
total is counted once, and a list that is read deeply gets its page beginnings noted in one walk.
"""

import sqlite3
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from dropship_cli.sandbox import ledger

_KEPT = 64
_DEEP = 2_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of ``item_id`` from ``table`` where ``where`` holds, sorted by ``time`` and then by id."""

    table: str
    where: str
    values: tuple[int | str, ...]
    time: str


@dataclass(slots=True)
class _Known:
    total: int
    starts: list[tuple[int, str]] | None = None


class Pager:
    """Hands out pages; one for an application, used by all its threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, Listing, int], _Known] = OrderedDict()
        self._lock = Lock()

    def page(self, tx: sqlite3.Connection, listing: Listing, number: int, size: int) -> tuple[list[str], int]:
        """The ids on page ``number`` (from 0) of ``size`` rows, and the total of the list."""
        key = (ledger.version(tx), listing, size)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._keep(key, _Known(_count(tx, listing)))
        elif known.starts is None and number * size > _DEEP:
            known.starts = _starts(tx, listing, size)
        return _ids(tx, listing, number, size, known), known.total

    def _keep(self, key: tuple[int, Listing, int], known: _Known) -> _Known:
        with self._lock:
            self._known[key] = known
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known


def _ids(tx: sqlite3.Connection, listing: Listing, number: int, size: int, known: _Known) -> list[str]:
    if number * size >= known.total:
        return []
    order = f"ORDER BY {listing.time}, item_id LIMIT {size}"
    query = f"SELECT item_id FROM {listing.table} WHERE {listing.where}"
    if known.starts is None:
        rows = tx.execute(f"{query} {order} OFFSET {number * size}", listing.values)
    else:
        start = known.starts[number]
        rows = tx.execute(
            f"{query} AND ({listing.time}, item_id) >= (?, ?) {order}", (*listing.values, *start)
        )
    return [row[0] for row in rows]


def _count(tx: sqlite3.Connection, listing: Listing) -> int:
    query = f"SELECT count(*) FROM {listing.table} WHERE {listing.where}"
    return int(tx.execute(query, listing.values).fetchone()[0])


def _starts(tx: sqlite3.Connection, listing: Listing, size: int) -> list[tuple[int, str]]:
    rows = tx.execute(
        f"SELECT {listing.time}, item_id FROM {listing.table} WHERE {listing.where}"
        f" ORDER BY {listing.time}, item_id",
        listing.values,
    )
    return [(row[0], row[1]) for row in islice(rows, 0, None, size)]
