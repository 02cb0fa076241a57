"""Items come back from the store exactly as they went in, the last word on each winning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.errors import StoreError
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.store.db import Store

from .conftest import forgotten

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
whole = st.integers(-(2**63), 2**63 - 1)
maybe_whole, maybe_words = st.none() | whole, st.none() | words
packages = st.builds(Package, words, words, st.none() | st.integers(1, 99), maybe_words)
items = st.builds(
    Item, words, words, st.integers(1, 99), words, words, words, words, maybe_whole, maybe_words, maybe_words,
    maybe_words, maybe_words, st.sampled_from(AllocationState), st.sampled_from(ShipmentState),
    st.sampled_from(RefundState), st.booleans(), st.integers(0, 99), maybe_words,
    st.lists(packages, max_size=3).map(tuple), maybe_whole, maybe_whole, maybe_whole, maybe_whole, words, words,
    words, words, words, st.dictionaries(words, st.none() | st.integers() | words, max_size=3),
)  # fmt: skip
one_store = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@one_store
@given(items, items)
def test_an_item_comes_back_as_it_went_in_and_the_last_word_wins(
    store: Store, first: Item, second: Item
) -> None:
    """Every field, any text, any 64-bit number, `'";--` and NUL among them."""
    second = replace(second, item_id=first.item_id)
    with forgotten(store):
        store.items.put([first], 1.0)
        assert store.items.get(first.item_id) == first
        store.items.put([second], 2.0)
        assert store.items.get(first.item_id) == second


def some(count: int) -> list[Item]:
    return [Item(order_id=f"O{number // 3}", item_id=f"I{number:05}", quantity=1) for number in range(count)]


def test_more_ids_than_one_query_takes_are_all_found_once(store: Store) -> None:
    known = some(1201)
    with store.transaction():
        store.items.put(known, 1.0)
    ids = [item.item_id for item in known]
    assert store.items.by_ids([*ids, "unknown", *ids]) == {item.item_id: item for item in known}
    assert store.items.count() == 1201


def test_an_order_named_often_and_far_apart_has_its_items_once(store: Store) -> None:
    with store.transaction():
        store.items.put(some(3), 1.0)
    names = ["O0", *(f"missing{number}" for number in range(1500)), "O0"]
    assert store.items.by_orders(names) == {"O0": some(3)}


def test_the_items_of_an_order_come_in_the_order_of_their_ids(store: Store) -> None:
    with store.transaction():
        store.items.put(reversed(some(6)), 1.0)
    assert [item.item_id for item in store.items.of_order("O1")] == ["I00003", "I00004", "I00005"]
    assert store.items.of_order("O9") == []
    assert store.items.get("I9") is None


@pytest.mark.parametrize("bad", [{"price": 2**63}, {"title": "\ud800"}])
def test_what_sqlite_cannot_hold_is_a_store_error_and_nothing_of_its_page_is_kept(
    store: Store, bad: dict[str, Any]
) -> None:
    page = [*some(2), replace(some(3)[2], **bad)]
    with pytest.raises(StoreError, match=r"store\.failed"), store.transaction():
        store.items.put(page, 1.0)
    assert store.items.count() == 0
