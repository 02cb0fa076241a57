"""What a done operation makes of its item, and what a reading tells about one whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.item import AllocationState, Item, Package, ShipmentState
from dropship_cli.domain.operation import Kind, Operation, is_local
from dropship_cli.domain.shop import Role


class Finding(StrEnum):
    """How the platform's present state compares with a wish."""

    AS_WANTED = "as wanted"
    AS_BEFORE = "as before"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The finding, and for `OTHER` what stands there instead (shown to the person)."""

    finding: Finding
    seen: str = ""


def packages_of(operation: Operation, package_ids: Sequence[str] = ()) -> tuple[Package, ...]:
    """The packages of a shipping wish; `package_ids` are the platform's names for them, in the same order."""
    rows = cast("Sequence[Mapping[str, Any]]", operation.wish.get("packages", ()))
    names = (*package_ids, *(None for _ in range(len(rows) - len(package_ids))))
    return tuple(
        Package(
            str(row["carrier"]),
            str(row["tracking_number"]),
            cast("int | None", row.get("quantity")),
            name or None,
        )
        for row, name in zip(rows, names, strict=False)
    )


def applied(operation: Operation, item: Item, role: Role, at: int, package_ids: Sequence[str] = ()) -> Item:
    """The item after this operation was done, as far as we know without reading it again."""
    if operation.kind is Kind.ALLOCATE:
        factory_id = str(operation.wish["factory_id"])
        local = is_local(operation)
        return replace(
            item, allocation=AllocationState.ALLOCATED, factory_id=factory_id, factory_name=None,
            allocated_at=at, local=local,
        )  # fmt: skip
    if operation.kind is Kind.CANCEL:
        return replace(
            item, allocation=AllocationState.UNALLOCATED, factory_id=None, factory_name=None, local=False
        )
    if operation.kind is Kind.SHIP:
        return _shipped(item, packages_of(operation, package_ids), role, at)
    if operation.kind is Kind.AMEND:
        return _amended(operation, item)
    return item


def judge_item(operation: Operation, item: Item | None) -> Judgement:
    """Compare an item as it is now with what the operation wanted and what it was planned on."""
    if item is None:
        return Judgement(Finding.OTHER, "not shown to this shop")
    if operation.kind is Kind.ALLOCATE:
        return _judge_factory(
            item, wanted=operation.wish["factory_id"], before=operation.before.get("factory_id")
        )
    if operation.kind is Kind.CANCEL:
        return _judge_factory(item, wanted=None, before=operation.before.get("factory_id"))
    return _judge_packages(operation, item)


def judge_binding(operation: Operation, bindings: Sequence[Binding]) -> Judgement:
    """Compare the bindings as they are now with an application, an answer or an end that was wished."""
    binding = next((one for one in bindings if one.partner_id == operation.target), None)
    state = binding.state if binding else None
    wanted, before = _BINDING_STATES[operation.kind]
    if state in wanted:
        return Judgement(Finding.AS_WANTED)
    if state in before:
        return Judgement(Finding.AS_BEFORE)
    return Judgement(Finding.OTHER, str(state or "no binding"))


def judge_role(operation: Operation, role: Role | None) -> Judgement:
    """Compare the shop's role as it is now with the one that was wished."""
    if role == operation.wish["role"]:
        return Judgement(Finding.AS_WANTED)
    if role == operation.before.get("role"):
        return Judgement(Finding.AS_BEFORE)
    return Judgement(Finding.OTHER, str(role))


# What came later does not undo what we wished: an application accepted and ended since was accepted.
_BINDING_STATES: Mapping[Kind, tuple[frozenset[BindingState | None], frozenset[BindingState | None]]] = {
    Kind.APPLY: (
        frozenset({BindingState.APPLIED, BindingState.BOUND, BindingState.UNBINDING}),
        frozenset({None, BindingState.REFUSED, BindingState.UNBOUND}),
    ),
    Kind.ACCEPT: (
        frozenset({BindingState.BOUND, BindingState.UNBINDING, BindingState.UNBOUND}),
        frozenset({BindingState.APPLIED}),
    ),
    Kind.REJECT: (frozenset({BindingState.REFUSED}), frozenset({BindingState.APPLIED})),
    Kind.UNBIND: (
        frozenset({BindingState.UNBOUND, BindingState.UNBINDING, None}),
        frozenset({BindingState.BOUND}),
    ),
}


def _shipped(item: Item, packages: tuple[Package, ...], role: Role, at: int) -> Item:
    quantity = item.shipped_quantity + sum(package.quantity or 0 for package in packages)
    whole = quantity >= item.quantity
    return replace(
        item,
        packages=(*item.packages, *packages),
        shipped_quantity=min(quantity, item.quantity),
        shipment=ShipmentState.SHIPPED if whole else ShipmentState.PARTIAL,
        shipped_by=role.value,
        shipped_at=at,
    )


def _amended(operation: Operation, item: Item) -> Item:
    wish = operation.wish
    packages = tuple(
        replace(one, carrier=str(wish["carrier"]), tracking_number=str(wish["tracking_number"]))
        if one.tracking_number == wish.get("replaces")
        else one
        for one in item.packages
    )
    return replace(item, packages=packages)


def _judge_factory(item: Item, *, wanted: object, before: object) -> Judgement:
    has = None if item.is_free else item.factory_id
    if has == wanted:
        return Judgement(Finding.AS_WANTED)
    if has == before:
        return Judgement(Finding.AS_BEFORE)
    return Judgement(Finding.OTHER, f"factory {has}")


def _judge_packages(operation: Operation, item: Item) -> Judgement:
    has = {(one.carrier, one.tracking_number): one.quantity for one in item.packages}
    wanted = _wanted(operation)
    if wanted.keys() <= has.keys() and item.shipment is not ShipmentState.NONE:
        if all(_holds(has[one], wanted[one]) for one in wanted):
            return Judgement(Finding.AS_WANTED)
        return Judgement(Finding.OTHER, _seen(item, counted=True))
    rows = cast("Sequence[Mapping[str, Any]]", operation.before.get("packages", ()))
    before = {(str(row["carrier"]), str(row["tracking_number"])) for row in rows}
    if has.keys() == before and not item.closed:
        return Judgement(Finding.AS_BEFORE)
    return Judgement(Finding.OTHER, _seen(item, counted=False) or f"closed, {item.shipment}")


def _wanted(operation: Operation) -> dict[tuple[str, str], int | None]:
    """The wished carriers and numbers, with counts; a corrected number says nothing of a count."""
    if operation.kind is Kind.AMEND:
        return {(str(operation.wish["carrier"]), str(operation.wish["tracking_number"])): None}
    return {(one.carrier, one.tracking_number): one.quantity for one in packages_of(operation)}


def _holds(has: int | None, wanted: int | None) -> bool:
    """Whether a package holds the wished pieces. Not every reading counts, and one that gives only the item's last
    number may count the whole item for it: more than wished is no contradiction."""
    return has is None or wanted is None or has >= wanted


def _seen(item: Item, *, counted: bool) -> str:
    """The packages for people; with counts where these alone are not as wanted."""
    shown = sorted(
        f"{one.carrier} {one.tracking_number}" + (f" ×{one.quantity}" if counted and one.quantity else "")
        for one in item.packages
    )
    return ", ".join(shown)
