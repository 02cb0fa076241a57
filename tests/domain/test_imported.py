"""What a file tells, met with what is known: states go forward, the platform's word stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.imported import Age, age, as_read, met
from dropship_cli.domain.item import AllocationState, Item, Origin, Package, RefundState, ShipmentState

NONE, OPEN, GONE = RefundState
NOT, PART, ALL = ShipmentState
TOLD = Item("O", "I", 2, title="杯", remark="急", source=Origin.FILE)
OUT = replace(
    TOLD, shipment=ALL, shipped_quantity=2, shipped_by="merchant", shipped_at=7,
    packages=(Package("zhongtong", "7817", 2),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("file_at", "known_at", "expected"),
    [
        (None, None, Age.UNKNOWN),
        (None, 5, Age.UNKNOWN),
        (5, None, Age.NEWER),
        (5, 5, Age.NEWER),
        (6, 5, Age.NEWER),
        (5, 6, Age.OLDER),
    ],
)
def test_how_old_a_file_is(file_at: int | None, known_at: int | None, expected: Age) -> None:
    assert age(file_at, known_at) is expected


@pytest.mark.parametrize(
    ("known", "told", "how_old", "expected"),
    [
        (None, TOLD, Age.UNKNOWN, TOLD),
        (TOLD, replace(TOLD, remark="", refund=OPEN), Age.NEWER, replace(TOLD, remark="", refund=OPEN)),
        (TOLD, replace(TOLD, remark="", refund=OPEN), Age.UNKNOWN, replace(TOLD, refund=OPEN)),
        (TOLD, OUT, Age.OLDER, TOLD),
        (TOLD, OUT, Age.NEWER, OUT),
        (TOLD, OUT, Age.UNKNOWN, OUT),
        (OUT, TOLD, Age.NEWER, OUT),  # what left has left
        (OUT, TOLD, Age.UNKNOWN, OUT),
        (OUT, replace(OUT, packages=()), Age.NEWER, OUT),  # an export without that column
        (OUT, replace(OUT, packages=(Package("yunda", "46", 2),)), Age.NEWER,
         replace(OUT, packages=(Package("yunda", "46", 2),))),  # corrected in the console
        (OUT, replace(OUT, packages=(Package("yunda", "46", 2),)), Age.UNKNOWN, OUT),
        (replace(TOLD, refund=OPEN), TOLD, Age.NEWER, TOLD),  # the buyer withdrew
        (replace(TOLD, refund=OPEN), TOLD, Age.UNKNOWN, replace(TOLD, refund=OPEN)),
        (replace(TOLD, closed=True), TOLD, Age.UNKNOWN, replace(TOLD, closed=True)),
    ],
)  # fmt: skip
def test_what_is_kept(known: Item | None, told: Item, how_old: Age, expected: Item) -> None:
    assert met(known, told, how_old) == expected


items = st.builds(
    Item, st.just("O"), st.just("I"), st.just(2), remark=st.sampled_from(["", "急"]),
    refund=st.sampled_from(RefundState), shipment=st.sampled_from([NOT, ALL]), closed=st.booleans(),
    source=st.just(Origin.FILE),
)  # fmt: skip


@given(items, items, st.sampled_from(Age))
def test_the_platforms_word_stands(known: Item, told: Item, how_old: Age) -> None:
    theirs = replace(known, source=Origin.PLATFORM)
    assert met(theirs, told, how_old) == theirs


@given(items, items, st.sampled_from(Age))
def test_the_same_file_once_more_changes_nothing(known: Item, told: Item, how_old: Age) -> None:
    once = met(known, told, how_old)
    assert met(once, told, how_old) == once


@given(items, items, st.sampled_from(Age))
def test_no_file_brings_back_what_left_or_takes_it_from_its_factory(
    known: Item, told: Item, how_old: Age
) -> None:
    known = replace(known, local=True, factory_id="王", allocation=AllocationState.ALLOCATED, allocated_at=3)
    after = met(known, told, how_old)
    assert not (known.shipment is ALL and after.shipment is NOT)
    assert (after.local, after.factory_id, after.allocated_at) == (True, "王", 3)
    read = as_read(after)
    assert (read.local, read.factory_id, read.allocation) == (False, None, AllocationState.UNALLOCATED)
    assert (read.shipment, read.refund, read.closed) == (after.shipment, after.refund, after.closed)
