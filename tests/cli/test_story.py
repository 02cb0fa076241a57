"""The main job on the sample sheets: everything arrives once, and the same commands again change nothing."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from program import DATA, FACTORIES, Program

SHEETS = {
    "factory-1": "tracking-gb18030.csv",
    "factory-2": "tracking.xlsx",
    "factory-3": "tracking-gb18030.csv",
}
CODES = {
    "顺丰速运": "shunfeng",
    "中通快递": "zhongtong",
    "圆通速递": "yuantong",
    "韵达快递": "yunda",
    "极兔速递": "jtexpress",
}


def test_the_story_of_400_orders(seeded: Program, tmp_path: Path) -> None:
    """Allocated by file to three factories, shipped by file, seen by the merchant, twice without a change."""
    ran = seeded.ok("allocate", "--batch", DATA / "allocate.csv", "--json", "-p", "merchant")
    assert Counter(row["result"] for row in ran.json) == {"done": 464}
    for profile, sheet in SHEETS.items():
        seeded.ok("sync", "-p", profile)
        ran = seeded(
            "ship", "--batch", DATA / sheet, "--errors", tmp_path / f"{profile}.csv", "--json", "-p", profile
        )
        mine = _given_to(FACTORIES[profile])
        assert ran.status == 1  # the other factories' rows are refused one by one
        assert {row["item_id"] for row in ran.json if row["result"] == "done"} == mine
        assert all(row["error_code"] == "item.unknown" for row in ran.json if row["result"] == "refused")
        assert len((tmp_path / f"{profile}.csv").read_text("utf-8-sig").splitlines()) == 465 - len(mine)
    seeded.ok("sync", "-p", "merchant")

    items = seeded.items()
    wanted = _numbers()
    assert {item_id for item_id, item in items.items() if item["shipment"] == "shipped"} == set(wanted)
    for item_id, package in wanted.items():
        (found,) = items[item_id]["packages"]
        assert (found["carrier"], found["tracking_number"]) == package
        assert items[item_id]["shipped_by"] == "factory"
        assert items[item_id]["shipped_quantity"] == items[item_id]["quantity"]
    others = [item for item_id, item in items.items() if item_id not in wanted]
    assert Counter(item["refund"] for item in others) == {"open": 26, "refunded": 21}
    assert all(item["shipment"] == "none" for item in others)

    before = seeded.effects()
    again = seeded.ok("allocate", "--batch", DATA / "allocate.csv", "--json", "-p", "merchant")
    assert {row["result"] for row in again.json} == {"unchanged"}
    for profile, sheet in SHEETS.items():
        ran = seeded("ship", "--batch", DATA / sheet, "--json", "-p", profile)
        assert ran.status == 1
        assert {row["result"] for row in ran.json} == {"unchanged", "refused"}
    assert seeded.effects() == before


def test_two_items_of_one_order_go_to_two_factories(seeded: Program) -> None:
    """By item: siblings live apart."""
    first, second = "6923007000000001327", "6923007000000001328"
    seeded.ok("allocate", first, "--to", "880011", "-p", "merchant")
    seeded.ok("allocate", f"6923007000000001326/{second}", "--to", "880022", "-p", "merchant")
    items = seeded.items()
    assert (items[first]["factory_id"], items[second]["factory_id"]) == ("880011", "880022")
    assert items["6923007000000001329"]["allocation"] == "unallocated"
    for profile in ("factory-1", "factory-2"):
        seeded.ok("sync", "-p", profile)
    assert set(seeded.items("factory-1")) == {first}
    assert set(seeded.items("factory-2")) == {second}
    seeded.ok("ship", first, "--carrier", "中通", "--tracking", "78173786485074", "-p", "factory-1")
    seeded.ok("sync", "-p", "merchant")
    assert [seeded.items()[one]["shipment"] for one in (first, second)] == ["shipped", "none"]


def test_the_whole_order_by_its_number(seeded: Program) -> None:
    """ORDER means all its items."""
    ran = seeded.ok("allocate", "6923007000000001326", "--to", "880011", "--json", "-p", "merchant")
    assert [row["result"] for row in ran.json] == ["done"] * 3


def _given_to(factory_id: str) -> set[str]:
    with (DATA / "allocate.csv").open(encoding="utf-8-sig") as file:
        return {
            row["子订单编号"].strip() for row in csv.DictReader(file) if row["厂家店铺编号"] == factory_id
        }


def _numbers() -> dict[str, tuple[str, str]]:
    with (DATA / "tracking-gb18030.csv").open(encoding="gb18030") as file:
        return {
            row["代发订单号"].strip(): (CODES.get(row["快递公司"], row["快递公司"]), row["快递单号"])
            for row in csv.DictReader(file)
        }
