"""The promised JSON of a shop's standstill (`stop`, `resume`, `status`): from the domain's record to a dictionary."""

from __future__ import annotations

from typing import Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.standstill import Standstill


def standstill_record(standstill: Standstill | None) -> dict[str, Any] | None:
    """Since when, on whose word and why; nothing while the shop runs."""
    if standstill is None:
        return None
    return {"since": rfc3339(standstill.since), "who": standstill.who, "reason": standstill.reason}


def standing_record(standstill: Standstill | None, queued: int, sending: int) -> dict[str, Any]:
    """The same with what waits and what is still in flight."""
    return {"stopped": standstill_record(standstill), "queued": queued, "sending": sending}
