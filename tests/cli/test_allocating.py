"""`allocate` and `unallocate`: the ways to name an item, each reason for a no, mended rows, what a dry run leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import Program

ORDER, FIRST, SECOND, THIRD = (f"692300700000000132{n}" for n in "6789")
SINGLE = "6923007000000010589"
CLOSED, REFUND = "6923007000003148816", "6923007000003173602"
DONE, UNCHANGED = ("done", None), ("unchanged", None)


def test_the_ways_to_name_an_item(seeded: Program) -> None:
    """ORDER/ITEM, ITEM, several, and a list from stdin; each item once, however often it is named."""
    words = ("--to", "880011", "--json")
    assert seeded.ok("allocate", f"{ORDER}/{SECOND}", FIRST, *words).results == [DONE, DONE]
    listed = f" {FIRST}\r\n\n\t{THIRD}\n{SINGLE}\n"
    assert seeded.ok("allocate", "-", *words, stdin=listed).results == [UNCHANGED, DONE, DONE]
    assert [it for it, item in seeded.items().items() if item["factory_id"]] == [SINGLE, THIRD, SECOND, FIRST]
    assert seeded.ok("unallocate", ORDER, FIRST, "--json").results == [DONE, DONE, DONE, UNCHANGED]


def test_every_reason_for_a_no_is_told_in_its_row(seeded: Program) -> None:
    """Refused by what we know, without a call: the ledger stays as it was and nothing is journalled."""
    before = seeded.state()
    ran = seeded(
        "allocate", CLOSED, REFUND, f"{ORDER}/{SINGLE}", "777", "--to", "880011", "--json", "--", "-5"
    )
    assert (ran.status, [code for _, code in ran.results]) == (
        4,
        ["allocate.closed", "allocate.refund_open", "item.unknown", "item.unknown", "item.unknown"],
    )
    assert [row["item_id"] for row in ran.json] == [CLOSED, REFUND, SINGLE, "777", "-5"]
    assert all(row["error"] and row["hint"] for row in ran.json)
    ran = seeded("allocate", FIRST, "--to", "999", "--json", "--lang", "zh")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.not_bound")])
    assert "绑定" in ran.json[0]["error"]
    assert seeded.state() == before


def test_some_refused_some_done_is_1(seeded: Program) -> None:
    ran = seeded("allocate", FIRST, REFUND, "--to", "880011", "--json")
    assert (ran.status, ran.results) == (1, [DONE, ("refused", "allocate.refund_open")])


def test_what_the_platform_knows_better_is_told_in_the_same_words(seeded: Program) -> None:
    """A refund and a shipment since the last `sync`: refused by the platform, with the reason that it now shows."""
    seeded.ok("sandbox", "refund", SINGLE)
    ran = seeded("allocate", SINGLE, "--to", "880011", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.refund_open")])
    seeded.ok("allocate", FIRST, "--to", "880011")
    seeded.ok("sync", "-p", "factory-1")
    seeded.ok("ship", FIRST, "-c", "中通", "-t", "78173786485074", "-p", "factory-1")
    ran = seeded("unallocate", FIRST, "--json")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.shipped")])
    assert "factory" in ran.json[0]["error"]
    for words in ((), ("--reallocate",)):
        ran = seeded("allocate", FIRST, "--to", "880022", "--json", *words)
        assert (ran.status, ran.results) == (4, [("refused", "allocate.shipped")])


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_refused_rows_are_mended_and_run_again(seeded: Program, tmp_path: Path, suffix: str) -> None:
    """The errors file keeps the columns, those too that mean nothing to us, and is read like any other sheet."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(
        f"备注,子订单号,厂家ID\r\n急,\t{FIRST},880011\r\n改,{SECOND},88002X\r\n,{THIRD},\r\n".encode(
            "gb18030"
        )
    )
    failed = tmp_path / f"failed.{suffix}"
    before = sheet.read_bytes()
    over = seeded("allocate", "--batch", sheet, "--errors", f"{tmp_path}/./{sheet.name}")
    assert (over.status, sheet.read_bytes()) == (2, before)
    ran = seeded("allocate", "--batch", sheet, "--errors", failed, "--json")
    assert (ran.status, ran.results) == (
        1,
        [DONE, ("refused", "allocate.not_bound"), ("refused", "row.missing")],
    )
    assert [row["row"] for row in ran.json] == [2, 3, 4]
    mended = tmp_path / f"mended.{suffix}"
    _mend(failed, mended, suffix)
    assert seeded.ok("allocate", "--batch", mended, "--json").results == [DONE, DONE]
    items = seeded.items()
    assert [items[one]["factory_id"] for one in (FIRST, SECOND, THIRD)] == ["880011", "880022", "880022"]


def test_a_row_that_fails_for_several_items_comes_back_once_with_every_reason(
    seeded: Program, tmp_path: Path
) -> None:
    seeded.ok("allocate", FIRST, SECOND, "--to", "880022")
    seeded.ok("allocate", THIRD, "--to", "880033")
    failed = tmp_path / "failed.csv"
    sheet = f"订单号,厂家ID\n{ORDER},880011\n"
    ran = seeded("allocate", "--batch", "-", "--errors", failed, "--json", stdin=sheet)
    assert (ran.status, len(ran.json)) == (4, 3)
    _, line = failed.read_text("utf-8-sig").splitlines()
    assert line.startswith(f"{ORDER},880011,allocate.allocated_already,")
    assert (line.count("880022"), line.count("880033")) == (1, 1)


def test_a_second_sheet_is_left_alone_and_said(seeded: Program, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = tmp_path / "week.xlsx"
    with Workbook(str(path)) as book:
        for day, item in (("monday", FIRST), ("tuesday", SECOND)):
            sheet = book.add_worksheet(day)
            sheet.write_row(0, 0, ["item_id", "factory_id"])
            sheet.write_row(1, 0, [item, "880011"])
    ran = seeded.ok("allocate", "--batch", path, "--json")
    assert (ran.results, "tuesday" in ran.err, "monday" in ran.err) == ([DONE], True, False)
    assert seeded.items()[SECOND]["factory_id"] is None


def test_taking_back_by_a_sheet_from_stdin(seeded: Program) -> None:
    """A sheet without factories, separated by tabs; what was never given away is unchanged."""
    seeded.ok("allocate", ORDER, "--to", "880011")
    sheet = f"商品单号\t备注\n{FIRST}\tx\n{SINGLE}\t\n"
    assert seeded.ok("unallocate", "--batch", "-", "--json", stdin=sheet).results == [DONE, UNCHANGED]
    assert seeded.items()[SECOND]["factory_id"] == "880011"


def test_a_dry_run_of_taking_back_writes_nothing(seeded: Program) -> None:
    seeded.ok("allocate", FIRST, "--to", "880011")
    before = seeded.state()
    ran = seeded.ok("unallocate", FIRST, "--dry-run", "--json")
    assert ran.results == [("would", None)]
    ran = seeded.ok("allocate", FIRST, "--to", "880022", "--reallocate", "--dry-run", "--json")
    assert ran.results == [("would", None)]
    assert seeded.state() == before


def _mend(failed: Path, mended: Path, suffix: str) -> None:
    """As a person would: the right factory in the rows that failed, everything else as it came."""
    if suffix == "csv":
        lines = failed.read_text("utf-8-sig").splitlines()
        assert [line.split(",")[3] for line in lines] == ["error_code", "allocate.not_bound", "row.missing"]
        text = "\n".join(lines).replace("88002X", "880022").replace(f"{THIRD},", f"{THIRD},880022", 1)
        mended.write_text(text, encoding="utf-8")
        return
    from python_calamine import CalamineWorkbook
    from xlsxwriter import Workbook

    rows = CalamineWorkbook.from_path(str(failed)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == ["error_code", "allocate.not_bound", "row.missing"]
    with Workbook(str(mended)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [*row[:2], row[2] if number == 0 else "880022", *row[3:]])
