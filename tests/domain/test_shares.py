"""Turns by share: exact, repeatable, without chance."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.shares import next_turn

SHARES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.integers(1, 100), min_size=1, max_size=6
)


@given(SHARES, st.integers(1, 120))
def test_no_factory_is_ever_a_whole_item_off_its_share(shares: dict[str, int], items: int) -> None:
    """At every moment, not only in the end: the day may stop anywhere."""
    counts: Counter[str] = Counter()
    whole = sum(shares.values())
    for number in range(1, items + 1):
        counts[next_turn(shares, counts)] += 1
        assert all(abs(Fraction(share * number, whole) - counts[name]) < 1 for name, share in shares.items())


@given(SHARES, st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 50)))
def test_the_same_counts_give_the_same_turn(shares: dict[str, int], counts: dict[str, int]) -> None:
    assert next_turn(shares, counts) == next_turn(dict(shares), dict(counts)) in shares


def test_seventy_thirty() -> None:
    counts: Counter[str] = Counter()
    turns = ""
    for _ in range(10):
        turns += next_turn({"A": 70, "B": 30}, counts)
        counts[turns[-1]] += 1
    assert turns == "ABAAABAABA"


def test_whoever_was_passed_over_catches_up() -> None:
    assert next_turn({"A": 70, "B": 30}, {"A": 20, "B": 0}) == "B"


def test_a_bigger_order_weighs_as_much_as_its_items() -> None:
    assert next_turn({"A": 50, "B": 50}, {"A": 3, "B": 0}, size=3) == "B"
