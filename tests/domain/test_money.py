"""Amounts as people write them, and days and months as they name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.calendar import day, day_text, month, month_text
from dropship_cli.domain.moment import parse_moment
from dropship_cli.domain.money import NotMoney, cents, yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        ("12.", 1200),
        ("0", 0),
        ("¥12.5", 1250),
        ("￥ 12.5", 1250),
        ("12.5元", 1250),
        ("１２．５０", 1250),
        ("1,234.56", 123456),
        ("1，234", 123400),
        (" 8.8 ", 880),
        ("8.800000", 880),
        ("-3.10", -310),
        ("-¥3.10", -310),
        ("CNY 7", 700),
    ],
)
def test_what_people_write_is_read_to_the_cent(text: str, amount: int) -> None:
    assert cents(text) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12.505", "money.decimals"),
        ("0.001", "money.decimals"),
        ("", "money.number"),
        ("12,5", "money.number"),
        ("1,23,456", "money.number"),
        ("1e3", "money.number"),
        ("twelve", "money.number"),
        ("12.5.0", "money.number"),
        ("--3", "money.number"),
        ("¥", "money.number"),
        (".", "money.number"),
        ("٣", "money.number"),
        ("NaN", "money.number"),
    ],
)
def test_nothing_else_is_an_amount(text: str, code: str) -> None:
    with pytest.raises(NotMoney) as told:
        cents(text)
    assert told.value.code == code


@given(st.integers(-(10**12), 10**12))
def test_what_is_shown_is_read_back(amount: int) -> None:
    """As text, and as the number that a spreadsheet makes of it."""
    assert cents(yuan(amount)) == amount
    assert cents(repr(amount / 100)) == amount


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-01",
        "2026/11/1",
        "2026.11.1",
        "2026年11月1日",
        "20261101",
        "2026-11-01T00:00:00",
        "2026/11/1 0:00",
    ],
)
def test_a_day_begins_at_midnight_in_beijing(text: str) -> None:
    assert day(text) == parse_moment("2026-11-01T00:00:00+08:00")
    assert day_text(day(text)) == "2026-11-01"


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "1026-11-01", "11-01", "46327", "2026-11-01 08:30", ""]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day(text or " ")


def test_a_month_ends_where_the_next_begins() -> None:
    for text, first, following in (
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026年2月", "2026-02-01", "2026-03-01"),
    ):
        start, end = month(text)
        assert (day_text(start), day_text(end)) == (first, following)
        assert month_text(end - 1) == day_text(start)[:7] != month_text(end)
    for text in ("2026-13", "2026", "november"):
        with pytest.raises(ValueError, match=r"."):
            month(text)
