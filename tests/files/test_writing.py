"""What we write is whole or not there, its owner's alone, harmless in a spreadsheet, and read back as it was."""

from __future__ import annotations

import csv
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.errors import StoreError, UsageError
from dropship_cli.files.errors_file import errors_file
from dropship_cli.files.formula_safe import escape, unescape
from dropship_cli.files.headers import ITEMS, SHIPMENT, Columns
from dropship_cli.files.rows import open_rows
from dropship_cli.files.writing import write_rows

pytestmark = pytest.mark.timeout(900)  # --nightly asks for thousands of examples

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    "=透黑",
    "\tx y",
]
FREE = Columns({"item_id": ("item_id",)}, required=(("item_id",),))
SUFFIXES = [".csv", ".tsv", ".xlsx"]
Write = Callable[..., str]


def originals(path: str, columns: Columns = FREE) -> list[tuple[str, ...]]:
    with open_rows(path, columns) as sheet:
        return [row.original for row in sheet]


@given(st.text(alphabet=st.sampled_from("'=+-@＝＋－＠\t\r\n 1aZ中"), max_size=8) | st.text())
def test_what_is_escaped_comes_back_as_it_was_and_is_harmless(text: str) -> None:
    safe = escape(text)
    assert unescape(safe) == text
    assert safe[:1] not in "=+@＝＋－＠\r\n" or not safe
    assert safe[:1] != "-" or safe == "-"
    assert safe[:1] != "\t" or safe[1:].isascii()


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_formula_is_written_quoted_behind_an_apostrophe(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_rows(str(path), ["item_id", "remark"], [["1", text]])
    raw = path.read_bytes().decode("utf-8-sig")
    assert "\"'" + text in raw
    assert originals(str(path)) == [("1", text)]


@pytest.mark.parametrize(
    "text", [*DANGEROUS, "https://example.com", "0012", "6923007000000001327", "1E10", "TRUE"]
)
def test_a_spreadsheet_keeps_text_as_text(tmp_path: Path, text: str) -> None:
    path = str(tmp_path / "out.xlsx")
    write_rows(path, ["item_id", "remark"], [["1", text]])
    assert originals(path) == [("1", text.replace("\r", "\n"))] or originals(path) == [("1", text)]
    with open_rows(path, Columns({"remark": ("remark",)})) as sheet:
        assert [row.problem for row in sheet] == [None]


CELL = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    DANGEROUS[:4]
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(rows=st.lists(st.tuples(st.from_regex(r"[0-9]{1,19}", fullmatch=True), CELL, CELL), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_rows_come_back_as_they_were(tmp_path: Path, suffix: str, rows: list[tuple[str, str, str]]) -> None:
    path = str(tmp_path / f"out{suffix}")
    write_rows(path, ["item_id", "a", "b"], rows, overwrite=True)
    assert originals(path) == rows


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_numbers_are_written_as_numbers_and_long_ones_as_text(tmp_path: Path, suffix: str) -> None:
    path = str(tmp_path / f"out{suffix}")
    write_rows(
        path, ["item_id", "n"], [["1", 12], ["2", -1.5], ["3", 6923007000000001327], ["4", None], ["5", True]]
    )
    assert originals(path) == [
        ("1", "12"),
        ("2", "-1.5"),
        ("3", "6923007000000001327"),
        ("4", ""),
        ("5", "TRUE"),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_file_is_the_owners_alone_and_nothing_lies_beside_it(tmp_path: Path, suffix: str) -> None:
    before = os.umask(0)
    try:
        write_rows(str(tmp_path / f"out{suffix}"), ["a"], [["1"]])
    finally:
        os.umask(before)
    (made,) = tmp_path.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_writer_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("old")

    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise KeyError("the source failed")

    with pytest.raises(KeyError):
        write_rows(str(path), ["a"], rows(), overwrite=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(UsageError, match=r"file\.exists"):
        write_rows(str(path), ["a"], [])
    assert path.read_text() == "old"
    write_rows(str(path), ["a"], [], overwrite=True)
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\n"


def test_a_file_that_appeared_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def rows() -> Iterator[list[str]]:
        path.write_text("somebody else's")
        yield ["ours"]

    with pytest.raises(UsageError, match=r"file\.exists"):
        write_rows(str(path), ["a"], rows())
    assert path.read_text() == "somebody else's"
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "file.is_folder"), (tmp_path / "none" / "out.csv", "file.unwritable")):
        with pytest.raises(UsageError) as error:
            write_rows(str(path), ["a"], [], overwrite=True)
        assert error.value.code == code
    with pytest.raises(UsageError, match=r"file\.unwritable"):
        write_rows("a\0b.csv", ["a"], [])


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"file\.disk"):
        write_rows(str(tmp_path / "out.csv"), ["a"], [])
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_stays_a_device() -> None:
    write_rows("/dev/null", ["a"], [["1"]], overwrite=True)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_errors_file_is_the_input_with_two_columns_and_runs_again(
    tmp_path: Path, sheet: Write, suffix: str
) -> None:
    source = sheet(
        "\ufeff代发订单号,规格,快递公司,快递单号\r\n\t6923,=透黑,申通快运,YT1\r\n\t6924,'+x,中通,\r\n"
    )
    path = str(tmp_path / f"errors{suffix}")
    with open_rows(source, SHIPMENT) as read, errors_file(path, read.headers) as errors:
        for row in read:
            errors.add(row.original, "carrier.unknown", "=not a formula")
    assert errors.count == 2
    with open_rows(path, SHIPMENT) as again:
        assert again.headers == ("代发订单号", "规格", "快递公司", "快递单号", "error_code", "error")
        rows = list(again)
    assert [row.cells["item_id"] for row in rows] == ["6923", "6924"]
    assert rows[0].original == ("\t6923", "=透黑", "申通快运", "YT1", "carrier.unknown", "=not a formula")
    assert rows[0].problem is None


def test_the_errors_of_an_earlier_run_are_replaced_not_repeated(tmp_path: Path) -> None:
    path = str(tmp_path / "errors.csv")
    for code in ("first.code", "second.code"):
        headers: tuple[str, ...] = ("item_id", "备注")
        rows = [("1", "a")]
        if Path(path).exists():
            with open_rows(path, ITEMS) as read:
                headers, rows = read.headers, [row.original for row in read]
        with errors_file(path, headers) as errors:
            for row in rows:
                errors.add(row, code, "words")
    with Path(path).open(encoding="utf-8-sig", newline="") as text:
        assert list(csv.reader(text)) == [
            ["item_id", "备注", "error_code", "error"],
            ["1", "a", "second.code", "words"],
        ]


def test_without_a_failed_row_the_errors_file_is_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"
    path.write_text("stale")
    with errors_file(str(path), ["item_id"]):
        pass
    assert path.read_bytes().decode("utf-8-sig") == "item_id,error_code,error\r\n"


def test_a_row_with_too_many_or_too_few_cells_loses_none(tmp_path: Path) -> None:
    path = str(tmp_path / "errors.csv")
    with errors_file(path, ["item_id", "x"]) as errors:
        errors.add(("1", "2", "3"), "row.columns", "words")
        errors.add(("1",), "row.missing", "words")
    assert originals(path) == [("1", "2", "row.columns", "words", "3"), ("1", "", "row.missing", "words")]


def test_an_identifier_that_a_spreadsheet_broke_stays_refused_after_the_errors_file(
    tmp_path: Path, book: Write
) -> None:
    source = book('<row r="3"><c r="A3"><v>6923007000000001327</v></c></row>')
    path = str(tmp_path / "errors.csv")
    with open_rows(source, SHIPMENT) as read, errors_file(path, read.headers) as errors:
        errors.add(list(read)[1].original, "row.float_id", "words")
    with open_rows(path, ITEMS) as again:
        (row,) = again
    assert row.problem is not None
    assert row.problem.code == "row.scientific"
