"""What a restore tells of the journal it replaces: every wish since the backup is carried, found again, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.store.backup import put_back, write_backup
from dropship_cli.store.db import Store, open_store

from .conftest import allocation


def local(number: int, factory: str | None) -> Draft:
    """A decision about a factory off the platform; nothing is sent of it."""
    kind = Kind.CANCEL if factory is None else Kind.ALLOCATE
    return Draft(kind, f"I{number:06}", f"O{number:06}", {"factory_id": factory, "local": True})


def wish(store: Store, *drafts: Draft, at: float = 1.0) -> list[Operation]:
    """One wish a draft."""
    with store.transaction():
        return [one for (one,) in store.operations.add_all([[draft] for draft in drafts], who="t", at=at)]


def end(store: Store, one: Operation, state: State) -> None:
    """Take it from `queued` to another state, as a run would."""
    with store.transaction():
        if state is State.DROPPED:
            store.operations.drop([one], 3.0)
        elif state is State.REFUSED:
            store.operations.refuse([(one, "x", {})], 3.0)
        elif state is not State.QUEUED:
            store.operations.send([one], 2.0)
        if state is State.UNKNOWN:
            store.operations.doubt([(one, "wire.timeout", {})])
        if state is State.DONE:
            store.operations.done([one], 3.0)


def states(place: Path, operations: list[Operation]) -> list[State | None]:
    """How each stands in a store; nothing where it is not there."""
    with open_store(place) as store:
        found = store.operations.by_ids(one.op_id for one in operations)
    return [found[one.op_id].state if one.op_id in found else None for one in operations]


def test_every_wish_since_the_backup_is_carried_counted_or_named(
    place: Path, store: Store, tmp_path: Path
) -> None:
    """What was sent and has no answer is asked about; what waited is named; what ended is counted."""
    write_backup(store, tmp_path / "b.db", force=False)
    since = wish(store, *(allocation(number) for number in range(len(State))))
    for one, state in zip(since, State, strict=True):
        end(store, one, state)
    left, unknown = put_back(place, tmp_path / "b.db")[1:]
    assert [(one.op_id, one.wish) for one in left.again] == [(since[0].op_id, {"factory_id": "F"})]
    assert left.ended == {State.DONE: 1, State.REFUSED: 1, State.DROPPED: 1}
    assert (left.whole, unknown) == (True, 2)
    carried = [State.UNKNOWN if state in (State.SENDING, State.UNKNOWN) else None for state in State]
    assert states(place, since) == carried


def test_a_carried_outcome_keeps_when_it_was_sent(place: Path, store: Store, tmp_path: Path) -> None:
    """From then its quiet time counts; also where it followed one that the backup does not know."""
    write_backup(store, tmp_path / "b.db", force=False)
    with store.transaction():
        first, second = store.operations.add([allocation(1), allocation(1, "G")], who="t", at=1.0)
    end(store, first, State.DONE)
    end(store, second, State.UNKNOWN)
    put_back(place, tmp_path / "b.db")
    with open_store(place) as restored:
        (found,) = restored.operations.in_state(State.UNKNOWN)
    assert (found.op_id, found.sent_at, found.error_code) == (second.op_id, 2.0, "wire.timeout")


@pytest.mark.parametrize("state", [State.DONE, State.REFUSED, State.DROPPED])
def test_a_wish_of_the_backup_that_has_ended_since_is_not_sent_after_all(
    place: Path, store: Store, tmp_path: Path, state: State
) -> None:
    """Least of all one that a person gave up."""
    kept = wish(store, allocation(1))
    write_backup(store, tmp_path / "b.db", force=False)
    end(store, kept[0], state)
    left, unknown = put_back(place, tmp_path / "b.db")[1:]
    assert (states(place, kept), left.again, unknown) == ([state], (), 0)


def test_what_was_decided_about_a_local_factory_is_named_once_where_it_is_forgotten(
    place: Path, store: Store, tmp_path: Path
) -> None:
    """No reading brings it back: given (the last word counts), taken back, and one that a sheet has told of."""
    insert = "INSERT OR REPLACE INTO local_allocations VALUES (?, ?, 1, 't', NULL, NULL)"
    store.connection.execute(insert, ("I000002", "老王家"))
    write_backup(store, tmp_path / "b.db", force=False)
    since = wish(store, local(1, "老王家"), local(1, "老李"), local(2, None), local(3, "老王家"))
    for one in since[:2] + since[2:]:
        end(store, one, State.DONE)
    store.connection.execute(insert, ("I000001", "老李"))
    store.connection.execute("DELETE FROM local_allocations WHERE item_id = 'I000002'")
    left = put_back(place, tmp_path / "b.db").left
    assert [one.op_id for one in left.again] == [since[1].op_id, since[2].op_id]
    assert left.ended == {State.DONE: 1}


def test_a_chain_of_the_backup_goes_on_from_where_it_was(place: Path, store: Store, tmp_path: Path) -> None:
    """The first is done, the second was sent; neither is sent again before it was asked about."""
    with store.transaction():
        chain = store.operations.add([allocation(1), allocation(1, "G")], who="t", at=1.0)
    write_backup(store, tmp_path / "b.db", force=False)
    end(store, chain[0], State.DONE)
    end(store, chain[1], State.UNKNOWN)
    left = put_back(place, tmp_path / "b.db").left
    assert (left.whole, left.again, states(place, chain)) == (True, (), [State.DONE, State.UNKNOWN])


def test_a_store_made_anew_knows_nothing_of_the_time_since_and_that_is_said(
    place: Path, store: Store, tmp_path: Path
) -> None:
    """After the loss of a disk the shop is set up again, and looked at, before its backup comes back."""
    with store.transaction():
        store.log.add("sync", who="t", at=5.0)
    write_backup(store, tmp_path / "b.db", force=False)
    (tmp_path / "new").mkdir()
    with open_store(tmp_path / "new" / "store.db") as anew, anew.transaction():
        anew.log.add("sync", who="t", at=9.0)
    assert put_back(tmp_path / "new" / "store.db", tmp_path / "b.db").left.whole is False
    assert put_back(place, tmp_path / "b.db").left.whole is True


def test_a_journal_that_can_not_be_read_is_said(place: Path, store: Store, tmp_path: Path) -> None:
    write_backup(store, tmp_path / "b.db", force=False)
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("DROP TABLE operations")
    left = put_back(place, tmp_path / "b.db").left
    assert (left.whole, left.again) == (False, ())
