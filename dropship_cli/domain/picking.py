"""What is taken from the shelves: sums by SKU, what goes into one package, what must not leave; not how it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dropship_cli.domain.decision import Refusal
from dropship_cli.domain.item import AllocationState, Item, RefundState
from dropship_cli.domain.shop import Role

RECENT = 7 * 86_400
"""Seconds after its promised time for which an item that was closed or taken back is still named (our decision):
it may lie packed on the bench, but nobody wants to read last year's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item at the bench: `bar` is a hold, or a change that nobody has acknowledged; `going` says that a shipment
    is on its way already."""

    item: Item
    bar: Refusal | None = None
    going: bool = False


@dataclass(frozen=True, slots=True)
class PickLine:
    """One kind of goods: so many pieces for so many items. `ship_by` is the earliest, in Unix seconds."""

    sku_code: str
    spec: str
    title: str
    quantity: int
    item_ids: tuple[str, ...]
    ship_by: int | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """Items of one merchant for one receiver. `without` are items for the same receiver that must not leave."""

    number: int
    items: tuple[Item, ...]
    without: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        """Pieces in the package."""
        return sum(item.left for item in self.items)

    @property
    def ship_by(self) -> int | None:
        """The earliest promised time, in Unix seconds."""
        return _earliest(self.items)


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that must not leave, and the code of the rule that says so."""

    item: Item
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picking:
    """What may leave now, as goods and as packages; what must not; and how many are on their way already."""

    lines: tuple[PickLine, ...]
    parcels: tuple[Parcel, ...]
    kept: tuple[Kept, ...]
    going: int


def picking(candidates: Iterable[Candidate], role: Role) -> Picking:
    """The picking list of these items: goods in the order of their SKU, packages the most urgent first."""
    leaving: list[Item] = []
    kept: list[Kept] = []
    going = 0
    for one in candidates:
        refusal = why_kept(one, role)
        if refusal is not None:
            kept.append(Kept(one.item, *refusal))
        elif one.going:
            going += 1
        else:
            leaving.append(one.item)
    return Picking(
        tuple(_lines(leaving)), tuple(parcels(leaving, [one.item for one in kept])), tuple(kept), going
    )


def why_kept(one: Candidate, role: Role) -> Refusal | None:
    """The first rule that keeps an item from leaving, whatever is packed already."""
    item = one.item
    if role is Role.FACTORY and item.allocation is not AllocationState.ALLOCATED:
        return "pick.taken_back", {"reason": item.cancel_reason}
    if item.closed:
        return "pick.closed", {"reason": item.cancel_reason}
    if item.refund is RefundState.OPEN:
        return "pick.refund_open", {}
    if item.refund is RefundState.REFUNDED:
        return "pick.refund_refunded", {}
    return one.bar


def parcels(items: Iterable[Item], kept: Iterable[Item] = ()) -> list[Parcel]:
    """Items by merchant and receiver, the most urgent package first; who has no receiver's id goes alone."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault(destination(item), []).append(item)
    behind: dict[tuple[str, str], list[str]] = {}
    for item in kept:
        behind.setdefault(destination(item), []).append(item.item_id)
    ordered = sorted(groups.items(), key=lambda pair: _urgency(pair[1]))
    return [
        Parcel(number, tuple(group), tuple(behind.get(where, ())))
        for number, (where, group) in enumerate(ordered, start=1)
    ]


def destination(item: Item) -> tuple[str, str]:
    """Whose item goes to whom: equal only where two items may share a package."""
    return item.merchant_id or "", item.receiver_id or f"item {item.item_id}"


def _lines(items: Sequence[Item]) -> list[PickLine]:
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.sku_code or item.title, item.spec), []).append(item)
    return [
        PickLine(
            sku_code=group[0].sku_code,
            spec=group[0].spec,
            title=group[0].title,
            quantity=sum(item.left for item in group),
            item_ids=tuple(item.item_id for item in group),
            ship_by=_earliest(group),
        )
        for group in sorted(
            groups.values(), key=lambda group: (group[0].sku_code, group[0].title, group[0].spec)
        )
    ]


def _earliest(items: Iterable[Item]) -> int | None:
    return min((item.ship_by for item in items if item.ship_by is not None), default=None)


def _urgency(items: Sequence[Item]) -> tuple[float, str]:
    earliest = _earliest(items)
    return (float("inf") if earliest is None else earliest, items[0].item_id)
