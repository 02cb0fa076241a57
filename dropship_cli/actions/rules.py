"""Read and change the rules: every change is one step that is logged and can be undone. Sheets are `rule_files`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dropship_cli.actions.context import Shop
from dropship_cli.actions.factories import canonical, partners
from dropship_cli.actions.rule_view import View
from dropship_cli.domain.errors import ExitStatus, RefusedError
from dropship_cli.domain.outcome import Result, exit_status
from dropship_cli.domain.rule import Rule, capacities, described, fights, groups, is_same, key
from dropship_cli.domain.shop import Role
from dropship_cli.store.rules import Change

Warned = tuple[str, Mapping[str, object]]
"""The code of something to look at, and the facts of its sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule in force: the rules it fights, whether its factory is bound, what that factory has and takes today."""

    rule: Rule
    fights: tuple[int, ...]
    bound: bool
    today: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule that was to come or go. `row` is its number in the file it came from."""

    rule: Rule
    result: Result
    added: bool = True
    row: int | None = None
    error_code: str | None = None
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleReport:
    """The outcomes of one change, and what should be looked at in the rules as they are then."""

    outcomes: list[RuleOutcome]
    warnings: list[Warned]

    @property
    def exit_status(self) -> ExitStatus:
        return exit_status(one.result for one in self.outcomes)


def rules(shop: Shop) -> list[Listed]:
    """The rules in the order in which they are asked."""
    shop.require(Role.MERCHANT, "rules")
    view = View(shop)
    fighting, limits = fights(view.rules), capacities(view.rules)
    bindings = partners(shop)
    today = Counter(factory_id for _, factory_id in view.today)
    return [
        Listed(
            rule,
            fighting.get(rule.rule_id, ()),
            rule.factory_id in bindings and bindings[rule.factory_id].is_active,
            today[rule.factory_id],
            limits.get(rule.factory_id),
        )
        for group in groups(view.rules)
        for rule in group
    ]


def warnings(listed: Sequence[Listed]) -> list[Warned]:
    """Fights, each told once, and rules whose factory is not bound, as codes with their facts."""
    fighting = dict.fromkeys(tuple(sorted((one.rule.rule_id, *one.fights))) for one in listed if one.fights)
    unbound = dict.fromkeys(one.rule.factory_id for one in listed if not one.bound)
    return [
        *(("rule.fight", {"rules": ", ".join(map(str, numbers))}) for numbers in fighting),
        *(("rule.not_bound", {"factory_id": factory_id}) for factory_id in unbound),
    ]


def take(
    shop: Shop, wished: Sequence[RuleOutcome], act: str, *, whole: bool = False, dry_run: bool = False
) -> RuleReport:
    """Take rules in: all of them or, where one is refused, none, because half a set sends items elsewhere.

    `wished` may hold rows that were refused already. `whole` takes out every rule that is not among them.
    """
    shop.require(Role.MERCHANT, "rules")
    wished = [
        replace(one, rule=replace(one.rule, factory_id=canonical(shop, one.rule.factory_id)))
        for one in wished
    ]
    if dry_run:
        return RuleReport(_judged(wished, shop.store.rules.all(), whole=whole), [])
    shop.may_change()
    with shop.store.transaction():
        outcomes = _carried_out(shop, _judged(wished, shop.store.rules.all(), whole=whole), act)
    return RuleReport(outcomes, warnings(rules(shop)))


def remove(shop: Shop, numbers: Sequence[int]) -> RuleReport:
    """Take rules out. Raises `RefusedError` `rule.unknown` and takes out none."""
    shop.require(Role.MERCHANT, "rules")
    shop.may_change()
    with shop.store.transaction():
        known = {rule.rule_id: rule for rule in shop.store.rules.all()}
        for number in numbers:
            if number not in known:
                raise RefusedError("rule.unknown", rule=number)
        wished = [RuleOutcome(known[number], Result.WOULD, added=False) for number in dict.fromkeys(numbers)]
        outcomes = _carried_out(shop, wished, "rule_remove")
    return RuleReport(outcomes, [])


def undo(shop: Shop) -> RuleReport:
    """Take back the last change that was not taken back. Raises `RefusedError` `rule.nothing_to_undo`."""
    shop.require(Role.MERCHANT, "rules")
    shop.may_change()
    with shop.store.transaction():
        change = shop.store.rules.undo(shop.now())
        if change is None:
            raise RefusedError("rule.nothing_to_undo")
        _log(shop, "rule_undo", change)
    return RuleReport(_outcomes_of(change), warnings(rules(shop)))


def _judged(wished: Sequence[RuleOutcome], there: Sequence[Rule], *, whole: bool) -> list[RuleOutcome]:
    """What would become of each, and of those that would go."""
    stays = [rule for rule in there if not whole or any(is_same(rule, one.rule) for one in wished)]
    outcomes: list[RuleOutcome] = []
    for one in wished:
        before = [*stays, *(other.rule for other in outcomes)]
        outcomes.append(one if one.result is Result.REFUSED else _judge(one, before))
    gone = [RuleOutcome(rule, Result.WOULD, added=False) for rule in there if rule not in stays]
    whole_set = [*outcomes, *gone]
    is_wrong = any(one.result is Result.REFUSED for one in outcomes)
    return _none_taken(whole_set) if is_wrong else whole_set


def _judge(one: RuleOutcome, before: Sequence[Rule]) -> RuleOutcome:
    """Unchanged where it is there; refused where the same factory stands there with another share or capacity."""
    for rule in before:
        if is_same(rule, one.rule):
            return replace(one, rule=rule, result=Result.UNCHANGED)
        if key(rule) == key(one.rule) and rule.factory_id == one.rule.factory_id:
            code = "rule.repeated" if rule.rule_id else "rule.repeated_row"
            return replace(one, result=Result.REFUSED, error_code=code, values=(("rule", rule.rule_id),))
    return replace(one, result=Result.WOULD)


def _none_taken(outcomes: Sequence[RuleOutcome]) -> list[RuleOutcome]:
    """Those that were good are refused with the others: nothing was done."""
    return [
        one
        if one.result in (Result.REFUSED, Result.UNCHANGED)
        else replace(one, result=Result.REFUSED, error_code="rule.others_wrong")
        for one in outcomes
    ]


def _carried_out(shop: Shop, outcomes: Sequence[RuleOutcome], act: str) -> list[RuleOutcome]:
    wanted = [one for one in outcomes if one.result is Result.WOULD]
    if not wanted:
        return list(outcomes)
    change = shop.store.rules.change(
        [one.rule for one in wanted if one.added],
        [one.rule for one in wanted if not one.added],
        who=shop.who,
        at=shop.now(),
    )
    _log(shop, act, change)
    numbered = iter(change.added)
    return [
        one
        if one.result is not Result.WOULD
        else replace(one, rule=next(numbered) if one.added else one.rule, result=Result.DONE)
        for one in outcomes
    ]


def _log(shop: Shop, act: str, change: Change) -> None:
    for sign, rules_ in (("+", change.added), ("-", change.removed)):
        for rule in rules_:
            shop.store.log.add(
                act, who=shop.who, at=shop.now(), target=f"{sign}{rule.rule_id}", detail=described(rule)
            )


def _outcomes_of(change: Change) -> list[RuleOutcome]:
    came = [RuleOutcome(rule, Result.DONE) for rule in change.added]
    return came + [RuleOutcome(rule, Result.DONE, added=False) for rule in change.removed]
