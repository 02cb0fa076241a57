"""What leaves in which package: what may be shipped or corrected, by whom, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dropship_cli.domain.decision import Bars, Decision, Draft, Live, behind, refuse
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.shop import Role


@dataclass(frozen=True, slots=True)
class ShipmentWish:
    """One row: so many pieces of this item in this package; no quantity means all that is left.

    `replaces` is the tracking number that an amendment corrects, needed only where there are several.
    """

    item: Item
    carrier: str
    tracking_number: str
    quantity: int | None = None
    row: int | None = None
    warning: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Who ships, and what the platform allows: `partial` part of an item in one call. `bars` keep items here."""

    role: Role
    partial: bool
    reject_refund: bool = False
    bars: Bars = field(default_factory=dict)


def plan(wishes: Iterable[ShipmentWish], live: Live, way: Way) -> list[Decision]:
    """Decisions in the rows' order. Rows of one item are one shipment: they are done or refused together."""
    rows = list(wishes)
    groups: dict[str, list[int]] = {}
    for index, wish in enumerate(rows):
        groups.setdefault(wish.item.item_id, []).append(index)
    decisions: dict[int, Decision] = {}
    for indexes in groups.values():
        shipment = [rows[index] for index in indexes]
        decisions.update(zip(indexes, _decide(shipment, live, way), strict=True))
    return [decisions[index] for index in range(len(rows))]


def plan_amend(wishes: Iterable[ShipmentWish], live: Live, way: Way) -> list[Decision]:
    """One decision a row that corrects the number of a package already shipped.

    Rows that give one package several numbers are all refused; a repeated row changes nothing.
    """
    rows = list(wishes)
    numbers: dict[tuple[str, str | None], dict[tuple[str, str], None]] = {}
    for row in rows:
        numbers.setdefault(_corrected(row), {})[row.carrier, row.tracking_number] = None
    seen: set[tuple[str, str | None]] = set()
    decisions = []
    for row in rows:
        package = _corrected(row)
        if len(numbers[package]) > 1:
            decision = _contradicts(row, [number for _, number in numbers[package]])
        else:
            decision = _decide_amend(row, live, way)
        if decision.drafts and package in seen:
            decision = Decision(row.item.order_id, row.item.item_id, row.row)
        seen.add(package)
        decisions.append(decision)
    return decisions


def why_not_ship(item: Item, packages: tuple[Package, ...], way: Way) -> tuple[str, dict[str, object]] | None:
    """The first rule that forbids these packages to leave; without packages only the item's state is looked at."""
    if item.shipment is ShipmentState.SHIPPED:
        return _shipped_already(item, way)
    if item.closed or item.refund is RefundState.REFUNDED:
        return "ship.closed", {}
    if way.role is Role.FACTORY and item.allocation is not AllocationState.ALLOCATED:
        return "ship.not_allocated", {}
    if item.refund is RefundState.OPEN and not way.reject_refund:
        return "ship.refund_open", {}
    return _wrong_quantity(item, packages, way) if packages else None


def _decide(rows: Sequence[ShipmentWish], live: Live, way: Way) -> list[Decision]:
    """The first row carries the shipment's operation; the others share its fate."""
    packages = _packages(rows)
    if packages is None:
        return [_contradicts(row, [one.tracking_number for one in rows]) for row in rows]
    first, *others = (_decide_whole(row, packages, live, way) for row in rows)
    return [first, *(replace(other, drafts=(), follows=bool(other.drafts)) for other in others)]


def _contradicts(row: ShipmentWish, numbers: Iterable[str]) -> Decision:
    """A refusal that names every number the rows give."""
    shown = ", ".join(dict.fromkeys(numbers))
    return refuse(row.item.order_id, row.item.item_id, row.row, "ship.contradicts", numbers=shown)


def _corrected(row: ShipmentWish) -> tuple[str, str | None]:
    """The package that an amendment corrects, by the number it has now; none where the row leaves it open."""
    packages = row.item.packages
    only = packages[0].tracking_number if len(packages) == 1 else None
    return row.item.item_id, row.replaces or only


def _packages(rows: Sequence[ShipmentWish]) -> tuple[Package, ...] | None:
    """The packages of one item, a repeated row counted once; nothing where the rows contradict each other."""
    found: dict[tuple[str, str], Package] = {}
    for row in rows:
        package = Package(row.carrier, row.tracking_number, row.quantity)
        if found.setdefault((row.carrier, row.tracking_number), package) != package:
            return None
    if len(found) > 1 and any(package.quantity is None for package in found.values()):
        return None
    return tuple(found.values())


def _decide_whole(row: ShipmentWish, packages: tuple[Package, ...], live: Live, way: Way) -> Decision:
    item = row.item
    new = tuple(package for package in packages if not _is_on(item, package))
    if not new:
        return Decision(item.order_id, item.item_id, row.row)
    filled = _filled(new, item.left)
    draft = _draft(item, filled, way)
    if live.get(item.item_id):
        return behind(item, row.row, (draft,), live[item.item_id])
    refusal = why_not_ship(item, filled, way) or way.bars.get(item.item_id)
    if refusal:
        return refuse(item.order_id, item.item_id, row.row, refusal[0], **refusal[1])
    return Decision(item.order_id, item.item_id, row.row, drafts=(draft,), warning=_warning(row, way))


def _warning(row: ShipmentWish, way: Way) -> str | None:
    """A merchant may ship what a factory has; it should know that it does. A local factory can't ship by itself."""
    elsewhere = not row.item.is_free and not row.item.local
    if row.warning is None and way.role is Role.MERCHANT and elsewhere:
        return "ship.allocated_elsewhere"
    return row.warning


def _is_on(item: Item, package: Package) -> bool:
    return any(
        (one.carrier, one.tracking_number) == (package.carrier, package.tracking_number)
        for one in item.packages
    )


def _filled(packages: tuple[Package, ...], left: int) -> tuple[Package, ...]:
    """A package without a quantity holds all that is left."""
    return tuple(
        Package(one.carrier, one.tracking_number, left if one.quantity is None else one.quantity)
        for one in packages
    )


def _draft(item: Item, packages: tuple[Package, ...], way: Way) -> Draft:
    wish: dict[str, object] = {"packages": [_as_wish(package) for package in packages]}
    if way.role is Role.FACTORY:
        wish["merchant_id"] = item.merchant_id
    if way.reject_refund:
        wish["reject_refund"] = True
    before = {"packages": [_as_wish(package) for package in item.packages], "shipment": item.shipment}
    return Draft(Kind.SHIP, item.item_id, item.order_id, wish, before)


def _as_wish(package: Package) -> dict[str, object]:
    return {
        "carrier": package.carrier,
        "tracking_number": package.tracking_number,
        "quantity": package.quantity,
    }


def _wrong_quantity(
    item: Item, packages: tuple[Package, ...], way: Way
) -> tuple[str, dict[str, object]] | None:
    wanted = sum(package.quantity or 0 for package in packages)
    if wanted > item.left or any((package.quantity or 0) < 1 for package in packages):
        return "ship.quantity_wrong", {"wanted": wanted, "left": item.left}
    if wanted < item.left and not way.partial:
        return "ship.partial_not_possible", {"wanted": wanted, "left": item.left}
    return None


def _shipped_already(item: Item, way: Way) -> tuple[str, dict[str, object]]:
    """Our own shipment can be corrected; the other side's is told with its number."""
    numbers = ", ".join(f"{package.carrier} {package.tracking_number}" for package in item.packages) or "?"
    if item.shipped_by == way.role:
        return "ship.other_number", {"packages": numbers}
    return "ship.shipped_already", {"shipped_by": item.shipped_by, "packages": numbers}


def _decide_amend(row: ShipmentWish, live: Live, way: Way) -> Decision:
    item = row.item
    if _is_on(item, Package(row.carrier, row.tracking_number)):
        return Decision(item.order_id, item.item_id, row.row)
    if item.shipment is ShipmentState.NONE:
        return refuse(item.order_id, item.item_id, row.row, "ship.not_shipped")
    if item.shipped_by is not None and item.shipped_by != way.role:
        code, values = _shipped_already(item, way)
        return refuse(item.order_id, item.item_id, row.row, code, **values)
    old = [one for one in item.packages if row.replaces in (None, one.tracking_number)]
    if len(old) != 1:
        numbers = ", ".join(package.tracking_number for package in item.packages)
        return refuse(item.order_id, item.item_id, row.row, "ship.which_package", packages=numbers)
    drafts = (_amend_draft(row, old[0], way),)
    if live.get(item.item_id):
        return behind(item, row.row, drafts, live[item.item_id])
    return Decision(item.order_id, item.item_id, row.row, drafts=drafts, warning=row.warning)


def _amend_draft(row: ShipmentWish, old: Package, way: Way) -> Draft:
    wish: dict[str, object] = {
        "carrier": row.carrier,
        "tracking_number": row.tracking_number,
        "package_id": old.package_id,
        "replaces": old.tracking_number,
    }
    if way.role is Role.FACTORY:
        wish["merchant_id"] = row.item.merchant_id
    before = {"packages": [_as_wish(package) for package in row.item.packages]}
    return Draft(Kind.AMEND, row.item.item_id, row.item.order_id, wish, before)
