"""Read what the store has: lists of items and single orders; no call is made."""

from __future__ import annotations

from collections.abc import Iterator

from dropship_cli.actions.context import Shop
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.hand import Hand
from dropship_cli.domain.item import Item
from dropship_cli.domain.shop import Role, require_role
from dropship_cli.store import item_query
from dropship_cli.store.item_query import STATES, ItemFilter, is_urgent_first

__all__ = [
    "STATES",
    "ItemFilter",
    "count",
    "find",
    "is_urgent_first",
    "left_behind",
    "order",
    "reads_as_factory",
]


def find(shop: Shop, wanted: ItemFilter) -> Iterator[Item]:
    """The items asked for, as a stream."""
    if wanted.state is not None and wanted.state not in STATES:
        raise UsageError("usage.state", state=wanted.state, known=", ".join(STATES))
    if wanted.hand is not None and wanted.hand not in list(Hand):
        raise UsageError("usage.hand", hand=wanted.hand, known=", ".join(Hand))
    if (wanted.hand is not None or wanted.split) and shop.store.facts.role() is Role.FACTORY:
        require_role(Role.FACTORY, Role.MERCHANT, act="handled_by", shop_id=shop.profile.shop_id)
    return item_query.find(shop.store.connection, _spelled(shop, wanted))


def left_behind(shop: Shop) -> set[str]:
    """The refunded items that a factory still has and that nobody is taking back."""
    return item_query.left_behind(shop.store.connection)


def count(shop: Shop, wanted: ItemFilter) -> int:
    """How many there are, whatever the limit."""
    return item_query.count(shop.store.connection, _spelled(shop, wanted))


def reads_as_factory(shop: Shop) -> bool:
    """Whether the shop's role, as far as it is known, is the factory's."""
    return shop.store.facts.role() is Role.FACTORY


def order(shop: Shop, order_id: str) -> list[Item]:
    """All items of an order; an item's own id gives that item. Empty where the store has neither."""
    items = shop.store.items.of_order(order_id)
    if items:
        return items
    item = shop.store.items.get(order_id.partition("/")[2] or order_id)
    return [item] if item else []


def _spelled(shop: Shop, wanted: ItemFilter) -> ItemFilter:
    """The same with a local factory's name as it is kept; a platform's ids are numbers, and cost nothing here."""
    if wanted.factory_id is None or wanted.factory_id.isdigit():
        return wanted
    from dropship_cli.actions.factories import canonical

    return wanted._replace(factory_id=canonical(shop, wanted.factory_id))
