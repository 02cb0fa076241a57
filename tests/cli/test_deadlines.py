"""What is late and what is due: `orders --due`, `status --factories`, and the exit statuses that cron reads."""

from __future__ import annotations

import sqlite3
import time

import pytest
from program import Program, copy_of

FREE, HELD, BACK, OTHER = (
    "6923007000000001327", "6923007000000001328", "6923007000000001329", "6923007000000010589",
)  # fmt: skip
HOUR = 3600


def promise(program: Program, hours: dict[str, float], profile: str = "merchant") -> None:
    """Move the promised times; everything else is far away."""
    path = program.home / "profiles" / profile / "store.db"
    with sqlite3.connect(path) as store:
        store.execute("UPDATE items SET ship_by = ?", (int(time.time() + 900 * HOUR),))
        for item, left in hours.items():
            store.execute(
                "UPDATE items SET ship_by = ? WHERE item_id = ?", (int(time.time() + left * HOUR), item)
            )


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One item late at a factory, one due in 2 h by nobody, one late whose buyer wants the money back."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("deadlines") / "world")
    program.ok("factory", "add", "隔壁王厂")
    program.ok("allocate", HELD, BACK, OTHER, "--to", "880011")
    program.ok("sandbox", "refund", BACK)
    program.ok("unallocate", OTHER)
    program.ok("sync")
    program.ok("sync", "-p", "factory-1")
    promise(program, {HELD: -5, FREE: 2, BACK: -9, OTHER: -1.5})
    promise(program, {HELD: -5, BACK: -9, OTHER: -1.5}, "factory-1")
    return program


def ids(program: Program, *words: str) -> list[str]:
    return [one["item_id"] for one in program.ok("orders", *words, "--json").json]


def test_due_lists_what_has_to_leave_the_most_urgent_first(world: Program) -> None:
    """Late ones are in it; shipped, closed and refunded ones are not; any other filter narrows it."""
    assert ids(world, "--due", "6h") == [HELD, OTHER, FREE]
    assert ids(world, "--due", "90m") == [HELD, OTHER]
    assert ids(world, "--due", "1d", "--factory", "880011", "--state", "to-ship") == [HELD]
    assert ids(world, "--due", "6h", "--state", "unallocated") == [OTHER, FREE]
    assert ids(world, "--late") == [HELD, OTHER]
    assert ids(world, "--late", "--due", "1d", "-n", "1") == [HELD]


def test_what_was_taken_back_is_not_the_factorys_to_ship(world: Program) -> None:
    """The factory still knows the item, and is not late with it."""
    assert {HELD, BACK, OTHER} == set(world.items("factory-1"))
    assert ids(world, "--late", "-p", "factory-1") == ids(world, "--due", "1d", "-p", "factory-1") == [HELD]
    assert world.ok("status", "--json", "-p", "factory-1").json["late"] == 1


def test_a_length_of_time_that_is_none_is_refused(world: Program) -> None:
    ran = world("orders", "--due=1w", "--json")
    assert (ran.status, ran.error["code"]) == (2, "usage.duration")


def test_a_merchant_sees_which_factories_it_waits_for(world: Program) -> None:
    """With something late those with something urgent; asked for, every bound one, and those off the platform."""
    some = world.ok("status", "--json").json["factories"]
    assert [(one["factory_id"], one["late"], one["due_soon"], one["refund_open"]) for one in some] == [
        (None, 1, 1, 0), ("880011", 1, 0, 1),
    ]  # fmt: skip
    every = world.ok("status", "--factories", "--json").json
    assert {one["factory_id"] for one in every["factories"]} == {
        None,
        "880011",
        "880022",
        "880033",
        "隔壁王厂",
    }
    assert every["late"] == sum(one["late"] for one in every["factories"])
    assert "880011" in world.ok("status", "--lang", "zh").out
    assert world.ok("status", "--factories", "--json", "-p", "factory-1").json["factories"] == []


def test_cron_hears_of_what_is_late_and_what_is_due(world: Program, seeded: Program) -> None:
    """1 while anything is; the numbers are shown all the same."""
    promise(seeded, {FREE: 2})
    assert world("status", "--fail-if-late").status == 1
    assert seeded("status", "--fail-if-late", "--fail-if-due", "1h").status == 0
    late = seeded("status", "--fail-if-due", "3h", "--json")
    assert (late.status, late.json["late"], late.json["due_soon"]) == (1, 0, 1)
    ran = seeded("status", "6923007000000001326", "--fail-if-late", "--json")
    assert (ran.status, ran.error["code"]) == (2, "usage.no_order_here")


def test_when_something_is_urgent_is_a_setting(seeded: Program) -> None:
    promise(seeded, {FREE: 2})
    seeded.ok("profile", "set", "soon", "3600")
    assert seeded.ok("status", "--json").json["due_soon"] == 0
