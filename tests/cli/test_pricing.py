"""`price` as a person and a script call it: options, sheets in both languages, exit statuses, JSON, the log."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from program import Program

FIELDS = {"sku_code", "price", "freight", "currency", "valid_from"}
SHEET = """商家编码,供货价,运费,生效日期,备注
SJK-15P,８．８元,,,x
MS-6L4,¥25.5,4,2026/11/1,
XX,1.234,,,
,3,,,
YY,1,,2026-13-01,
ZZ,-1,,,
*,10,5,always,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    path.write_bytes(SHEET.encode("gb18030"))
    return path


def test_prices_are_set_listed_removed_and_every_change_is_in_the_log(bound: Program) -> None:
    (row,) = bound.ok(
        "price", "set", "--partner", "880011", "--sku", "A", "--price", "12.5", "--freight", "3", "--json"
    ).json
    assert row.keys() >= FIELDS | {"factory_id", "result", "error_code", "error", "price_before"}
    assert (row["price"], row["freight"], row["valid_from"], row["result"]) == (1250, 300, None, "done")
    dated = ("price", "set", "--partner", "880011", "--sku", "A", "--from", "2026-11-16", "--json", "--price")
    assert bound.ok(*dated, "13").json[0]["freight"] == 300
    (again,) = bound.ok(*dated, "14").json
    assert (again["price"], again["price_before"]) == (1400, 1300)
    assert bound.ok(*dated, "14").json[0]["result"] == "unchanged"
    listed = bound.ok("price", "list", "--all", "--json").json
    assert [(one["price"], one["valid_from"], one["valid_until"]) for one in listed] == [
        (1250, None, "2026-11-16"), (1400, "2026-11-16", None),
    ]  # fmt: skip
    bound.ok("price", "remove", "--partner", "880011", "--sku", "a", "--from", "2026-11-16")
    assert [one["price"] for one in bound.ok("price", "--json").json] == [1250]
    log = bound.ok("log", "--json", "-n", "4").json
    assert [one["act"] for one in log] == ["price_remove", "price_set", "price_set", "price_set"]
    assert "before: 13.00, 3.00" in log[1]["detail"]


def test_a_dry_run_shows_the_plan_and_keeps_nothing(bound: Program, sheet: Path) -> None:
    before = bound.state()
    ran = bound("price", "import", sheet, "--partner", "880011", "--dry-run", "--json")
    assert ran.status == 1
    assert [row["result"] for row in ran.json].count("would") == 3
    assert bound.state() == before
    assert bound.ok("price", "--json").json == []


def test_good_rows_are_kept_and_the_others_come_back_to_be_mended(
    bound: Program, sheet: Path, tmp_path: Path
) -> None:
    ran = bound("price", "import", sheet, "--partner", "880011", "--errors", tmp_path / "e.csv", "--json")
    assert ran.status == 1
    assert ran.results == [
        ("done", None), ("done", None), ("refused", "money.decimals"), ("refused", "row.missing"),
        ("refused", "price.day"), ("refused", "price.range"), ("done", None),
    ]  # fmt: skip
    with (tmp_path / "e.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["商家编码"], row["error_code"]) for row in rows] == [
        ("XX", "money.decimals"), ("", "row.missing"), ("YY", "price.day"), ("ZZ", "price.range"),
    ]  # fmt: skip
    kept = {one["sku_code"]: one for one in bound.ok("price", "--json").json}
    assert (kept["MS-6L4"]["price"], kept["MS-6L4"]["freight"]) == (2550, 400)
    assert kept["MS-6L4"]["valid_from"] == "2026-11-01"
    assert (kept["SJK-15P"]["price"], kept["*"]["valid_from"]) == (880, None)


@pytest.mark.parametrize(("lang", "suffix"), [("en", "csv"), ("zh", "xlsx")])
def test_what_is_written_reads_back_as_it_was(
    bound: Program, sheet: Path, tmp_path: Path, lang: str, suffix: str
) -> None:
    """Past and future prices and `always` too; and a file that is there is not replaced unasked."""
    bound("price", "import", sheet, "--partner", "880011")
    for since, amount in (("2026-11-16", "30"), ("2036-01-01", "31.05")):
        bound.ok("price", "set", "--partner", "880011", "--sku", "MS-6L4", "--from", since, "--price", amount)
    kept = bound.ok("price", "list", "--all", "--json").json
    out = tmp_path / f"out.{suffix}"
    bound.ok("price", "export", out, "--lang", lang)
    assert bound("price", "export", out).status == 2
    again = bound.ok("price", "import", out, "--json")
    assert [row["result"] for row in again.json] == ["unchanged"] * len(kept)
    bound.ok("price", "export", out, "--partner", "880022", "--force")
    assert bound.ok("price", "import", out, "--json").json == []


def test_a_factorys_sheet_is_read_by_its_merchant_and_other_shops_rows_are_not(
    bound: Program, tmp_path: Path
) -> None:
    for partner, amount in (("660001", "9.90"), ("660002", "8")):
        words = ("price", "set", "--partner", partner, "--sku", "A", "--price", amount, "-p", "factory-1")
        assert ("not bound" in bound.ok(*words).err) is (partner == "660002")
    out = tmp_path / "prices.csv"
    bound.ok("price", "export", out, "-p", "factory-1")
    ran = bound("price", "import", out, "--partner", "880011", "--json")
    assert (ran.status, ran.results) == (1, [("done", None), ("refused", "price.other_shop")])
    assert [(one["factory_id"], one["price"]) for one in bound.ok("price", "--json").json] == [
        ("880011", 990)
    ]


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        ("price set --partner 880011 --sku A --price 12.505", 2, "two decimals"),
        ("price set --partner 880011 --sku A --price=-1", 4, "less than nothing"),
        ("price set --partner 880011 --sku A --price 1 --from yesterday", 2, "yesterday"),
        ("price set --partner= --sku A --price 1", 2, "--partner is empty"),
        ("price remove --partner 880011 --sku A", 4, "no such price"),
        ("price import missing.csv", 2, "missing.csv"),
    ],
)
def test_what_can_not_be_is_one_line_and_changes_nothing(
    bound_once: Program, words: str, status: int, fragment: str
) -> None:
    before = bound_once.state()
    ran = bound_once(*words.split())
    assert (ran.status, ran.err.count("\n"), ran.out) == (status, 1, "")
    assert fragment in ran.err
    assert bound_once.state() == before


def test_a_sheet_without_the_other_side_needs_the_flag(bound_once: Program, sheet: Path) -> None:
    for profile, column in (("merchant", "factory_id"), ("factory-1", "merchant_id")):
        ran = bound_once("price", "import", sheet, "--json", "-p", profile)
        assert (ran.status, ran.error["code"]) == (2, "file.missing_column")
        assert column in ran.error["missing"]
