"""The exit status of many rows: every combination of results, by a second telling of the contract's table."""

from __future__ import annotations

from itertools import combinations

import pytest

from dropship_cli.domain.decision import Decision, refuse, refused_by
from dropship_cli.domain.errors import (
    BusyError,
    DropshipError,
    ExitStatus,
    RefusedError,
    SetupError,
    StoreError,
    UnavailableError,
    UsageError,
)
from dropship_cli.domain.outcome import Result, exit_status, worst_status

COMBINATIONS = [frozenset(some) for size in range(len(Result) + 1) for some in combinations(Result, size)]


def contract(seen: frozenset[Result]) -> int:
    good = seen & {Result.DONE, Result.UNCHANGED, Result.WOULD}
    bad = seen & {Result.REFUSED, Result.FAILED}
    table = [
        (Result.UNKNOWN in seen, 6), (Result.QUEUED in seen, 5), (bool(bad and good), 1), (bool(bad), 4), (True, 0),
    ]  # fmt: skip
    return next(status for holds, status in table if holds)


@pytest.mark.parametrize("seen", COMBINATIONS, ids=lambda seen: "+".join(sorted(seen)) or "nothing")
def test_the_worst_row_decides(seen: frozenset[Result]) -> None:
    rows = sorted(seen)
    assert exit_status(rows) == exit_status(rows[::-1] * 2) == contract(seen)


def test_nothing_to_do_is_done() -> None:
    assert exit_status([]) is ExitStatus.DONE


def test_a_decision_tells_its_row_its_reason_and_its_warning() -> None:
    outcome = refuse("O1", "I1", 3, "ship.closed", said="no").outcome()
    assert (outcome.order_id, outcome.item_id, outcome.row) == ("O1", "I1", 3)
    assert (outcome.result, outcome.error_code, outcome.values) == (
        Result.REFUSED,
        "ship.closed",
        (("said", "no"),),
    )
    assert Decision("O1", "I1", warning="tracking.implausible").outcome().warning == "tracking.implausible"


def test_a_rule_that_raised_becomes_the_refusal_of_its_row() -> None:
    decision = refused_by(RefusedError("carrier.unknown", carrier="x"), "O1", "I1", 2)
    assert (decision.code, decision.values, decision.row) == ("carrier.unknown", (("carrier", "x"),), 2)


@pytest.mark.parametrize(
    ("kind", "status"),
    [(UsageError, 2), (SetupError, 3), (RefusedError, 4), (UnavailableError, 5), (BusyError, 7), (StoreError, 74),
     (DropshipError, 70)],
)  # fmt: skip
def test_each_error_has_the_status_that_scripts_read(kind: type[DropshipError], status: int) -> None:
    assert kind.exit_status == status
    assert str(kind("a.code", path="x", line=1)) == "a.code path=x line=1"
    assert str(kind("a.code")) == "a.code"


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ([], 0), ([0, 0], 0), ([0, 1], 1), ([4, 4], 4), ([4, 0], 1), ([4, 1], 1), ([7, 1, 4], 7), ([3, 7], 3),
        ([2, 7], 2), ([5, 3], 5), ([6, 5, 0], 6), ([74, 6], 74), ([70, 74], 70),
    ],
)  # fmt: skip
def test_of_many_shops_the_worst_wins(statuses: list[int], worst: int) -> None:
    for order in (statuses, statuses[::-1]):
        assert worst_status(order) == worst
