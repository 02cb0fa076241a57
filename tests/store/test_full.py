"""A full disk: a clear error, nothing half-written, everything recorded before readable, and work goes on with room."""

from __future__ import annotations

import errno
import io
import resource
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.domain.errors import StoreError
from dropship_cli.store.backup import write_backup
from dropship_cli.store.connection import told
from dropship_cli.store.db import Store, open_store

from .conftest import numbers_in, release, start, write_numbers


def _fill(store: Store, first: int) -> tuple[str, str, int]:
    """Write until it fails: the error's code and path, and how many commits returned."""
    for number in range(first, 10_000):
        try:
            write_numbers(store, range(number, number + 1))
        except StoreError as error:
            return error.code, str(error.values["path"]), number
    raise AssertionError("the disk never filled")


def _allow(size: int) -> None:
    """No file of this process may grow beyond so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_store_that_may_not_grow_keeps_all_it_acknowledged(place: Path, store: Store) -> None:
    write_numbers(store, range(5))
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count={pages + 6}")
    code, path, acknowledged = _fill(store, 5)
    assert (code, path) == ("store.full", str(place))
    assert not store.connection.in_transaction
    assert numbers_in(store) == acknowledged
    store.connection.execute("PRAGMA max_page_count=1000000")
    write_numbers(store, range(acknowledged, acknowledged + 3))
    with open_store(place) as other:
        assert numbers_in(other) == acknowledged + 3


@pytest.mark.parametrize("kilobytes", [5, 33, 70, 141])
def test_a_disk_that_is_full_at_any_point_keeps_all_that_was_acknowledged(
    place: Path, kilobytes: int
) -> None:
    """A limit on a file's size stops the log, or the folding of it, in the middle of a write."""

    def fill(_: object) -> tuple[str, str, int]:
        open_store(place).close()
        _allow(place.stat().st_size + kilobytes * 1024)
        with open_store(place) as store:
            found = _fill(store, 0)
            assert numbers_in(store) == found[2]
        return found

    child = start(fill)
    release(child)
    code, path, acknowledged = child.result()
    assert code == "store.full"
    assert path == str(place)
    with open_store(place) as store:
        assert numbers_in(store) == acknowledged
        write_numbers(store, range(acknowledged, acknowledged + 3))
        assert numbers_in(store) == acknowledged + 3
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_store_that_finds_no_room_to_begin_says_so(place: Path) -> None:
    def begin(_: object) -> str:
        _allow(20_000)
        try:
            open_store(place)
        except StoreError as error:
            return f"{error.code} {error.values['path']}"
        return "opened"

    child = start(begin)
    release(child)
    assert child.result() == f"store.full {place}"
    with open_store(place) as store:
        assert numbers_in(store) == 0


@pytest.mark.parametrize("number", [errno.EDQUOT, errno.ENOSPC, errno.EFBIG, errno.EIO])
def test_an_error_in_writing_is_a_full_disk_where_nothing_more_may_be_written(
    place: Path, store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """SQLite calls a used-up quota an input/output error; a disk that fails otherwise is not said to be full."""

    class Refusing(io.FileIO):
        def write(self, content: Any) -> int:
            raise OSError(number, "no")

    monkeypatch.setattr(Path, "open", lambda path, *_, **__: Refusing(path, "xb"))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = 778  # SQLITE_IOERR_WRITE
    found = told(error, store.connection)
    assert found.code == ("store.failed" if number == errno.EIO else "store.full")
    assert found.values["path"] == str(place)
    assert list(place.parent.glob("*.probe")) == []


def test_an_error_in_writing_with_room_left_is_no_full_disk(place: Path, store: Store) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = 778
    assert told(error, store.connection).code == "store.failed"
    assert list(place.parent.glob("*.probe")) == []


def test_a_backup_that_finds_no_room_names_its_own_place(place: Path, store: Store, tmp_path: Path) -> None:
    """Not the store's, whose disk may have room in plenty: who reads it would clear the wrong one."""
    write_numbers(store, range(5))
    file = tmp_path / "stick.db"

    def copy(_: object) -> tuple[str, str]:
        with open_store(place) as source:
            _allow(40_000)
            with pytest.raises(StoreError) as error:
                write_backup(source, file, force=False)
        return error.value.code, str(error.value.values["path"])

    child = start(copy)
    release(child)
    assert child.result() == ("backup.failed", str(file))
    assert not [one for one in tmp_path.iterdir() if "stick" in one.name]
