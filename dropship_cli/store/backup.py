"""Copies of a shop's store: made while it is in use, checked, with a SHA-256 beside them; and put back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from pathlib import Path

from dropship_cli.domain.errors import StoreError, UsageError
from dropship_cli.store.connection import connect, told
from dropship_cli.store.db import APPLICATION_ID, VERSION, Store, open_store
from dropship_cli.store.profiles import write_whole

RESTORED = "restored"
"""The fact that stands in a restored store until everything has been read again: nothing is sent before."""


def digest_path(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def write_backup(store: Store, file: Path, *, force: bool) -> str:
    """Copy by SQLite's online backup, check the copy, keep its SHA-256; the digest."""
    if file.exists() and not force:
        raise UsageError("backup.exists", path=str(file))
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        copy = connect(partial)
        try:
            store.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
            _check(copy, partial)
        finally:
            copy.close()
        digest = _digest(partial)
        os.replace(partial, file)
    except sqlite3.Error as error:
        raise told(error, store.connection) from error
    except OSError as error:
        raise StoreError("backup.failed", path=str(file), detail=error.strerror or "") from error
    finally:
        partial.unlink(missing_ok=True)
    write_whole(digest_path(file), f"{digest}  {file.name}\n")
    return digest


def put_back(place: Path, file: Path) -> Path:
    """Replace the store by a backup that proves whole; where the replaced one is kept.

    What the backup has queued may have been sent since it was made: in the restored store it is unknown, and
    nothing is sent before everything was read again (reliability.md rule 12, evidence row 20).
    """
    _verify(file)
    fresh = place.with_name(f"{place.name}.restoring")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(file.read_bytes())
    with open_store(fresh) as store:
        _distrust(store)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.connection.execute("PRAGMA journal_mode=DELETE")
    kept = place.with_name(f"{place.name}.replaced-{time.strftime('%Y%m%d-%H%M%S')}")
    for ending in ("", "-wal", "-shm"):
        old = place.with_name(place.name + ending)
        if old.exists():
            os.replace(old, kept.with_name(kept.name + ending))
    os.replace(fresh, place)
    return kept


def _distrust(store: Store) -> None:
    with store.transaction():
        store.connection.execute(
            "UPDATE operations SET state = 'unknown', sent_at = ?, asked_at = NULL, error_code = 'restore.doubt' "
            "WHERE state IN ('queued', 'sending')",
            (time.time(),),
        )
        store.facts.put(RESTORED, "1")
        store.facts.forget_cursor("items")


def _verify(file: Path) -> None:
    """A backup of ours, whole: the digest beside it, the file's kind and version, SQLite's own check."""
    if not file.is_file():
        raise UsageError("file.missing", file=str(file))
    note = digest_path(file)
    if note.exists() and note.read_text(encoding="utf-8").split()[:1] != [_digest(file)]:
        raise StoreError("backup.damaged", path=str(file), detail="SHA-256")
    with file.open("rb") as start:
        if start.read(16) != b"SQLite format 3\0":
            raise StoreError("restore.foreign", path=str(file))
    copy = connect(file)
    try:
        (application,) = copy.execute("PRAGMA application_id").fetchone()
        (version,) = copy.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise StoreError("restore.foreign", path=str(file))
        if version > VERSION:
            raise StoreError("store.newer", path=str(file), version=version, known=VERSION)
        _check(copy, file)
    finally:
        copy.close()


def _check(connection: sqlite3.Connection, file: Path) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found[0] != "ok":
        raise StoreError("backup.damaged", path=str(file), detail=str(found[0]))


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
