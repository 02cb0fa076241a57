"""How long what is over is kept: which items may be forgotten, and from when on. No clock and no store."""

from __future__ import annotations

from datetime import datetime, timedelta

from dropship_cli.domain.item import Item, RefundState, ShipmentState
from dropship_cli.domain.moment import BEIJING

DAY = 86_400


def horizon(now: float, days: float) -> int:
    """The Unix second before which what is over may go: `days` ago, and never within this calendar month or the
    last one, so that last month's statement can still be made (our decision)."""
    this_month = datetime.fromtimestamp(now, BEIJING).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    return min(int(now - days * DAY), int(last_month.timestamp()))


def is_over(item: Item) -> bool:
    """Nobody has anything left to do with it: closed, wholly shipped or refunded, and no refund open."""
    if item.refund is RefundState.OPEN:
        return False
    return item.closed or item.shipment is ShipmentState.SHIPPED or item.refund is RefundState.REFUNDED


def last_moment(item: Item) -> int:
    """The last of its known times in Unix seconds; 0 where none is known."""
    return max(item.paid_at or 0, item.allocated_at or 0, item.shipped_at or 0)


def is_forgotten(item: Item, before: int) -> bool:
    """Whether a purge that reached to `before` would have removed it; one without any time never is."""
    return is_over(item) and 0 < last_moment(item) < before
