"""Rows out, as csv, tsv or xlsx by the name's ending: whole or not at all, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import PurePath
from typing import BinaryIO, Protocol

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.atomic import written_whole
from dropship_cli.files.cells import MAX_CELL, is_exact
from dropship_cli.files.formula_safe import escape
from dropship_cli.files.sheet_extent import MAX_ROWS

_WIDTH = 20


class RowWriter(Protocol):
    """Takes rows in order: text as text, numbers as numbers, a Decimal as money, None as an empty cell."""

    def write(self, cells: Sequence[object]) -> None: ...


def write_rows(
    path: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, overwrite: bool = False
) -> None:
    """Writes a sheet. Identifiers must come as text and stay text.

    Raises UsageError `file.exists`, `file.is_folder`, `file.unwritable`, `file.too_many_rows`; StoreError `file.disk`.
    """
    with row_writer(path, overwrite=overwrite) as writer:
        writer.write(headers)
        for row in rows:
            writer.write(row)


@contextmanager
def row_writer(path: str, *, overwrite: bool = False) -> Iterator[RowWriter]:
    """As `write_rows`, for rows that come one by one; the file appears when the block ends well."""
    ending = PurePath(path).suffix.lower()[1:]
    with written_whole(path, overwrite=overwrite) as stream, sheet_on(stream, ending, path) as writer:
        yield writer


@contextmanager
def sheet_on(stream: BinaryIO, ending: str, path: str, *, mark: bool = True) -> Iterator[RowWriter]:
    """A writer of `xlsx`, `tsv` or (whatever else) csv on an open stream; `path` names it in errors.

    `mark` puts a byte order mark before text: Excel takes a csv without one for the machine's old encoding.
    """
    if ending == "xlsx":
        with _xlsx(stream, path) as writer:
            yield writer
    else:
        with _delimited(stream, "\t" if ending == "tsv" else ",", mark=mark) as text:
            yield text


@contextmanager
def _delimited(stream: BinaryIO, delimiter: str, *, mark: bool) -> Iterator[RowWriter]:
    encoding = "utf-8-sig" if mark else "utf-8"
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        yield _Delimited(text, delimiter)
    finally:
        text.detach()  # flushes; the stream is the caller's to close


class _Delimited:
    def __init__(self, text: io.TextIOWrapper, delimiter: str) -> None:
        self._plain = csv.writer(text, delimiter=delimiter)
        self._quoted = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)

    def write(self, cells: Sequence[object]) -> None:
        texts = [_text(cell) for cell in cells]
        safe = [text if _is_number(cell) else escape(text) for cell, text in zip(cells, texts, strict=True)]
        writer = self._plain if safe == texts else self._quoted
        writer.writerow(safe)


@contextmanager
def _xlsx(stream: BinaryIO, path: str) -> Iterator[RowWriter]:
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(stream, options)
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    # A column of text keeps what a person types there as text: an id stays an id.
    sheet.set_column(0, 255, _WIDTH, book.add_format({"num_format": "@"}))
    try:
        yield _Xlsx(sheet, path, book.add_format({"num_format": "0.00"}))
    finally:
        book.close()  # takes its temporary files away, too, when the rows failed


class _Sheet(Protocol):
    def write_string(self, row: int, column: int, text: str) -> object: ...
    def write_number(self, row: int, column: int, number: float, look: object = None) -> object: ...


class _Xlsx:
    def __init__(self, sheet: _Sheet, path: str, money: object) -> None:
        self._sheet, self._path, self._money = sheet, path, money
        self._row = 0

    def write(self, cells: Sequence[object]) -> None:
        if self._row >= MAX_ROWS:
            raise UsageError("file.too_many_rows", file=self._path, limit=MAX_ROWS)
        for column, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                self._sheet.write_number(self._row, column, float(cell), self._money)
            elif isinstance(cell, int | float) and _is_number(cell):
                self._sheet.write_number(self._row, column, cell)
            elif text := _text(cell):
                # Longer ones would be left out without a word.
                self._sheet.write_string(self._row, column, text[:MAX_CELL])
        self._row += 1


def _is_number(cell: object) -> bool:
    """Whether it is a number that a spreadsheet keeps whole."""
    if isinstance(cell, Decimal):
        return True
    return isinstance(cell, int | float) and not isinstance(cell, bool) and is_exact(cell)


def _text(cell: object) -> str:
    if isinstance(cell, str) and cell.isascii():
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    return str(cell).encode("utf-8", "replace").decode("utf-8")
