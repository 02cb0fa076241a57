"""`restore` at the command line: for this shop's backups only, looked at before anybody is asked, and nothing that was
asked for since is lost without a word."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from inside import Inside
from program import Program, copy_of
from pty_program import at_terminal

SENT, WAITING = "6923007000000001327", "6923007000000001328"


@pytest.fixture
def restored(seeded_once: Program, tmp_path: Path) -> Program:
    """Since its backup (`monday.db` beside it) one item was given to a factory, and another waits to be."""
    world = Inside(copy_of(seeded_once, tmp_path / "world").home)
    for name, value in (("read_timeout", "0.1"), ("quiet", "0.2"), ("reread", "0.1")):
        world.ok("profile", "set", name, value)
    world.ok("backup", tmp_path / "monday.db")
    world.ok("allocate", SENT, "--to", "880011")
    world.ok("stop")
    assert world("allocate", WAITING, "--to", "880022").status == 5
    world.ok("resume")
    return world


def test_what_was_asked_for_since_the_backup_is_named_or_found_again(
    restored: Program, tmp_path: Path
) -> None:
    """And the replaced store brings all of it back."""
    told = restored.ok("restore", tmp_path / "monday.db", "--yes", "--json").json
    assert [(one["kind"], one["target"], one["wish"]) for one in told["again"]] == [
        ("allocate", WAITING, {"factory_id": "880022"})
    ]
    assert {name: told[name] for name in ("done", "refused", "dropped", "unknown", "whole")} == {
        "done": 1, "refused": 0, "dropped": 0, "unknown": 0, "whole": True,
    }  # fmt: skip
    restored.ok("sync")
    items = restored.items()
    assert [items[one]["factory_id"] for one in (SENT, WAITING)] == ["880011", None]
    told = restored.ok("restore", told["kept"], "--yes", "--json").json
    assert (told["again"], told["unknown"]) == ([], 1)
    restored.ok("sync")
    assert restored.items()[WAITING]["factory_id"] == "880022"
    assert sorted(item for act, item, _ in restored.effects() if act == "allocated") == [SENT, WAITING]


@pytest.mark.parametrize(("lang", "again"), [("en", "Ask again"), ("zh", "重新提出")])
def test_a_person_reads_what_to_ask_for_again(
    restored: Program, tmp_path: Path, lang: str, again: str
) -> None:
    """The wish on stdout; that it is gone on stderr, however quiet."""
    ran = restored.ok("restore", tmp_path / "monday.db", "--yes", "--quiet", "--lang", lang)
    (line,) = [line for line in ran.out.splitlines() if WAITING in line]
    assert (line.split("\t")[0], "880022" in line, again in ran.err) == ("allocate", True, True)


def test_a_damaged_store_is_replaced_and_what_may_be_missing_is_said(
    restored: Program, tmp_path: Path
) -> None:
    (restored.home / "profiles" / "merchant" / "store.db").write_bytes(b"no store at all" * 999)
    ran = restored.ok("restore", tmp_path / "monday.db", "--yes")
    assert "damaged" in ran.err


def test_nobody_is_asked_about_a_file_that_can_not_be_restored(bound_once: Program, tmp_path: Path) -> None:
    """Neither at a terminal nor elsewhere, where the missing `--yes` would be the second thing to mend."""
    shown = at_terminal(bound_once, "restore", "nowhere.db", answers=["y"])
    assert (shown.status, "nowhere.db" in shown.text, "y/N" in shown.text) == (2, True, False)
    world, note = Inside(bound_once.home), tmp_path / "note.txt"
    note.write_text("dear to somebody")
    assert world("restore", note, "--json").error["code"] == "restore.foreign"


def test_another_shops_backup_is_refused(bound: Program, tmp_path: Path) -> None:
    """By the shop's number, and nothing is replaced."""
    bound, copy = Inside(bound.home), tmp_path / "factory.db"
    bound.ok("backup", copy, "-p", "factory-1")
    before = bound.state()
    ran = bound("restore", copy, "--yes", "--json", "-p", "merchant")
    assert (ran.status, ran.error["code"]) == (4, "restore.other_shop")
    assert (ran.error["found"], ran.error["wanted"]) == ("sandbox 880011", "sandbox 660001")
    assert bound.state() == before
    bound.ok("restore", copy, "--yes", "-p", "factory-1")


def test_a_copy_that_does_not_say_whose_it_is_asks_for_a_yes_that_knows(
    bound: Program, tmp_path: Path
) -> None:
    world, copy = Inside(bound.home), tmp_path / "copy.db"
    world.ok("backup", copy)
    Path(f"{copy}.sha256").unlink()
    with closing(sqlite3.connect(copy)) as found:
        found.execute("DELETE FROM facts WHERE name = 'owner'")
        found.commit()
    ran = world("restore", copy)
    assert (ran.status, "660001" in ran.err, "--yes" in ran.err) == (2, True, True)
    world.ok("restore", copy, "--yes")
    world.ok("backup", tmp_path / "again.db")
    ran = world("restore", tmp_path / "again.db", "--yes", "--json", "-p", "factory-1")
    assert (ran.status, ran.error["code"]) == (4, "restore.other_shop")


def test_a_store_copied_over_from_another_shop_is_not_opened(bound: Program) -> None:
    """A plain copy never met `restore`; what it has queued would leave in this shop's name."""
    world, profiles = Inside(bound.home), bound.home / "profiles"
    shutil.copyfile(profiles / "factory-1" / "store.db", profiles / "merchant" / "store.db")
    for words in (("sync",), ("status",), ("doctor",)):
        ran = world(*words, "--json", "-p", "merchant")
        assert (ran.status, ran.error["code"], bool(ran.error["hint"])) == (74, "store.other_shop", True)
