"""E-waybill numbers: get them for items, give them back, list them. Labels are drawn elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.carriers import known_carriers
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference, find_items, in_order, resolved
from dropship_cli.actions.ship import Names, ShipmentRow
from dropship_cli.domain.decision import Decision, refuse, refused_by
from dropship_cli.domain.errors import RefusedError, SetupError
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, State
from dropship_cli.domain.picking import Candidate
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Sender, Waybill, sender_of
from dropship_cli.domain.waybill_plan import Known, WaybillWish, plan_cancel, plan_get
from dropship_cli.store.picking import candidates_of

_SENDER = "waybill_sender"


@dataclass(frozen=True, slots=True)
class WaybillRow:
    """One row of a person's wish: a number of this carrier for an item, or for part of it (`pack_id`, `quantity`)."""

    reference: Reference
    carrier: str
    quantity: int | None = None
    pack_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A number, its items as they are known, and the code of the first reason why one of them must not leave."""

    waybill: Waybill
    items: Mapping[str, Item]
    kept: str | None = None


def get(shop: Shop, rows: Sequence[WaybillRow], *, merge: bool = False, dry_run: bool = False) -> Report:
    """One outcome an item and row, in the rows' order; numbers are in the store when this ends."""
    role = _able(shop, Kind.WAYBILL, dry_run=dry_run)
    sender = the_sender(shop)
    names = Names(known_carriers(shop))

    def decide() -> list[Decision]:
        found = find_items(shop, [row.reference for row in rows], role)
        ids = [item.item_id for item in resolved(found)]
        candidates = candidates_of(shop.store.connection, ids, now=shop.now())
        wishes = [_wishes(row, one, candidates, names) for row, one in zip(rows, found, strict=True)]
        return in_order(wishes, plan_get(resolved(wishes), _known(shop, ids), sender, merge=merge))

    return carry_out(shop, decide, dry_run=dry_run)


def cancel(shop: Shop, numbers: Sequence[str], *, dry_run: bool = False) -> tuple[Report, list[str]]:
    """Give numbers back; the outcomes, and the number that each of them is about."""
    _able(shop, Kind.WAYBILL_CANCEL, dry_run=dry_run)
    told: list[str] = []

    def decide() -> list[Decision]:
        known = shop.store.waybills.by_numbers(numbers)
        ids = [goods.item_id for found in known.values() for one in found for goods in one.goods]
        items = shop.store.items.by_ids(ids)
        live = shop.store.operations.live_of(ids)
        decisions = []
        told.clear()
        for number in dict.fromkeys(numbers):
            found = known.get(number, [])
            told.extend([number] * max(len(found), 1))
            if not found:
                decisions.append(refuse("", "", None, "waybill.unknown", number=number))
            for one in found:
                acts = [act for goods in one.goods for act in live.get(goods.item_id, ())]
                decisions.append(plan_cancel(one, items, acts))
        return decisions

    return carry_out(shop, decide, dry_run=dry_run), told


def listed(shop: Shop, *, since: float = 0.0) -> list[Standing]:
    """Every number got since then, with what became of it; no call is made."""
    return standings(shop, shop.store.waybills.all(since=since))


def standings(shop: Shop, found: Sequence[Waybill]) -> list[Standing]:
    """Numbers with their items as the store has them now."""
    from dropship_cli.domain.picking import why_kept

    ids = [goods.item_id for one in found for goods in one.goods]
    known = candidates_of(shop.store.connection, ids, now=shop.now())
    result = []
    for one in found:
        mine = [known[goods.item_id] for goods in one.goods if goods.item_id in known]
        reasons = [reason for each in mine if (reason := why_kept(each, Role.FACTORY)) is not None]
        items = {each.item.item_id: each.item for each in mine}
        result.append(Standing(one, items, reasons[0][0] if reasons else None))
    return result


def numbers_of(shop: Shop, item_ids: Sequence[str], pack_id: str) -> dict[str, Waybill]:
    """The number that each item has, and did not give back, for this package of it."""
    found = shop.store.waybills.of_items(item_ids)
    return {item_id: one for item_id, several in found.items() for one in several if one.pack_id == pack_id}


def rows_to_ship(shop: Shop, references: Sequence[Reference]) -> list[ShipmentRow]:
    """Shipments of these items with the numbers got for them; an item without one has no number in its row."""
    role = shop.require_any("ship")
    rows: list[ShipmentRow] = []
    for reference, found in zip(references, find_items(shop, references, role), strict=True):
        if isinstance(found, Decision):
            rows.append(ShipmentRow(reference, "", ""))
            continue
        numbers = shop.store.waybills.of_items(item.item_id for item in found)
        for item in found:
            rows += _shipment(item, numbers.get(item.item_id, []), reference.row)
    return rows


def the_sender(shop: Shop) -> Sender:
    """Where this factory sends from, or the error that says how to tell it."""
    text = shop.store.facts.get(_SENDER)
    if text is None:
        raise SetupError("waybill.no_sender")
    return sender_of(json.loads(text))


def keep_sender(shop: Shop, sender: Sender) -> None:
    """Remember where this factory sends from."""
    shop.may_change()
    with shop.store.transaction():
        shop.store.facts.put(_SENDER, json.dumps(sender.as_wish(), ensure_ascii=False))
        shop.store.log.add("waybill_sender", who=shop.who, at=shop.now(), target=shop.profile.shop_id)


def _able(shop: Shop, kind: Kind, *, dry_run: bool) -> Role:
    """The role of a shop that may and can do this."""
    if not dry_run:
        shop.may_change()
    role = shop.require_any(kind)
    shop.platform().capabilities(role).can(kind)
    return role


def _known(shop: Shop, item_ids: Sequence[str]) -> Known:
    live = shop.store.operations.in_state(State.QUEUED, State.SENDING, State.UNKNOWN)
    asked = [one for one in live if one.kind is Kind.WAYBILL]
    return Known(shop.store.waybills.of_items(item_ids), asked)


def _wishes(
    row: WaybillRow, items: list[Item] | Decision, candidates: Mapping[str, Candidate], names: Names
) -> list[WaybillWish] | Decision:
    if isinstance(items, Decision):
        return items
    one = row.reference
    order_id, item_id = one.order_id or items[0].order_id, one.item_id or items[0].item_id
    if len(items) > 1 and (row.quantity is not None or row.pack_id):
        return refuse(order_id, item_id, one.row, "item.ambiguous", item=one.shown, items=len(items))
    try:
        carrier = names.resolve(row.carrier)
    except RefusedError as error:
        return refused_by(error, order_id, item_id, one.row)
    return [
        WaybillWish(candidates[item.item_id], carrier.code, row.quantity, row.pack_id, one.row)
        for item in items
    ]


def _shipment(item: Item, numbers: Sequence[Waybill], row: int | None) -> list[ShipmentRow]:
    """One package each; pieces are named only where there are several packages."""
    reference = Reference(item.order_id, item.item_id, row=row)
    if not numbers:
        return [ShipmentRow(reference, "", "")]
    return [
        ShipmentRow(
            reference, one.carrier, one.tracking_number,
            sum(goods.quantity for goods in one.goods if goods.item_id == item.item_id)
            if len(numbers) > 1 else None,
        )
        for one in numbers
    ]  # fmt: skip
