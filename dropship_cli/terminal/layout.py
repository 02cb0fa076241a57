"""Fits columns into a width: cut first what may be cut, then leave out what matters least; ids are never cut."""

from __future__ import annotations

from collections.abc import Sequence

from dropship_cli.terminal.tables import Column

GAP = 2


def fit(columns: Sequence[Column], natural: Sequence[int], width: int) -> list[tuple[Column, int]]:
    """The columns that stay and their widths. `natural` are the widths they would like, in cells.

    Where not even the columns that never leave fit, they keep their widths: the terminal breaks the line.
    """
    wanted = dict(zip(columns, natural, strict=True))
    kept = list(columns)
    while _needed([_least(one, wanted[one]) for one in kept]) > width:
        last = max(kept, key=lambda one: one.drop)
        if last.drop == 0:
            break
        kept.remove(last)
    return _share(kept, wanted, width)


def _least(column: Column, natural: int) -> int:
    return natural if column.least is None else min(column.least, natural)


def _needed(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * max(len(widths) - 1, 0)


def _share(kept: Sequence[Column], wanted: dict[Column, int], width: int) -> list[tuple[Column, int]]:
    widths = {one: _least(one, wanted[one]) for one in kept}
    spare = max(width - _needed(list(widths.values())), 0)
    for one in sorted(kept, key=lambda column: column.drop):
        more = min(spare, wanted[one] - widths[one])
        widths[one] += more
        spare -= more
    return list(widths.items())
