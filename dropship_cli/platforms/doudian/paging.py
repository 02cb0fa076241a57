"""Pages of a list whose rows move while it is read: none is missed (reliability.md rule 9). No calls of its own."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from dropship_cli.domain.moment import Window
from dropship_cli.platforms.base import NoAnswer

T = TypeVar("T")
Page = tuple[list[T], int]
"""The rows of one page, and how many rows the whole window has."""

SETTLING = 5
"""Seconds after which nothing gets an update time of that past any more (our decision: two clocks and a queue)."""

ROUNDS = 8
"""Readings of one window that does not hold still."""


def changed(
    read: Callable[[Window, int], Page[T]],
    window: Window,
    size: int,
    name: Callable[[T], str],
    now: Callable[[], float],
) -> Iterator[list[T]]:
    """Yield pages with every row that changed in the window; a row may come twice, which is harmless.

    `now` is the platform's clock. One page is one answer and can't shift: most windows are no more. A longer one
    is read up to a few seconds ago, where rows can only leave, and then from there: so whatever moves under the
    reading moves to where it is still to be read, and a busy shop needs no second reading.
    Raises `NoAnswer` where a window never holds still, or has other rows than it counts.
    """
    start = window.start
    while True:
        rest = Window(start, window.end)
        rows, total = read(rest, 0)
        different = len(set(map(name, rows)))
        if different > total:
            raise NoAnswer("answer.unreadable", "the list has more rows than it counts")
        if different == total:
            if rows:
                yield rows
            return
        settled = Window(start, min(window.end, int(now()) - SETTLING))
        if settled.end <= start:
            yield from pages(partial(read, rest), size, name, total, settled=False)
            return
        if settled.end < rest.end:
            _, total = read(settled, 0)
        yield from pages(partial(read, settled), size, name, total, settled=True)
        if settled.end == rest.end:
            return
        start = settled.end


def pages(
    read: Callable[[int], Page[T]], size: int, name: Callable[[T], str], total: int, *, settled: bool
) -> Iterator[list[T]]:
    """Yield the pages of a list of `total` rows, the last page first.

    From a `settled` window rows can only leave, for whatever changes gets an update time of now: those behind
    move forward, to pages that are read later. In any other window a row may move or come, and hide another one:
    is read again until a reading shows no sign of that. Raises `NoAnswer` where none does.
    """
    for _ in range(ROUNDS):
        start, grew, seen = total, False, _Names()
        for page in range((start - 1) // size, -1, -1):
            rows, now = read(page)
            grew, total = grew or now > total, now
            seen.add(map(name, rows))
            if rows:
                yield rows
        if settled and not grew and (total < start or seen.count() >= start):
            return
        if not grew and total == start == seen.count():
            # What moved to the newest end after that was read, and before its old place was, stands there now.
            rows, total = read((start - 1) // size)
            yield rows
            if total == start and seen.has(map(name, rows)):
                return
    raise NoAnswer("answer.unreadable", "the list does not hold still while it is read")


class _Names:
    """The different names that were seen, in eight bytes each: a window may hold a million rows."""

    def __init__(self) -> None:
        self._drawers = [array("q") for _ in range(64)]

    def add(self, names: Iterable[str]) -> None:
        for number in map(hash, names):
            self._drawers[number & 63].append(number)

    def has(self, names: Iterable[str]) -> bool:
        return all(number in self._drawers[number & 63] for number in map(hash, names))

    def count(self) -> int:
        return sum(len(set(drawer)) for drawer in self._drawers)
