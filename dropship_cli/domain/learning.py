"""Rules that a person's own allocations suggest. They are proposed, never taken; nothing is kept here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dropship_cli.domain.item import Item
from dropship_cli.domain.matching import misfit
from dropship_cli.domain.rule import Rule, choices, groups

Given = tuple[Item, str]
"""An item and the factory that a person gave it to."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that `agree` of the `seen` allocations of its subject would have followed."""

    rule: Rule
    agree: int
    seen: int


def learn(given: Iterable[Given], rules: Sequence[Rule], *, least: int) -> list[Proposal]:
    """Proposals for every SKU code (without one: product and specification) that was given `least` times or more.

    One factory: a rule for it. Several, and the province decides: the most frequent one, and rules by region for
    the others. Else shares as they were, from twice as many items on. What the rules say already is left out.
    """
    subjects: dict[tuple[tuple[str, str], ...], list[Given]] = {}
    for item, factory_id in given:
        subjects.setdefault(tuple(_subject(item).items()), []).append((item, factory_id))
    return [
        proposal
        for subject, seen in sorted(subjects.items())
        if subject and len(seen) >= least and not all(_said(rules, *one) for one in seen)
        for proposal in _propose(dict(subject), seen, least)
    ]


def _subject(item: Item) -> Mapping[str, str]:
    if item.sku_code:
        return {"sku_code": item.sku_code}
    product = item.product_id or item.title
    facts = {"product": product, "spec": item.spec} if product else {}
    return {name: text for name, text in facts.items() if text}


def _said(rules: Sequence[Rule], item: Item, factory_id: str) -> bool:
    """Whether the first rule that fits gives the item to this factory already."""
    for group in groups(rules):
        if misfit(group[0].conditions, item) is None:
            return any(rule.factory_id == factory_id for rule in choices(group)[0])
    return False


def _propose(subject: Mapping[str, str], seen: Sequence[Given], least: int) -> list[Proposal]:
    counts = Counter(factory_id for _, factory_id in seen)
    (first, _), *others = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    provinces = _provinces(seen)
    if not others:
        return [Proposal(_rule(first, subject), counts[first], len(seen))]
    if provinces is not None:
        by_region = [
            Proposal(_rule(factory_id, subject, region="、".join(provinces[factory_id])), count, len(seen))
            for factory_id, count in others
        ]
        return [*by_region, Proposal(_rule(first, subject), counts[first], len(seen))]
    if len(seen) < 2 * least:
        return []
    return [
        Proposal(_rule(factory_id, subject, share=share), counts[factory_id], len(seen))
        for factory_id, share in _percent(counts).items()
        if share
    ]


def _rule(factory_id: str, subject: Mapping[str, str], *, region: str = "", share: int | None = None) -> Rule:
    sku_code, product, spec = (subject.get(name, "") for name in ("sku_code", "product", "spec"))
    return Rule(factory_id, sku_code=sku_code, product=product, spec=spec, region=region, share=share)


def _provinces(seen: Sequence[Given]) -> dict[str, list[str]] | None:
    """The provinces of each factory, where every province has one factory only; nothing where that is not so."""
    owner: dict[str, str] = {}
    for item, factory_id in seen:
        province = next(iter(item.region.split()), "")
        if not province or owner.setdefault(province, factory_id) != factory_id:
            return None
    found: dict[str, list[str]] = {}
    for province, factory_id in sorted(owner.items()):
        found.setdefault(factory_id, []).append(province)
    return found


def _percent(counts: Mapping[str, int]) -> dict[str, int]:
    """Whole percents that add up to 100: the largest remainders get what rounding down left."""
    whole = sum(counts.values())
    floors = {factory_id: 100 * count // whole for factory_id, count in counts.items()}
    by_remainder = sorted(counts, key=lambda factory_id: (-(100 * counts[factory_id] % whole), factory_id))
    for factory_id in by_remainder[: 100 - sum(floors.values())]:
        floors[factory_id] += 1
    return dict(sorted(floors.items(), key=lambda one: (-one[1], one[0])))
