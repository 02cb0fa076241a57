"""What the command line says of a damaged store and of another shop's backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

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
