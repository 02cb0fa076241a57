"""No row of a window is missed, however the others move while it is read."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.moment import Window
from dropship_cli.platforms.base import NoAnswer
from dropship_cli.platforms.doudian.paging import SETTLING, changed, pages

SIZE = 5
SCHEDULES = given(seed=st.integers(0, 2**32), newest_first=st.booleans())


class Listing:
    """A list sorted by update time, paged by number, whose rows move between two pages."""

    def __init__(
        self, rows: list[str], move: Callable[[list[str]], None], *, newest_first: bool = False
    ) -> None:
        self.rows, self.move, self.newest_first = rows, move, newest_first
        self.reads: list[int] = []

    def __call__(self, page: int) -> tuple[list[str], int]:
        if self.reads:
            self.move(self.rows)
        self.reads.append(page)
        shown = self.rows[::-1] if self.newest_first else self.rows
        return shown[page * SIZE : (page + 1) * SIZE], len(self.rows)


def seen(listing: Listing, *, settled: bool = False) -> set[str]:
    _, total = listing(0)
    return {row for rows in pages(listing, SIZE, str, total, settled=settled) for row in rows}


def names(count: int) -> list[str]:
    return [f"row-{number:03d}" for number in range(count)]


def still(rows: list[str]) -> None:
    """Nothing moves."""


@pytest.mark.parametrize("count", range(23))
def test_a_still_list_is_read_in_as_many_calls_as_it_has_pages_and_one(count: int) -> None:
    listing = Listing(names(count), still)
    window = Window(100, 200)
    found = [
        row for rows in changed(lambda _, page: listing(page), window, SIZE, str, lambda: 300) for row in rows
    ]
    assert set(found) == set(names(count))
    assert len(listing.reads) == (1 if count <= SIZE else -(-count // SIZE) + 1)


class Shop:
    """Rows with update times, paged in their order, and a clock; everything moves between two calls."""

    def __init__(self, rng: random.Random, *, newest_first: bool, touches: int) -> None:
        self.rng, self.newest_first, self.touches = rng, newest_first, touches
        self.now, self.version = 10_000.0, 0
        self.rows: dict[str, tuple[int, int]] = {}
        self.calls = 0
        for number in range(60):
            self.rows[f"row-{number:03d}"] = (9_900 + number, 0)

    def read(self, window: Window, page: int) -> tuple[list[tuple[str, int]], int]:
        self.calls += 1
        assert page >= 0
        if self.touches:
            self.now += self.rng.choice([1, 2, 4])
        for _ in range(self.rng.randint(0, self.touches)):
            self.version += 1
            name = self.rng.choice([*self.rows, f"new-{self.version}"])
            self.rows[name] = (int(self.now), self.version)
        inside = [
            (at, name, version)
            for name, (at, version) in self.rows.items()
            if window.start <= at <= window.end
        ]
        inside.sort(reverse=self.newest_first)
        return [(name, version) for _, name, version in inside[page * SIZE : (page + 1) * SIZE]], len(inside)

    def changed(self, window: Window) -> set[tuple[str, int]]:
        found = changed(self.read, window, SIZE, lambda row: row[0], lambda: self.now)
        return {row for rows in found for row in rows}


@SCHEDULES
def test_a_busy_shop_is_read_without_a_miss_though_its_list_shifts_on_every_page(
    seed: int, newest_first: bool
) -> None:
    """Up to three rows change between any two calls, for ten readings; each reading goes on from the last one."""
    shop = Shop(random.Random(seed), newest_first=newest_first, touches=3)
    seen_rows: set[tuple[str, int]] = set()
    start = 9_900
    for _ in range(10):
        end = int(shop.now)
        seen_rows |= shop.changed(Window(start, end))
        missed = {(name, version) for name, (at, version) in shop.rows.items() if at < end} - seen_rows
        assert missed == set()
        start = end
    assert shop.calls < 10 * 40


def test_a_window_that_reaches_to_now_is_read_up_to_a_few_seconds_ago_and_then_from_there() -> None:
    shop = Shop(random.Random(1), newest_first=False, touches=0)
    windows: list[tuple[int, int, int]] = []

    def read(window: Window, page: int) -> tuple[list[tuple[str, int]], int]:
        windows.append((window.start, window.end, page))
        return shop.read(window, page)

    shop.rows["newest"] = (9_999, 1)
    found = [
        row
        for rows in changed(read, Window(9_940, 10_000), SIZE, lambda row: row[0], lambda: 10_000)
        for row in rows
    ]
    assert len({name for name, _ in found}) == 21
    edge = 10_000 - SETTLING
    assert windows == [
        (9_940, 10_000, 0),
        *[(9_940, edge, page) for page in (0, 3, 2, 1, 0)],
        (edge, 10_000, 0),
    ]


@SCHEDULES
def test_no_row_is_missed_while_rows_move_inside_the_window(seed: int, newest_first: bool) -> None:
    """The list shifts on every page for three readings of it: a changed row goes to its newest end."""
    rng = random.Random(seed)

    def touch(rows: list[str]) -> None:
        if len(listing.reads) < 25:
            rows.append(rows.pop(rng.randrange(len(rows))))

    listing = Listing(names(23), touch, newest_first=newest_first)
    assert seen(listing) == set(names(23))


@SCHEDULES
def test_no_row_that_stays_is_missed_while_others_leave_the_window(seed: int, newest_first: bool) -> None:
    """A row that changes after the window's end belongs to the next window; those behind it move forward."""
    rng = random.Random(seed)

    def leave(rows: list[str]) -> None:
        if len(rows) > 8:
            rows.pop(rng.randrange(len(rows)))

    listing = Listing(names(23), leave, newest_first=newest_first)
    found = seen(listing, settled=True)
    assert set(listing.rows) <= found
    assert len(listing.reads) <= 7, "a window that only shrinks is read once"


@SCHEDULES
def test_rows_that_come_while_the_window_is_read_are_read(seed: int, newest_first: bool) -> None:
    rng = random.Random(seed)

    def come(rows: list[str]) -> None:
        if len(listing.reads) < 15:
            rows.insert(rng.randrange(len(rows) + 1), f"new-{len(listing.reads)}")

    listing = Listing(names(23), come, newest_first=newest_first)
    assert seen(listing) == set(listing.rows)


@given(st.integers(6, 60), st.randoms(use_true_random=False), st.booleans())
def test_whatever_moves_leaves_and_comes_for_a_while_those_that_stay_are_read(
    count: int, rng: random.Random, newest_first: bool
) -> None:
    def anything(rows: list[str]) -> None:
        if len(listing.reads) > 30:
            return
        match rng.randrange(4):
            case 0:
                rows.append(rows.pop(rng.randrange(len(rows))))
            case 1 if len(rows) > count // 2:
                rows.pop(rng.randrange(len(rows)))
            case 2:
                rows.append(f"new-{len(listing.reads)}")

    listing = Listing(names(count), anything, newest_first=newest_first)
    try:
        found = seen(listing)
    except NoAnswer:
        return  # said, so that the cursor stays
    assert [row for row in listing.rows if row not in found and row.startswith("row")] == []


@pytest.mark.parametrize(("shown", "counted"), [(0, 3), (2, 3), (5, 0), (5, 4), (4, 9)])
def test_a_list_that_shows_other_rows_than_it_counts_is_never_taken_for_whole(
    shown: int, counted: int
) -> None:
    def read(window: Window, page: int) -> tuple[list[str], int]:
        return (names(shown) if page == 0 else []), counted

    for now in (150, 300):
        with pytest.raises(NoAnswer):
            list(changed(read, Window(100, 200), SIZE, str, lambda now=now: now))


def test_a_row_that_comes_twice_on_a_page_is_one() -> None:
    rows = ["row-1", "row-1", "row-2"]
    assert list(changed(lambda _, page: (rows, 2), Window(100, 200), SIZE, str, lambda: 300)) == [rows]


def test_a_window_that_never_stops_growing_is_said_and_not_half_read() -> None:
    def grow(rows: list[str]) -> None:
        rows.extend(f"new-{len(listing.reads)}-{number}" for number in range(SIZE))

    listing = Listing(names(23), grow)
    with pytest.raises(NoAnswer):
        seen(listing, settled=True)
