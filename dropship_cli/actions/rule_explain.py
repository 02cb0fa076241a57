"""Why an item goes where the rules send it: every rule that is looked at, for the items a person names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import find_items, reference
from dropship_cli.actions.rule_view import View
from dropship_cli.domain.decision import Decision
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.item import AllocationState, Item
from dropship_cli.domain.rules import plan
from dropship_cli.domain.shop import Role
from dropship_cli.domain.verdict import Choice, Verdict, explain


@dataclass(frozen=True, slots=True)
class Explained:
    """One item: what the rules choose now, and every rule with its verdict.

    `has` is the factory that has it, or is to get it, already; `by_rule` the rule that sent it there, if one did.
    `is_held`: the rules pass it over until it is released.
    """

    item: Item
    choice: Choice
    verdicts: list[Verdict]
    has: str | None = None
    by_rule: int | None = None
    is_held: bool = False


def explain_items(shop: Shop, text: str) -> list[Explained]:
    """What `allocate --auto` would do now with the item, or each item of the order. An item that is not free is
    looked at as if it were."""
    role = shop.require(Role.MERCHANT, "rules")
    found = find_items(shop, [reference(text)], role)[0]
    if isinstance(found, Decision):
        raise RefusedError(found.code or "item.unknown", **dict(found.values))
    view = View(shop)
    planned = _planned(view)
    held = shop.store.marks.held(shop.now())
    return [
        replace(_explained(view, item, planned.get(item.item_id)), is_held=item.item_id in held)
        for item in found
    ]


def _planned(view: View) -> dict[str, Choice]:
    """The whole plan, because shares and capacities depend on everything before an item."""
    free = [item for item in view.items if item.item_id not in view.on_the_way]
    return {choice.item.item_id: choice for choice in plan(view.rules, free, view.world(free))}


def _explained(view: View, item: Item, choice: Choice | None) -> Explained:
    if choice is None:
        free = replace(item, allocation=AllocationState.UNALLOCATED, factory_id=None)
        others = [one for one in view.today if one[0].item_id != item.item_id]
        world = replace(view.world([free]), today=others, had={})
        (choice,) = plan(view.rules, [free], world)
    has = view.on_the_way.get(item.item_id, None if item.is_free else item.factory_id)
    by_rule = next((one.rule for one in reversed(view.tried([item])) if one.factory_id == has), None)
    return Explained(item, choice, explain(view.rules, choice), has, by_rule)
