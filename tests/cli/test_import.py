"""`orders import` as a person and a script type it, with the sample export of a shop's console."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from program import DATA, Program

ORDER, FIRST = "6923007000000001326", "6923007000000001327"
EXPORT = DATA / "orders-doudian.csv"


@pytest.fixture
def world(bound: Program) -> Program:
    """Orders that were paid before the binding, so that the platform never sends them."""
    bound.ok("sandbox", "seed", "--orders", EXPORT, "--paid-at", "2026-01-02")
    bound.ok("sync", "-p", "merchant")
    return bound


def test_a_months_export_is_taken_in_once_and_worked_with(world: Program) -> None:
    """A dry run writes nothing; then all of it; again nothing; one of its orders is shipped in the sandbox."""
    before = world.state()
    ran = world.ok("orders", "import", EXPORT, "--dry-run", "--json")
    assert ({row["result"] for row in ran.json}, world.state()) == ({"would"}, before)
    ran = world.ok("orders", "import", EXPORT, "--json")
    assert (len(ran.json), {row["result"] for row in ran.json}) == (511, {"done"})
    assert {row["result"] for row in world.ok("orders", "import", EXPORT, "--json").json} == {"unchanged"}
    shown = world.ok("order", ORDER, "--json").json
    assert {one["source"] for one in shown} == {"file"}
    assert world.ok("order", ORDER).out.splitlines()[1].split("\t")[-1] == "file"
    assert world("allocate", FIRST, "--to", "880011", "--json").results == [
        ("refused", "allocate.before_binding")
    ]
    world.ok("ship", FIRST, "-c", "中通", "-t", "78173786485074")
    assert [(act, item) for act, item, _ in world.effects() if act == "shipped"] == [("shipped", FIRST)]
    counts = {
        state: len(world.ok("orders", "--state", state, "--json").json) for state in ("refund", "closed")
    }
    assert counts == {"refund": 26, "closed": 21}


def test_no_receiver_is_kept_or_written(world: Program, tmp_path: Path) -> None:
    """Not in the store, not in the file of failed rows; that file keeps what can be mended."""
    broken = tmp_path / "export.csv"
    text = EXPORT.read_text("utf-8").replace(",待发货,", ",怪,", 1)
    broken.write_text(text, encoding="utf-8")
    failed = tmp_path / "failed.csv"
    ran = world("orders", "import", broken, "--errors", failed, "--json")
    assert (ran.status, [row["error_code"] for row in ran.json if row["error_code"]]) == (1, ["import.state"])
    heading, row = failed.read_text("utf-8-sig").splitlines()
    assert "子订单编号" in heading
    assert FIRST in row
    with sqlite3.connect(world.home / "profiles" / "merchant" / "store.db") as store:
        kept = "\n".join(map(str, store.execute("SELECT * FROM items")))
    for mark in ("收件人", "周**", "1*********0", "稠江街道", "***"):
        assert mark not in heading + row
        assert mark not in kept


def test_what_is_no_export_is_refused_before_anything_is_written(world: Program, tmp_path: Path) -> None:
    before = world.state()
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    ran = world("orders", "import", other, "--json")
    assert (ran.status, ran.error["code"]) == (2, "file.no_header")
    ran = world("orders", "import", EXPORT, "-p", "factory-1", "--json")
    assert (ran.status, ran.error["code"]) == (4, "role.wrong")
    assert world.state() == before


def test_the_platforms_orders_stay_the_platforms(seeded: Program) -> None:
    """The same export where the platform has sent everything: nothing changes, and that is said."""
    before = seeded.items()
    ran = seeded.ok("orders", "import", EXPORT, "--json")
    assert {row["result"] for row in ran.json} == {"unchanged"}
    assert "511 are known from the platform" in ran.err
    assert seeded.items() == before
