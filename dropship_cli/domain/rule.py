"""A rule that says which factory gets which items: its conditions, its rank among others, rules that fight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dropship_cli.domain.matching import exactness, fold

CONDITIONS = ("sku_code", "product", "spec", "region")
"""The conditions of a rule, those that tell more first: of two equally exact rules a SKU's goes before a region's."""

PRIORITY = 100
"""The priority of a rule that names none: there is room before and behind it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Items that fit every condition go to `factory_id`; an empty condition fits all (domain.matching).

    `priority` 1 is asked first. `share` is a proportion among rules with the same conditions and priority (70
    and 30, or 7 and 3). `capacity` is how many items its factory takes in a Beijing day, under whatever rule.
    `rule_id` is 0 as long as it is not kept. (The issue leaves all this open: our decisions.)
    """

    factory_id: str
    priority: int = PRIORITY
    sku_code: str = ""
    product: str = ""
    spec: str = ""
    region: str = ""
    share: int | None = None
    capacity: int | None = None
    rule_id: int = 0

    @property
    def conditions(self) -> Mapping[str, str]:
        """The conditions that ask for something, by name."""
        texts = {name: str(getattr(self, name)) for name in CONDITIONS}
        return {name: text for name, text in texts.items() if exactness(text)}


Key = tuple[int, tuple[str, ...]]


def key(rule: Rule) -> Key:
    """What makes rules one group: priority and conditions, however they are spelled."""
    return rule.priority, tuple(fold(rule.conditions.get(name, "")) for name in CONDITIONS)


def is_same(one: Rule, other: Rule) -> bool:
    """Whether two rules say the same, whatever their numbers."""
    said = attrgetter("factory_id", "share", "capacity")
    return bool(key(one) == key(other) and said(one) == said(other))


def described(rule: Rule) -> str:
    """A rule in one line for the log: `priority=100 sku_code=XD-* factory_id=880011 share=70`."""
    numbers = {"share": rule.share, "capacity": rule.capacity}
    facts = {"priority": rule.priority, **rule.conditions, "factory_id": rule.factory_id, **numbers}
    return " ".join(f"{name}={value}" for name, value in facts.items() if value is not None)


def groups(rules: Iterable[Rule]) -> list[tuple[Rule, ...]]:
    """Rules with the same conditions and priority together, in the order in which they are asked.

    First the lower priority number, then the more exact group, then the older one.
    """
    found: dict[Key, list[Rule]] = {}
    for rule in sorted(rules, key=attrgetter("rule_id")):
        found.setdefault(key(rule), []).append(rule)
    return [tuple(group) for group in sorted(found.values(), key=lambda group: _rank(group[0]))]


def choices(group: Sequence[Rule]) -> list[tuple[Rule, ...]]:
    """What is chosen among at once: all of a group that shares, else one rule after the other."""
    if len(group) > 1 and all(rule.share for rule in group):
        return [tuple(group)]
    return [(rule,) for rule in group]


def fights(rules: Iterable[Rule]) -> dict[int, tuple[int, ...]]:
    """The rules that fight, each with those it fights: same conditions and priority, other factory, no shares.

    Until somebody mends it, the older one is asked first.
    """
    found: dict[int, tuple[int, ...]] = {}
    for group in groups(rules):
        for rule in group if len(choices(group)) > 1 else ():
            others = tuple(one.rule_id for one in group if one.factory_id != rule.factory_id)
            if others:
                found[rule.rule_id] = others
    return found


def capacities(rules: Iterable[Rule]) -> dict[str, int]:
    """How many items a day each factory takes: the smallest number that any of its rules names."""
    found: dict[str, int] = {}
    for rule in rules:
        if rule.capacity is not None:
            found[rule.factory_id] = min(rule.capacity, found.get(rule.factory_id, rule.capacity))
    return found


def _rank(rule: Rule) -> tuple[int, int, tuple[int, ...], int]:
    levels = tuple(exactness(str(getattr(rule, name))) for name in CONDITIONS)
    return rule.priority, -sum(levels), tuple(-level for level in levels), rule.rule_id
