"""Our side of the platform's rate limit, per method of one shop: a sliding window that learns from "too often".

It paces; it sends nothing and retries nothing.
"""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from dropship_cli.platforms.base import NotSent

MARGIN = 1.02
"""The window is a little wider than the platform's, for clocks and wires that are not quite even."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds of rest after "too often" where the platform names none; doubled when it says so again at once."""


@dataclass(slots=True)
class _Lane:
    """One method's recent starts, and the pause it is in."""

    starts: deque[float]
    blocked_until: float = -math.inf
    pause: float = 0.0


class Limiter:
    """At most `rate` calls of a method in any second. `monotonic` and `sleep` may be replaced by a test's.

    `deadline_at` is a value of `monotonic`: nobody is kept waiting past the end of the run.
    """

    def __init__(
        self,
        rate: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        deadline_at: float | None = None,
    ) -> None:
        self._burst = max(1, math.floor(rate))
        self._span = self._burst / rate * MARGIN
        self._monotonic = monotonic
        self._sleep = sleep
        self._deadline_at = math.inf if deadline_at is None else deadline_at
        self._lanes: dict[str, _Lane] = {}
        self._lock = Lock()

    def wait(self, method: str) -> None:
        """Return when a call of `method` may start. Raises `NotSent("run.deadline")` if that is too late."""
        while True:
            start = self._reserve(method)
            delay = start - self._monotonic()
            if delay > 0:
                self._sleep(delay)
            # "Too often" may have come while we slept: then this place in the row is worth nothing.
            with self._lock:
                if self._lane(method).blocked_until <= max(start, self._monotonic()):
                    return

    def slow_down(self, method: str, seconds: float | None = None) -> None:
        """The platform said "too often": rest for its `seconds`, or for our own growing pause, with jitter."""
        with self._lock:
            lane, now = self._lane(method), self._monotonic()
            if now < lane.blocked_until and seconds is None:
                return  # several calls in flight were refused together: one event
            again = now - lane.blocked_until < lane.pause
            lane.pause = min(lane.pause * 2, LONGEST_PAUSE) if again else FIRST_PAUSE
            rest = (lane.pause if seconds is None else seconds) * random.uniform(1.0, 1.25)  # noqa: S311 (jitter)
            lane.blocked_until = max(lane.blocked_until, now + rest)

    def _reserve(self, method: str) -> float:
        with self._lock:
            lane, now = self._lane(method), self._monotonic()
            start = max(now, lane.blocked_until)
            if len(lane.starts) == self._burst:
                start = max(start, lane.starts[0] + self._span)
            if start > self._deadline_at:
                raise NotSent("run.deadline")
            lane.starts.append(start)
            return start

    def _lane(self, method: str) -> _Lane:
        lane = self._lanes.get(method)
        if lane is None:
            lane = self._lanes[method] = _Lane(deque(maxlen=self._burst))
        return lane
