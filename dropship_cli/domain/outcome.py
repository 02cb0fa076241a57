"""What became of a wish, row by row, and the exit status of many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dropship_cli.domain.errors import ExitStatus


class Result(StrEnum):
    """The word in `result` of `--json`; `would` is a dry run's `done`."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    QUEUED = "queued"
    UNKNOWN = "unknown"
    WOULD = "would"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row's end.

    `row` is its number in the file it came from; `values` fill the sentence of `error_code`; `said` holds the
    platform's own words where it gave some.
    """

    order_id: str
    item_id: str
    result: Result
    error_code: str | None = None
    values: tuple[tuple[str, object], ...] = ()
    said: str | None = None
    row: int | None = None
    op_id: str | None = None
    warning: str | None = None


def exit_status(results: Iterable[Result]) -> ExitStatus:
    """Of many rows the worst wins: unknown 6, queued 5, some refused 1, all refused 4, else 0 (cli.md)."""
    seen = set(results)
    if Result.UNKNOWN in seen:
        return ExitStatus.UNKNOWN
    if Result.QUEUED in seen:
        return ExitStatus.QUEUED
    bad = seen & {Result.REFUSED, Result.FAILED}
    if not bad:
        return ExitStatus.DONE
    return ExitStatus.REFUSED if seen <= {Result.REFUSED, Result.FAILED} else ExitStatus.PARTLY


_WORST_FIRST = (
    ExitStatus.DEFECT, ExitStatus.STORE, ExitStatus.UNKNOWN, ExitStatus.QUEUED, ExitStatus.SETUP, ExitStatus.USAGE,
    ExitStatus.BUSY, ExitStatus.PARTLY,
)  # fmt: skip


def worst_status(statuses: Iterable[int]) -> ExitStatus:
    """Of many shops the worst wins: 70, 74, 6, 5, 3, 2, 7, 1; 4 when all were refused, 1 when some were; else 0.

    The order of cli.md for rows, and among what concerns a whole shop first what needs a person (our decision).
    """
    seen = set(statuses)
    found = next((status for status in _WORST_FIRST if status in seen), None)
    if found is None and ExitStatus.REFUSED in seen:
        return ExitStatus.REFUSED if seen == {ExitStatus.REFUSED} else ExitStatus.PARTLY
    return found or ExitStatus.DONE
