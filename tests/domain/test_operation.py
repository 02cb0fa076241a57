"""The journal's own table: which step is legal, and one spelling for equal wishes."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.operation import LIVE, STEPS, State, wish_text

LEGAL = {
    ("queued", "sending"), ("queued", "refused"), ("queued", "dropped"),
    ("sending", "done"), ("sending", "refused"), ("sending", "unknown"), ("sending", "queued"),
    ("unknown", "done"), ("unknown", "refused"), ("unknown", "queued"), ("unknown", "dropped"),
}  # fmt: skip


@pytest.mark.parametrize(("start", "end"), list(product(State, State)))
def test_exactly_these_steps_are_legal(start: State, end: State) -> None:
    """The table of reliability.md, told a second time."""
    assert (end in STEPS[start]) == ((start.value, end.value) in LEGAL)


def test_what_was_sent_can_never_be_dropped_without_asking_and_what_ended_never_moves() -> None:
    assert State.DROPPED not in STEPS[State.SENDING]
    assert {state for state in State if not STEPS[state]} == set(State) - LIVE


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
wishes = st.dictionaries(st.text(max_size=5), values, max_size=5)


@given(wishes)
def test_equal_wishes_have_one_spelling_and_it_reads_back(wish: dict[str, object]) -> None:
    backwards = dict(reversed(list(wish.items())))
    assert wish_text(wish) == wish_text(backwards)
    assert json.loads(wish_text(wish)) == wish


def test_chinese_stays_readable_in_the_journal() -> None:
    assert wish_text({"carrier": "中通"}) == '{"carrier":"中通"}'
