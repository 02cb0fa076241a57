"""Instants and windows: no second falls between two windows, and what people write is read in Beijing's time."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.moment import LONGEST, Window, instant, parse_moment, parse_span, rfc3339, windows

seconds = st.integers(0, 4_000_000_000)


@given(seconds, st.integers(0, 200_000), st.integers(1, 90_000))
def test_windows_cover_every_second_and_share_their_edges(start: int, length: int, width: int) -> None:
    width = max(width, length // 500)
    found = list(windows(start, start + length, width))
    if not length:
        assert found == []
        return
    assert (found[0].start, found[-1].end) == (start, start + length)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(0 < one.end - one.start <= width for one in found)


def test_windows_are_as_wide_as_they_may_be() -> None:
    assert list(windows(0, 25, 10)) == [Window(0, 10), Window(10, 20), Window(20, 25)]


def test_a_stretch_that_ends_before_it_begins_has_no_window() -> None:
    assert list(windows(10, 5, 10)) == []


@pytest.mark.parametrize(
    ("told", "moment"),
    [(1795994853, 1795994853), (1795994853000, 1795994853), (0, None), (-1, None), (2**62, None), (1, 1)],
)
def test_a_platforms_time_is_seconds_or_nothing(told: int, moment: int | None) -> None:
    assert instant(told) == moment


@given(st.integers(-(2**63), 2**63 - 1))
def test_whatever_time_a_platform_tells_it_can_be_shown(told: int) -> None:
    shown = rfc3339(instant(told))
    assert shown is None or datetime.fromisoformat(shown)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-12", 1_794_412_800),
        (" 2026-11-12\n", 1_794_412_800),
        ("2026-11-12 08:00", 1_794_441_600),
        ("2026-11-12T08:00:00", 1_794_441_600),
        ("2026-11-12T08:00:00+08:00", 1_794_441_600),
        ("2026-11-12T00:00:00Z", 1_794_441_600),
        ("2026-11-12T08:00:00.999", 1_794_441_600),
    ],
)
def test_what_people_write_is_beijing_time_unless_it_says_otherwise(text: str, moment: int) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "12.11.2026", "2026-13-01", "2026-11-12 25:00", "2026/11/12", "今天"]
)
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(text)


@given(st.text() | st.datetimes().map(str))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_moment(text), int)


@given(seconds)
def test_an_instant_reads_back_whole(moment: int) -> None:
    text = rfc3339(moment)
    assert text is not None
    assert text.endswith("+08:00")
    assert parse_moment(text) == moment


@given(seconds, st.integers(-14, 14))
def test_an_offset_names_the_same_instant_everywhere(moment: int, hours: int) -> None:
    there = datetime.fromtimestamp(moment, timezone(timedelta(hours=hours))).isoformat()
    assert parse_moment(there) == moment


def test_nothing_stays_nothing_and_parts_of_a_second_are_dropped() -> None:
    assert rfc3339(None) is None
    assert rfc3339(0.9) == "1970-01-01T08:00:00+08:00"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("4m", 240), ("6h", 21_600), ("1d", 86_400), ("1.5H", 5400), (" 0 ", 0)],
)
def test_lengths_of_time_as_people_write_them(text: str, seconds: float) -> None:
    assert parse_span(text) == seconds


@given(st.text())
def test_any_text_is_a_length_of_time_within_bounds_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert 0 <= parse_span(text) <= LONGEST
