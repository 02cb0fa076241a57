"""`factory`, and `allocate`, `unallocate`, `orders` with a local factory's name, as a person and a script type them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from program import Program

ORDER, FIRST, SECOND = "6923007000000001326", "6923007000000001327", "6923007000000001328"


@pytest.fixture
def world(seeded: Program) -> Program:
    """A factory that the platform does not know; no call can be made any more."""
    seeded.ok("factory", "add", "老王家", "--note", "微信 laowang")
    seeded.away()
    return seeded


def test_a_day_with_a_local_factory_needs_no_platform(world: Program, tmp_path: Path) -> None:
    """By item and by file, back again, listed and logged: nothing waits for the network."""
    done = world.ok("allocate", ORDER, "--to", "老王家", "--json")
    assert done.results == [("done", None)] * 3
    sheet = tmp_path / "wish.csv"
    sheet.write_text("子订单编号,厂家编号\n6923007000000010589, 老王家 \n", encoding="utf-8")
    assert world.ok("allocate", "--batch", sheet, "--json").results == [("done", None)]
    assert world.ok("unallocate", FIRST, "--json").results == [("done", None)]
    found = world.ok("orders", "--factory", "老王家", "--json").json
    assert [one["item_id"] for one in found] == ["6923007000000010589", "6923007000000001329", SECOND]
    assert {one["factory_id"] for one in found} == {"老王家"}
    (row,) = world.ok("factory", "--json").json
    assert (row["factory"], row["to_ship"], row["not_on_sheet"]) == ("老王家", 3, 3)
    assert world.ok("status", "--json").json["not_on_sheet"] == 3
    assert "3 for local factories are on no sheet yet" in world.ok("status").out
    assert world.ok("queue", "--json").json == []
    assert [one["act"] for one in world.ok("log", "-n", "5", "--json").json] == ["cancel", *["allocate"] * 4]


def test_a_dry_run_and_a_second_run_change_nothing(world: Program) -> None:
    before = world.state()
    assert world.ok("allocate", FIRST, "--to", "老王家", "--dry-run", "--json").results == [("would", None)]
    assert world.state() == before
    world.ok("allocate", FIRST, "--to", "老王家")
    after = world.state()
    assert world.ok("allocate", FIRST, "--to", "老王家", "--json").results == [("unchanged", None)]
    assert world.state() == after


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ("factory add 880044", 2, "factory.number"),
        ("factory add =x", 2, "factory.name"),
        ("factory remove 老李", 4, "factory.unknown"),
        ("factory list -p factory-1", 4, "role.wrong"),
    ],
)
def test_what_is_no_factory_is_refused_with_its_reason(
    words: str, status: int, code: str, world: Program
) -> None:
    ran = world(*words.split(), "--json")
    assert (ran.status, ran.error["code"]) == (status, code)


def test_a_factory_that_nobody_added_is_named(world: Program) -> None:
    ran = world("allocate", FIRST, "--to", "老李", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.not_bound")])
    assert "factory add" in ran.json[0]["hint"]


def test_removing_waits_until_everything_is_sent(world: Program) -> None:
    world.ok("allocate", FIRST, "--to", "老王家")
    ran = world("factory", "remove", "老王家", "--json")
    assert (ran.status, ran.error["code"], ran.error["count"]) == (4, "factory.has_items", 1)
    world.ok("unallocate", FIRST)
    assert world.ok("factory", "remove", "老王家", "--json").json["result"] == "done"
    assert world.ok("factory", "list", "--json").json == []


def test_sync_says_what_the_platform_ended(seeded: Program) -> None:
    """On stderr for people, in the record for scripts, in the log for later."""
    seeded.ok("factory", "add", "老王家")
    seeded.ok("allocate", FIRST, "--to", "老王家")
    params = f'{{"distribute_order_list":[{{"supplier_shop_id":880011,"distr_order_id":"{FIRST}"}}]}}'
    seeded.ok("api", "iop.sellerDistribute", "--params", params, "--yes")
    ran = seeded.ok("sync", "--json", "--lang", "zh")
    assert ran.json["conflicts"] == [{"item_id": FIRST, "factory": "老王家", "code": "local.taken"}]
    assert "已有厂家接手" in ran.err
    assert "local_conflict" in [one["act"] for one in seeded.ok("log", "--json").json]
    with sqlite3.connect(seeded.home / "profiles" / "merchant" / "store.db") as store:
        assert store.execute("SELECT count(*) FROM local_allocations").fetchone() == (0,)
