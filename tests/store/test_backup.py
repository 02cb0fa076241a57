"""Copies of the store: whole, made while it is in use, their digest beside them, and never half of one."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.domain.errors import StoreError, UsageError
from dropship_cli.store.backup import digest_path, write_backup
from dropship_cli.store.db import Store, open_store

from .conftest import numbers_in, release, start, write_numbers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "monday.db"


def test_a_backup_holds_everything_in_one_file_with_its_digest_beside_it(store: Store, file: Path) -> None:
    write_numbers(store, range(5))
    digest = write_backup(store, file, force=False)
    assert digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert digest_path(file).read_text() == f"{digest}  monday.db\n"
    assert sorted(one.name for one in file.parent.iterdir()) == ["monday.db", "monday.db.sha256"]
    with open_store(file) as copy:
        assert numbers_in(copy) == 5


def test_backup_and_digest_are_their_owners_alone(store: Store, file: Path) -> None:
    before = os.umask(0)
    try:
        write_backup(store, file, force=False)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o600}


def test_a_backup_made_while_another_program_writes_is_a_whole_prefix(
    place: Path, store: Store, file: Path
) -> None:
    """Neither waits for the other; whatever commit it caught, it caught whole."""

    def writer(ready: Callable[[], None]) -> str:
        with open_store(place) as other:
            write_numbers(other, range(3, 10))
            ready()
            write_numbers(other, range(10, 150))
        return "written"

    write_numbers(store, range(3))
    child = start(writer)
    release(child)
    child.wait_ready()
    for number in range(5):
        write_backup(store, file.with_name(f"{number}.db"), force=False)
    assert child.result() == "written"
    sizes = []
    for number in range(5):
        with open_store(file.with_name(f"{number}.db")) as copy:
            sizes.append(numbers_in(copy))
    assert sizes == sorted(sizes)
    assert sizes[0] >= 10
    assert numbers_in(store) == 150


def test_a_file_that_is_there_is_kept_unless_forced(store: Store, file: Path) -> None:
    file.write_text("dear to somebody")
    with pytest.raises(UsageError, match=r"backup\.exists"):
        write_backup(store, file, force=False)
    assert file.read_text() == "dear to somebody"
    assert [one.name for one in file.parent.iterdir()] == ["monday.db"]
    write_backup(store, file, force=True)
    with open_store(file) as copy:
        assert numbers_in(copy) == 0


def test_a_new_backup_never_stands_beside_the_digest_of_an_old_one(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the two, it is a backup without a digest and not a damaged one."""
    write_backup(store, file, force=False)
    write_numbers(store, range(1))
    monkeypatch.setattr("dropship_cli.store.backup.write_whole", _killed)
    with pytest.raises(KeyboardInterrupt):
        write_backup(store, file, force=True)
    assert not digest_path(file).exists()
    with open_store(file) as copy:
        assert numbers_in(copy) == 1


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("place_for_it", ["missing/monday.db", "store.db/monday.db", "x" * 300, "folder"])
def test_a_place_that_takes_no_file_is_a_store_error_that_names_it(
    store: Store, tmp_path: Path, place_for_it: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError) as error:
        write_backup(store, tmp_path / place_for_it, force=True)
    assert error.value.code == "backup.failed"
    assert error.value.values["path"] == str(tmp_path / place_for_it)
    assert not list(tmp_path.glob(".*"))


def test_a_damaged_store_gives_no_backup_and_leaves_nothing_behind(place: Path, file: Path) -> None:
    with open_store(place) as store:
        write_numbers(store, range(200))
    content = bytearray(place.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = bytes(range(256)) * 16
    place.write_bytes(content)
    with open_store(place) as store, pytest.raises(StoreError, match=r"store\.corrupt") as error:
        write_backup(store, file, force=False)
    assert error.value.values["path"] == str(place)
    assert list(file.parent.iterdir()) == []
