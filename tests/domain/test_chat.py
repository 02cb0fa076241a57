"""Quiet hours are Beijing's, may go over midnight, and end; names stay readable."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.chat import QuietHours, is_name, parse_quiet
from dropship_cli.domain.moment import BEIJING


def at(clock: str) -> float:
    return datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=BEIJING).timestamp()


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        (
            "22:00-07:00",
            ["22:00:00", "23:59:59", "00:00:00", "06:59:59"],
            ["07:00:00", "12:00:00", "21:59:59"],
        ),
        ("12:30-14:00", ["12:30:00", "13:59:59"], ["12:29:59", "14:00:00", "00:00:00"]),
        ("0:00-8:05", ["00:00:00", "08:04:59"], ["08:05:00", "23:59:59"]),
    ],
)
def test_the_hours_begin_and_end_to_the_minute(hours: str, quiet: list[str], loud: list[str]) -> None:
    found = parse_quiet(hours)
    assert [clock for clock in (*quiet, *loud) if found.covers(at(clock))] == quiet
    assert parse_quiet(str(found)) == found


@pytest.mark.parametrize(
    "text", ["", "22:00", "22-7", "24:00-07:00", "22:60-07:00", "07:00-07:00", "22:00-07:00x", "-"]
)
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a value error is all that is promised
        parse_quiet(text)


@given(st.text(), st.floats(0, 4e9))
def test_any_text_is_hours_or_refused(text: str, now: float) -> None:
    with suppress(ValueError):
        assert isinstance(parse_quiet(text).covers(now), bool)


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 4_000_000_000))
def test_hours_and_their_opposite_share_no_moment(start: int, end: int, now: int) -> None:
    if start != end:
        assert QuietHours(start, end).covers(now) is not QuietHours(end, start).covers(now)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("team", True), ("团队-1", True), ("a" * 33, False), ("a b", False), ("", False),
        ("../x", False), ("a\n", False),
    ],
)  # fmt: skip
def test_a_name_is_one_word(name: str, fits: bool) -> None:
    assert is_name(name) is fits
