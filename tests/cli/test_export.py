"""`export` as a person and a script call it: forms, filters, refusals, flat memory, files that batch commands take."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from program import Program, copy_of
from pty_program import at_terminal
from python_calamine import CalamineWorkbook


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Read only: the tests that write have their own copy."""
    return copy_of(seeded_once, tmp_path_factory.mktemp("export") / "world")


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_form_holds_the_items_of_orders_in_their_order(world: Program, tmp_path: Path) -> None:
    wanted = [item["item_id"] for item in world.ok("orders", "--json").json]
    for name in ("a.csv", "a.tsv", "a.xlsx", "a.jsonl"):
        world.ok("export", tmp_path / name)
    assert [row["item_id"] for row in read_csv((tmp_path / "a.csv").read_text("utf-8-sig"))] == wanted
    assert (tmp_path / "a.tsv").read_text("utf-8-sig").splitlines()[1].split("\t")[1] == wanted[0]
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[1] for row in sheet[1:]] == wanted
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["item_id"] for line in lines] == wanted


def test_the_filters_are_those_of_orders(world: Program) -> None:
    for words in (
        ("--sku", "SJK-15P"),
        ("--state", "refund"),
        ("--late",),
        ("-n", "3"),
        ("--until", "2020-01-01"),
    ):
        wanted = [item["item_id"] for item in world.ok("orders", *words, "--json").json]
        assert [row["item_id"] for row in read_csv(world.ok("export", "-", *words).out)] == wanted
    assert world("export", "-", "--state", "gone").status == 2


def test_stdout_is_data_only(world: Program) -> None:
    """csv unless something else is asked for; `--json` makes lines; a workbook passes through a pipe whole."""
    assert world.ok("export", "-", "-n", "1", "-q").err == ""
    assert world.ok("export", "-", "-n", "1").out.startswith("order_id,item_id,")
    item = json.loads(world.ok("export", "-", "-n", "1", "--json").out)
    assert item["item_id"]
    ran = world("export", "-", "--json", "--format", "csv")
    assert (ran.status, ran.out, ran.error["code"]) == (2, "", "export.not_json")
    book = subprocess.run(
        [sys.executable, "-m", "dropship_cli", "export", "-", "--format", "xlsx", "-n", "1"],
        env=world.environ, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()) == 2


def test_a_terminal_is_not_given_a_workbook(world: Program) -> None:
    shown = at_terminal(world, "export", "-", "--format", "xlsx")
    assert (shown.status, "--format xlsx >" in shown.text) == (2, True)


def test_a_file_that_is_there_stays_unless_force_says_otherwise(world: Program, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine")
    assert world("export", file).status == 2
    assert file.read_text() == "mine"
    ran = world.ok("export", file, "--force", "--json")
    assert ran.json == {"file": str(file), "format": "csv", "items": 511}
    assert world("export", tmp_path / "a.doc").status == 2
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_a_chinese_export_is_a_batch_file(seeded: Program, tmp_path: Path) -> None:
    """A merchant fills in the factory and gives the sheet back; nothing is renamed."""
    file = tmp_path / "a.csv"
    seeded.ok("export", file, "-n", "5", "--state", "unallocated", "--lang", "zh")
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    at = rows[0].index("厂家店铺编号")
    for row in rows[1:]:
        row[at] = "880011"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    ran = seeded.ok("allocate", "--batch", file, "--json")
    assert [row["result"] for row in ran.json] == ["done"] * 5


def test_what_a_spreadsheet_would_run_is_text(seeded: Program) -> None:
    with sqlite3.connect(seeded.home / "profiles" / "merchant" / "store.db") as store:
        store.execute("UPDATE items SET remark = '=1+1', title = '@SUM(A1)'")
    row = read_csv(seeded.ok("export", "-", "-n", "1").out)[0]
    assert (row["remark"], row["title"]) == ("'=1+1", "'@SUM(A1)")


def test_no_receiver_of_the_store_is_in_an_export(seeded: Program, tmp_path: Path) -> None:
    with sqlite3.connect(seeded.home / "profiles" / "merchant" / "store.db") as store:
        store.execute("UPDATE items SET receiver_id = 'receiver-0f', region = '浙江省 义乌市'")
    for name in ("a.csv", "a.jsonl"):
        seeded.ok("export", tmp_path / name)
        text = (tmp_path / name).read_text("utf-8")
        assert "item_id" in text
        assert not [secret for secret in ("receiver", "region", "浙江", "义乌") if secret in text]


def test_memory_does_not_grow_with_the_store(seeded: Program, tmp_path: Path) -> None:
    """Ten times the rows, the same memory: neither the store's answer nor the sheet is held."""
    store = sqlite3.connect(seeded.home / "profiles" / "merchant" / "store.db")
    names = [row[1] for row in store.execute("PRAGMA table_info(items)")]
    first = dict(zip(names, store.execute("SELECT * FROM items LIMIT 1").fetchone(), strict=True))
    marks = ", ".join("?" * len(names))
    rows = [tuple({**first, "item_id": f"8{n:018}", "paid_at": n}.values()) for n in range(8000)]
    store.executemany(f"INSERT INTO items VALUES ({marks})", rows)
    store.commit()
    store.close()
    for ending in ("csv", "xlsx", "jsonl"):
        few, many = (_peak(seeded, tmp_path / f"{n}.{ending}", n) for n in (800, 8000))
        assert many < few * 1.15, ending


def _peak(program: Program, file: Path, number: int) -> int:
    """The most memory that an export of so many rows took, in KiB."""
    code = (
        "import resource, sys\nfrom dropship_cli.cli.main import run\n"
        "assert run(sys.argv[1:]) == 0\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "export", str(file), "-n", str(number), "-q"],
        env=program.environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(ran.stdout)
