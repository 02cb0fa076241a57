"""What the rules look at, read from the store: the items to allocate, and the world around them. No call is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dropship_cli.actions.context import Shop
from dropship_cli.actions.factories import partners
from dropship_cli.domain.item import AllocationState, Item, ShipmentState
from dropship_cli.domain.moment import midnight
from dropship_cli.domain.operation import Kind, State
from dropship_cli.domain.rule import Rule
from dropship_cli.domain.rules import World
from dropship_cli.store import rule_view
from dropship_cli.store.rule_view import Allocating

OF_THE_FACTORY = frozenset({"allocate.not_bound", "allocate.paid_before_binding", "platform.refused"})
"""Refusals after which the next rule is asked; others are about the item or the moment, and another try may do."""


@dataclass
class View:
    """One look at the store; each part is read at most once."""

    shop: Shop

    @cached_property
    def rules(self) -> list[Rule]:
        return self.shop.store.rules.all()

    @cached_property
    def items(self) -> list[Item]:
        """What nobody has and a factory may be given."""
        return rule_view.to_allocate(self.shop.store.connection)

    @cached_property
    def on_the_way(self) -> dict[str, str]:
        """Items whose allocation is queued, being sent, or unknown, with the factory they go to."""
        live = self.shop.store.operations.in_state(State.QUEUED, State.SENDING, State.UNKNOWN)
        return {one.target: str(one.wish["factory_id"]) for one in live if one.kind is Kind.ALLOCATE}

    @cached_property
    def today(self) -> list[tuple[Item, str]]:
        """What each factory has been given since midnight in Beijing, and what is on its way there."""
        given = rule_view.allocated_since(self.shop.store.connection, midnight(self.shop.now()))
        going = self.shop.store.items.by_ids(self.on_the_way)
        there = [(one, one.factory_id or "") for one in given if one.item_id not in going]
        return there + [(one, self.on_the_way[one.item_id]) for one in going.values()]

    def world(self, items: Sequence[Item]) -> World:
        """The world around these items."""
        return World(
            bindings=partners(self.shop),
            today=self.today,
            siblings=self._siblings(items),
            had=self._had(items),
        )

    def tried(self, items: Sequence[Item]) -> list[Allocating]:
        """Every ended act of allocation on these items: none is older than the payment of the oldest."""
        wanted = {item.item_id for item in items}
        since = min((item.paid_at or 0 for item in items), default=0)
        ended = rule_view.ended_since(self.shop.store.connection, since)
        return [one for one in ended if one.item_id in wanted]

    def _siblings(self, items: Sequence[Item]) -> dict[str, frozenset[str]]:
        """The factories that have, or are to get, other items of these orders that have not left yet."""
        orders = self.shop.store.items.by_orders(dict.fromkeys(item.order_id for item in items))
        found = {}
        for order_id, mates in orders.items():
            factories = frozenset(factory for mate in mates if (factory := self._place(mate)))
            if factories:
                found[order_id] = factories
        return found

    def _place(self, item: Item) -> str | None:
        if item.shipment is not ShipmentState.NONE or item.closed:
            return None
        has = item.factory_id if item.allocation is AllocationState.ALLOCATED else None
        return self.on_the_way.get(item.item_id, has)

    def _had(self, items: Sequence[Item]) -> dict[str, frozenset[str]]:
        """A free item that was given to a factory before came back somehow: it is not given there again by a rule."""
        found: dict[str, frozenset[str]] = {}
        for one in self.tried(items):
            if one.error_code is None or one.error_code in OF_THE_FACTORY:
                found[one.item_id] = found.get(one.item_id, frozenset()) | {one.factory_id}
        return found
