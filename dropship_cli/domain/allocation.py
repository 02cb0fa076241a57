"""Which factory ships which item: what may be allocated or taken back, and why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dropship_cli.domain.binding import Binding
from dropship_cli.domain.decision import NO_BARS, Bars, Decision, Draft, Live, Refusal, behind, refuse
from dropship_cli.domain.item import Item, Origin, RefundState, ShipmentState
from dropship_cli.domain.operation import Kind


@dataclass(frozen=True, slots=True)
class AllocationWish:
    """One row: this item to this factory."""

    item: Item
    factory_id: str
    row: int | None = None


def plan(
    wishes: Iterable[AllocationWish],
    bindings: Mapping[str, Binding],
    live: Live,
    *,
    bars: Bars = NO_BARS,
    reallocate: bool = False,
) -> list[Decision]:
    """One decision a row, in the rows' order; rows of one item that contradict each other are all refused.

    A repeated row changes nothing the second time, and where the first is refused or waits it shares its fate.
    """
    rows = list(wishes)
    contradicted = _contradicted(rows)
    seen: set[str] = set()
    decisions = []
    for wish in rows:
        item = wish.item
        if item.item_id in contradicted:
            factories = ", ".join(sorted(contradicted[item.item_id]))
            decision = refuse(
                item.order_id, item.item_id, wish.row, "allocate.contradicts", factories=factories
            )
        else:
            decision = _once(_decide(wish, bindings, live, bars, reallocate=reallocate), seen)
        decisions.append(decision)
    return decisions


def plan_cancel(items: Iterable[tuple[Item, int | None]], live: Live) -> list[Decision]:
    """One decision a row whose item's allocation is to be taken back; a repeated row changes nothing."""
    seen: set[str] = set()
    return [_once(_decide_cancel(item, row, live), seen) for item, row in items]


def why_not_allocate(item: Item, binding: Binding | None, factory_id: str) -> Refusal | None:
    """The first rule that forbids this item to go to this factory; who has it now is not looked at."""
    refusal = why_not_leave(item)
    if refusal is not None:
        return refusal
    if binding is None or not binding.is_active:
        return "allocate.not_bound", {"factory_id": factory_id}
    if item.paid_at is not None and binding.bound_at is not None and item.paid_at < binding.bound_at:
        return "allocate.before_binding", {"factory_id": factory_id}
    if item.source is Origin.FILE and not binding.local:
        return "allocate.imported", {"factory_id": factory_id}
    return None


def why_not_leave(item: Item) -> Refusal | None:
    """What forbids this item to go to any factory: it left already, or must not leave."""
    if item.shipment is not ShipmentState.NONE:
        return "allocate.shipped", {"shipped_by": item.shipped_by}
    if item.closed or item.refund is RefundState.REFUNDED:
        return "allocate.closed", {}
    if item.refund is RefundState.OPEN:
        return "allocate.refund_open", {}
    return None


def why_not_cancel(item: Item) -> tuple[str, dict[str, object]] | None:
    """What forbids to take this item back: it left already."""
    if item.shipment is not ShipmentState.NONE:
        return "allocate.shipped", {"shipped_by": item.shipped_by}
    return None


def _once(decision: Decision, seen: set[str]) -> Decision:
    """The same decision, or "unchanged" where a row before asks for the same."""
    if decision.drafts and decision.item_id in seen:
        return Decision(decision.order_id, decision.item_id, decision.row)
    seen.add(decision.item_id)
    return decision


def _contradicted(rows: list[AllocationWish]) -> dict[str, set[str]]:
    factories: defaultdict[str, set[str]] = defaultdict(set)
    for wish in rows:
        factories[wish.item.item_id].add(wish.factory_id)
    return {item_id: wished for item_id, wished in factories.items() if len(wished) > 1}


def _decide(
    wish: AllocationWish, bindings: Mapping[str, Binding], live: Live, bars: Bars, *, reallocate: bool
) -> Decision:
    item, factory_id = wish.item, wish.factory_id
    binding = bindings.get(factory_id)
    drafts = _drafts(item, factory_id, local=binding is not None and binding.local)
    on_way = live.get(item.item_id, ())
    if on_way:
        return behind(item, wish.row, drafts, on_way)
    if not item.is_free and item.factory_id == factory_id:
        return Decision(item.order_id, item.item_id, wish.row)
    refusal = why_not_allocate(item, binding, factory_id) or bars.get(item.item_id)
    if refusal:
        return refuse(item.order_id, item.item_id, wish.row, refusal[0], **refusal[1])
    if not item.is_free and not reallocate:
        return refuse(
            item.order_id, item.item_id, wish.row, "allocate.allocated_already", factory_id=item.factory_id
        )
    return Decision(item.order_id, item.item_id, wish.row, drafts=drafts)


def _drafts(item: Item, factory_id: str, *, local: bool) -> tuple[Draft, ...]:
    """Allocate; where somebody else has it, take it back first. A local act says so, and never leaves us."""
    wish: dict[str, object] = {"factory_id": factory_id, **({"local": True} if local else {})}
    allocate = Draft(Kind.ALLOCATE, item.item_id, item.order_id, wish, {"factory_id": None})
    return (allocate,) if item.is_free else (_taking_back(item), allocate)


def _taking_back(item: Item) -> Draft:
    wish: dict[str, object] = {"factory_id": None, **({"local": True} if item.local else {})}
    before = {"factory_id": None if item.is_free else item.factory_id}
    return Draft(Kind.CANCEL, item.item_id, item.order_id, wish, before)


def _decide_cancel(item: Item, row: int | None, live: Live) -> Decision:
    drafts = (_taking_back(item),)
    on_way = live.get(item.item_id, ())
    if on_way:
        return behind(item, row, drafts, on_way)
    if item.is_free:
        return Decision(item.order_id, item.item_id, row)
    refusal = why_not_cancel(item)
    if refusal:
        return refuse(item.order_id, item.item_id, row, refusal[0], **refusal[1])
    return Decision(item.order_id, item.item_id, row, drafts=drafts)
