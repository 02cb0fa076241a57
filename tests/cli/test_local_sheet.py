"""A local factory's sheet goes out, comes back filled in, and ships: each item once, nothing that must not leave."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from program import Program
from python_calamine import CalamineWorkbook

from dropship_cli.files.writing import write_rows

ORDER, FIRST, SECOND, THIRD = (f"69230070000000013{end}" for end in ("26", "27", "28", "29"))
OTHER = "6923007000000010589"


@pytest.fixture
def world(seeded: Program) -> Program:
    """老王家 has one order of three items, and one of one."""
    seeded.ok("factory", "add", "老王家")
    seeded.ok("allocate", ORDER, OTHER, "--to", "老王家")
    return seeded


def read(path: Path) -> list[list[Any]]:
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def fill(path: Path, numbers: dict[str, str], to: Path) -> Path:
    """The factory writes carrier and number behind its items, in a spreadsheet of its own."""
    heading, *rows = read(path)
    at = heading.index("item_id")
    filled = [
        [*row[:-2], "中通", numbers[row[at].strip()]] if row[at].strip() in numbers else row for row in rows
    ]
    write_rows(str(to), heading, filled, overwrite=True)
    return to


def test_a_sheet_comes_back_and_ships_as_numbers_come_in(world: Program, tmp_path: Path) -> None:
    """Half filled in it ships that half; filled in further, only the rest; once more, nothing."""
    sheet, back = tmp_path / "monday.xlsx", tmp_path / "back.csv"
    made = world.ok("sheet", "老王家", sheet, "--json").json
    assert (made["items"], made["stopped"]) == ([FIRST, SECOND, THIRD, OTHER], [])
    first = {FIRST: "78173786485074", SECOND: "78173786485075"}
    ran = world.ok("ship", "--batch", fill(sheet, first, back), "--json")
    assert ran.results == [("done", None)] * 2
    assert "2 rows have no tracking number yet" in ran.err
    assert [row.get("warning") for row in ran.json] == [None, None]
    rest = {THIRD: "78173786485076", OTHER: "78173786485077"}
    ran = world.ok("ship", "--batch", fill(sheet, {**first, **rest}, back), "--json")
    assert ran.results == [("unchanged", None)] * 2 + [("done", None)] * 2
    world.ok("sync")
    items = world.items()
    for item_id, number in {**first, **rest}.items():
        (package,) = items[item_id]["packages"]
        assert (package["tracking_number"], items[item_id]["shipped_by"]) == (number, "merchant")
        assert (items[item_id]["factory_id"], items[item_id]["handled_by"]) == ("老王家", "factory")
    before = world.state()
    assert world.ok("ship", "--batch", back, "--json").results == [("unchanged", None)] * 4
    assert world.state() == before


def test_a_sheet_without_any_number_is_no_mistake(world: Program, tmp_path: Path) -> None:
    world.ok("sheet", "老王家", tmp_path / "a.xlsx")
    ran = world.ok("ship", "--batch", tmp_path / "a.xlsx", "--json")
    assert (ran.json, "4 rows" in ran.err) == ([], True)


@pytest.mark.parametrize(("lang", "order"), [("en", "order_id"), ("zh", "订单编号")])
def test_what_stands_on_a_sheet(lang: str, order: str, world: Program, tmp_path: Path) -> None:
    """Ids as text that a spreadsheet leaves alone; no receiver; in both languages `ship` takes it back."""
    world.ok("sheet", "老王家", tmp_path / "a.csv", "--lang", lang)
    heading, *rows = read(tmp_path / "a.csv")
    assert (heading[0], len(heading), len(rows)) == (order, 11, 4)
    assert rows[0][:2] == [f"\t{ORDER}", f"\t{FIRST}"]
    assert rows[0][3:] == ["", "蓝莓叶黄素软糖 60粒", "单瓶", "1", "发中通", "浙江省 金华市 义乌市", "", ""]
    whole = (tmp_path / "a.csv").read_text("utf-8")
    assert not [mark for mark in ("**", "稠江街道", "周") if mark in whole]
    world.ok("ship", "--batch", tmp_path / "a.csv")


def test_an_item_is_told_once(world: Program, tmp_path: Path) -> None:
    """A second sheet has only what came since; without anything no file is made; `--all` has everything."""
    world.ok("sheet", "老王家", tmp_path / "1.csv")
    ran = world.ok("sheet", "老王家", tmp_path / "2.csv", "--json")
    assert (ran.json["items"], ran.json["path"], ran.json["earlier"]) == ([], None, 4)
    assert not (tmp_path / "2.csv").exists()
    new = "6923007000000019724"
    world.ok("allocate", new, "--to", "老王家")
    assert world.ok("sheet", "老王家", tmp_path / "2.csv", "--new", "--json").json["items"] == [new]
    ran = world("sheet", "老王家", tmp_path / "2.csv", "--all", "--json")
    assert (ran.status, ran.error["code"]) == (2, "file.exists")
    assert (
        len(world.ok("sheet", "老王家", tmp_path / "2.csv", "--all", "--force", "--json").json["items"]) == 5
    )
    (row,) = world.ok("factory", "--json").json
    assert (row["to_ship"], row["not_on_sheet"]) == (5, 0)


def test_a_sheet_that_could_not_be_written_tells_nobody(world: Program, tmp_path: Path) -> None:
    """What it would have told is told by the next one."""
    assert world("sheet", "老王家", tmp_path / "no" / "where.csv").status == 2
    assert len(world.ok("sheet", "老王家", tmp_path / "1.csv", "--json").json["items"]) == 4


def test_what_must_not_leave_is_kept_off_and_named(world: Program, tmp_path: Path) -> None:
    """On stderr with the factory to be told, in the record with its code; the exit status stays 0, as of `pick`."""
    world.ok("hold", SECOND, "--reason", "colour?")
    world.ok("sandbox", "refund", FIRST)
    world.ok("sync")
    ran = world.ok("sheet", "老王家", tmp_path / "1.csv", "--json")
    assert ran.json["items"] == [THIRD, OTHER]
    assert [(one["item_id"], one["code"], one["sheet_at"]) for one in ran.json["stopped"]] == [
        (FIRST, "sheet.refund_open", None), (SECOND, "sheet.held", None),
    ]  # fmt: skip
    assert FIRST in ran.err
    assert "colour?" in ran.err
    assert ran.err.count("老王家 must not send it") == 2


def test_taking_back_what_is_on_a_sheet_says_so(world: Program, tmp_path: Path) -> None:
    """Because nobody else would tell the factory. What it was never told is taken back without a word."""
    world.ok("sheet", "老王家", tmp_path / "1.csv")
    world.ok("allocate", "6923007000000019724", "--to", "老王家")
    rows = world.ok("unallocate", FIRST, "6923007000000019724", "--lang", "zh", "--json").json
    assert ["告诉该厂家" in row.get("warning", "") for row in rows] == [True, False]
    (row,) = world.ok("allocate", SECOND, "--to", "880011", "--reallocate", "--json").json
    assert (row["result"], "tell that factory" in row["warning"]) == ("done", True)


def test_an_unknown_factory_and_a_factorys_own_shop(world: Program, tmp_path: Path) -> None:
    ran = world("sheet", "老李", tmp_path / "a.csv", "--json")
    assert (ran.status, json.loads(ran.err.splitlines()[-1])["error"]["code"]) == (4, "factory.unknown")
    assert world("sheet", "老王家", tmp_path / "a.csv", "-p", "factory-1").status == 4


def test_a_restore_does_not_give_away_what_a_sheet_told_a_factory_to_send(
    world: Program, tmp_path: Path
) -> None:
    """The sheet is out: an item taken for free again would be sent twice."""
    world.ok("unallocate", OTHER)
    world.ok("backup", tmp_path / "monday.db")
    world.ok("allocate", OTHER, "--to", "老王家")
    world.ok("sheet", "老王家", tmp_path / "monday.xlsx")
    world.ok("restore", tmp_path / "monday.db", "--yes")
    assert world.items()[OTHER]["factory_id"] == "老王家"
    world.ok("sync")
    assert world("allocate", OTHER, "--to", "880011", "--json").results == [
        ("refused", "allocate.allocated_already")
    ]


def test_a_restore_goes_on_with_what_waited_for_the_platform(world: Program, tmp_path: Path) -> None:
    """It was to come back from a factory on the platform, and then go to one that is not there."""
    world.ok("unallocate", OTHER)
    world.ok("allocate", OTHER, "--to", "880011")
    for name, value in (("read_timeout", "0.1"), ("quiet", "0.2"), ("reread", "0.1")):
        world.ok("profile", "set", name, value)
    back = world.away()
    world("allocate", OTHER, "--to", "老王家", "--reallocate")
    world.ok("backup", tmp_path / "monday.db")
    back()
    world.ok("restore", tmp_path / "monday.db", "--yes")
    world("sync")
    world.ok("sync")
    assert world.items()[OTHER]["factory_id"] == "老王家"
