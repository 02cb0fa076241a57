"""A quick look at a shop's store for whoever types: a few ids and names, read only, in no time or not at all.

It makes no file, migrates nothing, waits for nobody and never fails: what can't be read now is simply not offered.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dropship_cli.store.item_query import STATES
from dropship_cli.store.rules import KEPT

MOST = 50
"""More than this nobody reads in a shell."""
PATIENCE = 0.1
"""Seconds that a look may take."""

Found = list[tuple[str, str]]
"""Values, each with what a person knows it by."""


class Glimpse:
    """What a store offers to the beginning `start` of a word."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def partners(self, start: str) -> Found:
        """The other side of every binding that is in force or applied for."""
        bound = "SELECT partner_id, partner_name FROM bindings WHERE state IN ('bound', 'applied')"
        return self._like(bound, "partner_id", start)

    def local_factories(self, start: str) -> Found:
        """Factories of this shop that are not on the platform."""
        return self._like("SELECT name, note FROM local_factories WHERE removed_at IS NULL", "name", start)

    def carriers(self, start: str) -> Found:
        """The platform's carriers by code; empty before the first `sync`."""
        return self._like("SELECT code, name FROM carriers WHERE true", "code", start)

    def rules(self, start: str) -> Found:
        """Rules in force by their numbers, each with its factory and what it is for."""
        told = "factory_id || ' ' || sku_code || ' ' || product || ' ' || spec || ' ' || region"
        return self._like(f"SELECT rule_id, {told} FROM rules WHERE {KEPT}", "rule_id", start)

    def waybills(self, start: str) -> Found:
        """E-waybill numbers that were not given back: those that begin so, or without a beginning the newest."""
        return self._ask(
            "SELECT tracking_number, carrier FROM waybills WHERE tracking_number >= ? AND tracking_number < ? "
            "AND cancelled_at IS NULL GROUP BY tracking_number ORDER BY max(got_at) DESC LIMIT ?",
            (start, *_until(start)),
        )

    def operations(self, start: str) -> Found:
        """What waits, or is unknown."""
        live = "SELECT op_id, kind || ' ' || target FROM operations WHERE state IN ('queued', 'unknown')"
        return self._like(live, "op_id", start)

    def skus(self, start: str) -> Found:
        """The shop's SKU codes."""
        return self._ask(
            "SELECT sku_code, max(title) FROM items WHERE sku_code >= ? AND sku_code < ? GROUP BY sku_code LIMIT ?",
            (start or "!", *_until(start)),
        )

    def items(self, start: str, state: str | None) -> Found:
        """Items in that state: those that begin so, or without a beginning the newest."""
        return self._ids("item_id", start, state)

    def orders(self, start: str) -> Found:
        """Orders that begin so, or without a beginning the newest."""
        return self._ids("order_id", start, None)

    def _ids(self, column: str, start: str, state: str | None) -> Found:
        where = f" AND {STATES[state]}" if state else ""
        if start:
            sql = f"SELECT {column}, title FROM items WHERE {column} >= ? AND {column} < ?{where} LIMIT ?"
            return self._ask(sql, (start, *_until(start)))
        return self._ask(
            f"SELECT {column}, title FROM items WHERE true{where} ORDER BY paid_at DESC LIMIT ?", (MOST,)
        )

    def _like(self, select: str, column: str, start: str) -> Found:
        sql = f"{select} AND substr({column}, 1, ?) = ? ORDER BY {column} LIMIT ?"
        return self._ask(sql, (len(start), start, MOST))

    def _ask(self, sql: str, values: tuple[object, ...]) -> Found:
        try:
            return [(str(value), str(told or "")) for value, told in self._connection.execute(sql, values)]
        except (sqlite3.Error, UnicodeError):
            return []


@contextmanager
def glimpse(path: Path) -> Iterator[Glimpse | None]:
    """A look at the store in `path`; nothing where there is none that can be read."""
    connection = _open(path)
    try:
        yield None if connection is None else Glimpse(connection)
    finally:
        if connection is not None:
            connection.close()


def _open(path: Path) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    except sqlite3.Error:
        return None
    ends = time.monotonic() + PATIENCE
    connection.set_progress_handler(lambda: time.monotonic() > ends, 1000)
    return connection


def _until(start: str) -> tuple[str, int]:
    """Where the words that begin so end, and how many are enough."""
    return start + "\U0010ffff", MOST
