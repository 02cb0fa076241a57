"""Putting a backup back: only a whole one of ours, nothing trusted that may have happened since, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dropship_cli.domain.errors import DropshipError, StoreError, UsageError
from dropship_cli.domain.operation import Operation, State
from dropship_cli.store import backup, db
from dropship_cli.store.backup import RESTORED, digest_path, put_back, write_backup
from dropship_cli.store.copies import own_copies
from dropship_cli.store.db import VERSION, open_store

from .conftest import allocation, write_numbers


@pytest.fixture
def file(place: Path, tmp_path: Path) -> Path:
    """A backup of three commits; the store itself went on to seven."""
    kept = tmp_path / "monday.db"
    with open_store(place) as store:
        write_numbers(store, range(3))
        write_backup(store, kept, force=False)
        write_numbers(store, range(3, 7))
    return kept


def commits(path: Path) -> int:
    with open_store(path) as store:
        return sum(one["act"] == "note" for one in store.log.recent(100))


def kept_of(place: Path, file: Path) -> Path:
    """Restore; where the replaced store is kept."""
    kept = put_back(place, file).kept
    assert kept is not None
    return kept


def test_the_backup_takes_the_stores_place_and_the_replaced_one_is_kept_whole(
    place: Path, file: Path
) -> None:
    kept = kept_of(place, file)
    assert (commits(place), commits(kept)) == (3, 7)
    assert kept.name.startswith("store.db.replaced-")
    assert place.stat().st_mode & 0o777 == kept.stat().st_mode & 0o777 == 0o600
    assert not list(place.parent.glob("*restoring*"))


def test_what_was_queued_may_have_been_sent_since_and_is_unknown(place: Path, tmp_path: Path) -> None:
    with open_store(place) as store:
        with store.transaction():
            (queued, sending, unknown, done, refused, dropped) = (
                chain[0]
                for chain in store.operations.add_all([[allocation(n)] for n in range(6)], who="t", at=1.0)
            )
            store.operations.send([sending, unknown, done], 2.0)
            store.operations.doubt([(unknown, "wire.timeout", {})])
            store.operations.asked(unknown, 2.5)
            store.operations.done([done], 3.0)
            store.operations.refuse([(refused, "x", {})], 3.0)
            store.operations.drop([dropped], 3.0)
        write_backup(store, tmp_path / "b.db", force=False)
    put_back(place, tmp_path / "b.db")
    with open_store(place) as store:

        def now(one: Operation) -> Operation:
            return store.operations.by_ids([one.op_id])[one.op_id]

        assert [now(one).state for one in (queued, sending, unknown)] == [State.UNKNOWN] * 3
        assert [now(one).state for one in (done, refused, dropped)] == [
            State.DONE,
            State.REFUSED,
            State.DROPPED,
        ]
        assert now(queued).error_code == now(sending).error_code == "restore.doubt"
        assert all((now(one).sent_at or 0) > 1_000_000 for one in (queued, sending))
        assert now(unknown).error_code == "wire.timeout"


def test_a_restored_store_says_so_and_reads_everything_again(place: Path, file: Path) -> None:
    put_back(place, file)
    with open_store(place) as store:
        assert store.facts.get(RESTORED) is not None
        assert store.facts.cursor("items") is None


def test_an_older_backup_is_brought_up_to_date_and_leaves_no_copy(
    place: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup itself is the copy; one beside the store would be found by no purge."""
    monkeypatch.setattr(db, "VERSION", VERSION + 1)
    put_back(place, file)
    assert commits(place) == 3
    assert not [one for one in place.parent.iterdir() if ".restoring" in one.name or ".before" in one.name]


def test_what_a_killed_restore_left_is_a_copy_that_a_purge_finds(place: Path) -> None:
    names = [f"store.db.restoring{ending}" for ending in ("", ".before-2", ".before-2.part", "-wal")]
    for name in names:
        place.with_name(name).touch()
    assert [one.name for one in own_copies(place)] == sorted(names)


def test_a_backup_without_its_digest_is_taken_when_it_is_whole(place: Path, file: Path) -> None:
    digest_path(file).unlink()
    put_back(place, file)
    assert commits(place) == 3


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def _cut_without_digest(file: Path) -> None:
    digest_path(file).unlink()
    _cut(file)


def _garbage_without_digest(file: Path) -> None:
    digest_path(file).unlink()
    content = bytearray(file.read_bytes())
    content[4096:8192] = os.urandom(4096)
    file.write_bytes(content)


def _text(file: Path) -> None:
    digest_path(file).unlink()
    file.write_text("order,factory\n" * 999)


def _empty(file: Path) -> None:
    digest_path(file).unlink()
    file.write_bytes(b"")


def _only_a_header(file: Path) -> None:
    digest_path(file).unlink()
    file.write_bytes(b"SQLite format 3\0" + bytes(10))


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        digest_path(file).unlink()
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return change


TRIGGER = "CREATE TRIGGER bad AFTER INSERT ON log BEGIN DELETE FROM operations; END"
DAMAGES = [
    pytest.param(_flip, {"backup.damaged"}, id="one bit, which SQLite itself does not see"),
    pytest.param(_cut, {"backup.damaged"}, id="cut"),
    pytest.param(_cut_without_digest, {"backup.damaged"}, id="cut, no digest"),
    pytest.param(_garbage_without_digest, {"backup.damaged"}, id="a page of garbage, no digest"),
    pytest.param(_text, {"restore.foreign"}, id="a spreadsheet"),
    pytest.param(_empty, {"restore.foreign"}, id="empty"),
    pytest.param(_only_a_header, {"restore.foreign", "backup.damaged"}, id="a header alone"),
    pytest.param(_sql("PRAGMA application_id=1"), {"restore.foreign"}, id="another program's"),
    pytest.param(_sql(f"PRAGMA user_version={VERSION + 1}"), {"store.newer"}, id="a newer program's"),
    pytest.param(_sql(TRIGGER), {"restore.foreign"}, id="with a trigger that would act in our name"),
    pytest.param(_sql("CREATE VIEW v AS SELECT 1"), {"restore.foreign"}, id="with a view"),
    pytest.param(
        lambda file: digest_path(file).write_bytes(b"\xff\xfe"), {"backup.damaged"}, id="a broken digest"
    ),
    pytest.param(lambda file: digest_path(file).write_text(""), {"backup.damaged"}, id="an empty digest"),
]


@pytest.mark.parametrize(("damage", "codes"), DAMAGES)
def test_a_backup_that_does_not_prove_whole_replaces_nothing(
    place: Path, file: Path, damage: Callable[[Path], None], codes: set[str]
) -> None:
    damage(file)
    before = place.read_bytes()
    with pytest.raises(StoreError) as error:
        put_back(place, file)
    assert error.value.code in codes
    assert error.value.values["path"] == str(file)
    assert place.read_bytes() == before
    assert not [one for one in place.parent.iterdir() if "re" in one.name.removeprefix("store")]


@pytest.mark.parametrize("name", ["nowhere.db", ".", "x" * 300])
def test_a_backup_that_is_no_file_is_said_before_anything_is_touched(
    place: Path, file: Path, name: str
) -> None:
    with pytest.raises(DropshipError) as error:
        put_back(place, place.parent / name)
    assert isinstance(error.value, UsageError) == (len(name) < 300)
    assert commits(place) == 7


def test_two_restores_in_one_second_keep_both_replaced_stores(
    place: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup.time, "strftime", lambda _: "20261125-080000")
    kept = [kept_of(place, file) for _ in range(3)]
    assert len(set(kept)) == 3
    assert [commits(one) for one in kept] == [7, 3, 3]


def test_the_log_of_an_earlier_restore_that_was_killed_is_never_played_into_this_one(
    place: Path, file: Path, tmp_path: Path
) -> None:
    """Beside the new file it would overwrite its pages: SQLite cannot tell whose log it is."""
    left = place.with_name("store.db.restoring")
    other = tmp_path / "other.db"
    with open_store(other) as store:
        write_numbers(store, range(40))
        for ending in ("", "-wal"):
            shutil.copyfile(f"{other}{ending}", f"{left}{ending}")
    put_back(place, file)
    assert commits(place) == 3
    with open_store(place) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_the_replaced_store_had_only_in_its_log_is_kept(place: Path, file: Path, tmp_path: Path) -> None:
    """A run that was killed leaves its last commits in the log beside the file."""
    with open_store(place) as store:
        write_numbers(store, range(7, 20))
        killed = tmp_path / "killed.db"
        for ending in ("", "-wal"):
            shutil.copyfile(f"{place}{ending}", f"{killed}{ending}")
    kept = kept_of(killed, file)
    assert commits(kept) == 20
    assert commits(killed) == 3


@pytest.mark.parametrize("reading", [False, True])
def test_whenever_a_restore_stops_the_old_store_or_the_new_one_stands_in_its_place(
    place: Path, file: Path, monkeypatch: pytest.MonkeyPatch, reading: bool
) -> None:
    """Stopped before each change of a name; with and without a reader that keeps the log from being folded in."""
    for stop in range(1, 20):
        there = place.with_name(f"try-{stop}") / "store.db"
        there.parent.mkdir()
        shutil.copyfile(place, there)
        reader = open_store(there)
        reader.connection.execute("PRAGMA busy_timeout=0")
        if reading:
            reader.connection.execute("BEGIN")
            reader.log.recent(1)
        monkeypatch.setattr(backup, "os", _Stopping(stop))
        kept = None
        with suppress(KeyboardInterrupt):
            kept = kept_of(there, file)
        monkeypatch.undo()
        reader.close()
        assert commits(there) == (7 if kept is None else 3)
        if kept is not None:
            assert stop > 1
            assert commits(kept) == 7
            return
    pytest.fail("a restore changes fewer names than that")


class _Stopping:
    """`os` as the backup sees it, until the n-th change of a name."""

    def __init__(self, stop: int) -> None:
        self._left = stop

    def __getattr__(self, name: str) -> object:
        if name in ("replace", "link"):
            self._left -= 1
            if self._left == 0:
                raise KeyboardInterrupt
        return getattr(os, name)


def test_where_files_take_no_second_name_a_copy_is_kept(
    place: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(backup.os, "link", no_link)
    assert commits(kept_of(place, file)) == 7
    assert commits(place) == 3


def test_a_damaged_store_is_kept_as_it_is_and_replaced(place: Path, file: Path) -> None:
    place.write_bytes(b"not a store at all" * 500)
    place.with_name("store.db-wal").write_bytes(b"log")
    kept, left, _ = put_back(place, file)
    assert kept is not None
    assert (left.whole, left.again) == (False, ())
    assert kept.read_bytes() == b"not a store at all" * 500
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"log"
    assert commits(place) == 3


def test_a_lost_store_is_restored_too(place: Path, file: Path) -> None:
    """No kept copy is named where there is none, and nobody is told that nothing was asked for since."""
    place.unlink()
    restored = put_back(place, file)
    assert (restored.kept, restored.left.whole) == (None, False)
    assert commits(place) == 3


def test_a_folder_that_takes_no_file_is_a_store_error(tmp_path: Path, file: Path) -> None:
    with pytest.raises(StoreError) as error:
        put_back(tmp_path / "missing" / "store.db", file)
    assert error.value.values["path"] == str(tmp_path / "missing" / "store.db")
