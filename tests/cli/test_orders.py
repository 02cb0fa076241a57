"""`orders`, `order`, `status`: each filter by itself, read from the store alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from program import Program, copy_of

ITEM, ORDER = "6923007000000001327", "6923007000000001326"
Item = dict[str, Any]


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One item at each of two factories, one shipped by hand, one too late; nobody changes it afterwards."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("orders") / "world")
    program.ok("allocate", ITEM, "--to", "880011")
    program.ok("allocate", "6923007000000001328", "--to", "880022")
    program.ok("ship", "6923007000000010589", "-c", "中通", "-t", "78173786485074")
    with sqlite3.connect(program.home / "profiles" / "merchant" / "store.db") as store:  # days went by
        store.execute("UPDATE items SET ship_by = 1700000000 WHERE item_id = ?", (ITEM,))
        store.execute("UPDATE items SET paid_at = 1700000000 WHERE item_id = ?", (ITEM,))
    program.away()  # none of these commands may call
    program.ok("sync", "-p", "factory-1")
    return program


FILTERS: dict[str, Callable[[Item], bool]] = {
    "--state unallocated": lambda it: (
        (it["allocation"], it["shipment"], it["closed"]) == ("unallocated", "none", False)
    ),
    "--state allocated": lambda it: it["allocation"] == "allocated",
    "--state shipped": lambda it: it["shipment"] == "shipped",
    "--state none": lambda it: it["shipment"] == "none",
    "--state refund": lambda it: it["refund"] == "open",
    "--state refunded": lambda it: it["refund"] == "refunded",
    "--state closed": lambda it: it["closed"],
    "--state to-ship": lambda it: it["item_id"] in (ITEM, "6923007000000001328"),
    "--factory 880022": lambda it: it["factory_id"] == "880022",
    "--sku SJK-15P": lambda it: it["sku_code"] == "SJK-15P",
    "--until 2023-12-01": lambda it: it["item_id"] == ITEM,
    "--since 2023-12-01": lambda it: it["item_id"] != ITEM,
    "--late": lambda it: it["item_id"] == ITEM,
    "--state allocated --factory 880011 --sku SJK-15P": lambda it: False,
    "--merchant 660001": lambda it: True,
    "--merchant 660002": lambda it: False,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(world: Program) -> list[Item]:
    """All items, unfiltered."""
    items: list[Item] = world.ok("orders", "--json").json
    assert len(items) == 511
    return items


@pytest.mark.parametrize("words", FILTERS)
def test_a_filter_keeps_what_it_says_and_nothing_else(words: str, world: Program, whole: list[Item]) -> None:
    found = world.ok("orders", *words.split(), "--json").json
    assert [one["item_id"] for one in found if not FILTERS[words](one)] == []
    assert {one["item_id"] for one in found} == {one["item_id"] for one in whole if FILTERS[words](one)}


def test_a_limit_and_the_order_of_rows(world: Program, whole: list[Item]) -> None:
    """The newest first; scripts get all without a limit, and with 0."""
    assert world.ok("orders", "--json", "-n", "3").json == whole[:3]
    assert world.ok("orders", "--json", "--limit", "0").json == whole
    paid = [one["paid_at"] for one in whole]
    assert paid == sorted(paid, reverse=True)


def test_an_order_an_item_and_both(world: Program) -> None:
    """ORDER shows its three items; ITEM and ORDER/ITEM the one."""
    assert len(world.ok("order", ORDER, "--json").json) == 3
    for name in (ITEM, f"{ORDER}/{ITEM}"):
        assert [one["item_id"] for one in world.ok("order", name, "--json").json] == [ITEM]
    assert world.ok("status", ORDER, "--json").json == world.ok("order", ORDER, "--json").json


def test_a_factory_reads_what_is_its_own(world: Program) -> None:
    """Not the siblings, and not by the merchant's order number."""
    assert list(world.items("factory-1")) == [ITEM]
    ran = world("order", ORDER, "-p", "factory-1", "--json")
    assert (ran.status, ran.error["code"]) == (4, "order.unknown")
    assert len(world.ok("orders", "--merchant", "660001", "-p", "factory-1", "--json").json) == 1


def test_status_counts_what_needs_doing(world: Program, whole: list[Item]) -> None:
    summary = world.ok("status", "--json").json
    free = [it for it in whole if FILTERS["--state unallocated"](it) and it["refund"] == "none"]
    assert (summary["role"], summary["bindings_active"], summary["late"]) == ("merchant", 3, 1)
    assert summary["to_allocate"] == len(free)
    assert (summary["queued"], summary["unknown"], summary["sync_error"]) == (0, [], None)
    said = world.ok("status").out
    assert f"{len(free)} to allocate" in said
    assert "not live" in said
