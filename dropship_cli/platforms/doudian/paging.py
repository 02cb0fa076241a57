"""Pages of a list whose rows move while it is read: none is missed (reliability.md rule 9). No calls of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 5
"""Readings of one window while rows are added to it; only a window that reaches to now can still grow."""


def pages(read: Callable[[int], tuple[list[T], int]], size: int) -> Iterator[list[T]]:
    """Yield every page of rows, the last page first.

    A row that changes leaves the window (its update time is now), and those behind it move forward, to pages
    that are read later. The first page is read last as well, and where the total has grown meanwhile, rows were
    added and everything is read again. A row may come twice; that is harmless.
    """
    _, total = read(0)
    for _ in range(ROUNDS):
        last = 0
        for page in range(max(total - 1, 0) // size, -1, -1):
            rows, last = read(page)
            if rows:
                yield rows
        if last <= total:
            return
        total = last
