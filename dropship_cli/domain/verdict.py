"""What is said of one rule for one item, and what all rules together choose for it. Codes, facts, no prose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dropship_cli.domain.item import Item
from dropship_cli.domain.matching import looked_at, misfit
from dropship_cli.domain.rule import Rule, groups

TAKEN = "rule.taken"
BY_SHARE = "rule.by_share"
WITH_ORDER = "rule.with_order"
INSTEAD = "rule.instead"

MISFIT = "rule.misfit"
LATER = "rule.later"
OTHERS_TURN = "rule.others_turn"
FULL = "rule.full"
NO_ROOM_FOR_ORDER = "rule.no_room_for_order"
HAD_IT = "rule.had_it"

NONE = "rule.none"
EXHAUSTED = "rule.exhausted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a rule was taken or not; `values` fill the sentence of `code`."""

    rule: Rule
    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the rules choose for one item: `rule`, or none with the reason in `code`.

    `code` of a taken rule is how it came first: `rule.taken` alone, `rule.by_share`, `rule.with_order`, or
    `rule.instead` of those passed over. `passed` are the fitting rules before it, each with its reason.
    """

    item: Item
    rule: Rule | None
    code: str
    values: Mapping[str, object]
    passed: tuple[Verdict, ...] = ()


def explain(rules: Iterable[Rule], choice: Choice) -> list[Verdict]:
    """Every rule in the order in which it was looked at, with why it was taken or not."""
    passed = {verdict.rule.rule_id: verdict for verdict in choice.passed}
    return [passed.get(rule.rule_id) or _told(rule, choice) for group in groups(rules) for rule in group]


def _told(rule: Rule, choice: Choice) -> Verdict:
    if rule == choice.rule:
        return Verdict(rule, choice.code, choice.values)
    condition = misfit(rule.conditions, choice.item)
    if condition is None:
        return Verdict(rule, LATER, {"rule": choice.rule.rule_id if choice.rule else None})
    values = {"condition": condition, "wanted": rule.conditions[condition]}
    return Verdict(rule, MISFIT, {**values, "found": looked_at(choice.item, condition)})
