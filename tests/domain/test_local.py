"""Names of local factories, and when the platform's reading ends what one was given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dropship_cli.domain.change import Field, changes
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.item import AllocationState, Item, ShipmentState
from dropship_cli.domain.local import LONGEST, Kept, ended_by, key, laid_over, new_name, tidy
from dropship_cli.domain.operation import Kind, Operation, is_local
from dropship_cli.files.cells import mend
from dropship_cli.files.headers import Kind as Cells


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("老王家", "老王家"),
        ("  Li   &  Co ", "Li & Co"),
        ("老王\u200b家\x1b[2J", "老王家[2J"),
        ("ＡＢＣ　工厂", "ABC 工厂"),
        ("2号仓", "2号仓"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees(given: str, name: str) -> None:
    assert new_name(given) == name


@pytest.mark.parametrize("given", ["老王家", "Li & Co", "2号仓", "A-1 (东)", "x'y"])
def test_a_name_comes_back_the_same_from_a_sheets_factory_column(given: str) -> None:
    """`allocate --batch` may name the factory."""
    assert mend(new_name(given), Cells.NAME, "factory_id") == new_name(given)


@pytest.mark.parametrize("given", ["880011", "８８００１１", " 1 ", "1.0", "8.8E+10", "-5"])
def test_a_name_is_never_taken_for_a_shops_number(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_name(given)
    assert caught.value.code == "factory.number"


@pytest.mark.parametrize("given", ["", "  ", "\u200b", "=1+1", "@x", "--to", "'x", "王" * (LONGEST + 1)])
def test_what_a_sheet_or_a_command_would_take_for_something_else_is_no_name(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_name(given)
    assert caught.value.code == "factory.name"


def test_spellings_of_one_name_have_one_key() -> None:
    assert key(" LI  ＆ co") == key("Li & Co") != key("Li and Co")
    assert tidy(tidy("ＡＢ ")) == tidy("ＡＢ ")


FREE, HAS = AllocationState.UNALLOCATED, AllocationState.ALLOCATED
NOT, PART, ALL = ShipmentState.NONE, ShipmentState.PARTIAL, ShipmentState.SHIPPED


@pytest.mark.parametrize(
    ("allocation", "shipment", "known", "shipping", "ended"),
    [
        (FREE, NOT, NOT, False, None),
        (AllocationState.CANCELLED, NOT, NOT, False, None),
        (HAS, NOT, NOT, False, "local.taken"),
        (HAS, ALL, ALL, False, "local.taken"),
        (FREE, ALL, NOT, False, "local.shipped_elsewhere"),
        (FREE, ALL, PART, False, "local.shipped_elsewhere"),
        (FREE, ALL, None, False, "local.shipped_elsewhere"),
        (FREE, ALL, ALL, False, None),  # told before, or our own
        (FREE, ALL, NOT, True, None),  # our own, whose answer was lost
        (FREE, PART, NOT, False, None),  # the rest is still with the factory
    ],
)
def test_the_platform_ends_a_local_allocation_only_by_an_act_of_somebody_else(
    allocation: AllocationState, shipment: ShipmentState, known: ShipmentState | None, shipping: bool,
    ended: str | None,
) -> None:  # fmt: skip
    before = None if known is None else Item("O", "I", 2, shipment=known, local=True)
    read = Item("O", "I", 2, allocation=allocation, shipment=shipment)
    assert ended_by(read, before, shipping=shipping) == ended


def test_what_only_we_know_is_laid_over_and_the_rest_is_the_platforms() -> None:
    read = Item("O", "I", 2, remark="急", factory_id="F", factory_name="F's", closed=True)
    seen = laid_over(read, Kept("I", "老王家", 7))
    assert (seen.allocation, seen.factory_id, seen.factory_name) == (HAS, "老王家", None)
    assert (seen.local, seen.allocated_at, seen.remark, seen.closed) == (True, 7, "急", True)


def test_an_act_is_local_only_when_its_wish_says_so() -> None:
    assert is_local(Operation("1", Kind.ALLOCATE, "I", {"factory_id": "F", "local": True}))
    assert not is_local(Operation("1", Kind.ALLOCATE, "I", {"factory_id": '"local":true'}))


def test_a_reading_of_what_a_local_factory_has_is_no_withdrawal() -> None:
    """The platform's rows keep the reason of an earlier one; of a factory on the platform it is news."""
    before = Item("O", "I", 1, allocation=HAS, factory_id="王", local=True)
    read = Item("O", "I", 1, cancel_reason="taken back")
    assert changes(before, read, 1.0) == []
    assert [one.field for one in changes(replace(before, local=False), read, 1.0)] == [Field.WITHDRAWN]
