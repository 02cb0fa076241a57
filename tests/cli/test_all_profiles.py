"""`--all-profiles`: every shop in turn, one that fails stops no other, and lists are one list."""

from __future__ import annotations

import json

import pytest
from bystanders import held
from program import FACTORIES, Program, copy_of
from pty_program import at_terminal

SHOPS = ["factory-1", "factory-2", "factory-3", "merchant"]
ITEM = "6923007000000001327"


@pytest.fixture(scope="module")
def dealt(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Two items of the merchant are at two factories, and everybody has read."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("all") / "world")
    items = [
        one["item_id"] for one in program.ok("orders", "--json", "--state", "unallocated", "-n", "2").json
    ]
    for item, shop in zip(items, FACTORIES.values(), strict=False):
        program.ok("allocate", item, "--to", shop)
    program.ok("sync", "--all-profiles")
    return program


@pytest.fixture
def world(dealt: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return copy_of(dealt, tmp_path_factory.mktemp("one") / "world")


def test_sync_reads_every_shop_and_names_it(world: Program) -> None:
    ran = world.ok("sync", "--all-profiles", "--json")
    assert [row["profile"] for row in ran.json] == SHOPS
    # An item that two readings bring counts twice.
    assert {row["profile"]: row["items"] for row in ran.json}["merchant"] >= 511
    told = world.ok("sync", "--all-profiles").err.splitlines()
    assert [line.split()[0] for line in told] == SHOPS


def test_the_list_of_all_is_one_list_in_the_order_of_one_shops(world: Program) -> None:
    found = world.ok("orders", "--all-profiles", "--json").json
    paid = [row["paid_at"] or "" for row in found]
    assert paid == sorted(paid, reverse=True)
    apart = {name: {row["item_id"] for row in found if row["profile"] == name} for name in SHOPS}
    assert {name: len(items) for name, items in apart.items()} == {
        "factory-1": 1, "factory-2": 1, "factory-3": 0, "merchant": 511,
    }  # fmt: skip
    assert apart["factory-1"] == set(world.items("factory-1"))
    urgent = world.ok("orders", "--all-profiles", "--due", "30d", "--json").json
    keys = [(row["ship_by"], row["item_id"]) for row in urgent]
    assert keys == sorted(keys)
    assert {"factory-1", "merchant"} <= {row["profile"] for row in urgent}


def test_the_limit_is_for_the_whole_list(world: Program) -> None:
    whole = [row["item_id"] for row in world.ok("orders", "--all-profiles", "--json").json]
    few = world.ok("orders", "--all-profiles", "-n", "7", "--json").json
    assert [row["item_id"] for row in few] == whole[:7]


def test_a_table_and_a_pipe_name_the_shop(world: Program) -> None:
    shown = at_terminal(world, "orders", "--all-profiles", "--state", "allocated", columns=160)
    assert {line.split()[0] for line in shown.text.splitlines()[1:5]} == {
        "merchant",
        "factory-1",
        "factory-2",
    }
    heading, first = world.ok("orders", "--all-profiles", "-n", "1").out.splitlines()
    assert heading.startswith("profile\torder_id\t")
    assert first.split("\t")[0] in SHOPS


def test_in_a_shared_list_each_shop_sees_its_other_side(world: Program) -> None:
    """To the merchant's row the partner is the factory, to the factory's row of the same item the merchant."""
    shown = at_terminal(world, "orders", "--all-profiles", "--state", "allocated", columns=200)
    factories = [line for line in shown.text.splitlines() if line.startswith("factory-")]
    merchants = [line for line in shown.text.splitlines() if line.startswith("merchant")]
    assert all("660001" in line for line in factories)
    assert all("660001" not in line for line in merchants)


def test_status_and_stats_of_every_shop(world: Program) -> None:
    assert [row["profile"] for row in world.ok("status", "--all-profiles", "--json").json] == SHOPS
    told = world.ok("status", "--all-profiles").out
    assert [name for name in SHOPS if f"profile {name}" in told] == SHOPS
    found = world.ok("stats", "--all-profiles", "--json").json
    assert [(row["profile"], row["items"]) for row in found] == [
        ("factory-1", 1), ("factory-2", 1), ("factory-3", 0), ("merchant", 511),
    ]  # fmt: skip
    rows = [line.split("\t") for line in world.ok("stats", "--all-profiles").out.splitlines()]
    assert (rows[0][0], {row[0] for row in rows[1:]}) == ("profile", {"factory-1", "factory-2", "merchant"})


def test_a_shop_that_is_away_stops_no_other_and_is_named(world: Program) -> None:
    world.away("factory-2")
    ran = world("sync", "--all-profiles", "--json")
    assert ran.status == 5
    errors = [json.loads(line)["error"] for line in ran.err.splitlines() if line.startswith("{")]
    assert [one["profile"] for one in errors] == ["factory-2"]
    assert {row["profile"]: row["error"] is None for row in ran.json} == {
        "factory-1": True, "factory-2": False, "factory-3": True, "merchant": True,
    }  # fmt: skip
    told = world("sync", "--all-profiles", "--lang", "zh").err
    assert sum("factory-2：" in line for line in told.splitlines()) == 1
    assert "merchant" in told


def test_a_damaged_profile_and_a_foreign_store_leave_the_others_readable(world: Program) -> None:
    (world.home / "profiles" / "factory-1" / "profile.json").write_text("{")
    (world.home / "profiles" / "factory-2" / "store.db").write_bytes(b"no database at all" * 100)
    for words in (("orders",), ("status",), ("stats",)):
        ran = world(*words, "--all-profiles", "--json")
        errors = {
            one["profile"]: one["code"]
            for one in (json.loads(line)["error"] for line in ran.err.splitlines())
        }
        assert errors == {"factory-1": "profile.damaged", "factory-2": "store.foreign"}, words
        assert ran.status == 74
        assert {row["profile"] for row in ran.json} <= {"factory-3", "merchant"}
        assert "merchant" in {row["profile"] for row in ran.json}


def test_a_busy_shop_is_passed_by_and_reading_never_waits(world: Program) -> None:
    with held(world, "factory-1"):
        ran = world("sync", "--all-profiles", "--json")
        assert (ran.status, [row["profile"] for row in ran.json]) == (7, SHOPS[1:])
        assert '"profile": "factory-1"' in ran.err
        world.ok("orders", "--all-profiles")


def test_the_worst_status_wins(world: Program) -> None:
    """The shop that is late decides over those that are not; one whose state is unknown to the rest."""
    assert world("status", "--all-profiles", "--fail-if-due", "30d").status == 1
    assert world("status", "--all-profiles", "--fail-if-due", "1m").status == 0


def test_what_is_wrong_for_all_is_said_once(world: Program) -> None:
    for words, code in (
        (("orders", "--all-profiles", "--state", "gone"), "usage.state"),
        (("orders", "--all-profiles", "-p", "merchant"), "usage.profile_or_all"),
        (("status", "42", "--all-profiles"), "usage.no_order_here"),
        (("sync", "--all-profiles", "--since", "soon"), "usage.moment"),
    ):
        ran = world(*words, "--json")
        assert (ran.status, len(ran.err.splitlines()), ran.error["code"]) == (2, 1, code), ran
    by_environment = Program(world.home, DROPSHIP_PROFILE="factory-1")
    assert len(by_environment.ok("status", "--all-profiles", "--json").json) == 4


def test_without_any_profile_there_is_nothing_to_run_over(tmp_path_factory: pytest.TempPathFactory) -> None:
    ran = Program(tmp_path_factory.mktemp("none") / "home")("status", "--all-profiles", "--json")
    assert (ran.status, ran.error["code"]) == (3, "profile.none")
