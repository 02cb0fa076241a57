"""Who gets an e-waybill number, and which may be given back: every number costs money, so none is asked for twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dropship_cli.domain.decision import Decision, Draft, Refusal, refuse
from dropship_cli.domain.item import Item, ShipmentState
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.picking import Candidate, destination, why_kept
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Sender, Waybill, goods_of, goods_wish


@dataclass(frozen=True, slots=True)
class WaybillWish:
    """One row: a number of this carrier for this item. `pack_id` tells a second package of an item from the first
    (doudian.md section 6); no quantity means all that is left."""

    candidate: Candidate
    carrier: str
    quantity: int | None = None
    pack_id: str = ""
    row: int | None = None

    @property
    def item(self) -> Item:
        """The item of the row."""
        return self.candidate.item


class Known:
    """What is there already: numbers by item (of every package it lies in), and requests on their way."""

    def __init__(self, got: Mapping[str, Sequence[Waybill]], asked: Iterable[Operation]) -> None:
        self._numbers = {(item_id, one.pack_id): one for item_id, several in got.items() for one in several}
        self._requests = {
            (goods.item_id, str(one.wish.get("pack_id") or "")): one
            for one in asked
            for goods in goods_of(one)
        }

    def request_for(self, wish: WaybillWish) -> Operation | None:
        """The request on its way for the same package of the same item."""
        return self._requests.get((wish.item.item_id, wish.pack_id))

    def number_for(self, wish: WaybillWish) -> Waybill | None:
        """The number that the same package has."""
        return self._numbers.get((wish.item.item_id, wish.pack_id))


def plan_get(
    wishes: Iterable[WaybillWish], known: Known, sender: Sender, *, merge: bool = False
) -> list[Decision]:
    """One decision a row. With `merge`, items of one merchant for one receiver share a number."""
    rows = list(wishes)
    decisions: dict[int, Decision] = {}
    packages: dict[tuple[str, ...], list[int]] = {}
    for index, wish in enumerate(rows):
        found = _decided(wish, known)
        if found is not None:
            decisions[index] = found
        else:
            packages.setdefault(_package(wish, merge=merge), []).append(index)
    for indexes in packages.values():
        together = [rows[index] for index in indexes]
        decisions.update(zip(indexes, _together(together, sender), strict=True))
    return [decisions[index] for index in range(len(rows))]


def plan_cancel(waybill: Waybill, items: Mapping[str, Item], live: Sequence[Operation]) -> Decision:
    """Whether a number may be given back: not when a package carries it, or is about to."""
    item = items.get(waybill.item_id)
    order_id = item.order_id if item else waybill.item_id
    if waybill.cancelled_at is not None:
        return Decision(order_id, waybill.item_id)
    if waybill.is_used(items):
        return refuse(order_id, waybill.item_id, None, "waybill.used", number=waybill.tracking_number)
    for one in live:
        if one.kind is Kind.WAYBILL_CANCEL and one.wish.get("tracking_number") == waybill.tracking_number:
            return Decision(order_id, waybill.item_id, waits=one)
        if one.kind is Kind.SHIP and waybill.tracking_number in _numbers(one):
            return refuse(order_id, waybill.item_id, None, "operation.pending", act=one.kind, state=one.state)
    wish: dict[str, object] = {
        "carrier": waybill.carrier,
        "tracking_number": waybill.tracking_number,
        "pack_id": waybill.pack_id,
        "merchant_id": waybill.merchant_id,
    }
    return Decision(
        order_id, waybill.item_id, drafts=(Draft(Kind.WAYBILL_CANCEL, waybill.item_id, order_id, wish),)
    )


def _decided(wish: WaybillWish, known: Known) -> Decision | None:
    """The decision that needs no request: a refusal, a number that is there, a request on its way."""
    item = wish.item
    request, number = known.request_for(wish), known.number_for(wish)
    if request is not None:
        if request.wish.get("carrier") == wish.carrier:
            return Decision(item.order_id, item.item_id, wish.row, waits=request)
        return _refuse(wish, "operation.pending", act=request.kind, state=request.state)
    if number is not None:
        if number.carrier == wish.carrier:
            return Decision(item.order_id, item.item_id, wish.row)
        return _refuse(wish, "waybill.other_carrier", carrier=number.carrier, number=number.tracking_number)
    refusal = why_not_get(wish)
    return None if refusal is None else _refuse(wish, refusal[0], **refusal[1])


def why_not_get(wish: WaybillWish) -> Refusal | None:
    """The first rule against buying a number for this item."""
    item = wish.item
    if item.shipment is ShipmentState.SHIPPED or wish.candidate.going:
        return "waybill.shipped", {}
    kept = why_kept(wish.candidate, Role.FACTORY)
    if kept is not None:
        return kept
    if wish.quantity is not None and not 1 <= wish.quantity <= item.left:
        return "ship.quantity_wrong", {"wanted": wish.quantity, "left": item.left}
    return None


def _package(wish: WaybillWish, *, merge: bool) -> tuple[str, ...]:
    """Rows with the same of these share one number."""
    whose = destination(wish.item) if merge and not wish.pack_id else ("", wish.item.item_id)
    return (*whose, wish.pack_id)


def _together(rows: Sequence[WaybillWish], sender: Sender) -> list[Decision]:
    """The first row asks for the number; the others share it, or contradict it and are all refused."""
    if len({(row.carrier, row.quantity if len(rows) == 1 else None) for row in rows}) > 1:
        carriers = ", ".join(dict.fromkeys(row.carrier for row in rows))
        return [_refuse(row, "waybill.contradicts", carriers=carriers) for row in rows]
    first = rows[0]
    items = {row.item.item_id: (row.item, row.quantity or row.item.left) for row in rows}
    wish: dict[str, object] = {
        "carrier": first.carrier,
        "merchant_id": first.item.merchant_id,
        "pack_id": first.pack_id,
        "goods": goods_wish(items.values()),
        "sender": sender.as_wish(),
    }
    draft = Draft(Kind.WAYBILL, first.item.item_id, first.item.order_id, wish)
    leader = first.item.item_id
    return [
        Decision(first.item.order_id, leader, first.row, drafts=(draft,)),
        *(
            Decision(row.item.order_id, row.item.item_id, row.row, follows=True, leader=leader)
            for row in rows[1:]
        ),
    ]


def _refuse(wish: WaybillWish, code: str, **values: object) -> Decision:
    return refuse(wish.item.order_id, wish.item.item_id, wish.row, code, **values)


def _numbers(operation: Operation) -> list[object]:
    packages = cast("Sequence[Mapping[str, object]]", operation.wish.get("packages", ()))
    return [one.get("tracking_number") for one in packages]
