"""Propose rules from what people allocated by hand; they are taken only when a person says so."""

from __future__ import annotations

from collections.abc import Sequence

from dropship_cli.actions.context import Shop
from dropship_cli.actions.rules import RuleOutcome, RuleReport, take
from dropship_cli.domain.item import Item
from dropship_cli.domain.learning import Proposal, learn
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.shop import Role
from dropship_cli.store import rule_view

DAYS = 30
"""How far back the journal is read unless a person says otherwise."""


def proposals(shop: Shop, *, since: int | None = None, least: int = 3) -> list[Proposal]:
    """What allocations by hand suggest and the rules do not say yet. `since` is in Unix seconds."""
    shop.require(Role.MERCHANT, "rules")
    at = shop.now() - DAYS * 86_400 if since is None else since
    return learn(_by_hand(shop, at), shop.store.rules.all(), least=least)


def take_proposals(shop: Shop, proposed: Sequence[Proposal]) -> RuleReport:
    """Keep the proposed rules, as one change."""
    return take(shop, [RuleOutcome(one.rule, Result.WOULD) for one in proposed], "rule_learn")


def _by_hand(shop: Shop, at: float) -> list[tuple[Item, str]]:
    """Items that a person gave to the factory that still has them."""
    ended = rule_view.ended_since(shop.store.connection, at)
    last = {one.item_id: one for one in ended if one.state == "done"}
    items = shop.store.items.by_ids(last)
    return [
        (item, last[item_id].factory_id)
        for item_id, item in items.items()
        if last[item_id].rule is None and not item.is_free and item.factory_id == last[item_id].factory_id
    ]
