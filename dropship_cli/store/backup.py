"""Copies of a shop's store: made while it is in use, checked, with a SHA-256 beside them; and put back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from dropship_cli.domain.errors import RefusedError, StoreError, UsageError
from dropship_cli.domain.operation import State
from dropship_cli.domain.shop import Owner
from dropship_cli.store.carrying import carry_over
from dropship_cli.store.connection import connect, told
from dropship_cli.store.copies import own_copies
from dropship_cli.store.db import APPLICATION_ID, VERSION, Store, open_store
from dropship_cli.store.facts import Facts
from dropship_cli.store.left_behind import LeftBehind
from dropship_cli.store.operations import HERE
from dropship_cli.store.profiles import write_whole

RESTORED = "restored"
"""The fact that stands in a restored store until everything has been read again: nothing is sent before."""
_OF_A_BACKUP = {"store.corrupt": "backup.damaged", "store.foreign": "restore.foreign"}
"""What is wrong with a store that is opened, said of a backup that is looked at."""


def digest_path(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def write_backup(store: Store, file: Path, *, force: bool) -> str:
    """Copy by SQLite's online backup, check the copy, keep its SHA-256; the digest.

    Raises `UsageError` where the file is there already, `StoreError` where the store or the place fails.
    """
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        if file.exists() and not force:
            raise UsageError("backup.exists", path=str(file))
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        _copy(store, partial)
        digest = _digest(partial)
        digest_path(file).unlink(missing_ok=True)  # an old digest would call the new file damaged
        os.replace(partial, file)
    except OSError as error:
        raise StoreError("backup.failed", path=str(file), detail=error.strerror or "") from error
    except StoreError as error:
        if error.values["path"] != str(partial):
            raise
        raise StoreError("backup.failed", path=str(file), detail=error.values["detail"]) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    write_whole(digest_path(file), f"{digest}  {file.name}\n")
    return digest


class Restored(NamedTuple):
    """Where the replaced store is kept (nothing where there was none), what the restored one does not have of it, and
    how many operations have an unknown outcome now."""

    kept: Path | None
    left: LeftBehind
    unknown: int


def check_backup(file: Path, owner: Owner | None = None) -> bool:
    """Whether the file says whose it is; it is a backup of ours, whole, and not another shop's than `owner`.

    Raises `UsageError` where there is no such file, `StoreError` for what is damaged, not ours or newer,
    `RefusedError("restore.other_shop")`.
    """
    try:
        if not file.is_file():
            raise UsageError("file.not_found", file=str(file))
        if _noted(file) not in (None, _digest(file)):
            raise StoreError("backup.damaged", path=str(file), detail="SHA-256")
        with file.open("rb") as start:
            if start.read(16) != b"SQLite format 3\0":
                raise StoreError("restore.foreign", path=str(file))
    except (OSError, UnicodeError) as error:
        raise StoreError("backup.damaged", path=str(file), detail=str(error)) from error
    try:
        with closing(connect(file)) as copy:
            _is_ours(copy, file)
            _check(copy, file)
            found = Facts(copy).owner()
    except StoreError as error:
        if error.code not in _OF_A_BACKUP:
            raise
        raise StoreError(_OF_A_BACKUP[error.code], path=str(file), detail=error.values["detail"]) from error
    if found is not None and owner is not None and found != owner:
        told = {"found": " ".join(found), "wanted": " ".join(owner)}
        raise RefusedError("restore.other_shop", path=str(file), **told)
    return found is not None


def put_back(place: Path, file: Path, *, owner: Owner | None = None, who: str = "") -> Restored:
    """Replace the store by a backup that passes `check_backup`, and say in its log `who` did so.

    One that does not say whose it is becomes the `owner`'s. A stopped shop stays stopped, what was purged stays
    away, and what `carrying.py` names is not forgotten.

    What the backup has queued may have been sent since it was made: in the restored store it is unknown, and
    nothing is sent before everything was read again (reliability.md rule 12, evidence row 20). Whenever this
    stops, the old store or the new one stands in its place, and all of the old one is kept.
    """
    check_backup(file, owner)
    fresh = place.with_name(f"{place.name}.restoring")
    try:
        kept = _free_name(place) if place.exists() else None
        left, unknown = _prepare(fresh, file, place, owner, who)
        if kept is not None:
            _set_aside(place, kept)
        os.replace(fresh, place)
    except OSError as error:
        raise StoreError("store.failed", path=str(place), detail=error.strerror or "") from error
    finally:
        _remove(fresh)
    return Restored(kept, left, unknown)


def _copy(store: Store, partial: Path) -> None:
    with closing(connect(partial)) as copy:
        try:
            store.connection.backup(copy)
        except sqlite3.Error as error:
            raise told(error, copy if _is_of_the_copy(error) else store.connection) from error
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        _check(copy, store.path, code="store.corrupt")


def _is_of_the_copy(error: sqlite3.Error) -> bool:
    """Whether the place of the copy failed, a stick that is full say, and not the store that is only read."""
    code = error.sqlite_errorcode
    return code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) and code != sqlite3.SQLITE_IOERR_READ


def _prepare(
    fresh: Path, file: Path, replaced: Path, owner: Owner | None, who: str
) -> tuple[LeftBehind, int]:
    """The backup's content beside the store, migrated, with what must not be forgotten, distrusted, in one file;
    what it does not have of the replaced one, and how much of it is unknown."""
    _remove(fresh)  # with its log: what an earlier restore left there would be played into this one
    fresh.touch(mode=0o600)
    shutil.copyfile(file, fresh)
    with open_store(fresh) as store:
        left = carry_over(replaced, store, time.time(), owner)
        with store.transaction():
            _distrust(store)
            if owner is not None:
                store.facts.own(owner)
            store.log.add("restore", who=who, at=time.time(), target=str(file.absolute()))
        unknown = store.operations.counts().get(State.UNKNOWN, 0)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.connection.execute("PRAGMA journal_mode=DELETE")
    return left, unknown


def _set_aside(place: Path, kept: Path) -> None:
    """Give the old store a second name. Its log is folded in where it can be, else kept beside it and taken away."""
    with suppress(StoreError), closing(connect(place)) as old:
        old.execute("PRAGMA journal_mode=DELETE").fetchone()
    _link(place, kept)
    logs = [(_beside(place, ending), _beside(kept, ending)) for ending in ("-wal", "-shm")]
    for log, copy in logs:
        if log.exists():
            _link(log, copy)
            log.unlink()


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # not every file system has second names
        shutil.copy2(old, new)


def _free_name(place: Path) -> Path:
    """A name for the replaced store that no earlier one has."""
    base = _beside(place, f".replaced-{time.strftime('%Y%m%d-%H%M%S')}")
    later = (_beside(base, f"-{number}") for number in count(2))
    return next(name for name in chain([base], later) if not name.exists())


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _remove(file: Path) -> None:
    """With its log, and the copy that its migration made."""
    for copy in own_copies(file):
        copy.unlink(missing_ok=True)
    for ending in ("", "-wal", "-shm", "-journal"):
        _beside(file, ending).unlink(missing_ok=True)


def _distrust(store: Store) -> None:
    """What may have been sent since is unknown; of what concerns local factories nothing is ever sent."""
    store.connection.execute(
        "UPDATE operations SET state = 'unknown', sent_at = ?, asked_at = NULL, error_code = 'restore.doubt', "
        "error = NULL "
        f"WHERE state IN ('queued', 'sending') AND NOT {HERE}",
        (time.time(),),
    )
    store.facts.put(RESTORED, "1")
    store.facts.forget_cursor("items")


def _noted(file: Path) -> str | None:
    """The digest written beside the backup, if there is one; an empty note agrees with nothing."""
    note = digest_path(file)
    return (note.read_text(encoding="utf-8").split() or [""])[0] if note.exists() else None


def _is_ours(copy: sqlite3.Connection, file: Path) -> None:
    """Our mark, a version that we know, tables alone: a trigger or a view would act in our name."""
    (application,) = copy.execute("PRAGMA application_id").fetchone()
    (version,) = copy.execute("PRAGMA user_version").fetchone()
    (acting,) = copy.execute(
        "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ).fetchone()
    if application != APPLICATION_ID or acting:
        raise StoreError("restore.foreign", path=str(file))
    if version > VERSION:
        raise StoreError("store.newer", path=str(file), version=version, known=VERSION)


def _check(connection: sqlite3.Connection, file: Path, *, code: str = "backup.damaged") -> None:
    connection.execute("PRAGMA cell_size_check=ON")
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found[0] != "ok":
        raise StoreError(code, path=str(file), detail=str(found[0]))


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
