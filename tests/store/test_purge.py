"""What is over and old leaves every table and every byte; nothing live ever does."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.decision import Draft
from dropship_cli.domain.errors import StoreError
from dropship_cli.domain.item import Item, RefundState, ShipmentState
from dropship_cli.domain.operation import LIVE, Kind, State
from dropship_cli.domain.retention import is_forgotten
from dropship_cli.store import purge
from dropship_cli.store.connection import connect
from dropship_cli.store.db import Store

from .conftest import allocation, forgotten
from .test_operations import add, bring

BEFORE = 1_000
OLD, YOUNG = 500, 2_000
CANARY = "王小明-canary-保温杯"


def over(number: int, *, order: int | None = None, at: int = OLD, **more: object) -> Item:
    order_id = f"O{number if order is None else order:06}"
    state = {"shipment": ShipmentState.SHIPPED, "paid_at": at, "shipped_at": at, **more}
    return Item(order_id, f"I{number:06}", 1, **state)  # type: ignore[arg-type] - a test's own words


def put(store: Store, *items: Item) -> None:
    with store.transaction():
        store.items.put(items, 10.0)


def run(store: Store, before: int = BEFORE, kept: Iterable[str] = ()) -> purge.Counts:
    with purge.unleashed(store), store.transaction():
        return purge.remove(store, before, kept=list(kept))


def left(store: Store) -> set[str]:
    return {row[0] for row in store.connection.execute("SELECT item_id FROM items").fetchall()}


moments = st.none() | st.integers(990, 1010)
fields = st.fixed_dictionaries(
    {
        "order": st.integers(1, 4),
        "closed": st.booleans(),
        "shipment": st.sampled_from(ShipmentState),
        "refund": st.sampled_from(RefundState),
        "paid_at": moments,
        "allocated_at": moments,
        "shipped_at": moments,
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(fields, max_size=8))
def test_an_order_goes_when_every_item_of_it_may_be_forgotten(
    store: Store, rows: list[dict[str, object]]
) -> None:
    """The SQL and the domain tell the same story."""
    with forgotten(store):
        items = [over(number, **row) for number, row in enumerate(rows)]  # type: ignore[arg-type] - fields
        store.items.put(items, 10.0)
        live = {one.order_id for one in items if not is_forgotten(one, BEFORE)}
        assert purge.count(store, BEFORE).items == sum(one.order_id not in live for one in items)
        purge.remove(store, BEFORE)
        assert left(store) == {one.item_id for one in items if one.order_id in live}


@pytest.mark.parametrize("state", State)
def test_an_operation_on_its_way_or_fresh_keeps_its_whole_order(store: Store, state: State) -> None:
    put(store, over(1, order=7), over(2, order=7), over(3))
    (one,) = add(store, allocation(1), at=10.0)
    bring(store, one, state)
    run(store)
    kept = state in LIVE
    assert left(store) == ({"I000001", "I000002"} if kept else set())
    assert (store.operations.get(one.op_id) is not None) is kept


def test_an_operation_that_ended_lately_keeps_its_order_too(store: Store) -> None:
    put(store, over(1))
    (one,) = add(store, allocation(1), at=float(YOUNG))
    with store.transaction():
        store.operations.drop([one], float(YOUNG))
    run(store)
    assert left(store) == {"I000001"}


def test_settled_acts_go_with_their_items_or_when_nothing_here_is_theirs(store: Store) -> None:
    """Whole chains as well; history of an item that stays, stays: the rules learn from it."""
    put(store, over(1), over(2, shipment=ShipmentState.NONE))
    back = Draft(Kind.CANCEL, "I000001", "O000001", {"factory_id": None}, {"factory_id": "A"})
    first, second = add(store, back, allocation(1, "B"))
    (stays,) = add(store, allocation(2))
    (binding,) = add(store, Draft(Kind.APPLY, "880011", "", {"applied": True}, {}))
    for one in (first, second, stays, binding):
        bring(store, one, State.DONE)
    assert run(store).operations == 3
    assert [store.operations.get(one.op_id) is not None for one in (first, second, stays, binding)] == [
        False, False, True, False,
    ]  # fmt: skip
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    (on,) = store.connection.execute("PRAGMA foreign_keys").fetchone()
    assert on == 1


def test_every_table_that_names_an_item_forgets_it(store: Store) -> None:
    """Also tables that other parts of the program add: found by their column, not by a list."""
    put(store, over(1), over(2, shipment=ShipmentState.NONE))
    run_sql = store.connection.execute
    run_sql("CREATE TABLE later (item_id TEXT, words TEXT)")
    tables = purge._tables_of_items(store)
    assert {"later", "holds", "changes"} <= set(tables)
    for number in (1, 2):
        run_sql("INSERT INTO later VALUES (?, 'x')", (f"I{number:06}",))
        run_sql("INSERT INTO holds VALUES (?, 'x', NULL, 'who', 1)", (f"I{number:06}",))
    run(store)
    for table in ("later", "holds"):
        rows = run_sql(f"SELECT item_id FROM {table}").fetchall()
        assert [row[0] for row in rows] == ["I000002"]


def test_the_log_keeps_purges_and_the_backups_that_are_still_there(store: Store) -> None:
    with store.transaction():
        for act, target, at in (
            ("sync", "", OLD), ("sync", "", YOUNG), ("purge", "", OLD),
            ("backup", "/here", OLD), ("backup", "/gone", OLD),
        ):  # fmt: skip
            store.log.add(act, who="t", at=float(at), target=target)
    assert run(store, kept=["/here"]).log == 2
    assert [(row["act"], row["target"]) for row in store.log.recent(9)] == [
        ("backup", "/here"), ("purge", ""), ("sync", ""),
    ]  # fmt: skip


def test_how_far_it_reached_never_goes_back(store: Store) -> None:
    assert store.facts.purged_before() is None
    for before in (BEFORE, BEFORE - 500):
        run(store, before)
        assert store.facts.purged_before() == BEFORE


def test_nothing_removed_can_be_found_in_any_byte(place: Path, store: Store) -> None:
    """Neither in freed pages nor in the write-ahead log nor in what an update left behind; and the file shrinks."""
    many = [over(number, title=f"{CANARY}{number}" * 3, remark=CANARY) for number in range(400)]
    put(store, *many, over(999, at=YOUNG, title="stays"))
    put(store, over(998, at=YOUNG, title=CANARY * 9))
    put(store, over(998, at=YOUNG, title="rewritten"))
    assert holds(place)
    assert run(store).items == 400
    assert purge.shrink(store) > 0
    assert holds(place) == []
    assert left(store) == {"I000998", "I000999"}
    assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert store.connection.execute("PRAGMA freelist_count").fetchone()[0] == 0


def test_a_reader_who_does_not_go_away_is_named(
    place: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log can't be emptied under somebody's eyes: then it is not said to be."""
    monkeypatch.setattr(purge, "_PATIENCE", 0.1)
    store.connection.execute("PRAGMA busy_timeout=50")
    put(store, over(1, title=CANARY))
    with closing(connect(place)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM items").fetchone()
        run(store)
        with pytest.raises(StoreError, match=r"store\.busy"):
            purge.shrink(store)
    purge.shrink(store)
    assert holds(place) == []


def holds(place: Path) -> list[str]:
    """The files beside the store that hold the canary."""
    files = place.parent.glob(f"{place.name}*")
    return [file.name for file in files if CANARY.encode() in file.read_bytes()]
