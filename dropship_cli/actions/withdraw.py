"""Take back what a refund made pointless: the platform leaves such an allocation with the factory.

Which refunds, the setting `withdraw` says: by default only full ones that ended, of items of which nothing left. A
price refund of a few yuan is no reason, and neither is one that the buyer may still withdraw.
"""

from __future__ import annotations

from dropship_cli.actions.conflicts import refunded
from dropship_cli.actions.context import Shop
from dropship_cli.actions.observe import observe
from dropship_cli.actions.record import dropped
from dropship_cli.actions.settle import ref_of
from dropship_cli.domain.allocation import plan_cancel
from dropship_cli.domain.item import Item, RefundState
from dropship_cli.domain.operation import REFUND_GONE, Kind, Operation
from dropship_cli.domain.settings import Withdraw
from dropship_cli.domain.shop import Role
from dropship_cli.store import item_query

WHO = "withdraw"
"""Who did it, in the log."""
_REFUNDS = {
    Withdraw.NEVER: (),
    Withdraw.REFUNDED: (RefundState.REFUNDED,),
    Withdraw.OPEN: (RefundState.REFUNDED, RefundState.OPEN),
}


def withdraw(shop: Shop) -> list[Operation]:
    """Journal the withdrawals that are due. Sending them is the caller's matter.

    What the platform has refused once, or a person gave up, since the item was allocated is left to a person.
    """
    refunds = _REFUNDS[shop.settings.withdraw]
    if not refunds or shop.profile.read_only or shop.role() is not Role.MERCHANT:
        return []
    with shop.store.transaction():
        items = item_query.refunded_at_factories(shop.store.connection, refunds)
        first = min((one.allocated_at or 0 for one in items), default=0)
        tried = shop.store.operations.vain_cancels(first)
        return _journal(
            shop, [one for one in items if tried.get(one.item_id, -1.0) < (one.allocated_at or 0)]
        )


def look_again(shop: Shop) -> None:
    """Read the items whose withdrawal still waits, before anything is sent: their refunds may be closed by now.

    The caller holds the lock. Raises `UnavailableError`; then nothing is sent that the buyer may not want any more.
    """
    for one in shop.store.operations.queued_by(WHO, Kind.CANCEL):
        if not shop.in_time:
            return  # and nothing will be sent
        item = shop.read(lambda platform, one=one: platform.item(Role.MERCHANT, ref_of(one)))  # type: ignore[misc]  # bound now
        if item is not None:
            with shop.store.transaction():
                observe(shop, [item])


def drop_pointless(shop: Shop) -> None:
    """Drop the withdrawals that wait though their refund is gone, as far as it is known; the log says why.

    What a person asked for is never dropped, nor a withdrawal whose refund the setting would now leave alone.
    """
    if not shop.store.operations.queued_by(WHO, Kind.CANCEL):
        return
    with shop.store.transaction():
        waiting = shop.store.operations.queued_by(WHO, Kind.CANCEL)
        items = shop.store.items.by_ids(one.target for one in waiting)
        gone = [
            one for one in waiting if one.target in items and items[one.target].refund is RefundState.NONE
        ]
        dropped(shop, gone, who=WHO, code=REFUND_GONE)


def _journal(shop: Shop, items: list[Item]) -> list[Operation]:
    live = shop.store.operations.live_of(one.item_id for one in items)
    refunded(shop, [one.item_id for one in items if one.local and one.item_id not in live], WHO)
    drafts = [one.drafts for one in plan_cancel([(item, None) for item in items], live) if one.drafts]
    return [one for chain in shop.store.operations.add_all(drafts, who=WHO, at=shop.now()) for one in chain]
