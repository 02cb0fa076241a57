"""`allocate --auto` against the sandbox: what the platform's own ledger says in the end, and what people are told."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import AllocationRow, allocate, unallocate
from dropship_cli.actions.auto_allocate import AutoReport, auto_allocate
from dropship_cli.actions.context import Shop
from dropship_cli.actions.pull import pull
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.rule_explain import explain_items
from dropship_cli.actions.rules import RuleOutcome, rules, take
from dropship_cli.domain.errors import ExitStatus, RefusedError
from dropship_cli.domain.hold import Hold
from dropship_cli.domain.item import Item
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.rule import Rule
from tests.actions.shops import A, B, C, bound, buy, given, order
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return bound(tmp_path / "world")


def keep(shop: Shop, *wanted: Rule) -> None:
    take(shop, [RuleOutcome(rule, Result.WOULD) for rule in wanted], "rule_add")


def run(world: World, *wanted: Rule, dry_run: bool = False) -> AutoReport:
    with world.shop("merchant") as shop:
        keep(shop, *wanted)
        return auto_allocate(shop, dry_run=dry_run)


def results(auto: AutoReport) -> list[str]:
    return [one.result.value for one in auto.report.outcomes]


def test_items_there_before_the_rules_go_where_the_rules_say(world: World) -> None:
    one, two = buy(world, 1, "XD-1", "SJK-2")
    auto = run(world, Rule(A, sku_code="XD-*"), Rule(B))
    assert given(world) == {one: A, two: B}
    assert (results(auto), auto.report.exit_status) == (["done", "done"], ExitStatus.DONE)


def test_a_second_run_finds_nothing_to_do(world: World) -> None:
    buy(world, 1, "X", "Y")
    run(world, Rule(A))
    before = given(world)
    assert (results(run(world)), given(world)) == ([], before)


def test_a_dry_run_tells_the_plan_and_writes_nothing(world: World) -> None:
    (one,) = buy(world, 1, "X")
    with world.shop("merchant") as shop:
        keep(shop, Rule(A, share=70), Rule(B, share=30))
        before = list(shop.store.connection.iterdump())
        auto = auto_allocate(shop, dry_run=True)
        assert list(shop.store.connection.iterdump()) == before
    assert (results(auto), auto.factory_of(auto.report.outcomes[0])) == (["would"], A)
    assert given(world) == {}
    assert results(run(world)) == ["done"]
    assert given(world) == {one: A}


def test_what_no_rule_takes_is_refused_by_name(world: World) -> None:
    """Nothing unknown is left unsaid: a person has to decide."""
    one, two, three = buy(world, 1, "X", "Y", "Z")
    auto = run(world, Rule(A, sku_code="X"), Rule(C, sku_code="Z"))
    assert {row.item_id: row.error_code for row in auto.report.outcomes} == {
        one: None, two: "rule.none", three: "rule.exhausted",
    }  # fmt: skip
    assert auto.report.exit_status is ExitStatus.PARTLY


def test_without_rules_nothing_is_guessed(world: World) -> None:
    buy(world, 1, "X")
    with pytest.raises(RefusedError, match=r"rule\.no_rules"):
        run(world)


def test_capacity_counts_the_whole_day_and_a_new_day_begins_at_midnight_in_beijing(world: World) -> None:
    wanted = (Rule(A, capacity=2, priority=1), Rule(B))
    found = [buy(world, number, "X")[0] for number in range(3)]
    run(world, *wanted)
    later = buy(world, 9, "X")[0]
    run(world)
    assert [given(world)[item_id] for item_id in (*found, later)] == [A, A, B, B]
    world.clock.advance(86_400)
    fresh = buy(world, 10, "X")[0]
    run(world)
    assert given(world)[fresh] == A


def test_shares_hold_over_many_small_runs(world: World) -> None:
    with world.shop("merchant") as shop:
        keep(shop, Rule(A, share=70), Rule(B, share=30))
    for number in range(10):
        buy(world, number, "X")
        run(world)
    assert Counter(given(world).values()) == {A: 7, B: 3}


def test_what_is_on_its_way_counts_and_is_not_planned_twice(world: World) -> None:
    """The platform was away: the queue keeps the plan, and the next run neither changes nor repeats it."""
    (one,) = buy(world, 1, "X")
    with world.shop("merchant") as shop:
        keep(shop, Rule(A, capacity=1, priority=1), Rule(B))
        world.wire.plans = [Plan(Fault.NO_CONNECTION)]
        assert results(auto_allocate(shop)) == ["queued"]
        (two,) = order(world, 2, "X")
        pull(shop)
        assert results(auto_allocate(shop, dry_run=True)) == ["queued", "would"]
        auto_allocate(shop)
    assert given(world) == {one: A, two: B}


def test_an_item_that_a_person_took_back_goes_to_the_next_rule(world: World) -> None:
    (one,) = buy(world, 1, "X")
    run(world, Rule(A, sku_code="X"), Rule(B))
    with world.shop("merchant") as shop:
        unallocate(shop, [Reference(text=one)])
    run(world)
    assert given(world) == {one: B}


def test_an_order_stays_with_the_factory_that_a_person_chose(world: World) -> None:
    one, two = buy(world, 1, "X", "Y")
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(item_id=one), B)])
    run(world, Rule(A, share=99), Rule(B, share=1))
    assert given(world) == {one: B, two: B}


def test_the_journal_and_explain_tell_the_rule_afterwards(world: World) -> None:
    (one,) = buy(world, 1, "X")
    run(world, Rule(B, sku_code="Y"), Rule(A, sku_code="X"))
    with world.shop("merchant") as shop:
        (explained,) = explain_items(shop, one)
        (act,) = shop.store.connection.execute(
            "SELECT before FROM operations WHERE kind = 'allocate'"
        ).fetchall()
    assert (explained.has, explained.by_rule) == (A, 2)
    assert [(one.rule.rule_id, one.code) for one in explained.verdicts] == [
        (1, "rule.misfit"),
        (2, "rule.taken"),
    ]
    assert act[0] == '{"factory_id":null,"rule":2}'


def test_explain_tells_what_auto_would_do(world: World) -> None:
    found = [buy(world, number, "X")[0] for number in range(3)]
    with world.shop("merchant") as shop:
        keep(shop, Rule(A, capacity=2, priority=1), Rule(B))
        (explained,) = explain_items(shop, found[2])
        assert [one.code for one in explained.verdicts] == ["rule.full", "rule.instead"]
        auto_allocate(shop)
    assert given(world)[found[2]] == B


def test_explain_says_that_an_item_is_held(world: World) -> None:
    """`--auto` passes it over, whatever rule would take it."""
    free, held = (buy(world, number, "X")[0] for number in range(2))
    with world.shop("merchant") as shop:
        keep(shop, Rule(A))
        shop.store.marks.hold([Hold(held, "colour", None, "t", shop.now())])
        found = [explain_items(shop, one)[0] for one in (free, held)]
        auto_allocate(shop)
    assert [(one.is_held, [verdict.code for verdict in one.verdicts]) for one in found] == [
        (False, ["rule.taken"]), (True, ["rule.taken"]),
    ]  # fmt: skip
    assert held not in given(world)


def test_explain_of_a_stranger_is_refused(world: World) -> None:
    with world.shop("merchant") as shop, pytest.raises(RefusedError, match=r"item\.unknown"):
        explain_items(shop, "4711")


def test_a_factory_keeps_no_rules(world: World) -> None:
    with world.shop("factory-1") as shop, pytest.raises(RefusedError, match=r"role\.wrong"):
        rules(shop)


def test_five_thousand_items_and_two_hundred_rules_take_seconds(world: World) -> None:
    items = [
        Item(
            f"{number // 2}", f"{number}", 1, title=f"商品{number % 700} 加厚", spec="红", region="浙江省 金华市",
            sku_code=f"SKU-{number % 200}-{number % 17}", paid_at=int(world.clock.platform()),
            ship_by=int(world.clock.platform()) + 90_000,
        )
        for number in range(5000)
    ]  # fmt: skip
    wanted = [Rule((A, B)[n % 2], sku_code=f"SKU-{n}-*", product=f"*商品{n}*") for n in range(150)]
    wanted += [Rule((A, B)[n % 2], sku_code=f"SKU-{n}-*", capacity=20_000) for n in range(48)]
    with world.shop("merchant") as shop:
        with shop.store.transaction():
            shop.store.items.put(items, shop.now())
        keep(shop, *wanted, Rule(A, share=70), Rule(B, share=30))
        began = time.process_time()
        auto = auto_allocate(shop, dry_run=True)
        took = time.process_time() - began
    assert Counter(results(auto)) == {"would": 5000}
    assert took < 10
