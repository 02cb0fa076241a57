"""`purge`: what is over and old leaves this machine, and nothing else does."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from inside import Inside
from program import Program
from pty_program import at_terminal

DAY = 86_400


@pytest.fixture
def aged(bound: Program) -> Program:
    """Ten items, all but the last three shipped and 300 days old; in this process."""
    bound = Inside(bound.home)
    bound.ok("sandbox", "seed", "--random", "10")
    bound.ok("sync")
    store = bound.home / "profiles" / "merchant" / "store.db"
    with closing(sqlite3.connect(store)) as found:
        found.execute("UPDATE items SET refund = 'none', closed = 0")
        found.execute(
            "UPDATE items SET shipment = 'shipped', shipped_at = paid_at - ?1, paid_at = paid_at - ?1, "
            "title = 'canary-' || title "
            "WHERE order_id NOT IN (SELECT order_id FROM items ORDER BY item_id DESC LIMIT 3)",
            (300 * DAY,),
        )
        found.commit()
    return bound


def old(program: Program) -> set[str]:
    return {item for item, one in program.items().items() if one["shipment"] == "shipped"}


def test_a_dry_run_tells_and_changes_nothing(aged: Program) -> None:
    before = aged.state()
    told = aged.ok("purge", "--dry-run", "--json").json
    assert aged.state() == before
    assert list(told) == [
        "result", "before", "orders", "items", "operations", "log", "pushes", "copies", "younger", "elsewhere",
        "bytes_freed",
    ]  # fmt: skip
    assert (told["result"], told["items"]) == ("would", len(old(aged)))
    assert told["items"] > 0


def test_it_asks_before_it_removes_and_the_log_keeps_that_it_did(aged: Program) -> None:
    gone, effects = old(aged), aged.effects()
    ran = aged("purge")
    assert (ran.status, "--yes" in ran.err, old(aged)) == (2, True, gone)
    shown = at_terminal(aged, "purge", "--lang", "zh", answers=["n"])
    assert (shown.status, "永久删除" in shown.text, old(aged)) == (4, True, gone)
    done = aged.ok("purge", "--yes", "--json").json
    assert (done["result"], done["items"], done["bytes_freed"] >= 0) == ("done", len(gone), True)
    assert old(aged) == set()
    assert aged.items()
    folder = aged.home / "profiles" / "merchant"
    assert [file.name for file in folder.rglob("*") if b"canary-" in file.read_bytes()] == []
    (row,) = [one for one in aged.ok("log", "--json", "-n", "20").json if one["act"] == "purge"]
    assert f"items={len(gone)}" in row["detail"]
    assert aged.effects() == effects, "nothing reaches the platform"
    assert aged.ok("purge", "--yes", "--json").json["items"] == 0


def test_the_profiles_own_retention_and_the_last_two_months(aged: Program) -> None:
    count = len(old(aged))
    aged.ok("profile", "set", "retention", "400")
    assert aged.ok("purge", "--dry-run", "--json").json["items"] == 0
    assert aged.ok("purge", "--dry-run", "--older-than", "299d", "--json").json["items"] == count
    fresh = aged.ok("purge", "--dry-run", "--older-than", "1", "--json").json
    assert fresh["items"] == count, "what was paid today stays"
    assert fresh["before"][8:10] == "01"
    for text in ("soon", "0", "-3", "1.5d", "99999"):
        ran = aged("purge", "--dry-run", f"--older-than={text}", "--json")
        assert (ran.status, ran.error["code"]) == (2, "usage.days")


def test_old_copies_of_the_program_go_and_other_backups_are_named(aged: Program, tmp_path: Path) -> None:
    """A copy from this week stays: it is there to see that all is well."""
    outside, inside = tmp_path / "outside.db", aged.home / "inside.db"
    for file in (outside, inside):
        aged.ok("backup", file)
    aged.ok("restore", outside, "--yes")
    (kept,) = (aged.home / "profiles" / "merchant").glob("store.db.replaced-*")
    stranger = kept.with_name("store.db.notes")
    stranger.write_text("mine", "utf-8")
    aged.ok("backup", outside, "--force")
    aged.ok("backup", inside, "--force")
    told = aged.ok("purge", "--dry-run", "--json").json
    assert (told["copies"], set(told["younger"])) == ([], {str(kept), str(inside)})
    assert told["elsewhere"] == [str(outside)]
    long_ago = time.time() - 300 * DAY
    for file in (kept, inside, outside, stranger):
        os.utime(file, (long_ago, long_ago))
    ran = aged.ok("purge", "--yes", "--json")
    assert set(ran.json["copies"]) == {str(kept), str(inside)}
    assert str(outside) in ran.err
    assert [file.exists() for file in (kept, inside, outside, stranger)] == [False, False, True, True]
    assert not inside.with_name("inside.db.sha256").exists()
