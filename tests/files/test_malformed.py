"""Bad files get one clear error, bad rows a problem each: never a guess, never anything else."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.domain.errors import ExitStatus, UsageError
from dropship_cli.files import source
from dropship_cli.files.headers import SHIPMENT
from dropship_cli.files.rows import Row, open_rows

Write = Callable[..., str]
HEADING = b"item_id,carrier,tracking_number,quantity\n"


def rows_of(path: str, **options: object) -> list[Row]:
    with open_rows(path, SHIPMENT, **options) as sheet:  # type: ignore[arg-type] - the options are open_rows' own
        return list(sheet)


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


FILES: list[tuple[str, bytes, str]] = [
    ("empty", b"", "file.empty"),
    ("a mark only", b"\xef\xbb\xbf", "file.empty"),
    ("blank lines", b"\r\n \n\n", "file.empty"),
    ("blank cells", b",,,\n,,,\n", "file.empty"),
    ("no heading", b"6923001,ZTO,78173786485074,1\n", "file.no_header"),
    ("six titles above the heading", "发货清单\n".encode() * 6 + HEADING, "file.no_header"),
    ("a title and no heading", "发货清单\n".encode(), "file.no_header"),
    ("column missing", b"item_id,carrier\n1,ZTO\n", "file.missing_column"),
    ("column twice", b"item_id,item_id,carrier,tracking_number\n", "file.ambiguous_column"),
    ("two names of one column", "item_id,carrier,快递单号,运单号\n".encode(), "file.ambiguous_column"),
    ("missing and twice", b"carrier,carrier\n", "file.headers"),
    ("wrong delimiter", b"item_id:carrier:tracking_number\n1:ZTO:2\n", "file.no_header"),
    ("big5", "訂單編號,快遞公司,快遞單號\n".encode("big5"), "file.no_header"),
    ("two encodings", b"\xef\xbb\xbf" + HEADING + "1,中通,1,1\n".encode("gbk"), "file.encoding"),
    ("no encoding", HEADING + b"1,\xff\xff,1,1\n", "file.encoding"),
    ("half a UTF-16", HEADING.decode().encode("utf-16") + b"\0", "file.encoding"),
    ("UTF-16 without its mark", HEADING.decode().encode("utf-16-le"), "file.binary"),
    ("quote never closed", HEADING + b'1,"ZTO,1,1\n2,ZTO,2,1\n', "file.unclosed_quote"),
    ("quote at the end", HEADING + b'1,ZTO,1,"', "file.unclosed_quote"),
    ("quote open in the heading", b'"item_id,carrier\n', "file.unclosed_quote"),
    ("a cell of 10 MB", HEADING + b"1,ZTO," + b"9" * 10_000_000 + b",1\n", "file.cell_too_large"),
    ("a line of 10 MB", b"item_id," * 1_250_000, "file.cell_too_large"),
    ("a cell of 10 MB in lines", HEADING + b'1,ZTO,"' + b"9\n" * 5_000_000 + b'",1\n', "file.cell_too_large"),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.foreign"),
    ("HTML as .xls", b"\xef\xbb\xbf \n<HTML><table><tr><td>item_id</td></tr></table>", "file.foreign"),
    ("HTML with a type", b"<!DOCTYPE html><p>login</p>", "file.foreign"),
    ("XML", b"<?xml version='1.0'?><Workbook/>", "file.foreign"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\n", "file.foreign"),
    ("gzip", gzip.compress(HEADING), "file.foreign"),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.foreign"),
    ("database", b"SQLite format 3\0\x10\0", "file.foreign"),
    ("7z", b"7z\xbc\xaf\x27\x1c\0\4", "file.foreign"),
    ("RAR", b"Rar!\x1a\x07\0", "file.foreign"),
    ("ZIP", packed("orders.csv"), "file.foreign"),
    ("OpenDocument", packed("mimetype", "content.xml"), "file.foreign"),
    ("Word", packed("[Content_Types].xml", "word/document.xml"), "file.foreign"),
    ("binary Excel", packed("[Content_Types].xml", "xl/workbook.bin"), "file.foreign"),
    ("ZIP cut off", packed("xl/workbook.xml")[:40], "file.broken_xlsx"),
    ("ZIP head only", b"PK\x03\x04", "file.broken_xlsx"),
    ("zeros", b"\0" * 5_000 + b"a", "file.binary"),
    ("noise", bytes(range(256)) * 40, "file.encoding"),
]


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
@pytest.mark.parametrize("name", ["batch.csv", "batch.xlsx"])
def test_a_bad_file_gets_one_clear_error(sheet: Write, content: bytes, code: str, name: str) -> None:
    path = sheet(content, name)
    with pytest.raises(UsageError) as error:
        rows_of(path)
    assert error.value.code == code
    assert error.value.values["file"] == path
    assert error.value.exit_status == ExitStatus.USAGE
    assert len(str(error.value)) < 700


@pytest.mark.parametrize("content", [case[1] for case in FILES[:12]], ids=[case[0] for case in FILES[:12]])
def test_standard_input_is_refused_alike(content: bytes) -> None:
    with pytest.raises(UsageError) as error:
        rows_of("-", stdin=io.BytesIO(content))
    assert error.value.values["file"] == "-"


ROWS: list[tuple[str, str, str]] = [
    ("scientific", "6.92301E+17,ZTO,7817,1", "row.scientific"),
    ("scientific number", "1,ZTO,7.81738E+13,1", "row.scientific"),
    ("a float's digits", "6923007000000001024.0,ZTO,7817,1", "row.float_id"),
    ("NUL", "69\x0023,ZTO,7817,1", "row.nul"),
    ("too long", "9" * 40_000 + ",ZTO,7817,1", "row.too_long"),
    ("more cells than headings", "1,ZTO,7817,1,extra", "row.columns"),
    ("an unquoted comma", "1,Z,TO,7817,1", "row.columns"),
    ("the heading again", "item_id,carrier,tracking_number,quantity", "row.header_again"),
    ("no item", ",ZTO,7817,1", "row.missing"),
    ("no carrier", "1,,7817,1", "row.missing"),
    ("no number", "1,ZTO,-,1", "row.missing"),
    ("only a quantity", ",,,1", "row.missing"),
    ("quantity zero", "1,ZTO,7817,0", "row.quantity"),
    ("quantity below", "1,ZTO,7817,-2", "row.quantity"),
    ("quantity and a half", "1,ZTO,7817,1.5", "row.quantity"),
    ("quantity in words", "1,ZTO,7817,two", "row.quantity"),
    ("two numbers in a cell", "1,ZTO,7817 7818,1", "row.identifier"),
    ("a line break in an identifier", '"1\n2",ZTO,7817,1', "row.identifier"),
    ("an error of the spreadsheet", "#REF!,ZTO,7817,1", "row.cell_error"),
    ("a lookup that failed", "1,ZTO,#N/A,1", "row.cell_error"),
]


@pytest.mark.parametrize(("line", "code"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_a_bad_row_says_why_and_leaves_the_others_alone(sheet: Write, line: str, code: str) -> None:
    good = "1,ZTO,78173786485074,1\n"
    rows = rows_of(sheet(HEADING + f"{good}{line}\n{good}".encode()))
    assert [row.problem.code if row.problem else None for row in rows] == [None, code, None]
    assert [row.number for row in rows] == [2, 3, 4]
    assert rows[2].cells == {
        "item_id": "1",
        "carrier": "ZTO",
        "tracking_number": "78173786485074",
        "quantity": "1",
    }


CELLS: list[tuple[str, str, str]] = [
    ("number of 19 digits", "<v>6923007000000001327</v>", "row.float_id"),
    ("number in E notation", "<v>6.923007E+18</v>", "row.float_id"),
    ("text in E notation", "TEXT:6.923007E+18", "row.scientific"),
    ("formula", "<f>B2&amp;1</f><v>6923</v>", "row.formula"),
    ("shared formula", '<f t="shared" si="0"/><v>6923</v>', "row.formula"),
    ("error", "ERROR:#N/A", "row.cell_error"),
    ("half", "<v>1.5</v>", ""),
]


@pytest.mark.parametrize(("inside", "code"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_bad_cell_of_a_spreadsheet_says_why(book: Write, inside: str, code: str) -> None:
    kind, _, text = inside.rpartition(":")
    tags = {
        "": f'<c r="A3">{inside}</c>',
        "TEXT": f'<c r="A3" t="inlineStr"><is><t>{text}</t></is></c>',
        "ERROR": f'<c r="A3" t="e"><v>{text}</v></c>',
    }
    rest = '<c r="B3" t="str"><v>ZTO</v></c><c r="C3" t="str"><v>78173786485074</v></c>'
    rows = rows_of(book(f'<row r="3">{tags[kind]}{rest}</row>'))
    assert [row.problem.code if row.problem else "" for row in rows] == ["", code]


def test_a_formula_in_a_column_that_nobody_needs_is_no_problem(book: Write) -> None:
    row = (
        '<row r="3"><c r="A3" t="str"><v>1</v></c><c r="B3" t="str"><v>ZTO</v></c><c r="C3" t="str"><v>7817</v></c>'
        '<c r="D3"><f>1+1</f><v>2</v></c></row>'
    )
    assert [row.problem for row in rows_of(book(row))] == [None, None]


def test_a_date_in_place_of_an_identifier_is_refused(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = str(tmp_path / "dates.xlsx")
    made = Workbook(path)
    page = made.add_worksheet()
    page.write_row(0, 0, ["item_id", "carrier", "tracking_number"])
    page.write_row(1, 0, ["1", "ZTO"])
    page.write_number(1, 2, 45_000, made.add_format({"num_format": "yyyy-mm-dd"}))
    made.close()
    (row,) = rows_of(path)
    assert row.problem is not None
    assert row.problem.code == "row.date"


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.csv", "file.not_found"), (tmp_path, "file.is_folder")):
        with pytest.raises(UsageError) as error:
            rows_of(str(path))
        assert error.value.code == code
    with pytest.raises(UsageError, match=r"file\.not_found"):
        rows_of("a\0b")
    with pytest.raises(UsageError, match=r"file\.unreadable"):
        rows_of("x" * 5_000)
    with pytest.raises(UsageError, match=r"file\.not_found|file\.unreadable"):
        rows_of(str(tmp_path / "none.csv" / "deeper.csv"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(sheet: Write) -> None:
    path = sheet(HEADING)
    Path(path).chmod(0)
    with pytest.raises(UsageError, match=r"file\.unreadable"):
        rows_of(path)


def test_a_file_or_a_pipe_above_the_limit_is_refused(sheet: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_TEXT", 100)
    with pytest.raises(UsageError, match=r"file\.too_large"):
        rows_of(sheet(HEADING * 10))
    with pytest.raises(UsageError, match=r"file\.too_large"):
        rows_of("-", stdin=io.BytesIO(HEADING * 10))
    with pytest.raises(UsageError, match=r"file\.too_large"):
        rows_of("/dev/zero")


def test_a_file_without_end_is_a_hole_not_a_hang(tmp_path: Path) -> None:
    """A sparse file of 2 GiB is refused by its size alone."""
    path = tmp_path / "hole.csv"
    with path.open("wb") as made:
        made.truncate(2 << 30)
    with pytest.raises(UsageError, match=r"file\.too_large"):
        rows_of(str(path))
