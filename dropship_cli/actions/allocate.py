"""Allocate items to factories, and take allocations back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dropship_cli.actions.act import Report, carry_out
from dropship_cli.actions.bars import bars
from dropship_cli.actions.context import Shop
from dropship_cli.actions.factories import partners
from dropship_cli.actions.resolve import Reference, find_items, in_order, resolved
from dropship_cli.domain.allocation import AllocationWish, plan, plan_cancel
from dropship_cli.domain.decision import Decision, Draft
from dropship_cli.domain.local import key
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.shop import Role
from dropship_cli.store.sheets import on_sheets


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One row of a person's wish: these items to this factory."""

    reference: Reference
    factory_id: str


def allocate(
    shop: Shop, rows: Sequence[AllocationRow], *, reallocate: bool = False, dry_run: bool = False
) -> Report:
    """One outcome an item, in the rows' order. `reallocate` takes back what another factory has, first.

    A row's factory is a shop's number, or the name of a local factory, for which nothing is sent.
    """
    role = shop.require(Role.MERCHANT, "allocate")
    names = shop.store.local.names()
    wished = _factories(rows, names)
    if not set(wished) <= set(names.values()):
        _able(shop, Kind.ALLOCATE, role)

    def decide() -> list[Decision]:
        found = _wishes(shop, rows, wished, role)
        wishes = resolved(found)
        live = shop.store.operations.live_of(wish.item.item_id for wish in wishes)
        held = bars(shop, wishes, shipping=False)
        decisions = plan(wishes, partners(shop), live, bars=held, reallocate=reallocate)
        return in_order(found, _with_recalls(shop, decisions))

    return carry_out(shop, decide, dry_run=dry_run)


def surprises(shop: Shop, rows: Sequence[AllocationRow]) -> dict[str, list[str]]:
    """By factory the SKUs that only others have had: perhaps a slip (evidence, fault 33). Nothing is changed."""
    role = shop.require(Role.MERCHANT, "allocate")
    wishes = resolved(_wishes(shop, rows, _factories(rows, shop.store.local.names()), role))
    pairs = {(one.factory_id, one.item.sku_code) for one in wishes if one.item.sku_code and one.item.is_free}
    new: dict[str, list[str]] = {}
    for factory_id, sku_code in sorted(pairs):
        if shop.store.items.is_new_for(sku_code, factory_id):
            new.setdefault(factory_id, []).append(sku_code)
    return new


def unallocate(shop: Shop, references: Sequence[Reference], *, dry_run: bool = False) -> Report:
    """One outcome an item whose allocation is to be taken back."""
    role = shop.require(Role.MERCHANT, "unallocate")

    def decide() -> list[Decision]:
        found = find_items(shop, references, role)
        items = [
            (item, one.row)
            for one, several in zip(references, found, strict=True)
            if not isinstance(several, Decision)
            for item in several
        ]
        if not all(item.local or item.is_free for item, _ in items):
            _able(shop, Kind.CANCEL, role)
        live = shop.store.operations.live_of(item.item_id for item, _ in items)
        return in_order(found, _with_recalls(shop, plan_cancel(items, live)))

    return carry_out(shop, decide, dry_run=dry_run)


def _factories(rows: Sequence[AllocationRow], names: Mapping[str, str]) -> list[str]:
    """Each row's factory: a local one as it is written here, else the shop's number as the row has it."""
    meant = {text: names.get(key(text), text) for text in {row.factory_id for row in rows}}
    return [meant[row.factory_id] for row in rows]


def _wishes(
    shop: Shop, rows: Sequence[AllocationRow], wished: Sequence[str], role: Role
) -> list[list[AllocationWish] | Decision]:
    """For each row its wishes, or its refusal."""
    found = find_items(shop, [row.reference for row in rows], role)
    return [
        items
        if isinstance(items, Decision)
        else [AllocationWish(item, factory_id, row.reference.row) for item in items]
        for row, factory_id, items in zip(rows, wished, found, strict=True)
    ]


def _with_recalls(shop: Shop, decisions: list[Decision]) -> list[Decision]:
    """A warning where a local factory was told on a sheet to send what is taken from it."""
    taken = [one.item_id for one in decisions for draft in one.drafts[:1] if _is_taken_here(draft)]
    told = on_sheets(shop.store.connection, taken) if taken else set()
    return [
        replace(one, warning="sheet.recall") if one.drafts and one.item_id in told else one
        for one in decisions
    ]


def _is_taken_here(draft: Draft) -> bool:
    return draft.kind is Kind.CANCEL and draft.wish.get("local") is True


def _able(shop: Shop, kind: Kind, role: Role) -> None:
    """What goes to the platform needs one that can; local factories need none."""
    shop.platform().capabilities(role).can(kind)
