"""A long run is seen by a person, noted in a log, and silent under cron."""

from __future__ import annotations

import io
import time

from dropship_cli.terminal import progress
from dropship_cli.terminal.screen import Screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_cron_hears_nothing() -> None:
    err = io.StringIO()
    with Screen(io.StringIO(), err, environ={}).progress("progress.sync") as report:
        report(1, 2)
    assert err.getvalue() == ""


def test_who_asked_for_more_gets_a_line_each_half_minute() -> None:
    err = io.StringIO()
    now = [0.0]
    with progress.lines(err, "reading", "en", clock=lambda: now[0]) as report:
        for second in range(70):
            now[0] = float(second)
            report(second, 70 if second > 40 else None)
    assert err.getvalue() == "reading: 30\nreading: 60 of 70, 10 s left\n"


def test_a_short_run_shows_no_bar() -> None:
    err = Terminal()
    with Screen(io.StringIO(), err, environ={"TERM": "xterm"}).progress("progress.sync") as report:
        report(1, 2)
    assert err.getvalue() == ""


def test_a_bar_appears_shows_the_counts_and_leaves() -> None:
    err = Terminal()
    screen = Screen(io.StringIO(), err, environ={"TERM": "xterm", "COLUMNS": "80"})
    bar = progress._Bar(lambda: screen._console(err), "reading [x]")
    with bar as report:
        report(3, 12)
        bar._appear()
        report(4, 12)
    assert "reading [x]" in err.getvalue()
    assert "12" in err.getvalue()
    assert err.getvalue().endswith("\x1b[2K") or "\x1b[?25h" in err.getvalue()


def test_a_bar_that_comes_too_late_stays_away() -> None:
    err = Terminal()
    screen = Screen(io.StringIO(), err, environ={"TERM": "xterm"})
    bar = progress._Bar(lambda: screen._console(err), "reading")
    with bar:
        started = time.monotonic()
    bar._appear()
    assert err.getvalue() == ""
    assert time.monotonic() - started < progress.DELAY, "the end does not wait for the bar"
