"""Which of the wished items may not go on: those held back, and those whose change nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.actions.context import Shop
from dropship_cli.domain import mark
from dropship_cli.domain.allocation import AllocationWish
from dropship_cli.domain.decision import Bars
from dropship_cli.domain.shipment import ShipmentWish


def bars(shop: Shop, wishes: Iterable[AllocationWish | ShipmentWish], *, shipping: bool) -> Bars:
    """The reason by item, read in the transaction of the plan."""
    marked = shop.store.marks.of(list({wish.item.item_id for wish in wishes}), now=shop.now())
    return mark.bars(marked, shipping=shipping)
