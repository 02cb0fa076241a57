"""A spreadsheet of any size or shape is refused politely, fast, and before the library that it could kill sees it."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.domain.errors import UsageError
from dropship_cli.files import archive as limits
from dropship_cli.files.headers import SHIPMENT
from dropship_cli.files.rows import open_rows

Write = Callable[..., str]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
QUICK = 3.0  # seconds; the refusals take a tenth, the machine may be busy


def count(path: str) -> int:
    with open_rows(path, SHIPMENT) as sheet:
        return sum(row.problem is None for row in sheet)


def refused(path: str) -> tuple[str, object]:
    start = time.perf_counter()
    with pytest.raises(UsageError) as error:
        count(path)
    assert time.perf_counter() - start < QUICK
    assert error.value.values["file"] == path
    return error.value.code, error.value.values.get("reason")


FAR: list[tuple[str, str, str]] = [
    ("two far cells", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "columns"),
    ("a far column", '<row r="3"><c r="XFD3"><v>1</v></c></row>', "columns"),
    ("a column a little too far", '<row r="3"><c r="IW3"><v>1</v></c></row>', "columns"),
    ("a box too large", '<row r="1048576"><c r="Z1048576"><v>1</v></c></row>', "cells"),
    ("a row too far", '<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "rows"),
    ("a row of seven digits", '<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "rows"),
    ("small letters", '<row r="3"><c r="xfd3"><v>1</v></c></row>', "columns"),
    ("other quotes", "<row r='3'><c r='XFD3'><v>1</v></c></row>", "columns"),
    ("reference not first", '<row r="3"><c t="n" r="XFD3"><v>1</v></c></row>', "columns"),
    ("spaces about", '<row r="3"><c  r = "XFD3" ><v>1</v></c></row>', "columns"),
    ("with a prefix", f'<x:row xmlns:x="{MAIN}" r="3"><x:c r="XFD3"><x:v>1</x:v></x:c></x:row>', "columns"),
    ("after a comment", '<!-- <row> --><row r="3"><c r="XFD3"><v>1</v></c></row>', "columns"),
    ("by the row's number alone", '<row r="1048576">' + "<c><v>1</v></c>" * 200 + "</row>", "cells"),
    ("by the order alone", "<row>" + "<c><v>1</v></c>" * 300 + "</row>", "columns"),
]


@pytest.mark.parametrize(("row", "reason"), [case[1:] for case in FAR], ids=[case[0] for case in FAR])
def test_far_cells_are_refused_before_room_is_made_for_them(book: Write, row: str, reason: str) -> None:
    assert refused(book(row)) == ("file.unsafe_xlsx", reason)


@pytest.mark.parametrize("reference", ["A", "1", "A0x", "ABCD1", "A99999999", "é1"])
def test_a_reference_that_is_none_breaks_the_file(book: Write, reference: str) -> None:
    assert refused(book(f'<row r="3"><c r="{reference}"><v>1</v></c></row>'))[0] == "file.broken_xlsx"


def test_the_widest_and_the_longest_that_are_sensible_are_read(book: Write) -> None:
    wide = "".join(f'<c r="{name}3"><v>1</v></c>' for name in ("A", "B", "C", "AA", "IV"))
    assert count(book(f'<row r="3">{wide}</row>')) == 2
    far = '<row r="1000000"><c r="A1000000"><v>1</v></c><c r="B1000000"><v>1</v></c><c r="C1000000"><v>1</v></c></row>'
    assert count(book(far)) == 2


def test_a_million_empty_rows_cost_little(book: Write) -> None:
    start = time.perf_counter()
    rows = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_000))
    assert count(book(rows)) == 1
    styled = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 300_000))
    assert count(book(styled)) == 1
    assert time.perf_counter() - start < 20


def test_a_bomb_in_the_sheet_is_refused_fast(book: Write) -> None:
    """776 kB that become 299 MB: the library takes 319 MiB for them."""
    path = book(body="<sheetData>" + " " * (299 << 20) + "</sheetData>")
    assert Path(path).stat().st_size < 800_000
    assert refused(path) == ("file.unsafe_xlsx", "inflated")


@pytest.mark.parametrize(
    "name", ["xl/sharedStrings.xml", "xl/media/image1.png", "docProps/x.xml", "xl/styles.xml"]
)
def test_a_bomb_in_any_other_member_too(book: Write, name: str) -> None:
    assert refused(book(more={name: b" " * (30 << 20)})) == ("file.unsafe_xlsx", "inflated")


def test_a_bomb_that_lies_about_its_size_is_refused(book: Write) -> None:
    path = book(more={"xl/media/bomb.bin": b"\0" * (30 << 20)})
    raw = Path(path).read_bytes()
    lie = raw.replace(struct.pack("<I", 30 << 20), struct.pack("<I", 100))
    assert lie != raw
    Path(path).write_bytes(lie)
    assert refused(path) == ("file.unsafe_xlsx", "inflated")


def test_many_members_that_are_large_together_are_refused(
    book: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED", 3 << 20)
    more = {f"xl/media/{number}.bin": bytes(range(256)) * 2_000 for number in range(8)}
    assert refused(book(more=more)) == ("file.unsafe_xlsx", "inflated")


def test_too_many_members_are_refused(book: Write) -> None:
    more = {f"xl/media/{number}": b"" for number in range(1_000)}
    assert refused(book(more=more)) == ("file.unsafe_xlsx", "entries")


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>'


@pytest.mark.parametrize(
    "name",
    [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
        "_rels/.rels",
        "docProps/app.xml",
    ],
)
def test_document_types_are_refused_in_every_part(book: Write, name: str) -> None:
    assert refused(book(more={name: LAUGHS})) == ("file.unsafe_xlsx", "doctype")
    assert refused(book(more={name: LAUGHS.replace(b"DOCTYPE", b"doctype")})) == (
        "file.unsafe_xlsx",
        "doctype",
    )
    assert refused(book(more={name: LAUGHS.decode().encode("utf-16")})) == ("file.unsafe_xlsx", "encoding")
    assert refused(book(more={name: LAUGHS.decode().encode("utf-16-le")})) == ("file.unsafe_xlsx", "encoding")


def test_an_outer_entity_is_not_fetched(book: Write, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("secret")
    evil = f'<!DOCTYPE a [<!ENTITY c SYSTEM "file://{tmp_path}/canary">]><a>&c;</a>'.encode()
    assert refused(book(more={"xl/sharedStrings.xml": evil})) == ("file.unsafe_xlsx", "doctype")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/workbook.xml", b""),
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<a/>"),
        ("xl/_rels/workbook.xml.rels", b"\xff"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c>"),
        ("xl/worksheets/sheet1.xml", b"\x01\x02"),
        ("_rels/.rels", b"<"),
    ],
)
def test_a_workbook_with_broken_parts_is_refused(book: Write, name: str, content: bytes) -> None:
    code, _ = refused(book(more={name: content}))
    assert code in {"file.broken_xlsx", "file.empty"}


def test_a_flipped_bit_is_seen(book: Write) -> None:
    path = Path(book())
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    raw[at] ^= 0x10
    path.write_bytes(raw)
    assert refused(str(path))[0] == "file.broken_xlsx"


def test_a_name_that_stands_twice_is_refused(tmp_path: Path, book: Write) -> None:
    path = book()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert refused(path)[0] == "file.broken_xlsx"


def test_an_encrypted_member_is_refused(book: Write) -> None:
    path = Path(book())
    raw = path.read_bytes()
    at = raw.index(b"PK\x01\x02")
    path.write_bytes(raw[: at + 8] + b"\x01\x00" + raw[at + 10 :])
    assert refused(str(path))[0] == "file.broken_xlsx"


def test_a_workbook_under_another_name_is_followed(book: Write) -> None:
    """Excel on the web calls the part workbook2.xml or the like; the package's links say so."""
    path = book()
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts["xl/workbook2.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/workbook2.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook2.xml")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert count(path) == 1


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as made:
        made.write(b"PK\x03\x04")
        made.truncate(51 << 20)
    assert refused(str(path))[0] == "file.too_large"
