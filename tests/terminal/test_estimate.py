"""Before a long run a person hears how long it takes; cron and scripts hear nothing."""

from __future__ import annotations

import io

import pytest

from dropship_cli.terminal import estimate
from dropship_cli.terminal.screen import Screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(err: io.StringIO, seconds: float, ends_in: float = 3600.0, **how: bool) -> list[str]:
    Screen(io.StringIO(), err, **how).estimate(2000, seconds, ends_in)
    return err.getvalue().splitlines()


def test_a_person_is_told_and_cron_is_not() -> None:
    assert said(Terminal(), 100.0)[0].startswith("about 100 s for 2000 calls")
    assert said(io.StringIO(), 100.0) == []
    assert said(Terminal(), 100.0, quiet=True) == []
    assert said(io.StringIO(), 100.0, verbose=True) != []


def test_a_short_run_needs_no_word() -> None:
    assert said(Terminal(), 4.9) == []


def test_a_run_that_its_deadline_cuts_short_says_so() -> None:
    assert "ends after 60 min" in said(Terminal(), 5000.0)[1]
    assert len(said(Terminal(), 3000.0)) == 1


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0.2, "1 s", "1 秒"),
        (119.4, "119 s", "119 秒"),
        (120, "2 min", "2 分钟"),
        (5000, "83 min", "83 分钟"),
        (7500, "2 h 5 min", "2 小时 5 分钟"),
        (7199, "2 h 0 min", "2 小时 0 分钟"),
    ],
)
def test_a_length_of_time_is_as_precise_as_a_plan(seconds: float, en: str, zh: str) -> None:
    assert (estimate.duration(seconds, "en"), estimate.duration(seconds, "zh")) == (en, zh)


def test_nothing_is_guessed_before_the_first_end() -> None:
    assert [estimate.left(*one, 10.0, "en") for one in ((0, 9), (5, None), (9, 9), (5, 15))] == [
        "", "", "", "20 s",
    ]  # fmt: skip
