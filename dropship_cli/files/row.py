"""One row of a file as a reader gets it, and how it is read alone; many at once are `batch`'s affair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dropship_cli.files.cells import MAX_CELL, Problem, mend, problem
from dropship_cli.files.headers import Columns, Kind, normal

FORMULA = "row.formula"
CELL_ERROR = "row.cell_error"


class Row(NamedTuple):
    """`number` is the row as a spreadsheet counts it (from 1, blank ones too); `original` the cells as they were.

    `cells` holds the mended values by meaning, empty where a cell is empty or is the one that `problem` is about.
    (A named tuple, because a frozen dataclass takes three times as long to make, and there are 100,000.)
    """

    number: int
    cells: Mapping[str, str]
    original: tuple[str, ...]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's heading and where in it each meaning stands (columns from 0)."""

    headers: tuple[str, ...]
    places: Mapping[str, int]
    columns: Columns

    def heading(self, meaning: str) -> str:
        """The file's own heading for a meaning, as a person reads it there."""
        return self.headers[self.places[meaning]].strip()

    def headings_of(self, group: Sequence[str]) -> str:
        """The headings of those meanings of a group that the file has."""
        return " / ".join(self.heading(meaning) for meaning in group if meaning in self.places)


def read_row(number: int, texts: Sequence[str], layout: Layout, doubts: Mapping[int, str]) -> Row:
    """The row with all that can be said about it; `doubts` are problem codes by column, known before its text."""
    original = tuple(texts)
    width = len(layout.headers)
    padded = [*texts, *[""] * (width - len(texts))]
    cells, found = _mended(padded, layout, doubts)
    wrong = _shape(padded, layout) or found or _missing(cells, layout)
    return Row(number, cells, original, wrong)


def _mended(
    texts: Sequence[str], layout: Layout, doubts: Mapping[int, str]
) -> tuple[dict[str, str], Problem | None]:
    """The values by meaning, and the first problem among them."""
    cells: dict[str, str] = {}
    first: Problem | None = None
    for meaning, at in layout.places.items():
        value = _cell(texts[at], meaning, layout, doubts.get(at))
        if isinstance(value, Problem):
            first = first or value
            value = ""
        cells[meaning] = value
    return cells, first


def _cell(text: str, meaning: str, layout: Layout, doubt: str | None) -> str | Problem:
    """A date or a rounded number is doubtful as a name, but welcome as plain text; a formula or an error never is."""
    column, kind = layout.heading(meaning), layout.columns.kind(meaning)
    if doubt and (kind is not Kind.TEXT or doubt in (FORMULA, CELL_ERROR)):
        return problem(doubt, column, text)
    return mend(text, kind, column)


def _shape(texts: Sequence[str], layout: Layout) -> Problem | None:
    """What is wrong with the row as a whole."""
    width = len(layout.headers)
    if any(text.strip() for text in texts[width:]):
        return Problem("row.columns", {"cells": len(texts), "headers": width})
    if _is_header(texts, layout):
        return Problem("row.header_again", {})
    long = next((at for at, text in enumerate(texts[:width]) if len(text) > MAX_CELL), None)
    if long is not None:
        text = texts[long]
        return problem("row.too_long", layout.headers[long].strip(), text, length=len(text), limit=MAX_CELL)
    return None


def _is_header(texts: Sequence[str], layout: Layout) -> bool:
    return all(normal(texts[at]) == normal(layout.headers[at]) for at in layout.places.values())


def _missing(cells: Mapping[str, str], layout: Layout) -> Problem | None:
    for group in layout.columns.required:
        if not any(cells.get(meaning) for meaning in group):
            return Problem("row.missing", {"column": layout.headings_of(group)})
    return None
