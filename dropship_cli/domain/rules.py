"""Which rule takes which item: the plan of `allocate --auto`. The same items and world give the same plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dropship_cli.domain.allocation import why_not_allocate
from dropship_cli.domain.binding import Binding
from dropship_cli.domain.item import Item
from dropship_cli.domain.matching import misfit
from dropship_cli.domain.rule import Rule, capacities, choices, groups
from dropship_cli.domain.shares import next_turn
from dropship_cli.domain.verdict import (
    BY_SHARE,
    EXHAUSTED,
    FULL,
    HAD_IT,
    INSTEAD,
    NO_ROOM_FOR_ORDER,
    NONE,
    OTHERS_TURN,
    TAKEN,
    WITH_ORDER,
    Choice,
    Verdict,
)

Options = tuple[Rule, ...]
"""Rules that are chosen among at once: one, or a group that shares."""


@dataclass(frozen=True, slots=True)
class World:
    """What the rules look at beside the items.

    `today` are the items that have, or are on their way to, a factory since midnight in Beijing, with its id:
    they count for capacity and shares. `siblings` are the factories that have other items of an order. `had` are
    the factories that had an item before and gave it back, lost it, or refused it.
    """

    bindings: Mapping[str, Binding]
    today: Sequence[tuple[Item, str]] = ()
    siblings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    had: Mapping[str, frozenset[str]] = field(default_factory=dict)


def plan(rules: Iterable[Rule], items: Iterable[Item], world: World) -> list[Choice]:
    """One choice an item, first paid first served, the items of an order one after the other."""
    planner = _Planner(rules, world)
    orders: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.paid_at or 0, item.order_id, item.item_id)):
        orders.setdefault(item.order_id, []).append(item)
    return [choice for order in orders.values() for choice in planner.order(order)]


@dataclass
class _Trial:
    """A plan for one order that may still be given up.

    `there` are the factories that have other items of the order; `barred` may take nothing in this trial; `full`
    are those that this order itself has filled.
    """

    there: frozenset[str]
    barred: frozenset[str]
    chosen: list[Choice] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    turns: Counter[tuple[int, str]] = field(default_factory=Counter)
    full: set[str] = field(default_factory=set)

    @property
    def factories(self) -> frozenset[str]:
        return self.there.union(self.used)

    @property
    def cost(self) -> tuple[int, int]:
        """What is better with less of: items that nobody takes, factories that send a package."""
        return sum(1 for one in self.chosen if one.rule is None), len(self.factories)


class _Planner:
    """Counts what each factory has while orders are planned one after the other."""

    def __init__(self, rules: Iterable[Rule], world: World) -> None:
        kept = list(rules)
        self._world = world
        self._capacities = capacities(kept)
        self._asked = [(one[0].conditions, one) for group in groups(kept) for one in choices(group)]
        self._sharing = {rule: at for at, (_, one) in enumerate(self._asked) if len(one) > 1 for rule in one}
        self._today = Counter(factory_id for _, factory_id in world.today)
        self._turns = Counter(at for item, factory_id in world.today if (at := self._turn(item, factory_id)))

    def order(self, items: Sequence[Item]) -> list[Choice]:
        """The items of one order. Where a factory has no room for all that would go to it, the whole order goes
        to the next rule's factory, if that means fewer packages; else it is split."""
        fitting = {item.item_id: self._fitting(item) for item in items}
        there = self._world.siblings.get(items[0].order_id, frozenset())
        best = trial = self._try(items, fitting, _Trial(there, frozenset()))
        while trial.full:
            trial = self._try(items, fitting, _Trial(there, trial.barred | trial.full))
            best = min(best, trial, key=lambda one: one.cost)
        self._today.update(best.used)
        self._turns.update(best.turns)
        place = {item.item_id: number for number, item in enumerate(items)}
        return sorted(best.chosen, key=lambda choice: place[choice.item.item_id])

    def _turn(self, item: Item, factory_id: str) -> tuple[int, str] | None:
        """What a factory has already counts for the first rules that fit and name it, where these share."""
        for at, (conditions, options) in enumerate(self._asked):
            if any(rule.factory_id == factory_id for rule in options) and misfit(conditions, item) is None:
                return (at, factory_id) if len(options) > 1 else None
        return None

    def _fitting(self, item: Item) -> list[Options]:
        return [options for conditions, options in self._asked if misfit(conditions, item) is None]

    def _try(self, items: Sequence[Item], fitting: Mapping[str, list[Options]], trial: _Trial) -> _Trial:
        """Items with one factory only are placed first, so that the others can go with them."""
        able = {item.item_id: self._able(item, fitting[item.item_id], trial)[0] for item in items}
        waiting = sorted(items, key=lambda item: len(able[item.item_id]))  # stable: else as they came
        for number, item in enumerate(waiting):
            options, passed = self._able(item, fitting[item.item_id], trial)
            mates = [able[one.item_id] for one in waiting[number:]]
            rule, code = self._pick(options, mates, trial)
            self._place(item, rule, code, options, passed, trial)
        return trial

    def _able(self, item: Item, fitting: Sequence[Options], trial: _Trial) -> tuple[Options, list[Verdict]]:
        """The first fitting rules with a factory that can take the item, and why those before can't."""
        passed: list[Verdict] = []
        for options in fitting:
            verdicts = [self._why_not(rule, item, trial) for rule in options]
            passed += [verdict for verdict in verdicts if verdict]
            able = tuple(rule for rule, verdict in zip(options, verdicts, strict=True) if verdict is None)
            if able:
                return able, passed
        return (), passed

    def _why_not(self, rule: Rule, item: Item, trial: _Trial) -> Verdict | None:
        factory_id = rule.factory_id
        if factory_id in self._world.had.get(item.item_id, ()):
            return Verdict(rule, HAD_IT, {"factory_id": factory_id})
        refusal = why_not_allocate(item, self._world.bindings.get(factory_id), factory_id)
        return Verdict(rule, *refusal) if refusal else self._why_full(rule, trial)

    def _why_full(self, rule: Rule, trial: _Trial) -> Verdict | None:
        factory_id = rule.factory_id
        capacity = self._capacities.get(factory_id)
        if capacity is None:
            return None
        count = self._today[factory_id] + trial.used[factory_id]
        values = {"factory_id": factory_id, "count": count, "capacity": capacity}
        if factory_id in trial.barred:
            return Verdict(rule, NO_ROOM_FOR_ORDER, values)
        if count < capacity:
            return None
        if trial.used[factory_id]:
            trial.full.add(factory_id)
        return Verdict(rule, FULL, values)

    def _pick(self, options: Options, mates: Sequence[Options], trial: _Trial) -> tuple[Rule | None, str]:
        """One of several: where the order's other items are, else where most of them can go, else whose turn it is."""
        if len(options) < 2:
            return (options[0], TAKEN) if options else (None, NONE)
        near = self._near(options, trial)
        popular = Counter(rule.factory_id for mate in mates for rule in mate)
        most = max(popular[rule.factory_id] for rule in near or options)
        best = tuple(rule for rule in near or options if popular[rule.factory_id] == most)
        return self._by_turn(best, trial, size=most or 1), WITH_ORDER if near else BY_SHARE

    def _near(self, options: Options, trial: _Trial) -> Options:
        """Where those of the order's items went that had the same choice, else where any of its items are."""
        at = self._sharing[options[0]]
        same = tuple(rule for rule in options if trial.turns[at, rule.factory_id])
        return same or tuple(rule for rule in options if rule.factory_id in trial.factories)

    def _by_turn(self, options: Options, trial: _Trial, *, size: int) -> Rule:
        at = self._sharing[options[0]]
        counts = {rule.factory_id: self._count(at, rule.factory_id, trial) for rule in options}
        shares = {rule.factory_id: rule.share or 1 for rule in options}
        factory_id = next_turn(shares, counts, size)
        return next(rule for rule in options if rule.factory_id == factory_id)

    def _count(self, at: int, factory_id: str, trial: _Trial) -> int:
        return self._turns[at, factory_id] + trial.turns[at, factory_id]

    def _place(
        self, item: Item, rule: Rule | None, code: str, options: Options, passed: list[Verdict], trial: _Trial
    ) -> None:
        if rule is None:
            trial.chosen.append(Choice(item, None, EXHAUSTED if passed else NONE, {}, tuple(passed)))
            return
        code = INSTEAD if code == TAKEN and passed else code
        values = {"factory_id": rule.factory_id}
        passed += [Verdict(one, OTHERS_TURN, values) for one in options if one is not rule]
        trial.chosen.append(Choice(item, rule, code, values, tuple(passed)))
        trial.used[rule.factory_id] += 1
        if rule in self._sharing:
            trial.turns[self._sharing[rule], rule.factory_id] += 1
