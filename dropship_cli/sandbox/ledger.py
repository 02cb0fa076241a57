"""The one door to the sandbox's SQLite file: its creation, transactions, and the judge's two logs.

It knows no rule and no wire format. Safe for threads and for several processes on the same file: WAL,
``synchronous=FULL``, every transaction ``BEGIN IMMEDIATE``, a connection a thread.
"""

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from dropship_cli.sandbox import schema
from dropship_cli.sandbox.errors import SandboxError

_BUSY_MS = 10_000
_MOST_FILES = 8


class Act(StrEnum):
    """What an effect may be; the judge's vocabulary."""

    ROLE_CHOSEN = "role_chosen"
    ROLE_SWITCHED = "role_switched"
    SHOP_OPENED = "shop_opened"
    APPLIED = "applied"
    ANSWERED = "answered"
    UNBOUND = "unbound"
    ALLOCATED = "allocated"
    ALLOCATION_CANCELLED = "allocation_cancelled"
    SHIPPED = "shipped"
    AMENDED = "amended"
    WAYBILL_GOT = "waybill_got"
    WAYBILL_CANCELLED = "waybill_cancelled"
    REFUND_OPENED = "refund_opened"
    REFUND_CLOSED = "refund_closed"
    REFUND_FINISHED = "refund_finished"
    ORDER_CANCELLED = "order_cancelled"
    REMARK_CHANGED = "remark_changed"
    ADDRESS_CHANGED = "address_changed"
    SEEDED = "seeded"
    RESET = "reset"


@dataclass(slots=True)
class _Open:
    """The connections of one thread in one process, by file."""

    pid: int = field(default_factory=os.getpid)
    by_file: dict[tuple[int, int], sqlite3.Connection] = field(default_factory=dict)


class _Local(threading.local):
    def __init__(self) -> None:
        self.open = _Open()


_local = _Local()


@contextlib.contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """One writing transaction on the ledger at ``path``, created on first use: all of it commits, or none.

    Raises ``SandboxError`` when the file is no ledger or cannot be opened.
    """
    connection = _connection(path)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, through which method, and when (seconds); every effect carries it."""

    shop_id: int
    method: str
    now: int


def record(tx: sqlite3.Connection, actor: Actor, act: Act, item_id: str = "", **values: Any) -> None:
    """Write one effect into the judge's log, in the transaction that makes it true."""
    row = (actor.now, actor.shop_id, actor.method, act.value, item_id, json.dumps(values, ensure_ascii=False))
    tx.execute(
        'INSERT INTO effects (at, shop_id, method, act, item_id, "values") VALUES (?, ?, ?, ?, ?, ?)', row
    )


def record_call(tx: sqlite3.Connection, actor: Actor, *, code: int, rows: int) -> None:
    """Write one call, refused ones too, without its parameters; ``rows`` is how many rows it asked about."""
    tx.execute(
        "INSERT INTO calls (at, shop_id, method, code, rows) VALUES (?, ?, ?, ?, ?)",
        (actor.now, actor.shop_id, actor.method, code, rows),
    )


def version(tx: sqlite3.Connection) -> int:
    """A number that grows with every effect: while it stands still, no list changes."""
    return int(tx.execute("SELECT coalesce(max(seq), 0) FROM effects").fetchone()[0])


def effects(path: Path) -> list[dict[str, Any]]:
    """All effects, oldest first: ``seq``, ``at``, ``shop_id``, ``method``, ``act``, ``item_id``, ``values``."""
    rows = _read(path, "SELECT * FROM effects ORDER BY seq")
    return [row | {"values": json.loads(row["values"])} for row in rows]


def calls(path: Path) -> list[dict[str, Any]]:
    """All calls, oldest first: ``seq``, ``at``, ``shop_id`` (0 unknown), ``method``, ``code``, ``rows``."""
    return _read(path, "SELECT * FROM calls ORDER BY seq")


def _read(path: Path, query: str) -> list[dict[str, Any]]:
    with transaction(path) as tx:
        return [dict(row) for row in tx.execute(query)]


def _connection(path: Path) -> sqlite3.Connection:
    if _local.open.pid != os.getpid():
        # A connection must not be used across a fork.
        _local.open = _Open()
    identity = _identity(path)
    known = _local.open.by_file.get(identity)
    if known is None:
        _close_oldest(_local.open.by_file)
        known = _local.open.by_file[identity] = _checked(path)
    return known


def _close_oldest(by_file: dict[tuple[int, int], sqlite3.Connection]) -> None:
    while len(by_file) >= _MOST_FILES:
        by_file.pop(next(iter(by_file))).close()


def _identity(path: Path) -> tuple[int, int]:
    with contextlib.suppress(FileNotFoundError):
        return _inode(path)
    _create(path)
    return _inode(path)


def _inode(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _create(path: Path) -> None:
    """Build the file beside its place and link it there whole, so that no process sees half a ledger."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}-{threading.get_ident()}")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        connection = _open(fresh)
        connection.execute("PRAGMA journal_mode = WAL")
        schema.create(connection)
        connection.close()
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _checked(path: Path) -> sqlite3.Connection:
    try:
        connection = _open(path)
        found = connection.execute("PRAGMA application_id").fetchone()[0]
        made_by = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise SandboxError(f"{path} is not a sandbox ledger: {error}.") from error
    if (found, made_by) != (schema.APPLICATION_ID, schema.VERSION):
        connection.close()
        raise SandboxError(f"{path} is not a ledger of this sandbox.")
    return connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
