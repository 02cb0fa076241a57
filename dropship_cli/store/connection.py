"""The connection to a shop's database file: its pragmas, and SQLite's errors told as ours. No queries here."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from dropship_cli.domain.errors import StoreError

P = ParamSpec("P")
T = TypeVar("T")
BUSY_TIMEOUT_MS = 10_000
_PROBE = 65_536
"""Bytes that must find room for a disk not to count as full: a page and its log, with some to spare."""

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


def sound(make: Callable[P, T]) -> Callable[P, T]:
    """Around what reads a stored row or text: one that it can't read (a bit was flipped, which SQLite does not
    see) is a damaged store, not a defect of ours. The store's door adds which file it is."""

    @wraps(make)
    def made(*args: P.args, **named: P.kwargs) -> T:
        try:
            return make(*args, **named)
        except (ValueError, TypeError, LookupError) as error:
            failure = StoreError("store.corrupt", path="", detail=f"{make.__name__}: {type(error).__name__}")
        raise failure  # outside the handler: the error's text may hold the row

    return made


def told(error: Exception, connection: sqlite3.Connection) -> StoreError:
    """SQLite's error as ours."""
    return _error(error, connection.path if isinstance(connection, Connection) else Path("?"))


def _error(error: Exception, path: Path) -> StoreError:
    primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    code = _CODES.get(primary, "store.failed")
    if primary == sqlite3.SQLITE_IOERR and _is_full(path):
        code = "store.full"
    return StoreError(code, path=str(path), detail=str(error))


def _is_full(path: Path) -> bool:
    """Whether a file as long as the store may not be written here: SQLite calls only ENOSPC a full disk, and a
    quota (EDQUOT) or a limit on a file's length an input/output error like any other."""
    probe = path.with_name(f"{path.name}.{os.getpid()}.probe")
    try:
        with probe.open("xb", buffering=0) as file:
            file.seek(max(_length(path), _length(path.with_name(f"{path.name}-wal"))))
            if file.write(bytes(_PROBE)) != _PROBE:
                return True
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return False


def _length(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
