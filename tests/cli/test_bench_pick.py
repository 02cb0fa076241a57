"""`pick` as a factory and a script call it: sums, packages, sheets, and what must not leave."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from program import Program, copy_of
from python_calamine import CalamineWorkbook

FACTORY = ("-p", "factory-1")


@pytest.fixture
def world(bench_once: Program, tmp_path: Path) -> Program:
    return copy_of(bench_once, tmp_path / "world")


def test_the_sums_are_those_of_the_items_that_may_leave(bench_once: Program) -> None:
    items = bench_once.items("factory-1").values()
    wanted: Counter[tuple[str, str]] = Counter()
    for one in items:
        wanted[one["sku_code"] or one["title"], one["spec"]] += one["quantity"]
    found = bench_once.ok("pick", "--json", *FACTORY).json
    assert found.keys() == {"lines", "packages", "must_not_leave", "items_on_their_way"}
    assert {
        (one["sku_code"] or one["title"], one["spec"]): one["quantity"] for one in found["lines"]
    } == wanted
    assert sum(one["items"] for one in found["lines"]) == len(items)
    assert "receiver" not in bench_once.ok("pick", "--json", *FACTORY).out
    packed = [content["item_id"] for one in found["packages"] for content in one["contents"]]
    assert Counter(packed) == Counter(one["item_id"] for one in items)


def test_items_of_one_order_are_one_package(bench_once: Program) -> None:
    """A factory does not see the order: the receiver tells."""
    sold: dict[str, set[str]] = {}
    for one in bench_once.items().values():
        if one["factory_id"] == "880011":
            sold.setdefault(one["order_id"], set()).add(one["item_id"])
    packages = bench_once.ok("pick", "--json", *FACTORY).json["packages"]
    packed = [{content["item_id"] for content in one["contents"]} for one in packages]
    assert max(map(len, packed)) > 1
    assert all(any(order <= package for package in packed) for order in sold.values())


def test_what_must_not_leave_is_named_at_the_end(world: Program) -> None:
    refund, taken, held, *_ = list(world.items("factory-1"))
    world.ok("sandbox", "refund", refund)
    world.ok("unallocate", taken)
    world.ok("sync", *FACTORY)
    world.ok("hold", held, "--reason", "地址有误", *FACTORY)
    ran = world.ok("pick", *FACTORY)
    last = ran.err.splitlines()[-3:]
    assert sorted(last) == sorted(
        [line for line in last if "must not leave" in line and line.startswith("warning: ")]
    )
    assert {refund, taken, held} == {line.split()[1] for line in last}
    assert "地址有误" in ran.err
    found = world.ok("pick", "--json", "--lang", "zh", *FACTORY).json
    why = {one["item_id"]: (one["error_code"], one["error"]) for one in found["must_not_leave"]}
    assert {name: code for name, (code, _) in why.items()} == {
        refund: "pick.refund_open", taken: "pick.taken_back", held: "item.held",
    }  # fmt: skip
    assert "地址有误" in why[held][1]
    picked = {name for one in found["lines"] for name in one["item_ids"]}
    assert not {refund, taken, held} & picked


def test_the_sheets_hold_sums_packages_and_what_stays(world: Program, tmp_path: Path) -> None:
    held = next(iter(world.items("factory-1")))
    world.ok("hold", held, "--reason", "=1+1", *FACTORY)
    found = world.ok("pick", "--json", *FACTORY).json
    ran = world.ok("pick", "--to", tmp_path / "pick.csv", *FACTORY)
    assert ran.out == ""
    with (tmp_path / "pick.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["quantity"]) for row in rows if not row["must_not_leave"]) == sum(
        one["quantity"] for one in found["lines"]
    )
    assert [row["item_id"] for row in rows if "=1+1" in row["must_not_leave"]] == [held]
    assert world("pick", "--to", tmp_path / "pick.csv", *FACTORY).status == 2  # nothing is replaced unasked
    world.ok("pick", "--packages", "--to", tmp_path / "packages.xlsx", "--lang", "zh", *FACTORY)
    heading, *rest = (
        CalamineWorkbook.from_path(str(tmp_path / "packages.xlsx")).get_sheet_by_index(0).to_python()
    )
    assert heading[:3] == ["包裹序号", "商家店铺编号", "代发订单号"]
    assert {row[2] for row in rest} == set(world.items("factory-1"))


def test_filters_by_merchant_and_by_what_is_due(bench_once: Program) -> None:
    everything = bench_once.ok("pick", "--json", *FACTORY).json
    assert bench_once.ok("pick", "--merchant", "660001", "--json", *FACTORY).json == everything
    for words in (("--merchant", "660002"), ("--due", "1s")):
        found = bench_once.ok("pick", *words, "--json", *FACTORY).json
        assert (found["lines"], found["packages"]) == ([], [])
    assert bench_once("pick", "--due", "soon", *FACTORY).status == 2


def test_listing_changes_nothing(bench_once: Program) -> None:
    before = bench_once.state()
    bench_once.ok("pick", *FACTORY)
    bench_once.ok("pick", "--packages", *FACTORY)
    assert bench_once.state() == before
