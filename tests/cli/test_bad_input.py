"""Bad input gets one clear line and the right status, and nothing is changed."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from program import Program, copy_of

ITEM = "6923007000000001327"


@dataclass(frozen=True)
class Case:
    """A call, the file it reads (FILE in the words), and how it has to end."""

    name: str
    words: str
    status: int
    told: str
    content: bytes | None = None
    suffix: str = ".csv"
    profile: str = "merchant"
    journalled: bool = False  # only the platform can say no: the journal keeps the refusal


def zipped(**members: bytes) -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


ALLOCATE, SHIP = "allocate --batch FILE", "ship --batch FILE"
CASES = [
    # arguments
    Case("no such command", "alocate", 2, "alocate"),
    Case("nothing to allocate", "allocate", 2, "--batch"),
    Case("items and a file", f"allocate {ITEM} --to 880011 --batch x.csv", 2, "--batch"),
    Case("no factory", f"allocate {ITEM}", 2, "--to"),
    Case(
        "a factory beside a file",
        "allocate --batch FILE --to 880011",
        2,
        "--to",
        b"item_id,factory_id\n1,2\n",
    ),
    Case("errors without a file", f"allocate {ITEM} --to 880011 --errors e.csv", 2, "--errors"),
    Case(
        "errors over the sheet",
        "allocate --batch FILE --errors FILE",
        2,
        "FILE",
        b"item_id,factory_id\n1,2\n",
    ),
    Case("no carrier", f"ship {ITEM} --tracking SF1234567890123", 2, "--carrier", profile="factory-1"),
    Case("no number", f"ship {ITEM} --carrier 顺丰", 2, "--tracking", profile="factory-1"),
    Case(
        "quantity zero",
        f"ship {ITEM} -c 顺丰 -t SF1234567890123 --quantity 0",
        2,
        "quantity",
        profile="factory-1",
    ),
    Case("unknown option", "orders --colour", 2, "--colour"),
    Case("unknown state", "orders --state gone", 2, "gone"),
    Case("not a day", "orders --since yesterday", 2, "yesterday"),
    Case("not a duration", "sync --deadline soon", 2, "soon"),
    Case("negative limit", "orders --limit -1", 2, "limit"),
    Case("no such role", "role choose shopkeeper", 2, "shopkeeper"),
    Case("no reason", "reject 660001", 2, "--reason", profile="factory-1"),
    Case("no such platform", "init --platform taobao --profile x --shop-id 1 --app-key 2", 2, "taobao"),
    Case("profile name with a path", "init --platform sandbox --profile ../x --shop-id 1", 2, "../x"),
    Case(
        "plain http elsewhere",
        "init --platform doudian --profile x --shop-id 1 --app-key 2 --base-url http://a.b",
        2,
        "https",
    ),
    Case("shop id with blanks", "init --platform sandbox --profile x --shop-id 6;6", 2, "6;6"),
    Case("no such profile", "orders -p nobody", 3, "nobody"),
    Case("setting nobody knows", "profile set speed 9", 2, "speed"),
    Case("setting out of bounds", "profile set rate 0", 2, "rate"),
    Case("parameters that are no JSON", "api iop.roleGet --params {", 2, "--params"),
    Case("parameters that are no object", "api iop.roleGet --params []", 2, "--params"),
    Case("a change by api without a yes", "api iop.sellerDistribute --params {}", 2, "--yes"),
    Case("unknown operation", "queue drop 0123 --yes", 4, "0123"),
    Case("seed nothing", "sandbox seed", 2, "--random"),
    Case("seed no export", "sandbox seed --orders FILE", 2, "FILE", b"a,b\n1,2\n"),
    Case("unknown fault", "sandbox fault thunder", 2, "thunder"),
    Case("restore no file", "restore nowhere.db --yes", 2, "nowhere.db"),
    Case("restore a foreign file", "restore FILE --yes", 74, "FILE", b"SQLite format 3\0 not really", ".db"),
    # rules
    Case("wrong role", f"ship {ITEM} -c 顺丰 -t SF1 --amend", 4, ITEM),
    Case("factory allocates", f"allocate {ITEM} --to 880011", 4, "merchant", profile="factory-1"),
    Case("binds itself", "bind 660001 --yes", 4, "660001"),
    Case("binds an unknown shop", "bind 999999 --yes", 4, "999999", journalled=True),
    Case("binds twice", "bind 880011 --yes", 4, "880011"),
    Case("accepts nobody", "accept 123 ", 4, "123", profile="factory-1"),
    Case("unknown order", "order 42", 4, "42"),
    # files
    Case("no file", "allocate --batch nowhere.csv", 2, "nowhere.csv"),
    Case("a folder", "allocate --batch .", 2, "."),
    Case("empty file", ALLOCATE, 2, "FILE", b""),
    Case("only blanks", ALLOCATE, 2, "FILE", b"\n\n  \n"),
    Case("no heading", ALLOCATE, 2, "FILE", b"1,2,3\n4,5,6\n"),
    Case("no factory column", ALLOCATE, 2, "factory_id", b"item_id\n1\n"),
    Case("no item column", ALLOCATE, 2, "item_id", b"factory_id\n880011\n"),
    Case("two item columns", ALLOCATE, 2, "item_id", "item_id,子订单号,factory_id\n1,1,880011\n".encode()),
    Case("not text", ALLOCATE, 2, "FILE", b"\x00\x01\x02\x03" * 50),
    Case("no encoding", ALLOCATE, 2, "FILE", b"item_id,factory_id\n\xff\xff\xff,880011\n"),
    Case(
        "an encoding nobody knows",
        f"{ALLOCATE} --encoding klingon",
        2,
        "klingon",
        b"item_id,factory_id\n1,2\n",
    ),
    Case("an old workbook", ALLOCATE, 2, "FILE", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
    Case("a pdf", ALLOCATE, 2, "FILE", b"%PDF-1.7\n" + bytes(100), ".xlsx"),
    Case("a zip that is no workbook", ALLOCATE, 2, "FILE", zipped(**{"a.txt": b"x"}), ".xlsx"),
    Case("half a workbook", ALLOCATE, 2, "FILE", zipped(**{"[Content_Types].xml": b"<a/>"})[:60], ".xlsx"),
    Case("an open quote", ALLOCATE, 2, "FILE", b'item_id,factory_id\n"1,880011\n'),
    Case("no carrier column", SHIP, 2, "carrier", b"item_id,tracking_number\n1,SF1\n", profile="factory-1"),
    Case("no number column", SHIP, 2, "tracking_number", b"item_id,carrier\n1,SF\n", profile="factory-1"),
]


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One world for all: nothing may change it."""
    return copy_of(seeded_once, tmp_path_factory.mktemp("bad") / "world")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_clear_line_and_nothing_changed(case: Case, world: Program, tmp_path: Path) -> None:
    """Whatever is wrong: the status of the contract, one line that names it, no traceback, nothing done."""
    file = tmp_path / f"sheet{case.suffix}"
    if case.content is not None:
        file.write_bytes(case.content)
    words = [str(file) if word == "FILE" else word for word in case.words.split()]
    look = world.effects if case.journalled else world.state
    before = look()
    ran = (
        world(*words, "-p", case.profile) if "-p" not in words and "--profile" not in words else world(*words)
    )
    told = file.name if case.told == "FILE" else case.told
    if case.name == "wrong role":  # a row's refusal stands in the row
        assert ran.status == case.status
        assert told in ran.out
        return
    assert (ran.status, len(ran.err.splitlines())) == (case.status, 1), ran
    assert ran.err.startswith("error: "), ran
    assert told in ran.err, ran
    assert "Traceback" not in ran.err + ran.out
    assert ran.out == ""
    assert look() == before


def test_an_error_is_an_object_with_json(world: Program) -> None:
    """`--json` errors have code, message and hint, on stderr, and stdout stays empty."""
    ran = world("orders", "--state", "gone", "--json")
    error = json.loads(ran.err)["error"]
    assert (ran.status, ran.out, error["code"]) == (2, "", "usage.state")
    assert error["message"]
    assert error["hint"]


BAD_ROWS = {
    "row.scientific": "6.92301E+17,880011",
    "row.missing": f"{ITEM},",
    "item.unknown": "111,880011",
    "allocate.not_bound": f"{ITEM},999",
}


@pytest.mark.parametrize(("code", "row"), BAD_ROWS.items(), ids=BAD_ROWS)
def test_a_bad_row_leaves_the_others_alone(code: str, row: str, seeded: Program, tmp_path: Path) -> None:
    """One row is refused with its code, its neighbour is done, and the errors file holds the one to mend."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"item_id,factory_id\n{row}\n6923007000000010589,880022\n", encoding="utf-8")
    ran = seeded("allocate", "--batch", sheet, "--errors", tmp_path / "e.csv", "--json", "-p", "merchant")
    assert ran.status == 1
    assert [(one["row"], one["result"], one["error_code"]) for one in ran.json] == [
        (2, "refused", code),
        (3, "done", None),
    ]
    failed = (tmp_path / "e.csv").read_text("utf-8-sig").splitlines()
    assert failed[0] == "item_id,factory_id,error_code,error"
    assert len(failed) == 2
    assert code in failed[1]


def test_contradicting_rows_are_all_refused(seeded: Program, tmp_path: Path) -> None:
    """Two factories for one item: neither gets it."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"item_id,factory_id\n{ITEM},880011\n{ITEM},880022\n", encoding="utf-8")
    before = seeded.effects()
    ran = seeded("allocate", "--batch", sheet, "--json", "-p", "merchant")
    assert (ran.status, {one["error_code"] for one in ran.json}) == (4, {"allocate.contradicts"})
    assert seeded.effects() == before
