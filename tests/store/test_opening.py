"""The door: what is opened, made or refused, how it is set, and transactions that are all or nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dropship_cli.domain.errors import StoreError
from dropship_cli.store import connection as door
from dropship_cli.store.connection import connect, told, use_wal
from dropship_cli.store.db import APPLICATION_ID, VERSION, Store, open_store

from .conftest import numbers_in, release, start, write_numbers


def pragma(store: Store, name: str) -> object:
    return store.connection.execute(f"PRAGMA {name}").fetchone()[0]


def refused(path: Path) -> str:
    with pytest.raises(StoreError) as error:
        open_store(path)
    assert error.value.values["path"] == str(path)
    return error.value.code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: NORMAL loses acknowledged commits in a power cut
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("trusted_schema", 0),
        ("application_id", APPLICATION_ID),
        ("user_version", VERSION),
    ],
)
def test_every_store_is_opened_with_the_settings_that_the_promise_rests_on(
    place: Path, name: str, value: object
) -> None:
    for _ in ("made", "opened again"):
        with open_store(place) as store:
            assert pragma(store, name) == value


def test_where_there_can_be_no_wal_the_old_journal_is_synced_harder() -> None:
    with closing(connect(Path(":memory:"))) as connection:
        use_wal(connection)
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)


def test_what_was_written_is_there_when_opened_again(place: Path) -> None:
    with open_store(place) as store:
        write_numbers(store, range(3))
    with open_store(place) as store:
        assert numbers_in(store) == 3


def test_a_store_is_its_owners_alone_whatever_the_umask(place: Path) -> None:
    before = os.umask(0)
    try:
        with open_store(place) as store:
            write_numbers(store, range(1))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in place.parent.glob("store.db*")}
    finally:
        os.umask(before)
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def _another_program(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE photos (id)")


def _another_mark(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA application_id=7")


def _only_a_version(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA user_version=3")


def _newer(place: Path) -> None:
    open_store(place).close()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")


def _text(place: Path) -> None:
    place.write_text("order,factory\n" * 500)


def _broken_header(place: Path) -> None:
    open_store(place).close()
    content = bytearray(place.read_bytes())
    content[:16] = b"SQLite format 9\0"
    place.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_another_program, "store.foreign"),
        (_another_mark, "store.foreign"),
        (_only_a_version, "store.foreign"),
        (_text, "store.foreign"),
        (_broken_header, "store.foreign"),
        (_newer, "store.newer"),
    ],
)
def test_what_is_not_ours_to_open_is_refused_by_name_and_left_as_it_is(
    place: Path, make: Callable[[Path], None], code: str
) -> None:
    make(place)
    before = place.read_bytes()
    assert refused(place) == code
    assert place.read_bytes() == before
    assert [file.name for file in place.parent.glob("store*")] == ["store.db"]


def test_a_newer_store_is_told_with_both_numbers(place: Path) -> None:
    _newer(place)
    with pytest.raises(StoreError) as error:
        open_store(place)
    assert (error.value.values["version"], error.value.values["known"]) == (VERSION + 1, VERSION)


def test_a_link_is_never_followed(place: Path) -> None:
    open_store(place).close()
    for target in (place, place.with_name("nowhere.db")):
        link = place.with_name(f"link-to-{target.name}")
        link.symlink_to(target)
        assert refused(link) == "store.foreign"
    assert not place.with_name("nowhere.db").exists()


def test_a_folder_or_a_missing_folder_is_a_store_error(tmp_path: Path) -> None:
    assert refused(tmp_path) == "store.read_only"
    assert refused(tmp_path / "missing" / "store.db") == "store.read_only"


def test_a_file_of_no_length_is_a_store_that_was_not_begun(place: Path) -> None:
    """A run killed between creating and filling leaves one."""
    place.touch()
    with open_store(place) as store:
        assert numbers_in(store) == 0


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with suppress(KeyboardInterrupt), store.transaction():
        store.facts.put("a", "1")
        raise KeyboardInterrupt
    assert store.facts.get("a") is None
    with store.transaction():
        store.facts.put("a", "2")
    assert store.facts.get("a") == "2"


def test_a_transaction_that_reads_first_can_still_write_when_another_wrote(place: Path, store: Store) -> None:
    """A deferred one fails at once with BUSY_SNAPSHOT, whatever the time-out (evidence, 11)."""

    def count_up(opened: Store) -> None:
        for _ in range(40):
            with opened.transaction():
                opened.facts.put("n", str(int(opened.facts.get("n") or 0) + 1))

    def child(_: object) -> str:
        with open_store(place) as opened:
            count_up(opened)
        return "counted"

    children = [start(child), start(child)]
    release(*children)
    count_up(store)
    assert [one.result() for one in children] == ["counted", "counted"]
    assert store.facts.get("n") == "120"


def test_a_commit_that_fails_leaves_no_open_transaction_behind(store: Store) -> None:
    """A foreign key checked at the commit stands for every late failure."""
    with suppress(StoreError), store.transaction():
        store.connection.execute("PRAGMA defer_foreign_keys=ON")
        store.connection.execute(
            "INSERT INTO operations (op_id, kind, target, order_id, wish, before, state, who, created_at, waits_for) "
            "VALUES ('a', 'ship', 'I', 'O', '{}', '{}', 'queued', 'me', 1, 'nobody')"
        )
    with store.transaction():
        store.facts.put("still", "usable")
    assert store.operations.get("a") is None
    assert store.facts.get("still") == "usable"


def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(place: Path, store: Store) -> None:
    with open_store(place) as other, store.transaction():
        other.connection.execute("PRAGMA busy_timeout=1")
        with pytest.raises(StoreError, match=r"store\.busy"), other.transaction():
            pass


def test_readers_are_not_kept_waiting_by_a_writer(place: Path, store: Store) -> None:
    write_numbers(store, range(2))
    with open_store(place) as other, store.transaction():
        store.facts.put("half", "done")
        assert other.facts.get("half") is None
        assert numbers_in(other) == 2


CODES = {
    "SQLITE_FULL": "store.full", "SQLITE_READONLY": "store.read_only", "SQLITE_PERM": "store.read_only",
    "SQLITE_CANTOPEN": "store.read_only", "SQLITE_CORRUPT": "store.corrupt", "SQLITE_NOTADB": "store.foreign",
    "SQLITE_BUSY": "store.busy",
}  # fmt: skip
ALL = sorted(
    name
    for name in dir(sqlite3)
    if name.startswith("SQLITE_") and name.count("_") == 1 and isinstance(getattr(sqlite3, name), int)
)
PRIMARY = [
    name for name in ALL if 0 < getattr(sqlite3, name) < 100 and name not in ("SQLITE_DENY", "SQLITE_IGNORE")
]


@pytest.mark.parametrize("name", PRIMARY)
@pytest.mark.parametrize("extended", [0, 1 << 8, 5 << 8])
def test_every_error_of_sqlite_is_told_as_ours_with_the_file(name: str, extended: int) -> None:
    error = sqlite3.OperationalError("what SQLite said")
    error.sqlite_errorcode = getattr(sqlite3, name) | extended
    with closing(connect(Path(":memory:"))) as connection:
        ours = told(error, connection)
    assert ours.code == CODES.get(name, "store.failed")
    assert ours.values == {"path": ":memory:", "detail": "what SQLite said"}


def test_an_error_without_a_number_is_told_too() -> None:
    with closing(sqlite3.connect(":memory:")) as other:
        assert told(sqlite3.Error("odd"), other).code == "store.failed"


@pytest.mark.parametrize(
    "statement",
    ["SELECT * FROM nowhere", "SELEC", "INSERT INTO facts VALUES (1)", "SELECT abs(-9223372036854775808)"],
)
def test_whatever_fails_in_a_statement_is_a_store_error(store: Store, statement: str) -> None:
    with pytest.raises(StoreError):
        store.connection.execute(statement).fetchall()


def test_reading_row_by_row_fails_as_ours_too(store: Store) -> None:
    numbers = "SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT -9223372036854775808"
    rows = f"SELECT abs(n) FROM ({numbers})"
    cursor = store.connection.execute(rows)
    assert next(cursor) == (1,)
    with pytest.raises(StoreError):
        cursor.fetchone()
    with pytest.raises(StoreError):
        list(store.connection.execute(rows))
    with pytest.raises(StoreError):
        store.connection.execute(rows).fetchall()
    with pytest.raises(StoreError):
        store.connection.executemany("INSERT INTO nowhere VALUES (?)", [(1,)])


def test_a_store_that_may_not_be_written_is_told_as_read_only(store: Store) -> None:
    store.connection.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match=r"store\.read_only"):
        store.facts.put("a", "1")


def test_a_store_that_another_program_is_just_making_is_waited_for(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses to change the mode at once, whatever the busy time-out; asking again is ours."""
    with closing(connect(place)) as other:
        other.execute("BEGIN IMMEDIATE")
        waited: list[float] = []

        def wait(seconds: float) -> None:
            waited.append(seconds)
            other.rollback()

        monkeypatch.setattr(door, "BUSY_TIMEOUT_MS", 50)
        monkeypatch.setattr(door.time, "sleep", wait)
        monkeypatch.setattr(door.time, "monotonic", lambda: 0.0)
        open_store(place).close()
        assert len(waited) == 1


def test_a_store_that_stays_taken_is_told_as_busy(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect(place)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(door, "BUSY_TIMEOUT_MS", 20)
        assert refused(place) == "store.busy"
