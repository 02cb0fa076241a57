"""Shows that a long run goes on: a bar for a person, a line now and then for a log, nothing under cron."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from dropship_cli.terminal import words
from dropship_cli.terminal.estimate import left

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

Report = Callable[[int, int | None], None]
DELAY = 0.5
"""Seconds before a bar appears: what ends sooner needs none."""
EVERY = 30.0
"""Seconds between two lines where nobody looks but somebody asked for more."""


@contextmanager
def silent() -> Iterator[Report]:
    """For cron: takes every report and says nothing."""
    yield lambda done, total: None


@contextmanager
def lines(
    err: TextIO, what: str, lang: str, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Report]:
    """One line each `EVERY` seconds."""
    began_at = said_at = clock()

    def report(done: int, total: int | None) -> None:
        nonlocal said_at
        if clock() - said_at >= EVERY:
            said_at = clock()
            still = left(done, total, said_at - began_at, lang)
            told = {"what": what, "done": done, "total": total, "left": still}
            err.write(words.note("progress.line", lang, told) + "\n")
            err.flush()

    yield report


def bar(open_console: Callable[[], Console], what: str) -> AbstractContextManager[Report]:
    """A bar that appears after `DELAY` seconds and leaves nothing behind."""
    return _Bar(open_console, what)


class _Bar:
    """The timer and the caller's thread meet here, hence the lock."""

    def __init__(self, open_console: Callable[[], Console], what: str) -> None:
        self._open_console = open_console
        self._what = what
        self._lock = threading.Lock()
        self._timer = threading.Timer(DELAY, self._appear)
        self._timer.daemon = True
        self._state: tuple[int, int | None] = (0, None)
        self._shown: tuple[Progress, Any] | None = None
        self._over = False

    def __enter__(self) -> Report:
        self._timer.start()
        return self._report

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._shown is not None:
                self._shown[0].stop()

    def _appear(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        with self._lock:
            if self._over:
                return
            progress = Progress(*columns, console=self._open_console(), transient=True, redirect_stdout=False)
            done, total = self._state
            self._shown = progress, progress.add_task(self._what, completed=done, total=total)
            progress.start()

    def _report(self, done: int, total: int | None) -> None:
        with self._lock:
            self._state = done, total
            if self._shown is not None:
                progress, task = self._shown
                progress.update(task, completed=done, total=total)
