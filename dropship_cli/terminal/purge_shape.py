"""The promised JSON of `purge`: from the action's result to a dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from dropship_cli.domain.moment import rfc3339


class Purged(Protocol):
    """What is shown of a purge; `actions.purge` has it."""

    before: int
    counts: Any
    copies: list[Path]
    younger: list[Path]
    elsewhere: list[Path]
    freed: int


def purge_record(purged: Purged, *, dry_run: bool) -> dict[str, Any]:
    """`before` is the moment up to which; `copies` are removed, `younger` and `elsewhere` are not."""
    return {
        "result": "would" if dry_run else "done",
        "before": rfc3339(purged.before),
        **purged.counts._asdict(),
        "copies": [str(path) for path in purged.copies],
        "younger": [str(path) for path in purged.younger],
        "elsewhere": [str(path) for path in purged.elsewhere],
        "bytes_freed": purged.freed,
    }
