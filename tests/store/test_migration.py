"""A store of an older program: copied, then brought up to date once, or left exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from dropship_cli.domain.errors import StoreError
from dropship_cli.store import db, schema
from dropship_cli.store.connection import connect
from dropship_cli.store.db import VERSION, open_store

from .conftest import numbers_in, release, start, write_numbers

NEXT = VERSION + 1


def _longer(*steps: Callable[[Database], None]) -> Migrations:
    """The history as a later program will tell it: ours, and then these steps."""
    later = Migrations("dropship")
    for step in (schema.m001_first, schema.m002_counted, *steps):
        later()(step)
    return later


def _add_table(database: Database) -> None:
    database.execute("CREATE TABLE coming (n INTEGER)")
    database.execute("INSERT INTO coming SELECT count(*) FROM log")


def _fail(database: Database) -> None:
    database.execute("DELETE FROM log")
    database.execute("SELECT * FROM nowhere")


def _become(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[Database], None]) -> None:
    monkeypatch.setattr(db, "VERSION", NEXT)
    monkeypatch.setattr(schema, "migrations", _longer(*steps))


@pytest.fixture
def old(place: Path) -> Path:
    """A store with three commits, written by the program of today."""
    with open_store(place) as store:
        write_numbers(store, range(3))
    return place


def _copy(place: Path) -> Path:
    return place.with_name(f"store.db.before-{NEXT}")


def test_the_schema_has_as_many_steps_as_its_number_says(place: Path) -> None:
    with closing(connect(place)) as connection:
        assert len(schema.migrations.pending(Database(connection))) == VERSION


def test_an_older_store_is_migrated_after_a_whole_copy_was_made(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become(monkeypatch, _add_table)
    with open_store(old) as store:
        assert numbers_in(store) == 3
        assert store.connection.execute("SELECT n FROM coming").fetchall() == [(3,)]
        assert store.connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
    assert _copy(old).stat().st_mode & 0o777 == 0o600
    monkeypatch.undo()
    with open_store(_copy(old)) as before:
        assert numbers_in(before) == 3


def test_a_new_store_needs_no_copy_and_a_migrated_one_no_second(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(old.parent.glob("*before*"))
    _become(monkeypatch, _add_table)
    open_store(old).close()
    _copy(old).unlink()
    open_store(old).close()
    assert not list(old.parent.glob("*before*"))


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become(monkeypatch, _add_table, _fail)
    with pytest.raises(StoreError):
        open_store(old)
    monkeypatch.undo()
    with open_store(old) as store:
        assert numbers_in(store) == 3
        assert store.connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'coming'"
        ).fetchone() == (0,)


def test_an_older_program_refuses_what_a_newer_one_migrated(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become(monkeypatch, _add_table)
    open_store(old).close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match=r"store\.newer"):
        open_store(old)


def _open(place: Path) -> int:
    with open_store(place) as store:
        return numbers_in(store)


@pytest.mark.parametrize("count", range(10))
def test_two_programs_that_migrate_at_one_moment_do_it_once(
    old: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Both open it, the step ran once, and the copy is of what was there before and not of what came after."""
    _become(monkeypatch, _add_table)
    children = [start(lambda _: _open(old)), start(lambda _: _open(old))]
    release(*children)
    assert [child.result() for child in children] == [3, 3]
    with open_store(old) as store:
        assert store.connection.execute("SELECT n FROM coming").fetchall() == [(3,)]
    monkeypatch.undo()
    assert _open(_copy(old)) == 3


@pytest.mark.parametrize("count", range(10))
def test_two_programs_that_create_a_store_at_one_moment_create_one(place: Path, count: int) -> None:
    children = [start(lambda _: _open(place)) for _ in range(3)]
    release(*children)
    assert [child.result() for child in children] == [0, 0, 0]
    with open_store(place) as store:
        write_numbers(store, range(2))
    assert _open(place) == 2
