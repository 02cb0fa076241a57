"""The records of a delimited text, csv or tsv, as a stream; what their columns mean is `headers`' affair."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.formula_safe import unescape
from dropship_cli.files.headers import Columns

MAX_ROWS = 2_000_000
MAX_LINE = 8 << 20
TITLES = 5
"""So many rows of a title may stand above the headings."""
_SAMPLE = 1 << 16
_DELIMITERS = (",", "\t", ";", "|")
_DECLARED = re.compile(r'"?sep=([,;|\t:^~])"?[\r\n]', re.IGNORECASE)  # Excel's own line above the heading


class _Lines:
    """Lines with their ends, none longer than the limit; knows whether the text has ended."""

    def __init__(self, text: TextIO, file: str) -> None:
        self._text, self._file = text, file
        self.row = 0
        self.ended = False
        self._mark = "\ufeff"  # may stand before the first line only

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) >= MAX_LINE and line[-1] not in "\r\n":
            raise UsageError("file.cell_too_large", file=self._file, row=self.row + 1)
        mark, self._mark = self._mark, ""
        return line.removeprefix(mark)


def delimiter_of(text: TextIO, columns: Columns) -> str:
    """The delimiter under which one of the first records, below a title perhaps, has most headings that mean
    something; `,` when none has.

    A first line `sep=;` decides. Leaves `text` at its start.
    """
    sample = text.read(_SAMPLE).removeprefix("\ufeff")
    text.seek(0)
    if declared := _DECLARED.match(sample):
        return declared[1]
    headings = {delimiter: _heading(sample, delimiter, columns) for delimiter in _DELIMITERS}
    return max(headings, key=lambda delimiter: (columns.known(headings[delimiter]), len(headings[delimiter])))


def records(text: TextIO, delimiter: str, *, file: str) -> Iterator[list[str]]:
    """All records in order, blank lines as empty lists, so that the n-th is a spreadsheet's row n.

    Raises UsageError `file.cell_too_large`, `file.unclosed_quote` or `file.too_many_rows`, each with its row.
    """
    lines = _Lines(text, file)
    reader = csv.reader(lines, delimiter=delimiter)
    while (record := _next(reader, lines, file)) is not None:
        lines.row += 1
        if lines.row > MAX_ROWS:
            raise UsageError("file.too_many_rows", file=file, limit=MAX_ROWS)
        if lines.row == 1 and _DECLARED.match(delimiter.join(record) + "\n"):
            record = []
        yield [unescape(cell) for cell in record] if "'" in "".join(record) else record


def _next(reader: Iterator[list[str]], lines: _Lines, file: str) -> list[str] | None:
    try:
        record = next(reader, None)
    except csv.Error as error:
        raise UsageError("file.cell_too_large", file=file, row=lines.row + 1) from error
    if record is not None and lines.ended:
        # The reader asked for a line beyond the last one: a quote was open, and all behind it is in one cell.
        raise UsageError("file.unclosed_quote", file=file, row=lines.row + 1)
    return record


def _heading(sample: str, delimiter: str, columns: Columns) -> list[str]:
    """The record that names most columns among those that may be the heading; the first where none does."""
    found: list[list[str]] = []
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        found.extend(islice((record for record in rows if record), TITLES + 1))
    except csv.Error:
        pass  # what came before it may be the heading
    return max(found, key=columns.known, default=[])
