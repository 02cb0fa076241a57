"""The journal: legal steps alone, one live operation a wish, chains, and what is found by id, target and state."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.errors import StoreError
from dropship_cli.domain.operation import LIVE, STEPS, Kind, Operation, State
from dropship_cli.store.db import Store
from dropship_cli.store.operations import IllegalStep, new_id

from .conftest import allocation

Step = Callable[[Store, Operation], None]

TO: dict[State, Step] = {
    State.SENDING: lambda store, one: store.operations.send([one], 20.0),
    State.DONE: lambda store, one: store.operations.done([one], 30.0),
    State.REFUSED: lambda store, one: store.operations.refuse([(one, "ship.closed", {"said": "关闭"})], 30.0),
    State.UNKNOWN: lambda store, one: store.operations.doubt([(one, "wire.timeout", {"log_id": "x"})]),
    State.QUEUED: lambda store, one: store.operations.requeue([one], "wire.limit", seconds=3),
    State.DROPPED: lambda store, one: store.operations.drop([one], 30.0),
}
PATHS = {
    State.QUEUED: [],
    State.SENDING: [State.SENDING],
    State.DONE: [State.SENDING, State.DONE],
    State.REFUSED: [State.REFUSED],
    State.UNKNOWN: [State.SENDING, State.UNKNOWN],
    State.DROPPED: [State.DROPPED],
}


def add(store: Store, *drafts: Draft, at: float = 10.0) -> list[Operation]:
    with store.transaction():
        return store.operations.add(drafts, who="test", at=at)


def bring(store: Store, one: Operation, state: State) -> Operation:
    with store.transaction():
        for step in PATHS[state]:
            TO[step](store, one)
    return again(store, one)


def again(store: Store, one: Operation) -> Operation:
    found = store.operations.get(one.op_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "end"), [pair for pair in product(State, State) if pair[1] in STEPS[pair[0]]]
)
def test_every_legal_step_can_be_taken(store: Store, start: State, end: State) -> None:
    one = bring(store, *add(store, allocation(1)), start)
    with store.transaction():
        TO[end](store, one)
    assert again(store, one).state is end


@pytest.mark.parametrize(
    ("start", "end"), [pair for pair in product(State, State) if pair[1] not in STEPS[pair[0]]]
)
def test_no_other_step_can_be_taken(store: Store, start: State, end: State) -> None:
    one = bring(store, *add(store, allocation(1)), start)
    with pytest.raises(IllegalStep), store.transaction():
        TO[end](store, one)
    assert again(store, one) == one


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNKNOWN}))
def test_only_the_unknown_is_asked_about(store: Store, state: State) -> None:
    one = bring(store, *add(store, allocation(1)), state)
    for step in (store.operations.asked, store.operations.sent_anew):
        with pytest.raises(IllegalStep), store.transaction():
            step(one, 40.0)
    assert again(store, one) == one


def test_one_illegal_step_among_many_takes_none_of_them(store: Store) -> None:
    first, second = add(store, allocation(1)), add(store, allocation(2))
    bring(store, *second, State.DROPPED)
    with pytest.raises(IllegalStep), store.transaction():
        store.operations.send([*first, *second], 20.0)
    assert again(store, first[0]).state is State.QUEUED


def test_a_step_with_nothing_to_move_is_no_step(store: Store) -> None:
    with store.transaction():
        store.operations.send([], 1.0)
        store.operations.refuse([], 1.0)


def test_each_step_leaves_its_mark(store: Store) -> None:
    """Attempts, moments and reasons: what `status`, `log` and the next question need."""
    (one,) = add(store, allocation(1))
    assert (one.state, one.attempts, one.created_at, one.sent_at) == (State.QUEUED, 0, 10.0, None)
    unknown = bring(store, one, State.UNKNOWN)
    assert (unknown.attempts, unknown.sent_at, unknown.error_code) == (1, 20.0, "wire.timeout")
    assert unknown.facts == {"log_id": "x"}
    with store.transaction():
        store.operations.asked(one, 25.0)
        store.operations.sent_anew(one, 22.0)
    assert (again(store, one).asked_at, again(store, one).sent_at) == (25.0, 22.0)
    with store.transaction():
        TO[State.QUEUED](store, one)
    queued = again(store, one)
    assert (queued.asked_at, queued.error_code, queued.facts) == (None, "wire.limit", {"seconds": 3})
    with store.transaction():
        store.operations.send([one], 50.0)
        store.operations.done([one], 60.0, found=True)
    done = again(store, one)
    assert (done.attempts, done.sent_at, done.settled_at, done.found) == (2, 50.0, 60.0, True)
    assert (done.error_code, done.facts) == (None, {})


def test_a_refusal_keeps_the_platforms_words(store: Store) -> None:
    refused = bring(store, *add(store, allocation(1)), State.REFUSED)
    assert (refused.error_code, refused.facts, refused.settled_at) == ("ship.closed", {"said": "关闭"}, 30.0)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_a_wish_on_its_way_cannot_be_journalled_a_second_time(store: Store, state: State) -> None:
    bring(store, *add(store, allocation(1)), state)
    with pytest.raises(StoreError), store.transaction():
        store.operations.add_all([[allocation(2)], [allocation(1)]], who="test", at=11.0)
    assert store.operations.counts() == {state: 1}


@pytest.mark.parametrize("state", sorted(set(State) - LIVE))
def test_a_wish_that_ended_may_be_wished_again(store: Store, state: State) -> None:
    first = bring(store, *add(store, allocation(1)), state)
    (second,) = add(store, allocation(1), at=11.0)
    assert second.op_id > first.op_id
    assert store.operations.live_of(["I000001"]) == {"I000001": (second,)}


def test_an_ended_wish_does_not_come_back_to_life_beside_its_repeat(store: Store) -> None:
    """Two live operations of one wish would be two shipments."""
    first = bring(store, *add(store, allocation(1)), State.REFUSED)
    add(store, allocation(1), at=11.0)
    with pytest.raises(StoreError):
        store.connection.execute("UPDATE operations SET state = 'queued' WHERE op_id = ?", (first.op_id,))


def chain(store: Store) -> tuple[Operation, Operation]:
    back = Draft(Kind.CANCEL, "I000001", "O000001", {"factory_id": None}, {"factory_id": "A"})
    first, second = add(store, back, allocation(1, "B"))
    return first, second


def ready(store: Store) -> list[Kind]:
    return [
        one.kind for kind in (Kind.CANCEL, Kind.ALLOCATE) for one in store.operations.ready(kind, 10, 0.0)
    ]


@pytest.mark.parametrize("state", State)
def test_what_waits_for_another_is_ready_only_when_that_is_done(store: Store, state: State) -> None:
    first, second = chain(store)
    assert (first.waits_for, second.waits_for) == (None, first.op_id)
    bring(store, first, state)
    expected = {State.QUEUED: [Kind.CANCEL], State.DONE: [Kind.ALLOCATE]}
    assert ready(store) == expected.get(state, [])
    lost = state in (State.REFUSED, State.DROPPED)
    assert [one.op_id for one in store.operations.orphans()] == ([second.op_id] if lost else [])


def test_an_orphan_that_was_refused_is_none_any_more(store: Store) -> None:
    first, second = chain(store)
    bring(store, first, State.REFUSED)
    bring(store, second, State.REFUSED)
    assert store.operations.orphans() == []


def test_ready_keeps_the_order_of_the_wishes_and_the_limit(store: Store) -> None:
    with store.transaction():
        store.operations.add_all([[allocation(number)] for number in range(30)], who="t", at=10.0)
    found = store.operations.ready(Kind.ALLOCATE, 7, 0.0)
    assert [one.target for one in found] == [f"I{number:06}" for number in range(7)]
    assert store.operations.ready(Kind.SHIP, 7, 0.0) == []


def test_what_is_on_its_way_for_an_item_is_told_once_and_oldest_first(store: Store) -> None:
    first, second = chain(store)
    (gone,) = add(store, allocation(2))
    bring(store, gone, State.DROPPED)
    targets = ["I000001", *(f"x{number}" for number in range(1200)), "I000002", "I000001"]
    assert store.operations.live_of(targets) == {"I000001": (first, second)}
    assert store.operations.by_ids([first.op_id, gone.op_id, "none"]).keys() == {first.op_id, gone.op_id}


def test_a_beginning_finds_its_operation_unless_two_share_it(store: Store) -> None:
    one, two = add(store, allocation(1), at=10.0), add(store, allocation(2), at=99.0)
    for operation in (*one, *two):
        assert store.operations.get(operation.op_id) == operation
        assert store.operations.get(operation.op_id[:20]) == operation
    assert store.operations.get("0") is None
    assert store.operations.get("zz") is None


@pytest.mark.parametrize("beginning", ["", "%", "_", "' OR 1=1 --"])
def test_no_beginning_at_all_never_means_the_only_operation(store: Store, beginning: str) -> None:
    add(store, allocation(1))
    assert store.operations.get(beginning) is None


def test_live_operations_are_counted_and_listed_by_state(store: Store) -> None:
    for number, state in enumerate([State.QUEUED, State.UNKNOWN, State.SENDING, State.DONE, State.UNKNOWN]):
        bring(store, *add(store, allocation(number), at=float(number)), state)
    assert store.operations.counts() == {State.QUEUED: 1, State.UNKNOWN: 2, State.SENDING: 1}
    unknown = store.operations.in_state(State.UNKNOWN, State.SENDING)
    assert [one.target for one in unknown] == ["I000001", "I000002", "I000004"]
    assert len(store.operations.in_state(State.UNKNOWN, limit=1)) == 1


def test_the_log_of_operations_shows_the_newest_first_and_only_since(store: Store) -> None:
    for number in range(5):
        add(store, allocation(number), at=float(number))
    assert [row["target"] for row in store.operations.recent(2)] == ["I000004", "I000003"]
    assert [row["target"] for row in store.operations.recent(9, since=3.0)] == ["I000004", "I000003"]
    (row,) = store.operations.recent(1)
    assert (row["who"], row["kind"], row["state"], row["wish"]) == (
        "test", "allocate", "queued", '{"factory_id":"F"}',
    )  # fmt: skip


def test_ids_sort_in_the_order_of_the_wishes() -> None:
    ids = [
        new_id(at, number)
        for at, number in [(9.9, 0), (9.9, 1), (9.9, 65_536), (10.0, 0), (1e9, 0), (4e9, 0)]
    ]
    assert ids == sorted(ids)
    assert len({len(one) for one in ids}) == 1
