"""Ship items, and correct the numbers of packages already shipped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.bars import bars
from dropship_cli.actions.carriers import known_carriers
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference, find_items, in_order, resolved
from dropship_cli.domain.carrier import Carrier, is_plausible, is_wellformed, resolve
from dropship_cli.domain.decision import Decision, Live, refuse, refused_by, without
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.shipment import ShipmentWish, Way, plan, plan_amend


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """One row of a person's wish: these items, or so many pieces of one, in this package."""

    reference: Reference
    carrier: str
    tracking_number: str
    quantity: int | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class How:
    """What goes for all rows: correct instead of ship, reject open refunds, only plan."""

    amend: bool = False
    reject_refund: bool = False
    dry_run: bool = False


def ship(shop: Shop, rows: Sequence[ShipmentRow], how: How) -> Report:
    """One outcome an item and row, in the rows' order."""
    return carry_out(shop, planner(shop, rows, how), dry_run=how.dry_run)


def planner(shop: Shop, rows: Sequence[ShipmentRow], how: How) -> Callable[[], list[Decision]]:
    """What decides these rows, to be asked within the transaction that journals them."""
    role = shop.require_any("ship")
    capabilities = shop.platform().capabilities(role)
    capabilities.can(Kind.AMEND if how.amend else Kind.SHIP)
    way = Way(role, capabilities.partial, how.reject_refund)
    names = Names(known_carriers(shop))

    def decide() -> list[Decision]:
        given_back = shop.store.waybills.given_back(row.tracking_number for row in rows)
        found = [
            _wishes(row, items, names, given_back)
            for row, items in zip(rows, find_items(shop, [row.reference for row in rows], role), strict=True)
        ]
        wishes = resolved(found)
        live = _in_the_way(shop, wishes)
        barred = replace(way, bars=bars(shop, wishes, shipping=True))
        decisions = plan_amend(wishes, live, way) if how.amend else plan(wishes, live, barred)
        return in_order(found, decisions)

    return decide


def _in_the_way(shop: Shop, wishes: Sequence[ShipmentWish]) -> Live:
    """What is on its way for these items; a number asked for and not come does not keep another from being used."""
    return without(shop.store.operations.live_of({wish.item.item_id for wish in wishes}), Kind.WAYBILL)


class Names:
    """Carriers by what people write, each text looked up once: a file repeats a few names thousands of times."""

    def __init__(self, listed: Sequence[Carrier]) -> None:
        self._listed = listed
        self._found: dict[str, Carrier | RefusedError] = {}

    def resolve(self, text: str) -> Carrier:
        if text not in self._found:
            try:
                self._found[text] = resolve(text, self._listed)
            except RefusedError as error:
                self._found[text] = error
        found = self._found[text]
        if isinstance(found, RefusedError):
            raise found
        return found


def _wishes(
    row: ShipmentRow, items: list[Item] | Decision, names: Names, given_back: Collection[str]
) -> list[ShipmentWish] | Decision:
    """The row's wishes, or its refusal: an unknown carrier, a number that is none or was given back to its carrier,
    a quantity for many items."""
    if isinstance(items, Decision):
        return items
    one = row.reference
    order_id, item_id = one.order_id or items[0].order_id, one.item_id or items[0].item_id
    if not (row.carrier or row.tracking_number):  # as `rows_to_ship` marks an item without an e-waybill
        return refuse(order_id, item_id, one.row, "waybill.none")
    if not is_wellformed(row.tracking_number):
        return refuse(order_id, item_id, one.row, "tracking.invalid", number=row.tracking_number)
    if row.tracking_number in given_back:
        return refuse(order_id, item_id, one.row, "waybill.cancelled", number=row.tracking_number)
    if row.quantity is not None and len(items) > 1:
        return refuse(order_id, item_id, one.row, "item.ambiguous", item=one.shown, items=len(items))
    try:
        carrier = names.resolve(row.carrier)
    except RefusedError as error:
        return refused_by(error, order_id, item_id, one.row)
    warning = None if is_plausible(carrier.code, row.tracking_number) else "tracking.implausible"
    return [
        ShipmentWish(item, carrier.code, row.tracking_number, row.quantity, one.row, warning, row.replaces)
        for item in items
    ]
