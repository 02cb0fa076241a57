"""The door to what people send: csv, tsv, xlsx or standard input as rows with their numbers, as a stream."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.batch import read_batch
from dropship_cli.files.cells import Problem, is_exact, number_text
from dropship_cli.files.delimited import TITLES, delimiter_of, records
from dropship_cli.files.encoding import choose
from dropship_cli.files.headers import Columns
from dropship_cli.files.row import CELL_ERROR, FORMULA, Layout, Row, read_row
from dropship_cli.files.source import Source, open_source

if TYPE_CHECKING:
    from dropship_cli.files.sheet_extent import Places

__all__ = ["Problem", "Row", "Sheet", "open_rows"]

_BATCH = 250


class Sheet:
    """An open file: its name, its heading as written, and its rows, once, in order. Use it with `with`.

    Of a workbook it is the first sheet that a person sees; `unread` names the others.

    Iterating may raise UsageError where the file can't be read further; a row that is wrong carries its problem.
    """

    def __init__(
        self,
        name: str,
        layout: Layout,
        records: Iterator[Sequence[object]],
        *,
        first: int,
        doubtful: Mapping[str, Places],
        close: Callable[[], object],
    ) -> None:
        self.name = name
        self.headers = layout.headers
        self.encoding: str | None = None
        self.unread: tuple[str, ...] = ()
        self._layout, self._records, self._first = layout, records, first
        self._doubtful, self._close = doubtful, close

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self._batches())

    def close(self) -> None:
        """Gives the file back; iterating to the end does it too."""
        self._close()

    def _batches(self) -> Iterator[list[Row]]:
        number = self._first
        try:
            while batch := list(islice(self._records, _BATCH)):
                yield self._read(number, batch)
                number += len(batch)
        finally:
            self.close()

    def _read(self, first: int, batch: list[Sequence[object]]) -> list[Row]:
        numbers = range(first, first + len(batch))
        doubtful = any(
            not rows.isdisjoint(numbers) for places in self._doubtful.values() for rows in places.values()
        )
        if not doubtful and (rows := read_batch(first, batch, self._layout)) is not None:
            return rows
        numbered = zip(numbers, batch, strict=True)
        return [self._one(number, record) for number, record in numbered if not _is_blank(record)]

    def _one(self, number: int, record: Sequence[object]) -> Row:
        doubts = {at: code for at, cell in enumerate(record) if (code := _doubt(cell))}
        for code, places in self._doubtful.items():
            doubts |= {at: code for at, rows in places.items() if number in rows}
        return read_row(number, [_text(cell) for cell in record], self._layout, doubts)


def open_rows(
    source: str, columns: Columns, *, stdin: BinaryIO | None = None, encoding: str | None = None
) -> Sheet:
    """Opens `source` (a path, or `-` for standard input); its format is found by content, its columns by heading.

    Raises UsageError `file.*`: it can't be opened, is of another format, too large, in an unknown encoding, or
    has not the columns asked for. `encoding` is the user's word and wins.
    """
    opened = open_source(source, stdin)
    with ExitStack() as undo:
        undo.callback(opened.stream.close)
        sheet = _workbook(opened, columns) if opened.is_zip else _delimited(opened, columns, encoding)
        undo.pop_all()
    return sheet


def _delimited(source: Source, columns: Columns, given: str | None) -> Sheet:
    encoding = choose(source.stream, file=source.name, given=given)
    text = io.TextIOWrapper(source.stream, encoding=encoding, newline="")
    rows = records(text, delimiter_of(text, columns), file=source.name)
    number, layout = _headed(rows, columns, source.name)
    sheet = Sheet(source.name, layout, rows, first=number + 1, doubtful={}, close=text.close)
    sheet.encoding = encoding
    return sheet


def _workbook(source: Source, columns: Columns) -> Sheet:
    from dropship_cli.files.workbook import open_workbook

    book = open_workbook(source)
    number, layout = _headed(book.records, columns, source.name)
    needed = frozenset(layout.places.values())
    sheet = Sheet(
        source.name,
        layout,
        book.records,
        first=number + 1,
        doubtful={FORMULA: book.formulas(needed), CELL_ERROR: book.errors(needed)},
        close=source.stream.close,
    )
    sheet.unread = book.unread
    return sheet


def _headed(rows: Iterator[Sequence[object]], columns: Columns, file: str) -> tuple[int, Layout]:
    """The heading is the first row that is not blank, or stands below the sheet's title; where no row names a
    column, it is the first one that the error is about."""
    titles: list[tuple[str, ...]] = []
    for number, record in enumerate(rows, 1):
        headings = tuple(_text(cell) for cell in record)
        if _is_title(headings, columns) and len(titles) < TITLES:
            titles.append(headings)
        elif any(heading.strip() for heading in headings):
            heading = headings if columns.known(headings) else [*titles, headings][0]
            return number, Layout(headings, columns.match(heading, file=file), columns)
    if titles:
        columns.match(titles[0], file=file)
    raise UsageError("file.empty", file=file)


def _is_title(headings: Sequence[str], columns: Columns) -> bool:
    """Whether it is a row of one cell (a merged one is one) that names no column."""
    return sum(bool(heading.strip()) for heading in headings) == 1 and not columns.known(headings)


def _is_blank(record: Sequence[object]) -> bool:
    return not any(cell.strip() if isinstance(cell, str) else True for cell in record)


def _text(cell: object) -> str:
    """A cell's text as a person saw it, as far as the file tells."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float | int):
        return number_text(float(cell))
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell)


def _doubt(cell: object) -> str | None:
    """Why a spreadsheet's cell can't be trusted as an identifier, whatever its text."""
    if isinstance(cell, float):
        return None if is_exact(cell) else "row.float_id"
    return "row.date" if isinstance(cell, date | datetime | time | timedelta) else None
