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
    """A list of ``item_id`` from ``table`` where ``where`` holds and ``time`` lies in ``window``.

    Both ends of the window belong to it; the list is sorted by ``time`` and then by id.
    """

    table: str
    time: str
    window: tuple[int, int]
    where: str
    values: tuple[int | str, ...]


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
    start, skip = (listing.window[0], ""), number * size
    if known.starts is not None:
        start, skip = known.starts[number], 0
    rows = _select(tx, listing, "item_id", start, f" LIMIT {size} OFFSET {skip}")
    return [row[0] for row in rows]


def _starts(tx: sqlite3.Connection, listing: Listing, size: int) -> list[tuple[int, str]]:
    rows = _select(tx, listing, f"{listing.time}, item_id", (listing.window[0], ""))
    return [(row[0], row[1]) for row in islice(rows, 0, None, size)]


def _select(
    tx: sqlite3.Connection, listing: Listing, what: str, start: tuple[int, str], limit: str = ""
) -> sqlite3.Cursor:
    # A row comparison is the one form of "from here on" for which SQLite seeks both columns in the index.
    return tx.execute(
        f"SELECT {what} FROM {listing.table} WHERE {listing.where} AND ({listing.time}, item_id) >= (?, ?)"
        f" AND {listing.time} <= ? ORDER BY {listing.time}, item_id{limit}",
        (*listing.values, *start, listing.window[1]),
    )


def _count(tx: sqlite3.Connection, listing: Listing) -> int:
    query = f"SELECT count(*) FROM {listing.table} WHERE {listing.where} AND {listing.time} BETWEEN ? AND ?"
    return int(tx.execute(query, (*listing.values, *listing.window)).fetchone()[0])
