"""`allocate --auto`: every free item to the factory that the rules choose, through the same checks as any wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.context import Shop
from dropship_cli.actions.factories import partners
from dropship_cli.actions.rule_view import View
from dropship_cli.domain import allocation, rules
from dropship_cli.domain.allocation import AllocationWish
from dropship_cli.domain.decision import Decision, Draft, refuse
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.outcome import Outcome
from dropship_cli.domain.shop import Role
from dropship_cli.domain.verdict import Choice


@dataclass(frozen=True, slots=True)
class AutoReport:
    """The rows' outcomes, and by item the choice behind each; an item whose act was on its way has none.
    `held` are left alone because somebody holds them back."""

    report: Report
    choices: dict[str, Choice] = field(default_factory=dict)
    going: dict[str, str] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)

    def factory_of(self, outcome: Outcome) -> str | None:
        """Where the row's item goes, as far as it goes anywhere."""
        choice = self.choices.get(outcome.item_id)
        if choice is None:
            return self.going.get(outcome.item_id)
        return choice.rule.factory_id if choice.rule else None


def auto_allocate(shop: Shop, *, dry_run: bool = False) -> AutoReport:
    """One outcome a free item, those that were there before the rules too.

    Raises `RefusedError` `rule.no_rules`. An item that no rule takes is refused: a person has to decide.
    """
    role = shop.require(Role.MERCHANT, "allocate")
    shop.platform().capabilities(role).can(Kind.ALLOCATE)
    found: dict[str, Choice] = {}
    going: dict[str, str] = {}
    held: list[str] = []

    def decide() -> list[Decision]:
        view = View(shop)
        if not view.rules:
            raise RefusedError("rule.no_rules")
        waiting = [item for item in view.items if item.item_id in view.on_the_way]
        kept = shop.store.marks.held(shop.now())
        held.extend(item.item_id for item in view.items if item.item_id in kept)
        free = [
            item for item in view.items if item.item_id not in view.on_the_way and item.item_id not in kept
        ]
        choices = rules.plan(view.rules, free, view.world(free))
        found.update((choice.item.item_id, choice) for choice in choices)
        going.update((item.item_id, view.on_the_way[item.item_id]) for item in waiting)
        wishes = [AllocationWish(item, going[item.item_id]) for item in waiting]
        return _decisions(shop, wishes, choices)

    return AutoReport(carry_out(shop, decide, dry_run=dry_run), found, going, held)


def _decisions(shop: Shop, waiting: list[AllocationWish], choices: Sequence[Choice]) -> list[Decision]:
    """The plan's own checks for every wish; the rule's number goes into the journal with it."""
    wishes = waiting + [
        AllocationWish(choice.item, choice.rule.factory_id) for choice in choices if choice.rule
    ]
    live = shop.store.operations.live_of(wish.item.item_id for wish in wishes)
    planned = iter(allocation.plan(wishes, partners(shop), live))
    before = [next(planned) for _ in waiting]
    return before + [
        _signed(next(planned), choice) if choice.rule else _refused(choice) for choice in choices
    ]


def _signed(decision: Decision, choice: Choice) -> Decision:
    rule = choice.rule.rule_id if choice.rule else None
    drafts = tuple(_with_rule(draft, rule) for draft in decision.drafts)
    return replace(decision, drafts=drafts)


def _with_rule(draft: Draft, rule: int | None) -> Draft:
    return replace(draft, before={**draft.before, "rule": rule})


def _refused(choice: Choice) -> Decision:
    passed = ", ".join(str(one.rule.rule_id) for one in choice.passed)
    return refuse(choice.item.order_id, choice.item.item_id, None, choice.code, rules=passed)
