"""Acts about local factories: the journal has them as any act, and they are done here, without a call."""

from __future__ import annotations

from dropship_cli.actions.context import Shop
from dropship_cli.actions.record import refuse_orphans
from dropship_cli.domain.allocation import why_not_leave
from dropship_cli.domain.effect import applied
from dropship_cli.domain.item import Item
from dropship_cli.domain.local import Kept
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role


def do_here(shop: Shop) -> None:
    """Carry out every one whose predecessor is done; the caller holds the transaction.

    One that waited for the platform to take an item back may meet it changed: it is refused by the same rules.
    """
    while ready := shop.store.operations.ready_here(shop.now()):
        items = shop.store.items.by_ids(one.target for one in ready)
        for operation in ready:
            _do(shop, operation, items.get(operation.target))
        refuse_orphans(shop)


def _do(shop: Shop, operation: Operation, item: Item | None) -> None:
    now = shop.now()
    if item is None:
        shop.store.operations.refuse([(operation, "item.unknown", {"item": operation.target})], now)
        return
    refusal = why_not_leave(item)
    if refusal is not None and operation.kind is Kind.ALLOCATE:
        shop.store.operations.refuse([(operation, *refusal)], now)
        return
    shop.store.operations.send([operation], now)
    if operation.kind is Kind.ALLOCATE:
        kept = Kept(item.item_id, str(operation.wish["factory_id"]), int(now))
        shop.store.local.give(kept, shop.who)
    else:
        shop.store.local.take_back(item.item_id)
    shop.store.items.put([applied(operation, item, Role.MERCHANT, int(now))], now)
    shop.store.operations.done([operation], now)
