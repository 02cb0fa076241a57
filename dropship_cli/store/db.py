"""The one door to a shop's database: open, check, migrate, and transactions by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from dropship_cli.domain.errors import StoreError
from dropship_cli.store.connection import Connection, connect, use_wal

if TYPE_CHECKING:
    from dropship_cli.domain.shop import Owner
    from dropship_cli.store.bindings import Bindings
    from dropship_cli.store.facts import Facts
    from dropship_cli.store.inbox import Inbox
    from dropship_cli.store.items import Items
    from dropship_cli.store.local import Local
    from dropship_cli.store.log import Log
    from dropship_cli.store.marks import Marks
    from dropship_cli.store.notices import Notices
    from dropship_cli.store.operations import Operations
    from dropship_cli.store.prices import Prices
    from dropship_cli.store.rules import Rules
    from dropship_cli.store.waybills import Waybills

APPLICATION_ID = 0x44525053  # "DRPS": tells our file from another program's
VERSION = 2
"""The schema's number; `schema.py` has as many migrations."""


class Store:
    """A shop's tables behind one connection; used by one thread. Each table's module is loaded at its first use."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def items(self) -> Items:
        """The items of the shop."""
        from dropship_cli.store.items import Items

        return Items(self.connection)

    @cached_property
    def operations(self) -> Operations:
        """The journal."""
        from dropship_cli.store.operations import Operations

        return Operations(self.connection)

    @cached_property
    def bindings(self) -> Bindings:
        """Who is bound to whom."""
        from dropship_cli.store.bindings import Bindings

        return Bindings(self.connection)

    @cached_property
    def facts(self) -> Facts:
        """Small things to remember."""
        from dropship_cli.store.facts import Facts

        return Facts(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """What was pushed to us."""
        from dropship_cli.store.inbox import Inbox

        return Inbox(self.connection)

    @cached_property
    def log(self) -> Log:
        """Acts that are not operations."""
        from dropship_cli.store.log import Log

        return Log(self.connection)

    @cached_property
    def marks(self) -> Marks:
        """Holds, notes, and changes that wait for somebody."""
        from dropship_cli.store.marks import Marks

        return Marks(self.connection)

    @cached_property
    def prices(self) -> Prices:
        """What factories charge."""
        from dropship_cli.store.prices import Prices

        return Prices(self.connection)

    @cached_property
    def local(self) -> Local:
        """Factories off the platform."""
        from dropship_cli.store.local import Local

        return Local(self.connection)

    @cached_property
    def rules(self) -> Rules:
        """Which factory gets which items."""
        from dropship_cli.store.rules import Rules

        return Rules(self.connection)

    @cached_property
    def waybills(self) -> Waybills:
        """The e-waybill numbers that were bought."""
        from dropship_cli.store.waybills import Waybills

        return Waybills(self.connection)

    @cached_property
    def notices(self) -> Notices:
        """Which cases the chats were told."""
        from dropship_cli.store.notices import Notices

        return Notices(self.connection)

    @property
    def path(self) -> Path:
        return self.connection.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. IMMEDIATE: one that reads first and then writes fails at once when another wrote."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, StoreError) and error.values.get("path") == "":
            error.values["path"] = str(self.path)  # what could not read a row knew no file
        self.close()


def open_store(path: Path, owner: Owner | None = None) -> Store:
    """Open the shop's store, creating or migrating it where needed. A new one says that it is `owner`'s.

    Raises `StoreError`: `store.foreign` (another program's file), `store.other_shop` (a file copied here from
    another profile: what it has queued would be sent in this shop's name), `store.newer`, `store.corrupt`,
    `store.read_only`, `store.full`.
    """
    if path.is_symlink():
        raise StoreError("store.foreign", path=str(path))
    if not path.exists():
        with suppress(OSError):  # what forbids it, SQLite tells better
            path.touch(mode=0o600)
    connection = connect(path)
    try:
        version = _version(connection)
        if version and owner is not None:
            _check_owner(connection, owner)  # before anything is written: another shop's stays as it is
        use_wal(connection)
        if version < VERSION:
            _migrate(connection, owner)
    except BaseException:
        connection.close()
        raise
    return Store(connection)


def _version(connection: Connection) -> int:
    """The file's schema number; 0 for a new one."""
    path = str(connection.path)
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or version or tables:
            raise StoreError("store.foreign", path=path)
        return 0
    if version > VERSION:
        raise StoreError("store.newer", path=path, version=version, known=VERSION)
    return int(version)


def _check_owner(connection: Connection, owner: Owner) -> None:
    """One that does not say whose it is, is taken."""
    from dropship_cli.store.facts import Facts

    found = Facts(connection).owner()
    if found is not None and found != owner:
        told = {"found": " ".join(found), "wanted": " ".join(owner)}
        raise StoreError("store.other_shop", path=str(connection.path), **told)


def _migrate(connection: Connection, owner: Owner | None) -> None:
    """Bring the tables up to date in one transaction, after a copy of what was there.

    IMMEDIATE keeps every other writer away and lets the copy be read.
    """
    from sqlite_utils import Database

    from dropship_cli.store.facts import Facts
    from dropship_cli.store.schema import migrations

    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version < VERSION:  # another program may have done it while we waited
            if version:
                _keep_copy(connection.path)
            migrations.apply(Database(connection))
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            if not version and owner is not None:
                Facts(connection).own(owner)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _keep_copy(path: Path) -> None:
    """A whole copy beside the file, by SQLite's own means, before a migration touches it."""
    copy = path.with_name(f"{path.name}.before-{VERSION}")
    partial = copy.with_name(f"{copy.name}.part")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with closing(connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(partial),))
    os.replace(partial, copy)
