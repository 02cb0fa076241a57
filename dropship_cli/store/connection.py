"""The connection to a shop's database file: its pragmas, and SQLite's errors told as ours. No queries here."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dropship_cli.domain.errors import StoreError

BUSY_TIMEOUT_MS = 10_000

_CODES = {
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.read_only",
    sqlite3.SQLITE_CORRUPT: "store.corrupt",
    sqlite3.SQLITE_NOTADB: "store.foreign",
    sqlite3.SQLITE_BUSY: "store.busy",
}

# A number beyond 64 bits or half a surrogate pair from outside fails in Python, before SQLite sees it.
_FAILURES = (sqlite3.Error, OverflowError, UnicodeError)


class _Cursor(sqlite3.Cursor):
    """A cursor whose errors name the file and the way out."""

    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        try:
            super().execute(sql, parameters)
        except _FAILURES as error:
            raise told(error, self.connection) from error
        return self

    def executemany(self, sql: str, rows: Iterable[Any], /) -> _Cursor:
        try:
            super().executemany(sql, rows)
        except _FAILURES as error:
            raise told(error, self.connection) from error
        return self

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _FAILURES as error:
            raise told(error, self.connection) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _FAILURES as error:
            raise told(error, self.connection) from error

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row


class Connection(sqlite3.Connection):
    """SQLite with our cursor; autocommit, so that every transaction is begun by name."""

    path: Path

    def cursor(self, factory: Any = _Cursor, /) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        cursor: _Cursor = self.cursor()
        return cursor.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> _Cursor:
        cursor: _Cursor = self.cursor()
        return cursor.executemany(sql, parameters)


def connect(path: Path) -> Connection:
    """Open (or create) the file. WAL with FULL: NORMAL lost acknowledged commits in power cuts (evidence, 10)."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, factory=Connection, check_same_thread=True)
    except sqlite3.Error as error:
        raise _error(error, path) from error
    connection.path = path
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")  # macOS: an fsync that reaches the disk
    return connection


def use_wal(connection: Connection) -> None:
    """Write-ahead log where the folder bears it (network folders may not): else the old journal, synced harder."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal" and _change_to_wal(connection) != "wal":
        connection.execute("PRAGMA synchronous=EXTRA")


def _change_to_wal(connection: Connection) -> str:
    """The mode in force. Beside another program that changes it SQLite fails at once, whatever the busy time-out."""
    patience = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode=WAL").fetchone()[0])
        except StoreError as error:
            if error.code != "store.busy" or time.monotonic() > patience:
                raise
        time.sleep(0.005)


def told(error: Exception, connection: sqlite3.Connection) -> StoreError:
    """SQLite's error as ours."""
    return _error(error, connection.path if isinstance(connection, Connection) else Path("?"))


def _error(error: Exception, path: Path) -> StoreError:
    primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return StoreError(_CODES.get(primary, "store.failed"), path=str(path), detail=str(error))
