"""Which items may be forgotten, and from when on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.moment import BEIJING
from dropship_cli.domain.retention import horizon, is_forgotten


def at(*day: int) -> int:
    return int(datetime(*day, tzinfo=BEIJING).timestamp())  # type: ignore[arg-type] - a date's parts


@pytest.mark.parametrize(
    ("now", "days", "expected"),
    [
        (at(2026, 11, 25, 9), 180, at(2026, 5, 29, 9)),
        (at(2026, 11, 25, 9), 1, at(2026, 10, 1)),  # last month's statement can still be made
        (at(2026, 3, 31, 23), 30, at(2026, 2, 1)),
        (at(2026, 1, 1), 1, at(2025, 12, 1)),
    ],
)
def test_the_horizon_is_so_many_days_ago_and_never_in_the_last_two_months(
    now: int, days: int, expected: int
) -> None:
    assert horizon(now, days) == expected


OLD = 1_000


def item(**more: Any) -> Item:
    return Item(
        "O1", "I1", 1, **{"paid_at": OLD, "shipped_at": OLD, "shipment": ShipmentState.SHIPPED, **more}
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (item(), True),
        (item(shipment=ShipmentState.NONE, closed=True), True),
        (item(shipment=ShipmentState.NONE, refund=RefundState.REFUNDED), True),
        (item(shipment=ShipmentState.PARTIAL), False),
        (item(shipment=ShipmentState.NONE, allocation=AllocationState.CANCELLED), False),
        (item(refund=RefundState.OPEN), False),
        (item(closed=True, refund=RefundState.OPEN), False),
        (item(shipped_at=OLD + 10_000), False),
        (item(allocated_at=OLD + 10_000), False),
        (item(paid_at=None, shipped_at=None), False),
    ],
)
def test_only_what_is_over_and_old_is_forgotten(found: Item, expected: bool) -> None:
    assert is_forgotten(found, OLD + 1) is expected
    assert is_forgotten(found, OLD) is False
