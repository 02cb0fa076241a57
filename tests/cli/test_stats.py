"""`stats` as a person and a script call it."""

from __future__ import annotations

import pytest
from program import Program, copy_of
from pty_program import at_terminal

ITEM = "6923007000000001327"
FIELDS = {
    "orders", "items", "pieces", "shipped", "shipped_by_merchant", "shipped_by_factory", "median_seconds",
    "p90_seconds", "late", "decided", "late_share", "refunds", "refund_share", "closed",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One of the merchant's items is allocated, and shipped by the factory."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("stats") / "world")
    program.ok("allocate", ITEM, "--to", "880011")
    program.ok("sync", "-p", "factory-1")
    program.ok("ship", ITEM, "-c", "中通", "-t", "78173786485074", "-p", "factory-1")
    program.ok("sync")
    return program


def test_the_figures_of_a_merchant_for_a_script(world: Program) -> None:
    found = world.ok("stats", "--by", "factory", "--json").json
    assert found.keys() == FIELDS | {
        "profile",
        "since",
        "until",
        "days",
        "orders_a_day",
        "items_a_day",
        "by",
        "groups",
    }
    assert (found["items"], found["orders"], found["shipped_by_factory"]) == (511, 400, 1)
    groups = {one["factory_id"]: one for one in found["groups"]}
    assert groups["880011"].keys() == FIELDS | {"factory_id", "factory_name"}
    assert (groups["880011"]["items"], groups[None]["items"]) == (1, 510)


def test_a_factory_counts_what_it_was_given(world: Program) -> None:
    """The platform never tells a factory when an item was paid: its days are those of the allocation."""
    found = world.ok("stats", "--by", "merchant", "--json", "-p", "factory-1").json
    assert [(one["merchant_id"], one["items"], one["shipped"]) for one in found["groups"]] == [
        ("660001", 1, 1)
    ]


def test_a_person_sees_sentences_and_bars_a_pipe_columns(world: Program) -> None:
    shown = at_terminal(world, "stats", "--by", "sku", "--lang", "zh", "-n", "2")
    assert (shown.status, "400 个订单" in shown.text, "█" in shown.text, "共" in shown.text) == (
        0,
        True,
        True,
        True,
    )
    ran = world.ok("stats", "--by", "sku")
    assert len({line.count("\t") for line in ran.out.splitlines()}) == 1
    assert world.ok("stats", "-q").err == ""


def test_an_empty_store_and_an_empty_period_say_so(fresh: Program, world: Program) -> None:
    fresh.ok("role", "choose", "merchant")
    ran = fresh.ok("stats")
    assert (ran.out, "dropship sync" in ran.err) == ("", True)
    assert fresh.ok("stats", "--json").json["groups"] == []
    assert "no item in this period" in world.ok("stats", "--until", "2020-01-01", "--since", "2019-01-01").err


def test_a_wrong_wish_is_a_usage_error(world: Program) -> None:
    for words, code in (
        (("--by", "moon"), "stats.by"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), "stats.period"),
        (("--since", "soon"), "usage.moment"),
    ):
        ran = world("stats", *words, "--json")
        assert (ran.status, ran.out, ran.error["code"]) == (2, "", code)
