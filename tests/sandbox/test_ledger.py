"""The ledger file: private, whole, foreign files untouched, effects that stay."""

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from dropship_cli.sandbox import ledger, settings
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.ledger import Act, Actor

from .conftest import World

ACTOR = Actor(1, "test", 2)


def test_the_file_is_made_on_first_use_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "ledger.sqlite"
    before = os.umask(0o022)
    try:
        assert ledger.effects(path) == []
    finally:
        os.umask(before)
    for found in path.parent.iterdir():
        assert stat.S_IMODE(found.stat().st_mode) == 0o600, found
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_bytes(b"not a database, surely")
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
    for path in (text, other):
        raw = path.read_bytes()
        with pytest.raises(SandboxError, match=path.name):
            ledger.effects(path)
        assert path.read_bytes() == raw


def test_durable_settings_hold_on_every_connection(world: World) -> None:
    with ledger.transaction(world.path) as tx:
        found = [tx.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]


def test_an_error_inside_a_transaction_leaves_nothing(world: World) -> None:
    def fail() -> None:
        with ledger.transaction(world.path) as tx:
            ledger.record(tx, ACTOR, Act.SHIPPED, "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert ledger.effects(world.path) == []


def test_effects_cannot_be_rewritten(world: World) -> None:
    with ledger.transaction(world.path) as tx:
        ledger.record(tx, ACTOR, Act.SHIPPED, "1", quantity=2)
    with pytest.raises(sqlite3.IntegrityError), ledger.transaction(world.path) as tx:
        tx.execute("UPDATE effects SET item_id = '2'")
    (effect,) = ledger.effects(world.path)
    assert (effect["item_id"], effect["values"], effect["at"]) == ("1", {"quantity": 2}, 2)


def test_eight_threads_may_make_the_file_at_once(tmp_path: Path) -> None:
    path, start = tmp_path / "ledger.sqlite", threading.Barrier(8)

    def write() -> None:
        start.wait()
        with ledger.transaction(path) as tx:
            ledger.record(tx, ACTOR, Act.SHIPPED)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.effects(path)) == 8


def test_a_deleted_ledger_begins_anew(world: World) -> None:
    with ledger.transaction(world.path) as tx:
        ledger.record(tx, ACTOR, Act.SHIPPED)
    for path in world.path.parent.iterdir():
        path.unlink()
    assert ledger.effects(world.path) == []


def test_settings_have_known_names(world: World) -> None:
    settings.put(world.path, "skew_seconds", 1)
    assert settings.get(world.path, "skew_seconds") == 1
    assert settings.get(world.path, "access_life") == 7 * 86_400
    for name, value in (("speed", 1), ("skew_seconds", -1)):
        with pytest.raises(SandboxError):
            settings.put(world.path, name, value)
