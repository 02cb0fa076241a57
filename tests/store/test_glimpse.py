"""A quick look offers what is there, makes nothing, waits for nobody and never fails."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.carrier import Carrier
from dropship_cli.domain.item import AllocationState, Item
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.rule import Rule
from dropship_cli.store import glimpse as module
from dropship_cli.store.db import Store
from dropship_cli.store.glimpse import Found, Glimpse, glimpse

ALL = ("partners", "local_factories", "carriers", "operations", "skus", "orders", "rules", "waybills")


def filled(store: Store) -> None:
    with store.transaction():
        store.bindings.replace(
            [
                Binding("880011", "优品", BindingState.BOUND, 1, 1, None),
                Binding("880022", "x", BindingState.UNBOUND, 1, 1, None),
            ]
        )
        store.facts.put_carriers([Carrier("sf", "顺丰"), Carrier("zto", "中通")])
        store.items.put(
            [
                Item("O1", "I10", 1, title="old", sku_code="A-1", paid_at=1),
                Item("O1", "I11", 1, title="new", sku_code="A-1", paid_at=9),
                Item("O2", "I20", 1, sku_code="B", paid_at=5, allocation=AllocationState.ALLOCATED),
            ],
            1.0,
        )
        store.rules.change(
            [Rule(factory_id="880011", sku_code="A-*"), Rule(factory_id="880022")], [], who="me", at=1.0
        )
        store.rules.change([], [store.rules.all()[1]], who="me", at=2.0)
        for at, number in enumerate(("76001", "76002", "75001")):
            wish = {"carrier": "zto", "tracking_number": number}
            bought = Operation(f"op{at}", Kind.WAYBILL, "I10", wish)
            store.waybills.add(bought, {"tracking_number": number}, float(at))
        store.waybills.cancel(bought, 9.0)


def values(found: Found) -> list[str]:
    return [value for value, _ in found]


def test_what_the_store_has_is_offered_by_its_beginning(store: Store, place: Path) -> None:
    filled(store)
    with glimpse(place) as look:
        assert look is not None
        assert look.partners("") == [("880011", "优品")]
        assert (values(look.carriers("z")), values(look.skus("A"))) == (["zto"], ["A-1"])
        assert (values(look.items("I1", None)), values(look.items("I", "unallocated"))) == (
            ["I10", "I11"], ["I10", "I11"],
        )  # fmt: skip
        assert values(look.items("", None)) == ["I11", "I20", "I10"], "the newest first"
        assert set(values(look.orders("O2"))) == {"O2"}
        assert (values(look.rules("")), look.rules("2")) == (["1"], [])
        assert look.waybills("") == [("76002", "zto"), ("76001", "zto")], "the newest first"
        assert values(look.waybills("76001")) == ["76001"]


def test_no_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    with glimpse(tmp_path / "store.db") as look:
        assert look is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database " * 200])
def test_a_foreign_file_offers_nothing_and_stays_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with glimpse(path) as look:
        assert look is not None
        assert [getattr(look, name)("") for name in ALL] == [[]] * len(ALL)
    assert path.read_bytes() == content


def test_a_writer_in_the_middle_of_a_transaction_is_not_waited_for(store: Store, place: Path) -> None:
    filled(store)
    with store.transaction():
        store.facts.put("x", "y")
        with glimpse(place) as look:
            assert look is not None
            assert values(look.partners("")) == ["880011"]


def test_a_look_that_takes_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch, store: Store, place: Path
) -> None:
    """The rows would take minutes; the look's patience is over at once, so nothing is offered."""
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x), 1 FROM n"
    with glimpse(place) as look:
        assert look is not None
        assert look._ask(endless, ()) == []


def test_quotes_and_patterns_are_only_text(store: Store, place: Path) -> None:
    filled(store)
    with glimpse(place) as look:
        assert look is not None
        for start in ("'", "%", "_", '" OR 1=1', "\ud800"):
            assert [getattr(look, name)(start) for name in ALL] == [[]] * len(ALL)


def test_it_can_not_write(store: Store, place: Path) -> None:
    with glimpse(place) as look:
        assert isinstance(look, Glimpse)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            look._connection.execute("DELETE FROM facts")
