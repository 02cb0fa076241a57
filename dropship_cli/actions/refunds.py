"""Whether the money for an item went back after its factory had shipped it: no row tells a merchant, its order does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dropship_cli.actions.context import Shop
from dropship_cli.domain.item import Item, RefundState, ShipmentState
from dropship_cli.domain.shop import Role


def with_refunds(shop: Shop, items: Sequence[Item], *, since: int | None = None) -> list[Item]:
    """The items as they were read, refunded where their orders say so; a call an order, and only where something
    may have happened. Raises `UnavailableError`; the caller holds no transaction.

    The row of what a factory shipped says of a refund only whether one is open (doudian.md section 4). It may be
    over when the row closes one that we knew, when it came again though nothing in it is new, or when it left
    before `since`, from which second on these rows changed.
    """
    if shop.store.facts.role() is not Role.MERCHANT:
        return list(items)
    silent = [one for one in items if _is_silent(one)]
    known = shop.store.items.by_ids(one.item_id for one in silent)
    over = {one.item_id for one in silent if remembered(one, known.get(one.item_id)) is not one}
    asked = {
        one.order_id: None
        for one in silent
        if one.item_id not in over and _may_be_over(one, known.get(one.item_id), since)
    }
    for order_id in asked:
        facts = shop.read(lambda platform, order_id=order_id: platform.order_facts(order_id))  # type: ignore[misc]  # bound now
        over |= facts.refunded if facts else frozenset()
    silent_ids = {one.item_id for one in silent}
    return [
        replace(one, refund=RefundState.REFUNDED) if one.item_id in over & silent_ids else one
        for one in items
    ]


def remembered(item: Item, known: Item | None) -> Item:
    """The item as it was read, refunded where that is known and its row can't tell."""
    was = known is not None and known.refund is RefundState.REFUNDED
    return replace(item, refund=RefundState.REFUNDED) if was and _is_silent(item) else item


def _is_silent(item: Item) -> bool:
    """Whether its row says "no refund" without knowing it."""
    whole = item.shipment is ShipmentState.SHIPPED and item.shipped_by == Role.FACTORY
    return whole and item.refund is RefundState.NONE


def _may_be_over(item: Item, known: Item | None, since: int | None) -> bool:
    if known is not None and (known.refund is RefundState.OPEN or known == item):
        return True
    return since is not None and item.shipped_at is not None and item.shipped_at < since
