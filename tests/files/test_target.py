"""What form a file gets, and that standard output is written as it is."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.target import Format, format_of, opened
from dropship_cli.files.writing import sheet_on, write_rows


@pytest.mark.parametrize(
    ("path", "named", "wanted"),
    [
        ("a.csv", None, Format.CSV), ("a.XLSX", None, Format.XLSX), ("x/a.ndjson", None, Format.JSONL),
        ("a.jsonl", None, Format.JSONL), ("a.csv", "tsv", Format.TSV), ("noending", "XLSX", Format.XLSX),
        ("-", None, Format.CSV), ("-", "jsonl", Format.JSONL),
    ],
)  # fmt: skip
def test_the_form_is_the_named_one_else_the_endings(path: str, named: str | None, wanted: Format) -> None:
    assert format_of(path, named) is wanted


@pytest.mark.parametrize(
    ("path", "named"), [("a.doc", None), ("noending", None), ("a.csv", "pdf"), ("a.csv", "")]
)
def test_a_form_that_nobody_can_write_is_a_usage_error(path: str, named: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        format_of(path, named)
    assert caught.value.code == "file.format"
    assert "xlsx" in str(caught.value.values["known"])


def test_a_file_is_there_whole_or_not_and_never_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(RuntimeError, match="half"):
        _fail_half_way(str(path))
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    with pytest.raises(UsageError), opened(str(path), io.BytesIO(), overwrite=False):
        pass
    with opened(str(path), io.BytesIO(), overwrite=True) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"


def _fail_half_way(path: str) -> None:
    with opened(path, io.BytesIO(), overwrite=False) as stream:
        stream.write(b"half")
        raise RuntimeError("half")


def test_standard_output_has_no_mark_and_a_file_for_excel_has() -> None:
    for mark, start in ((False, b"item_id"), (True, b"\xef\xbb\xbfitem_id")):
        stream = io.BytesIO()
        with sheet_on(stream, "csv", "-", mark=mark) as sheet:
            sheet.write(["item_id"])
        assert stream.getvalue().startswith(start)


def test_money_is_a_number_with_two_decimals(tmp_path: Path) -> None:
    """Also below zero, where text would be taken for a formula and escaped."""
    rows = [[Decimal("19.90")], [Decimal("-3.00")]]
    write_rows(str(tmp_path / "a.csv"), ["yuan"], rows)
    assert (tmp_path / "a.csv").read_text("utf-8-sig").split() == ["yuan", "19.90", "-3.00"]
    write_rows(str(tmp_path / "a.xlsx"), ["yuan"], rows)
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.get_sheet_by_index(0).to_python() == [["yuan"], [19.9], [-3.0]]
