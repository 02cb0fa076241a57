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
    least = {one: _least(one, wanted[one]) for one in columns}
    # What never leaves and does not go on in the next line is cut only where everything else has left already.
    firm = {one: wanted[one] if one.drop == 0 and not one.wrap else least[one] for one in columns}
    kept = list(columns)
    while _needed([firm[one] for one in kept]) > width:
        last = max(kept, key=lambda one: one.drop)
        if last.drop == 0:
            return _share({one: least[one] for one in kept}, wanted, width)
        kept.remove(last)
    return _share({one: firm[one] for one in kept}, wanted, width)


def _least(column: Column, natural: int) -> int:
    return natural if column.least is None else min(column.least, natural)


def _needed(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * max(len(widths) - 1, 0)


def _share(widths: dict[Column, int], wanted: dict[Column, int], width: int) -> list[tuple[Column, int]]:
    """Give what is left of the width to those that would like more, what matters most first."""
    spare = max(width - _needed(list(widths.values())), 0)
    for one in sorted(widths, key=lambda column: column.drop):
        more = min(spare, wanted[one] - widths[one])
        widths[one] += more
        spare -= more
    return list(widths.items())
