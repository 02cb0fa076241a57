"""What goes on a local factory's sheet, told once more as a table."""

from __future__ import annotations

import pytest

from dropship_cli.domain.item import AllocationState, Item, RefundState
from dropship_cli.domain.picking import Candidate
from dropship_cli.domain.sheet import Told, sheet

NONE, OPEN, GONE = RefundState


def told(
    *, refund: RefundState = NONE, closed: bool = False, hold: str | None = None, going: bool = False,
    sheet_at: float | None = None, stopped_at: float | None = None, changed: bool = False,
) -> Told:  # fmt: skip
    item = Item(
        "O",
        "I",
        2,
        allocation=AllocationState.ALLOCATED,
        factory_id="王",
        local=True,
        refund=refund,
        closed=closed,
    )
    bar = None if hold is None else ("item.held", {"reason": hold})
    if changed:
        bar = "item.changed", {"field": "quantity", "item": "I"}
    return Told(Candidate(item, bar, going), sheet_at, stopped_at)


@pytest.mark.parametrize(
    ("one", "new", "whole"),
    [
        (told(), True, True),
        (told(sheet_at=5.0), False, True),
        (told(stopped_at=5.0), True, True),
        (told(sheet_at=5.0, stopped_at=6.0), True, True),  # laid aside for a refund that came to nothing
        (told(changed=True), True, True),  # the sheet tells the new state
        (told(changed=True, sheet_at=5.0), False, False),
        (told(changed=True, sheet_at=5.0, stopped_at=6.0), False, False),
        (told(going=True), False, False),
        (told(refund=OPEN), False, False),
        (told(refund=GONE), False, False),
        (told(closed=True), False, False),
        (told(hold="colour?"), False, False),
        (told(refund=OPEN, going=True), False, False),
    ],
)
def test_what_is_written(one: Told, new: bool, whole: bool) -> None:
    assert bool(sheet([one], whole=False).items) is new
    assert bool(sheet([one], whole=True).items) is whole


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (told(refund=OPEN), "sheet.refund_open"),
        (told(refund=OPEN, sheet_at=5.0, stopped_at=6.0), "sheet.refund_open"),
        (told(refund=GONE), "sheet.closed"),
        (told(closed=True), "sheet.closed"),
        (told(closed=True, refund=OPEN), "sheet.closed"),
        (told(hold="colour?"), "sheet.held"),
        (told(changed=True, sheet_at=5.0), "sheet.changed"),
        (told(changed=True), None),
        (told(closed=True, stopped_at=6.0), None),  # told before, and it will never change
        (told(refund=GONE, sheet_at=5.0, stopped_at=6.0), None),
    ],
)
def test_what_must_not_leave_is_named(one: Told, code: str | None) -> None:
    """With the sheet that it is on already, if it is on one."""
    stopped = sheet([one], whole=False).stopped
    assert [(found.code, found.sheet_at) for found in stopped] == ([(code, one.sheet_at)] if code else [])


def test_what_was_told_or_is_leaving_is_counted() -> None:
    found = sheet([told(sheet_at=5.0), told(going=True), told()], whole=False)
    assert (len(found.items), found.earlier, found.going) == (1, 1, 1)
