"""What is proposed from allocations by hand."""

from __future__ import annotations

import pytest

from dropship_cli.domain.item import Item
from dropship_cli.domain.learning import learn
from dropship_cli.domain.rule import Rule

A, B, C = "880011", "880022", "880033"


def given(factories: str, *, region: str = "", **facts: str) -> list[tuple[Item, str]]:
    """An item for each letter, given to A, B or C."""
    names = {"A": A, "B": B, "C": C}
    item = Item("1", "1", 1, region=region, **facts)  # type: ignore[arg-type]  # texts of an Item
    return [(item, names[letter]) for letter in factories]


def proposed(seen: list[tuple[Item, str]], rules: list[Rule] | None = None) -> list[Rule]:
    return [one.rule for one in learn(seen, rules or [], least=3)]


def test_a_sku_that_always_went_to_one_factory() -> None:
    found = learn(given("AAA", sku_code="X") + given("BB", sku_code="Y"), [], least=3)
    assert [(one.rule, one.agree, one.seen) for one in found] == [(Rule(A, sku_code="X"), 3, 3)]


def test_without_a_sku_code_product_and_specification_are_the_subject() -> None:
    seen = given("BBB", product_id="36001", spec="红", title="手机壳")
    assert proposed(seen) == [Rule(B, product="36001", spec="红")]


def test_where_the_province_decides_the_rarer_factories_get_regions() -> None:
    seen = (
        given("AAA", sku_code="X", region="浙江省 金华市 义乌市")
        + given("B", sku_code="X", region="西藏自治区 拉萨市 城关区")
        + given("B", sku_code="X", region="新疆维吾尔自治区 乌鲁木齐市 天山区")
    )
    assert proposed(seen) == [
        Rule(B, sku_code="X", region="新疆维吾尔自治区、西藏自治区"), Rule(A, sku_code="X")
    ]  # fmt: skip


def test_a_mixture_is_proposed_as_shares_that_add_up_to_100() -> None:
    assert proposed(given("AABAAB", sku_code="X")) == [
        Rule(A, sku_code="X", share=67), Rule(B, sku_code="X", share=33)
    ]  # fmt: skip
    assert sum(rule.share or 0 for rule in proposed(given("ABCABC", sku_code="X"))) == 100


def test_a_short_mixture_proposes_nothing() -> None:
    assert proposed(given("AAB", sku_code="X")) == []


@pytest.mark.parametrize("rule", [Rule(A), Rule(A, sku_code="X*"), Rule(A, sku_code="X", share=70)])
def test_what_a_rule_says_already_is_not_proposed(rule: Rule) -> None:
    assert proposed(given("AAA", sku_code="X"), [rule]) == []


def test_a_person_who_decides_otherwise_than_the_rules_is_heard() -> None:
    assert proposed(given("BBB", sku_code="X"), [Rule(A)]) == [Rule(B, sku_code="X")]
