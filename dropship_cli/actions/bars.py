"""Which of the wished items may not go on: those held back, and those whose change nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dropship_cli.actions.context import Shop
from dropship_cli.domain import mark
from dropship_cli.domain.allocation import AllocationWish
from dropship_cli.domain.decision import Bars
from dropship_cli.domain.operation import HOLDABLE, Kind, Operation, State
from dropship_cli.domain.shipment import ShipmentWish


def bars(shop: Shop, wishes: Iterable[AllocationWish | ShipmentWish], *, shipping: bool) -> Bars:
    """The reason by item, read in the transaction of the plan."""
    marked = shop.store.marks.of(list({wish.item.item_id for wish in wishes}), now=shop.now())
    return mark.bars(marked, shipping=shipping)


def told_why(shop: Shop, operations: Mapping[str, Operation]) -> dict[str, Operation]:
    """The operations by id as they are, and the queued ones that a mark keeps back with the reason: no run will send
    them before somebody takes it away."""
    waiting = [one for one in operations.values() if one.state is State.QUEUED and one.kind in HOLDABLE]
    marked = shop.store.marks.of(list({one.target for one in waiting}), now=shop.now())
    reasons = {shipping: mark.bars(marked, shipping=shipping) for shipping in (True, False)}
    found = {one.op_id: reasons[one.kind is Kind.SHIP].get(one.target) for one in waiting}
    return {
        op_id: one if (why := found.get(op_id)) is None else replace(one, error_code=why[0], facts=why[1])
        for op_id, one in operations.items()
    }
