"""Draws records as a table on a terminal, with rich; block by block, so that a long list starts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dropship_cli.terminal.cells import Cell, Look, Row
from dropship_cli.terminal.layout import GAP, fit
from dropship_cli.terminal.tables import Column, columns_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BLOCK = 500
"""Rows measured and drawn at once; a later block may only widen what is never cut."""


@dataclass(slots=True)
class Drawn:
    """What became of a table: how many rows, and which columns had no room."""

    rows: int
    hidden: tuple[Column, ...]


def draw(console: Console, kind: str, rows: Iterable[Row], look: Look) -> Drawn:
    """Draw all rows under one heading; `console` has the width and the colours."""
    drawn = Drawn(0, ())
    chosen: Sequence[Column] | None = None
    for block in _blocks(rows):
        known = columns_of(kind, block, look.own) if chosen is None else chosen
        grid = [[one.show(row, one.key, look) for one in known] for row in block]
        natural = [_natural(one, at, grid, look.lang) for at, one in enumerate(known)]
        fitted = fit(known, natural, console.width)
        if chosen is None:
            drawn.hidden = tuple(one for one in known if one not in dict(fitted))
        _print(console, known, fitted, grid, look, heading=chosen is None)
        chosen = known
        drawn.rows += len(block)
    return drawn


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while block := list(islice(source, BLOCK)):
        yield block


def _natural(column: Column, at: int, grid: Sequence[Sequence[Cell]], lang: str) -> int:
    from rich.cells import cell_len

    return max(cell_len(column.heading(lang)), *(cell_len(row[at].text) for row in grid))


def _print(
    console: Console,
    known: Sequence[Column],
    fitted: Sequence[tuple[Column, int]],
    grid: Sequence[Sequence[Cell]],
    look: Look,
    *,
    heading: bool,
) -> None:
    from rich.text import Text

    table = _table(fitted, look.lang, heading=heading)
    places = [known.index(one) for one, _ in fitted]
    for row in grid:
        table.add_row(*(Text(row[at].text, style=row[at].style) for at in places))
    needed = sum(width for _, width in fitted) + GAP * (len(fitted) - 1)
    console.print(table, width=max(console.width, needed), crop=False)


def _table(fitted: Sequence[tuple[Column, int]], lang: str, *, heading: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=heading, header_style="bold")
    for column, width in fitted:
        table.add_column(
            Text(column.heading(lang)),
            width=width,
            justify="right" if column.right else "left",
            no_wrap=not column.wrap,
            overflow="fold" if column.wrap else "ellipsis",
        )
    return table
