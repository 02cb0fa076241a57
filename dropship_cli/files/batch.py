"""Many rows at once, column by column, when nothing is wrong with any of them; `row` reads the others one by one.

Reading a row alone costs several microseconds, more than the spreadsheet library itself (performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import cast
from unicodedata import is_normalized

from dropship_cli.files.cells import MAX_CELL, Problem, is_exact, mend, number_text
from dropship_cli.files.headers import Kind
from dropship_cli.files.row import Layout, Row

_row = cast(Callable[[type[Row], object], Row], tuple.__new__)  # Row(*values) without a call in Python


def read_batch(first: int, rows: Sequence[Sequence[object]], layout: Layout) -> list[Row] | None:
    """The rows, numbered from `first`; None when any of them wants to be read alone (odd, blank, or wrong)."""
    width = len(layout.headers)
    if set(map(len, rows)) != {width}:
        return None
    columns = [_texts(column) for column in zip(*rows, strict=True)]
    if any(column is None for column in columns):
        return None
    texts = [column for column in columns if column is not None]
    mended = _mended(texts, layout)
    if mended is None:
        return None
    cells = map(dict, map(zip, repeat(tuple(layout.places)), zip(*mended, strict=True)))
    originals = zip(*texts, strict=True)
    values = zip(range(first, first + len(rows)), cells, originals, repeat(None), strict=False)
    return list(map(_row, repeat(Row), values))


def _mended(columns: Sequence[Sequence[str]], layout: Layout) -> list[Sequence[str]] | None:
    by_meaning: dict[str, Sequence[str]] = {}
    for meaning, at in layout.places.items():
        values = _column(columns[at], layout.columns.kind(meaning))
        if values is None or layout.headers[at] in columns[at]:
            return None
        by_meaning[meaning] = values
    return list(by_meaning.values()) if _complete(by_meaning, layout) else None


def _complete(by_meaning: dict[str, Sequence[str]], layout: Layout) -> bool:
    """Whether no row is blank, and each group that must be there is, in every row, by one column alone."""
    full = {meaning for meaning, values in by_meaning.items() if all(values)}
    return bool(full) and all(not full.isdisjoint(group) for group in layout.columns.required)


def _column(column: Sequence[str], kind: Kind) -> Sequence[str] | None:
    """The mended column; None when a cell of it has a problem."""
    if _is_plain(column, kind):
        return column
    bare = [text.strip("\t ") for text in column]  # platforms put a tab before each identifier
    if _is_plain(bare, kind):
        return bare
    values = {text: mend(text, kind, "") for text in set(column)}
    if any(isinstance(value, Problem) for value in values.values()):
        return None
    return [str(values[text]) for text in column]


def _is_plain(column: Sequence[str], kind: Kind) -> bool:
    """Whether mending would change nothing: letters and digits only, none full-width."""
    if kind in (Kind.TEXT, Kind.QUANTITY):
        return False
    joined = "".join(column)
    if joined.isascii():
        return joined.encode().isalnum()  # five times as fast on bytes
    return kind is Kind.NAME and joined.isalnum() and is_normalized("NFKC", joined)


def _texts(column: Sequence[object]) -> Sequence[str] | None:
    """A column as text, when it holds text and exact numbers only and no cell is too long."""
    try:
        joined = "".join(column)  # type: ignore[arg-type]  # the quickest test for "all text" there is
    except TypeError:
        return _number_texts(column)
    texts = cast(Sequence[str], column)
    return texts if len(joined) <= MAX_CELL or len(max(texts, key=len)) <= MAX_CELL else None


def _number_texts(column: Sequence[object]) -> Sequence[str] | None:
    if not set(map(type, column)) <= {str, float}:
        return None
    known = {cell: number_text(cell) if isinstance(cell, float) else str(cell) for cell in set(column)}
    if not all(is_exact(cell) for cell in known if isinstance(cell, float)):
        return None
    texts = [known[cell] for cell in column]
    return texts if len(max(texts, key=len)) <= MAX_CELL else None
