"""A restore forgets nothing that only we know: numbers paid for, holds, what a local factory was told to send."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dropship_cli.store.backup import put_back, write_backup
from dropship_cli.store.db import open_store

_WAYBILL = (
    "INSERT INTO waybills (waybill_id, carrier, tracking_number, item_id, merchant_id, pack_id, routing, op_id, "
    "got_at) VALUES (?, 'zhongtong', ?, ?, '660001', '', '{}', 'op', 1.0)"
)
_GOODS = "INSERT INTO waybill_goods VALUES (?, ?, 1, 'A', '', '')"


@pytest.fixture
def file(place: Path, tmp_path: Path) -> Path:
    """A backup that knows one number, of item 1."""
    with open_store(place) as store:
        store.connection.execute(_WAYBILL, (1, "N1", "1"))
        store.connection.execute(_GOODS, (1, "1"))
        write_backup(store, tmp_path / "monday.db", force=False)
    return tmp_path / "monday.db"


def asked(place: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(place)) as rows:
        return rows.execute(query).fetchall()


def test_numbers_bought_and_given_back_since_the_backup_stay_known(place: Path, file: Path) -> None:
    """Also where the two stores count them differently: every number keeps its own goods."""
    with open_store(place) as store:
        store.connection.execute("DELETE FROM waybill_goods")
        store.connection.execute("DELETE FROM waybills")
        for row in ((1, "N2", "2"), (2, "N1", "1")):
            store.connection.execute(_WAYBILL, row)
            store.connection.execute(_GOODS, (row[0], row[2]))
        store.connection.execute("UPDATE waybills SET cancelled_at = 5.0 WHERE tracking_number = 'N1'")
    put_back(place, file)
    with open_store(place) as store:
        assert [one.tracking_number for one in store.waybills.of_items(["2"])["2"]] == ["N2"]
        assert store.waybills.of_items(["1"]) == {}
        (first,) = store.waybills.by_numbers(["N1"])["N1"]
    assert (first.cancelled_at, [one.item_id for one in first.goods]) == (5.0, ["1"])


def test_a_hold_said_since_the_backup_stands(place: Path, file: Path) -> None:
    with open_store(place) as store:
        store.connection.execute("INSERT INTO holds VALUES ('1', 'buyer asks', NULL, 'me', 2.0)")
    put_back(place, file)
    assert asked(place, "SELECT item_id, reason FROM holds") == [("1", "buyer asks")]


def test_a_table_that_can_not_be_read_takes_nothing_else_down(place: Path, file: Path) -> None:
    with open_store(place) as store:
        store.connection.execute("INSERT INTO holds VALUES ('1', 'buyer asks', NULL, 'me', 2.0)")
        store.connection.execute("DROP TABLE waybill_goods")
    put_back(place, file)
    assert asked(place, "SELECT item_id FROM holds") == [("1",)]
    assert asked(place, "SELECT item_id FROM waybill_goods") == [("1",)]
