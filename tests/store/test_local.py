"""The overlay and the journal of local factories in the store: nothing local is ever ready to be sent."""

from __future__ import annotations

import pytest

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.local import Kept, LocalFactory
from dropship_cli.domain.operation import Kind, State
from dropship_cli.store.db import Store

FREE, HAS = AllocationState.UNALLOCATED, AllocationState.ALLOCATED


def given(store: Store, *item_ids: str, factory: str = "王") -> None:
    for item_id in item_ids:
        store.local.give(Kept(item_id, factory, 5), "test")
        store.items.put([Item("O", item_id, 1, allocation=HAS, factory_id=factory, local=True)], 1.0)


def test_a_reading_never_wipes_a_local_allocation(store: Store) -> None:
    """A page of the platform, in which only one item is local; written again and again."""
    given(store, "I2")
    for at in (2.0, 3.0):
        store.items.put([Item("O", f"I{number}", 1, remark=str(at)) for number in range(4)], at)
    items = store.items.by_ids(["I0", "I1", "I2", "I3"])
    assert [items[f"I{n}"].factory_id for n in range(4)] == [None, None, "王", None]
    assert (items["I2"].local, items["I2"].remark, items["I1"].local) == (True, "3.0", False)
    assert store.log.recent(9) == []


def test_what_the_platform_gave_away_is_in_the_log_and_no_longer_local(store: Store) -> None:
    given(store, "I1", "I2")
    store.items.put([Item("O", "I1", 1, allocation=HAS, factory_id="880011")], 9.0)
    (entry,) = store.log.recent(9)
    assert (entry["act"], entry["target"], entry["outcome"]) == ("local_conflict", "I1", "local.taken")
    assert (entry["who"], entry["detail"], entry["at"]) == ("platform", "王", 9.0)
    assert set(store.local.kept(["I1", "I2"])) == {"I2"}
    assert store.log.after(0, "local_conflict") == [("I1", "local.taken", "王")]
    assert store.log.after(store.log.last(), "local_conflict") == []


def test_our_own_shipment_whose_answer_was_lost_is_no_conflict(store: Store) -> None:
    given(store, "I1")
    (ship,) = store.operations.add([Draft(Kind.SHIP, "I1", "O", {"packages": []})], who="test", at=1.0)
    store.operations.send([ship], 2.0)
    store.items.put([Item("O", "I1", 1, shipment=ShipmentState.SHIPPED, shipped_by="merchant")], 3.0)
    item = store.items.get("I1")
    assert item is not None
    assert (item.local, item.shipment, store.log.recent(9)) == (True, ShipmentState.SHIPPED, [])


@pytest.mark.parametrize("name", ["王", '"local":true', "a\\"])
def test_what_is_local_is_never_ready_to_be_sent(store: Store, name: str) -> None:
    """And what goes to the platform is never done here, whatever a factory is called."""
    here = Draft(Kind.ALLOCATE, "I1", "O", {"factory_id": name, "local": True})
    there = Draft(Kind.ALLOCATE, "I2", "O", {"factory_id": name})
    store.operations.add_all([[here], [there]], who="test", at=1.0)
    assert [one.target for one in store.operations.ready(Kind.ALLOCATE, 9, now=1.0)] == ["I2"]
    assert [one.target for one in store.operations.ready_here(9.0)] == ["I1"]


def test_a_local_act_waits_for_the_one_before_it(store: Store) -> None:
    cancel = Draft(Kind.CANCEL, "I1", "O", {"factory_id": None})
    allocate = Draft(Kind.ALLOCATE, "I1", "O", {"factory_id": "王", "local": True})
    first, _ = store.operations.add([cancel, allocate], who="test", at=1.0)
    assert store.operations.ready_here(9.0) == []
    store.operations.send([first], 2.0)
    store.operations.done([first], 3.0)
    assert [one.kind for one in store.operations.ready_here(9.0)] == [Kind.ALLOCATE]
    assert store.operations.in_state(State.QUEUED) != []


def test_local_acts_are_found_without_reading_the_queue(store: Store) -> None:
    """It is asked before every call, and a queue may hold a hundred thousand wishes."""
    plans: list[str] = []
    store.connection.set_trace_callback(plans.append)
    store.operations.ready_here(9.0)
    store.connection.set_trace_callback(None)
    steps = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {plans[-1]}").fetchall()]
    assert any("USING INDEX operations_local" in step for step in steps)


def test_a_removed_factory_comes_back_by_its_name(store: Store) -> None:
    store.local.add(LocalFactory("王", "a", 1.0))
    store.local.remove("王", 2.0)
    assert store.local.factories() == []
    store.local.add(LocalFactory("王", "b", 3.0))
    assert store.local.names() == {"王": "王"}


def test_what_a_factory_still_has_to_send_is_counted(store: Store) -> None:
    given(store, "I1", "I2", "I3")
    store.items.put([Item("O", "I3", 1, closed=True)], 2.0)
    given(store, "I4", factory="李")
    store.items.put([Item("O", "I2", 1, refund=RefundState.OPEN)], 2.0)
    assert (store.local.unshipped("王"), store.local.not_on_sheet()) == (2, {"王": 1, "李": 1})


def test_what_is_held_goes_to_no_factory_but_may_be_taken_from_one(store: Store) -> None:
    give = Draft(Kind.ALLOCATE, "I1", "O", {"factory_id": "王", "local": True})
    take = Draft(Kind.CANCEL, "I2", "O", {"factory_id": None, "local": True})
    store.operations.add_all([[give], [take]], who="test", at=1.0)
    for item_id in ("I1", "I2"):
        store.connection.execute("INSERT INTO holds VALUES (?, 'why', 5, 'test', 0)", (item_id,))
    assert [one.target for one in store.operations.ready_here(4.0)] == ["I2"]
    assert [one.target for one in store.operations.ready_here(6.0)] == ["I1", "I2"]
