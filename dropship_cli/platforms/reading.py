"""The retry of readings, and of nothing else: no change's path ever comes through here (reliability.md rule 3)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from dropship_cli.platforms.base import NoAnswer, NotSent

TRIES = 3

T = TypeVar("T")

# Its own hook would log each failure as a warning; what fails for good is said by whoever asked.
set_on_retry_hooks(())


class Reader:
    """Asks again, with jitter, what could not be read: at most three times and not past the run's end.

    `deadline_at` is a value of `monotonic`.
    """

    def __init__(
        self, *, monotonic: Callable[[], float] = time.monotonic, deadline_at: float | None = None
    ) -> None:
        self._monotonic = monotonic
        self._deadline_at = math.inf if deadline_at is None else deadline_at

    def __call__(self, read: Callable[[], T]) -> T:
        """What `read` answers. Raises the last `NotSent` or `NoAnswer`, and anything else at once."""
        left = self._deadline_at - self._monotonic()
        retrying = stamina.retry_context(
            on=self._again,
            attempts=TRIES,
            timeout=None if math.isinf(left) else max(left, 0.001),
            wait_initial=0.2,
            wait_max=5.0,
            wait_jitter=0.5,
        )
        for attempt in retrying:
            with attempt:
                return read()
        raise AssertionError("stamina ends by an answer or an error")

    def _again(self, error: Exception) -> bool | float:
        if not isinstance(error, NotSent | NoAnswer) or getattr(error, "reason", "") == "run.deadline":
            return False
        wait = getattr(error, "retry_after", None)
        if wait is None:
            return True
        # The platform's own number wins, but nobody waits for what comes after the run's end.
        return self._monotonic() + wait <= self._deadline_at and float(wait)
