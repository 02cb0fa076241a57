"""Allocate items to factories, and take allocations back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference, find_items
from dropship_cli.domain.allocation import AllocationWish, plan, plan_cancel
from dropship_cli.domain.decision import Decision
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.shop import Role


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One row of a person's wish: these items to this factory."""

    reference: Reference
    factory_id: str


def allocate(
    shop: Shop, rows: Sequence[AllocationRow], *, reallocate: bool = False, dry_run: bool = False
) -> Report:
    """One outcome an item, in the rows' order. `reallocate` takes back what another factory has, first."""
    role = _able(shop, Kind.ALLOCATE, "allocate")

    def decide() -> list[Decision]:
        found = find_items(shop, [row.reference for row in rows], role)
        wishes = [
            AllocationWish(item, row.factory_id, row.reference.row)
            for row, items in zip(rows, found, strict=True)
            if not isinstance(items, Decision)
            for item in items
        ]
        live = shop.store.operations.live_of(wish.item.item_id for wish in wishes)
        decisions = plan(wishes, shop.store.bindings.all(), live, reallocate=reallocate)
        return in_order(found, decisions)

    return carry_out(shop, decide, dry_run=dry_run)


def unallocate(shop: Shop, references: Sequence[Reference], *, dry_run: bool = False) -> Report:
    """One outcome an item whose allocation is to be taken back."""
    role = _able(shop, Kind.CANCEL, "unallocate")

    def decide() -> list[Decision]:
        found = find_items(shop, references, role)
        items = [
            (item, one.row)
            for one, several in zip(references, found, strict=True)
            if not isinstance(several, Decision)
            for item in several
        ]
        live = shop.store.operations.live_of(item.item_id for item, _ in items)
        return in_order(found, plan_cancel(items, live))

    return carry_out(shop, decide, dry_run=dry_run)


def in_order(found: Sequence[Sequence[object] | Decision], decisions: Sequence[Decision]) -> list[Decision]:
    """Put the refusals of unknown rows back between the decisions of the known ones."""
    planned = iter(decisions)
    return [
        decision
        for items in found
        for decision in ([items] if isinstance(items, Decision) else [next(planned) for _ in items])
    ]


def _able(shop: Shop, kind: Kind, act: str) -> Role:
    """Before a row is read: the right role, on a platform that can."""
    role = shop.require(Role.MERCHANT, act)
    shop.platform().capabilities(role).can(kind)
    return role
