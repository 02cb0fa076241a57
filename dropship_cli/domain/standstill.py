"""A shop at a standstill: somebody said that nothing new is to be sent. No clock and no store."""

from __future__ import annotations

from typing import NamedTuple

from dropship_cli.domain.errors import UnavailableError
from dropship_cli.domain.moment import rfc3339


class Standstill(NamedTuple):
    """Since when (Unix seconds), on whose word, and why, if a reason was given."""

    since: float
    who: str
    reason: str = ""

    def error(self) -> UnavailableError:
        """What is asked for waits (status 5) until somebody says `resume`."""
        return UnavailableError("run.stopped", since=rfc3339(self.since), who=self.who, reason=self.reason)
