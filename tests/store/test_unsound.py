"""A bit flipped in stored text, which SQLite's own check does not see: a damaged store by name, never a defect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.errors import StoreError
from dropship_cli.domain.item import Item, Package
from dropship_cli.domain.operation import State
from dropship_cli.domain.shop import Owner
from dropship_cli.domain.standstill import Standstill
from dropship_cli.store.db import Store, open_store
from dropship_cli.store.item_query import ItemFilter, find

from .conftest import allocation

READINGS: dict[str, Callable[[Store], object]] = {
    "items": lambda store: [list(find(store.connection, ItemFilter())), store.items.of_order("O1")],
    "operations": lambda store: store.operations.in_state(*State),
    "bindings": lambda store: store.bindings.all(),
    "facts": lambda store: [
        store.facts.role(), store.facts.standstill(), store.facts.purged_before(), store.facts.owner(),
    ],
}  # fmt: skip
COLUMNS = [
    ("items", "packages"), ("items", "raw_state"), ("items", "allocation"), ("items", "shipment"), ("items", "refund"),
    ("operations", "kind"), ("operations", "wish"), ("operations", "before"), ("operations", "error"),
    ("bindings", "state"), ("facts", "value"),
]  # fmt: skip


@pytest.fixture
def full(store: Store) -> Store:
    """A row in each table."""

    with store.transaction():
        parcel = (Package("zhongtong", "78173786485074", 1, "7"),)
        store.items.put([Item("O1", "I1", 1, packages=parcel, raw_state={"order_status": 2})], 1.0)
        (one,) = store.operations.add([allocation(1)], who="t", at=1.0)
        store.operations.send([one], 2.0)
        store.operations.doubt([(one, "network.no_answer", {"said": "x"})])
        store.bindings.replace([Binding("880011", "F", BindingState.BOUND, 1, 2, None)])
        store.facts.put("role", "merchant")
        store.facts.stand_still(Standstill(1.0, "me"))
        store.facts.purge_reached(9)
        store.facts.own(Owner("sandbox", "660001"))
    for reading in READINGS.values():
        reading(store)
    return store


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("bit", [1, 4, 16, 64])
def test_a_flipped_bit_is_a_damaged_store(full: Store, table: str, column: str, bit: int) -> None:
    """In any character of the text: the row is read all the same, as other text of that kind, or the file is named."""
    rows = full.connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
    damaged = 0
    for text in (str(row[0]) for row in rows):
        for at in range(len(text)):
            other = text[:at] + chr(ord(text[at]) ^ bit) + text[at + 1 :]
            change = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"
            full.connection.execute(change, (other, text))
            damaged += is_damaged(full, READINGS[table])
            full.connection.execute(change, (text, other))
    assert damaged > 0
    assert not is_damaged(full, READINGS[table])


def test_the_door_says_which_file_it_is(full: Store, place: Path) -> None:
    full.connection.execute("UPDATE items SET packages = '['")
    with pytest.raises(StoreError) as caught, open_store(place) as store:
        store.items.of_order("O1")
    assert caught.value.values["path"] == str(place)


def is_damaged(store: Store, reading: Callable[[Store], object]) -> bool:
    """Whether the reading says so, and tells nothing of what the store holds."""
    error = failure(store, reading)
    if error is None:
        return False
    assert error.code == "store.corrupt"
    assert "78173786485074" not in str(error.values)
    assert error.__context__ is None
    return True


def failure(store: Store, reading: Callable[[Store], object]) -> StoreError | None:
    try:
        reading(store)
    except StoreError as error:
        return error
    return None
