"""The inbox: each message once, waiting until somebody looked; only ids of it are kept."""

from __future__ import annotations

from dropship_cli.domain.push import Push, outcome_at_once
from dropship_cli.store.db import Store

SHOP = "660001"


def push(key: str, *item_ids: str, **more: str) -> Push:
    return Push(key, "501", item_ids, **more)


def add(store: Store, *pushes: Push, at: float = 100.0) -> int:
    with store.transaction():
        return store.inbox.add([(one, outcome_at_once(one, SHOP)) for one in pushes], at)


def test_a_repeat_changes_nothing(store: Store) -> None:
    """Not even when it was looked at: it does not wait again."""
    assert add(store, push("a", "1"), push("b", "2"), push("a", "1")) == 2
    with store.transaction():
        store.inbox.looked([store.inbox.waiting(1)[0].seq], 101.0, "read")
    assert add(store, push("a", "1"), at=200.0) == 0
    assert [one.item_ids for one in store.inbox.waiting(9)] == [("2",)]
    assert store.inbox.last_at() == 100.0


def test_what_needs_no_look_does_not_wait(store: Store) -> None:
    """A message about another shop, and one that names nothing; one that names no shop is ours."""
    other = Push("x", "501", ("7",), shop_ids=("880011",))
    ours = Push("y", "501", ("8",), merchant_id="660001", shop_ids=("880011", SHOP))
    assert add(store, other, push("empty"), push("none", "9"), ours, push("order", order_id="5")) == 5
    assert [(one.item_ids, one.order_id) for one in store.inbox.waiting(9)] == [
        (("9",), ""),
        (("8",), ""),
        ((), "5"),
    ]
    assert store.inbox.count_waiting() == 3


def test_they_wait_in_the_order_in_which_they_came(store: Store) -> None:
    for number in (3, 1, 2):
        add(store, push(f"k{number}", str(number), merchant_id="44"), at=float(number))
    found = store.inbox.waiting(2)
    assert [(one.item_ids, one.merchant_id, one.received_at) for one in found] == [
        (("3",), "44", 3.0),
        (("1",), "44", 1.0),
    ]


def test_a_whole_reading_ends_the_waiting_of_what_came_before_it(store: Store) -> None:
    add(store, push("a", "1"), at=100.0)
    add(store, push("b", "2"), at=200.0)
    with store.transaction():
        assert store.inbox.looked_until(150.0, 210.0, "window") == 1
    assert [one.item_ids for one in store.inbox.waiting(9)] == [("2",)]


def test_what_was_named_is_known_by_item_and_by_whole_order(store: Store) -> None:
    """An order counts as named as a whole only by a message that names no item of it."""
    add(store, push("a", "1", "2", order_id="10"), push("b", order_id="20"), at=100.0)
    add(store, push("c", "3"), at=50.0)
    assert store.inbox.named_since(100.0) == ({"1", "2"}, {"20"})


def test_old_messages_are_forgotten_but_not_before_they_were_looked_at(store: Store) -> None:
    add(store, push("a", "1"), push("b"), at=100.0)
    with store.transaction():
        store.inbox.forget(150.0)
    assert add(store, push("a", "1"), push("b"), at=300.0) == 1
