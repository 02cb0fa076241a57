"""A clock that moves only when somebody sleeps or a test says so; ours may be off from the platform's."""

from __future__ import annotations

from threading import Lock

START = 1_790_000_000.0


class Clock:
    """Unix seconds for sandbox and program alike. `off` is what our own clock is wrong by."""

    def __init__(self, now: float = START) -> None:
        self.off = 0.0
        self._now = now
        self._lock = Lock()

    def platform(self) -> float:
        """The platform's time, which is the true one."""
        return self._now

    def ours(self) -> float:
        """What this machine believes."""
        return self._now + self.off

    def monotonic(self) -> float:
        """Never jumps, whatever our clock is set to."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass; also the `sleep` of everybody."""
        with self._lock:
            self._now += max(seconds, 0.0)
