"""Which queued shipment leaves next: the one promised first, found without looking at all of them."""

from __future__ import annotations

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, State
from dropship_cli.store.db import Store

from .conftest import allocation
from .test_operations import add, bring


def promise(store: Store, **times: int | None) -> None:
    """Items with the time they are promised for."""
    with store.transaction():
        store.items.put(
            [Item(f"O{name}", f"I{int(name[1:]):06}", 1, ship_by=time) for name, time in times.items()], 10.0
        )


def urgent(store: Store) -> list[str]:
    return [one.target for one in store.operations.ready(Kind.SHIP, 10, 0.0)]


def shipment(number: int) -> Draft:
    return Draft(Kind.SHIP, f"I{number:06}", f"O{number:06}", {"packages": []}, {})


def test_shipments_are_ready_most_urgent_first_and_what_nobody_promised_last(store: Store) -> None:
    promise(store, i1=None, i2=300, i3=100, i4=100)
    for number in (1, 2, 4, 3, 9):
        add(store, shipment(number), at=10.0 + number)
    assert urgent(store) == ["I000003", "I000004", "I000002", "I000001", "I000009"]


def test_a_promised_time_that_changed_since_the_wish_counts(store: Store) -> None:
    """And the other kinds keep the order of their wishes, whatever their items' times."""
    promise(store, i1=100, i2=200)
    add(store, shipment(1))
    add(store, shipment(2))
    with store.transaction():
        store.operations.add_all([[allocation(number)] for number in (2, 1)], who="t", at=20.0)
    promise(store, i1=300, i2=None)
    promise(store, i2=50)
    with store.transaction():
        store.operations.rank()
    assert urgent(store) == ["I000002", "I000001"]
    assert [one.target for one in store.operations.ready(Kind.ALLOCATE, 9, 0.0)] == ["I000002", "I000001"]


def test_the_most_urgent_waits_for_what_has_to_come_first(store: Store) -> None:
    promise(store, i1=100, i2=200)
    back = Draft(Kind.CANCEL, "I000001", "O000001", {"factory_id": None}, {"factory_id": "A"})
    first, _ = add(store, back, shipment(1))
    add(store, shipment(2))
    assert urgent(store) == ["I000002"]
    bring(store, first, State.DONE)
    assert urgent(store) == ["I000001", "I000002"]


def test_the_next_shipment_of_very_many_is_found_without_sorting_them(store: Store) -> None:
    """A hundred thousand wait: each call must not look at all of them again."""
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    store.operations.ready(Kind.SHIP, 1, 0.0)
    store.connection.set_trace_callback(None)
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchall()
    told = " ".join(str(row[3]) for row in plan)
    assert "USING INDEX operations_queued" in told
    assert "TEMP B-TREE" not in told
