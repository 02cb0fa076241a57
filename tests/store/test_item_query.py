"""Lists and counts, each compared with a slow second telling over all items."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.hand import Hand, hand
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.summary import FactoryDay
from dropship_cli.store.db import Store
from dropship_cli.store.factory_query import factory_days
from dropship_cli.store.item_query import STATES, Counts, ItemFilter, count, counts, find

from .conftest import forgotten

moments = st.none() | st.integers(0, 12)
fields = st.fixed_dictionaries(
    {
        "quantity": st.just(2),
        "sku_code": st.sampled_from(["", "K1", "K'2"]),
        "merchant_id": st.sampled_from([None, "M1", "M2"]),
        "factory_id": st.sampled_from([None, "F1", "F2"]),
        "allocation": st.sampled_from(AllocationState),
        "shipment": st.sampled_from(ShipmentState),
        "refund": st.sampled_from(RefundState),
        "closed": st.booleans(),
        "shipped_by": st.sampled_from([None, "merchant", "factory"]),
        "order_id": st.sampled_from(["O1", "O2", "O3", "O4"]),
        "paid_at": moments,
        "allocated_at": moments,
        "ship_by": moments,
        "shipped_at": moments,
    }
)
worlds = st.lists(fields, max_size=12).map(
    lambda rows: [Item(item_id=f"I{number:02}", **row) for number, row in enumerate(rows)]
)
asked = st.fixed_dictionaries(
    {"urgent_first": st.booleans()},
    optional={
        "state": st.sampled_from(sorted(STATES)),
        "factory_id": st.sampled_from(["F1", "F'"]),
        "merchant_id": st.just("M1"),
        "sku_code": st.sampled_from(["K1", "K'2"]),
        "since": st.integers(0, 12),
        "until": st.integers(0, 12),
        "late_at": st.integers(0, 12),
        "hand": st.sampled_from(sorted(Hand)),
        "split": st.booleans(),
        "due_until": st.integers(0, 12),
        "as_factory": st.booleans(),
        "limit": st.integers(0, 5),
    },
)
filters = st.one_of(
    asked.map(lambda words: ItemFilter(**words)),
    asked.map(lambda words: ItemFilter(**dict(list(words.items())[:2]))),
)
"""Many conditions at once find little: half of the questions have one or none."""
one_store = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


def has(item: Item) -> bool:
    return item.allocation is AllocationState.ALLOCATED


def is_open(item: Item) -> bool:
    return item.shipment is not ShipmentState.SHIPPED and not item.closed


def awaited(item: Item, as_factory: bool) -> bool:
    taken_back = as_factory and item.allocation is AllocationState.CANCELLED
    return is_open(item) and item.refund is RefundState.NONE and not taken_back


WORDS: dict[str, Callable[[Item], bool]] = {
    "unallocated": lambda item: not has(item) and item.shipment is ShipmentState.NONE and not item.closed,
    "allocated": has,
    "cancelled": lambda item: item.allocation is AllocationState.CANCELLED,
    "to-ship": lambda item: is_open(item) and has(item) and item.refund is RefundState.NONE,
    "unshipped": is_open,
    "none": lambda item: item.shipment is ShipmentState.NONE,
    "partial": lambda item: item.shipment is ShipmentState.PARTIAL,
    "shipped": lambda item: item.shipment is ShipmentState.SHIPPED,
    "refund": lambda item: item.refund is RefundState.OPEN,
    "refunded": lambda item: item.refund is RefundState.REFUNDED,
    "closed": lambda item: item.closed,
}


def place(item: Item) -> tuple[str, str | None]:
    """Whose it is, and of several factories which one's."""
    return hand(item), item.factory_id if hand(item) is Hand.FACTORY else None


def wants(wanted: ItemFilter, item: Item, world: list[Item]) -> bool:
    came = item.allocated_at if wanted.as_factory else item.paid_at
    asked = [
        wanted.state is None or WORDS[wanted.state](item),
        wanted.factory_id in (None, item.factory_id),
        wanted.merchant_id in (None, item.merchant_id),
        wanted.sku_code in (None, item.sku_code),
        wanted.since is None or (came is not None and came >= wanted.since),
        wanted.until is None or (came is not None and came < wanted.until),
        wanted.late_at is None
        or (awaited(item, wanted.as_factory) and item.ship_by is not None and item.ship_by < wanted.late_at),
        wanted.due_until is None
        or (
            awaited(item, wanted.as_factory) and item.ship_by is not None and item.ship_by <= wanted.due_until
        ),
        wanted.hand in (None, hand(item)),
        not wanted.split or len({place(one) for one in world if one.order_id == item.order_id}) > 1,
    ]
    return all(asked)


def in_order(wanted: ItemFilter, items: list[Item]) -> list[Item]:
    never = 10**9
    if wanted.urgent_first or wanted.late_at is not None or wanted.due_until is not None:
        return sorted(items, key=lambda item: (never if item.ship_by is None else item.ship_by, item.item_id))
    newest = sorted(items, key=lambda item: item.item_id, reverse=True)
    return sorted(newest, key=lambda item: never if item.paid_at is None else -item.paid_at)


@contextmanager
def filled(store: Store, world: list[Item]) -> Iterator[None]:
    with forgotten(store):
        store.items.put(world, 1.0)
        yield


@one_store
@given(worlds, filters)
def test_a_list_holds_exactly_what_was_asked_for_in_its_order(
    store: Store, world: list[Item], wanted: ItemFilter
) -> None:
    expected = in_order(wanted, [item for item in world if wants(wanted, item, world)])
    with filled(store, world):
        assert list(find(store.connection, wanted)) == expected[: wanted.limit]
        assert count(store.connection, wanted) == len(expected)


@pytest.mark.parametrize(
    "wanted", [ItemFilter(urgent_first=True), ItemFilter(state="unshipped", urgent_first=True)]
)
def test_what_has_no_deadline_is_never_shown_as_the_most_urgent(store: Store, wanted: ItemFilter) -> None:
    world = [
        Item("O", name, 1, ship_by=moment) for name, moment in [("a", None), ("b", 9), ("c", 3), ("d", 9)]
    ]
    with filled(store, world):
        assert [item.item_id for item in find(store.connection, wanted)] == ["c", "b", "d", "a"]


@one_store
@given(worlds, st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_the_numbers_of_status_are_those_of_a_slow_count(
    store: Store, world: list[Item], now: int, soon: int, today: int, as_factory: bool
) -> None:
    due = [item.ship_by for item in world if awaited(item, as_factory) and item.ship_by is not None]
    with filled(store, world):
        answered = counts(store.connection, now=now, soon=soon, today=today, as_factory=as_factory)
    assert answered == Counts(
        to_allocate=sum(
            not as_factory and WORDS["unallocated"](item) and item.refund is RefundState.NONE
            for item in world
        ),
        to_ship=sum(map(WORDS["to-ship"], world)),
        refund_open_allocated=sum(
            is_open(item) and has(item) and item.refund is RefundState.OPEN for item in world
        ),
        refunded_allocated=sum(
            has(item) and item.refund is RefundState.REFUNDED and item.shipment is ShipmentState.NONE
            for item in world
        ),
        changed=0,
        held=0,
        late=sum(moment < now for moment in due),
        due_soon=sum(now <= moment < soon for moment in due),
        shipped_today=sum(
            item.shipment is ShipmentState.SHIPPED
            and item.shipped_at is not None
            and item.shipped_at >= today
            for item in world
        ),
    )


def test_every_word_for_a_state_is_told_twice() -> None:
    assert set(WORDS) == set(STATES)


@pytest.mark.parametrize("value", ["' OR 1=1 --", '"; DROP TABLE items', "%", "\x00"])
def test_what_is_asked_for_is_a_value_and_never_a_statement(store: Store, value: str) -> None:
    with filled(store, [Item("O", "I", 1, factory_id="F", merchant_id="M", sku_code="K")]):
        for wanted in (
            ItemFilter(factory_id=value),
            ItemFilter(merchant_id=value),
            ItemFilter(sku_code=value),
        ):
            assert list(find(store.connection, wanted)) == []
        assert store.items.count() == 1


@pytest.mark.parametrize(
    "wanted",
    [
        ItemFilter(state="to-ship", urgent_first=True, limit=50),
        ItemFilter(state="unshipped", urgent_first=True, limit=50),
        ItemFilter(late_at=5, limit=50),
        ItemFilter(due_until=5, as_factory=True, limit=50),
        ItemFilter(limit=50),
        ItemFilter(factory_id="F1", limit=50),
        ItemFilter(sku_code="K1", limit=50),
        *(ItemFilter(hand=hand, limit=50) for hand in Hand),
        ItemFilter(split=True, limit=50),
    ],
)
def test_a_list_of_the_first_rows_never_sorts_the_whole_table(store: Store, wanted: ItemFilter) -> None:
    plans: list[str] = []
    store.connection.set_trace_callback(plans.append)
    list(find(store.connection, wanted))
    store.connection.set_trace_callback(None)
    steps = " / ".join(
        row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {plans[-1]}").fetchall()
    )
    assert "USING INDEX" in steps
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_the_numbers_of_status_are_counted_in_indexes_without_looking_up_a_row(store: Store) -> None:
    """A million items: ten times the work otherwise."""
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    counts(store.connection, now=1, soon=2, today=0)
    factory_days(store.connection, now=1, soon=2, today=0)
    store.connection.set_trace_callback(None)
    steps = {
        row[3]
        for one in statements
        for row in store.connection.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()
    }
    passed = sorted(step for step in steps if "items USING" in step and "PRIMARY KEY" not in step)
    assert {step.partition(" INDEX ")[2].partition(" ")[0] for step in passed if "COVERING" in step} == {
        "items_open", "items_to_allocate", "items_at_factory", "items_refund", "items_shipped",
    }  # fmt: skip
    assert [step for step in passed if "COVERING" not in step] == [
        "SEARCH items USING INDEX items_withdraw (refund=?)"
    ]
    assert "SCAN items" not in steps


def test_mates_of_an_order_are_looked_up_and_never_searched(store: Store) -> None:
    """A million orders: one short look into the index for each item that is passed."""
    plans: list[str] = []
    store.connection.set_trace_callback(plans.append)
    list(find(store.connection, ItemFilter(split=True, limit=50)))
    store.connection.set_trace_callback(None)
    steps = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {plans[-1]}").fetchall()]
    assert "SEARCH items USING COVERING INDEX items_order (order_id=?)" in steps


@one_store
@given(worlds, st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_the_numbers_of_each_factory_are_those_of_a_slow_count(
    store: Store, world: list[Item], now: int, soon: int, today: int
) -> None:
    """What nobody has is told under no id; a factory that only shipped today is there too."""
    with filled(store, world):
        answered = factory_days(store.connection, now=now, soon=soon, today=today)
    for holder in {None, "F1", "F2"} | set(answered):
        mine = [
            item for item in world if is_open(item) and holder == (item.factory_id if has(item) else None)
        ]
        due = [item.ship_by for item in mine if item.refund is RefundState.NONE and item.ship_by is not None]
        assert answered.get(holder, FactoryDay(holder)) == FactoryDay(
            holder,
            to_ship=sum(item.refund is RefundState.NONE for item in mine),
            late=sum(moment < now for moment in due),
            due_soon=sum(now <= moment < soon for moment in due),
            refund_open=sum(item.refund is RefundState.OPEN and has(item) for item in mine),
            shipped_today=sum(
                item.shipment is ShipmentState.SHIPPED
                and has(item)
                and item.factory_id == holder
                and item.shipped_at is not None
                and item.shipped_at >= today
                for item in world
            ),
        )


def test_an_order_is_split_by_factory_as_well_as_by_hand(store: Store) -> None:
    """Two factories, or one on the platform and one off it; one factory has all of the others."""

    def at(number: int, order_id: str, factory_id: str | None, **more: object) -> Item:
        item = Item(order_id, f"I{number}", 1, factory_id=factory_id, allocation=AllocationState.ALLOCATED)
        return replace(item, **more)  # type: ignore[arg-type] # fields of an item

    world = [
        at(1, "two", "F1"), at(2, "two", "F2"), at(3, "one", "F1"), at(4, "one", "F1"),
        at(5, "local", "F1"), at(6, "local", "王", local=True, shipped_by="merchant"),
        at(7, "unnamed", None), at(8, "unnamed", None),
    ]  # fmt: skip
    with filled(store, world):
        found = find(store.connection, ItemFilter(split=True))
        assert {item.order_id for item in found} == {"two", "local"}
