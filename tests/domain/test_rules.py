"""The plan of `allocate --auto`: which rule takes which item, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.item import Item, RefundState
from dropship_cli.domain.rule import Rule, capacities, described, fights, groups
from dropship_cli.domain.rules import World, plan
from dropship_cli.domain.verdict import Choice, explain

A, B, C = "880011", "880022", "880033"
BOUND = {factory: Binding(factory, factory, BindingState.BOUND, 1, 2) for factory in (A, B, C)}
WORLD = World(BOUND)


def numbered(*rules: Rule) -> list[Rule]:
    """The rules as if kept in this order."""
    return [replace(rule, rule_id=number) for number, rule in enumerate(rules, start=1)]


def item(number: int, order: str = "", **facts: object) -> Item:
    """An item that was paid in the order of its number."""
    made = Item(order or f"o{number}", f"i{number:04}", 1, sku_code="X", paid_at=1000 + number)
    return replace(made, **facts)  # type: ignore[arg-type]  # the fields of an Item, by name


def order_of(size: int, number: int = 1) -> list[Item]:
    return [item(10 * number + at, order=f"o{number}", paid_at=1000 + number) for at in range(size)]


def factories(choices: Iterable[Choice]) -> list[str]:
    return [choice.rule.factory_id if choice.rule else choice.code for choice in choices]


def told(rules: list[Rule], choice: Choice) -> dict[int, str]:
    return {verdict.rule.rule_id: verdict.code for verdict in explain(rules, choice)}


# Which rule comes first


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([Rule(A), Rule(B, sku_code="X")], B),  # who asks for more comes first
        ([Rule(A, sku_code="X*"), Rule(B, sku_code="X")], B),  # an exact one before wildcards
        ([Rule(A, region="浙江"), Rule(B, sku_code="X")], B),  # of two exact ones the SKU's
        ([Rule(A, sku_code="X"), Rule(B, sku_code="X", region="浙江")], B),
        ([Rule(A, sku_code="X"), Rule(B, priority=10)], B),  # a priority before everything
        ([Rule(A, sku_code="X", priority=101), Rule(B)], B),
        ([Rule(A, sku_code="X"), Rule(B, sku_code="x")], A),  # a fight: the older one, until it is mended
        ([Rule(A, sku_code="Y"), Rule(B, region="广东"), Rule(C)], C),
        ([Rule(A, sku_code="Y")], "rule.none"),
        ([Rule(A, sku_code="*")], A),
        ([Rule("not-bound", sku_code="X"), Rule(B)], B),  # the fallback
        ([Rule("not-bound", sku_code="X")], "rule.exhausted"),
    ],
)  # fmt: skip
def test_the_first_rule_that_fits_and_can_wins(rules: list[Rule], expected: str) -> None:
    one = item(1, region="浙江省 金华市 义乌市")
    assert factories(plan(numbered(*rules), [one], WORLD)) == [expected]


def test_every_rule_is_told_with_its_reason() -> None:
    rules = numbered(
        Rule(A, sku_code="Y"), Rule("x", sku_code="X"), Rule(A, capacity=1), Rule(B, priority=200),
        Rule(C, priority=300),
    )  # fmt: skip
    world = World(BOUND, today=[(item(9), A)], had={"i0001": frozenset({C})})
    (choice,) = plan(rules, [item(1)], world)
    assert told(rules, choice) == {
        2: "allocate.not_bound", 1: "rule.misfit", 3: "rule.full", 4: "rule.instead", 5: "rule.later",
    }  # fmt: skip


def test_a_factory_that_had_the_item_is_passed_over() -> None:
    """It was taken back or refused: giving it there again would fight a person, or go round in circles."""
    world = World(BOUND, had={"i0001": frozenset({A})})
    rules = numbered(Rule(A, sku_code="X"), Rule(B))
    assert factories(plan(rules, [item(1), item(2)], world)) == [B, A]


def test_an_order_paid_before_the_binding_goes_to_a_factory_that_was_bound_then() -> None:
    late = {**BOUND, A: replace(BOUND[A], bound_at=5000)}
    assert factories(plan(numbered(Rule(A, sku_code="X"), Rule(B)), [item(1)], World(late))) == [B]


def test_what_may_not_be_allocated_is_not_taken_by_any_rule() -> None:
    rules = numbered(Rule(A))
    (choice,) = plan(rules, [item(1, refund=RefundState.OPEN)], WORLD)
    assert (choice.code, told(rules, choice)) == ("rule.exhausted", {1: "allocate.refund_open"})


# Capacity


def test_a_full_factory_hands_on_to_the_next_rule_first_paid_first_served() -> None:
    rules = numbered(Rule(A, capacity=2, sku_code="X"), Rule(B))
    assert factories(plan(rules, [item(3), item(1), item(2)], WORLD)) == [A, A, B]


def test_the_capacity_is_the_factorys_under_whatever_rule() -> None:
    """The smallest number that is said anywhere; what it has today counts."""
    rules = numbered(Rule(A, capacity=3, sku_code="Y"), Rule(A, capacity=9), Rule(B, priority=200))
    assert capacities(rules) == {A: 3}
    assert factories(plan(rules, [item(n) for n in range(3)], World(BOUND, today=[(item(9), A)]))) == [
        A,
        A,
        B,
    ]


def test_capacity_zero_is_a_holiday() -> None:
    assert factories(plan(numbered(Rule(A, capacity=0, sku_code="X"), Rule(B)), [item(1)], WORLD)) == [B]


# Orders


def test_an_order_goes_whole_to_the_next_factory_rather_than_in_two_packages() -> None:
    rules = numbered(Rule(A, capacity=2, sku_code="X"), Rule(B))
    choices = plan(rules, [*order_of(3, 1), *order_of(2, 2)], WORLD)
    assert factories(choices) == [B, B, B, A, A]
    assert told(rules, choices[0]) == {1: "rule.no_room_for_order", 2: "rule.instead"}


def test_an_order_is_split_where_nobody_has_room_for_all() -> None:
    rules = numbered(Rule(A, capacity=2, sku_code="X"), Rule(B, capacity=2))
    assert sorted(factories(plan(rules, order_of(4), WORLD))) == [A, A, B, B]
    assert Counter(factories(plan(rules, order_of(5), WORLD))) == {A: 2, B: 2, "rule.exhausted": 1}


def test_full_factories_do_not_send_an_order_back_and_forth() -> None:
    rules = numbered(Rule(A, capacity=1), Rule(B, capacity=1, priority=200), Rule(C, priority=300))
    assert factories(plan(rules, order_of(3), WORLD)) == [C, C, C]


def test_items_that_share_follow_those_that_have_one_factory_only() -> None:
    rules = numbered(Rule(B, sku_code="Y"), Rule(A, share=99), Rule(B, share=1))
    choices = plan(rules, [item(1, "o"), item(2, "o", sku_code="Y")], WORLD)
    assert [factories(choices), choices[0].code] == [[B, B], "rule.with_order"]


def test_items_that_share_follow_what_is_allocated_already() -> None:
    rules = numbered(Rule(A, share=99), Rule(B, share=1))
    world = World(BOUND, siblings={"o1": frozenset({B})})
    assert factories(plan(rules, [item(1), item(2)], world)) == [B, A]


def test_a_share_never_overrules_a_rule_that_asks_for_more() -> None:
    rules = numbered(Rule(C, sku_code="Y"), Rule(A, share=1), Rule(B, share=1))
    assert factories(plan(rules, [item(1, "o"), item(2, "o", sku_code="Y")], WORLD))[1] == C


# Shares


def test_shares_go_on_where_the_day_stands() -> None:
    """Cron allocates one item at a time: the day as a whole keeps the shares, not each run."""
    rules = numbered(Rule(A, share=70), Rule(B, share=30))
    today: list[tuple[Item, str]] = []
    for number in range(100):
        (choice,) = plan(rules, [item(number)], World(BOUND, today=today))
        today.append((item(number), choice.rule.factory_id if choice.rule else ""))
    assert Counter(factory for _, factory in today) == {A: 70, B: 30}


def test_what_another_rule_gave_does_not_count_as_a_share() -> None:
    rules = numbered(Rule(A, sku_code="Y"), Rule(A, share=1), Rule(B, share=1))
    today = [(item(n, sku_code="Y"), A) for n in range(50)]
    assert factories(plan(rules, [item(100), item(101)], World(BOUND, today=today))) == [A, B]


def test_a_factory_that_can_not_leaves_its_share_to_the_others() -> None:
    rules = numbered(Rule(A, share=50), Rule("x", share=30), Rule(B, share=50))
    assert Counter(factories(plan(rules, [item(n) for n in range(10)], WORLD))) == {A: 5, B: 5}


# Rules among themselves


def test_fights_are_same_conditions_and_priority_and_another_factory_without_shares() -> None:
    rules = numbered(
        Rule(A, sku_code="X"), Rule(B, sku_code="ｘ"), Rule(C, sku_code="X", priority=1),  # 1 and 2 fight
        Rule(A, share=7), Rule(B, share=3),  # share
        Rule(A, spec="红", share=70), Rule(B, spec="红"),  # one lacks its share
        Rule(A, region="浙江"), Rule(A, region="浙江", capacity=3),  # the same factory
    )  # fmt: skip
    assert fights(rules) == {1: (2,), 2: (1,), 6: (7,), 7: (6,)}


def test_a_group_is_asked_together_whenever_its_rules_were_added() -> None:
    rules = numbered(Rule(A, sku_code="X", share=1), Rule(C, sku_code="Z"), Rule(B, sku_code="X", share=1))
    assert [[rule.rule_id for rule in group] for group in groups(rules)] == [[1, 3], [2]]


def test_the_log_tells_a_rule_in_one_line() -> None:
    rule = Rule(A, sku_code="XD-*", region="浙江", share=70)
    assert described(rule) == f"priority=100 sku_code=XD-* region=浙江 factory_id={A} share=70"


# Whatever the rules and orders are

RULES = st.lists(
    st.builds(
        Rule,
        factory_id=st.sampled_from([A, B, C, "x"]),
        priority=st.integers(1, 3),
        sku_code=st.sampled_from(["", "X", "Y", "?"]),
        share=st.sampled_from([None, 1, 30, 70]),
        capacity=st.sampled_from([None, 0, 1, 5, 50]),
    ),
    max_size=8,
).map(lambda rules: numbered(*rules))
ORDERS = st.lists(st.lists(st.sampled_from("XYZ"), min_size=1, max_size=4), max_size=12).map(
    lambda orders: [
        item(10 * number + at, order=f"o{number}", sku_code=sku)
        for number, order in enumerate(orders)
        for at, sku in enumerate(order)
    ]
)


@given(RULES, ORDERS, st.randoms())
def test_the_same_items_give_the_same_plan(rules: list[Rule], items: list[Item], random: object) -> None:
    shuffled, others = list(items), list(rules)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's own Random
    random.shuffle(others)  # type: ignore[attr-defined]
    assert plan(rules, items, WORLD) == plan(others, shuffled, WORLD)


@given(RULES, ORDERS)
def test_nobody_gets_more_than_it_takes_and_every_item_is_told(rules: list[Rule], items: list[Item]) -> None:
    choices = plan(rules, items, WORLD)
    assert {choice.item.item_id for choice in choices} == {one.item_id for one in items}
    given_to = Counter(choice.rule.factory_id for choice in choices if choice.rule)
    assert "x" not in given_to
    assert all(given_to[factory] <= capacity for factory, capacity in capacities(rules).items())
    for choice in choices:
        verdicts = explain(rules, choice)
        assert {one.rule.rule_id for one in verdicts} == {rule.rule_id for rule in rules}
        assert [one.rule for one in verdicts if one.rule == choice.rule] == (
            [choice.rule] if choice.rule else []
        )


def test_items_that_share_stay_together_where_their_order_is_split_anyway() -> None:
    rules = numbered(Rule(A, sku_code="A"), Rule(B, sku_code="B"), Rule(A, share=7), Rule(B, share=3))
    for number in range(1, 12):
        before = [item(100 + one) for one in range(number)]
        order = [
            item(number, "o", sku_code=code, item_id=f"{number}{at}")
            for at, code in enumerate(["A", "B", "X", "X"])
        ]
        told_by = {choice.item.item_id: choice for choice in plan(rules, [*before, *order], WORLD)}
        assert len(set(factories(told_by[one.item_id] for one in order[2:]))) == 1


@given(st.lists(st.integers(1, 5), min_size=1, max_size=20), st.integers(1, 99))
def test_an_order_that_shares_is_kept_together(sizes: list[int], share: int) -> None:
    """And the shares are exact but for the size of the largest order."""
    rules = numbered(Rule(A, share=share), Rule(B, share=100 - share))
    choices = plan(rules, [one for number, size in enumerate(sizes) for one in order_of(size, number)], WORLD)
    where: dict[str, set[str]] = {}
    for choice, factory in zip(choices, factories(choices), strict=True):
        where.setdefault(choice.item.order_id, set()).add(factory)
    assert all(len(found) == 1 for found in where.values())
    exact = share * sum(sizes) / 100
    assert abs(factories(choices).count(A) - exact) <= max(sizes)


@given(st.lists(st.integers(1, 100), min_size=2, max_size=3), st.integers(1, 80))
def test_single_items_are_shared_to_within_one(shares: list[int], items: int) -> None:
    rules = numbered(*(Rule(factory, share=share) for factory, share in zip((A, B, C), shares, strict=False)))
    counts = Counter(factories(plan(rules, [item(number) for number in range(items)], WORLD)))
    for rule in rules:
        assert abs(counts[rule.factory_id] - (rule.share or 0) * items / sum(shares)) < 1
