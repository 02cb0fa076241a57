"""What needs a person, told in one cell in the person's language."""

from __future__ import annotations

import pytest

from dropship_cli.domain.item import AllocationState, Item, RefundState
from dropship_cli.terminal.cells import LATE, Look
from dropship_cli.terminal.mark_cells import attention
from dropship_cli.terminal.mark_shape import mark_record

GIVEN = Item(
    "O", "I", 1, factory_id="880011", allocation=AllocationState.ALLOCATED, refund=RefundState.REFUNDED
)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "refunded, and its factory still has it: do not ship; `dropship unallocate` takes it back"),
        ("zh", "已退款而厂家手里还有：不要发货，可用 `dropship unallocate` 收回"),
    ],
)
def test_what_was_refunded_and_left_with_its_factory_says_so(lang: str, words: str) -> None:
    cell = attention(mark_record(GIVEN, None, left_behind=True), "", Look(lang, 0.0))
    assert (cell.text, cell.style) == (words, LATE)
    assert attention(mark_record(GIVEN, None), "", Look(lang, 0.0)).text == ""
