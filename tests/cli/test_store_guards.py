"""What the command line says of a damaged store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from inside import Inside
from program import Program


def test_a_flipped_bit_in_stored_text_is_a_damaged_store_and_no_defect(fresh: Program) -> None:
    """Status 74 and the file's name, whichever command meets it."""
    fresh = Inside(fresh.home)
    fresh.ok("role", "choose", "merchant")
    fresh.ok("stop")
    store = fresh.home / "profiles" / "merchant" / "store.db"
    with closing(sqlite3.connect(store)) as found:
        found.execute("UPDATE facts SET value = '{' WHERE name = 'stopped'")
        found.commit()
    for words in (("status",), ("queue",), ("resume",)):
        ran = fresh(*words, "--json")
        assert (ran.status, ran.error["code"], ran.error["path"]) == (74, "store.corrupt", str(store)), words
    checks = {one["name"]: one for one in fresh("doctor", "--json").json}
    assert (checks["sending"]["state"], checks["sending"]["code"]) == ("bad", "store.corrupt")


def damaged(store: Path) -> None:
    """Pages of noise in the middle."""
    with store.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(bytes(range(256)) * 48)


def foreign(store: Path) -> None:
    """Another program's database under our name."""
    for one in store.parent.glob("store.db*"):
        one.unlink()
    with closing(sqlite3.connect(store)) as found:
        found.execute("CREATE TABLE theirs (a)")


def newer(store: Path) -> None:
    """Written by a later version of the program."""
    with closing(sqlite3.connect(store)) as found:
        found.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize(
    ("spoil", "code"), [(damaged, "store.corrupt"), (foreign, "store.foreign"), (newer, "store.newer")]
)
def test_doctor_names_the_file_and_the_way_out(
    spoil: Callable[[Path], None], code: str, bound: Program
) -> None:
    """In a check of its own where the store still opens, else as the error; what was spoilt stays as it is."""
    store = bound.home / "profiles" / "merchant" / "store.db"
    bound.ok("sync")
    spoil(store)
    before = store.read_bytes()
    ran = bound("doctor", "--json")
    if ran.status == 1:
        (told,) = [one["text"] for one in ran.json if one["code"] == code]
        assert "dropship restore" in told
    else:
        assert (ran.status, ran.error["code"], bool(ran.error["hint"])) == (74, code, True)
        told = ran.error["message"]
    assert str(store) in told
    assert store.read_bytes()[8192:20480] == before[8192:20480]
