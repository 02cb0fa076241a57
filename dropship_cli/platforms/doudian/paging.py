"""Pages of a list whose rows move while it is read: none is missed (reliability.md rule 9). No calls of its own."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dropship_cli.platforms.base import NoAnswer

T = TypeVar("T")

ROUNDS = 8
"""Readings of one window that does not hold still; only one that reaches to now can go on changing."""


def pages(
    read: Callable[[int], tuple[list[T], int]], size: int, name: Callable[[T], str]
) -> Iterator[list[T]]:
    """Yield every page of rows, the last page first; a row may come twice, which is harmless.

    `read(page)` answers the rows and the total. One page is one answer and can't shift. Of several, a row that
    leaves the window moves the later ones forward, to pages that are read later; one that moves inside the
    window, or a new one, may hide a row: so the reading is complete only when as many different rows were seen
    as the platform ever counted, and is done again until then.
    Raises `NoAnswer` where a window goes on growing through every reading.
    """
    rows, total = read(0)
    if total <= size:
        if rows:
            yield rows
        return
    seen = _Names()
    most = total
    for _ in range(ROUNDS):
        first = total
        for page in range((total - 1) // size, -1, -1):
            rows, total = read(page)
            most = max(most, total)
            seen.add(map(name, rows))
            if rows:
                yield rows
        if seen.count() >= most:
            return
    if total > first:
        raise NoAnswer("answer.unreadable", "the list kept growing while it was read")


class _Names:
    """How many different names were seen, in eight bytes each: a window may hold a million rows."""

    def __init__(self) -> None:
        self._drawers = [array("q") for _ in range(64)]

    def add(self, names: Iterable[str]) -> None:
        for number in map(hash, names):
            self._drawers[number & 63].append(number)

    def count(self) -> int:
        return sum(len(set(drawer)) for drawer in self._drawers)
