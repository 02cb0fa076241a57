"""Local allocations that the platform ended, or a refund: said once by whoever comes first, `sync` or an import.

They are found wherever items are written, by `listen` too, and wait in the log until they are said.
"""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.actions.context import Shop
from dropship_cli.store.overlay import ACT
from dropship_cli.store.sheets import on_sheets

TOLD = "conflicts_told"
"""Up to which entry of the log they have been said."""

Conflict = tuple[str, str, str]
"""Item, code, local factory."""


def untold(shop: Shop) -> list[Conflict]:
    """What nobody has been told yet; it counts as told from now on. The caller holds the transaction."""
    seen = int(shop.store.facts.get(TOLD) or 0)
    found = shop.store.log.after(seen, ACT)
    if found:
        shop.store.facts.put(TOLD, str(shop.store.log.last()))
    return found


def refunded(shop: Shop, item_ids: Iterable[str], who: str) -> None:
    """Note for telling what is taken back from local factories that were told to send it; the caller holds the
    transaction, and takes it back after."""
    told = on_sheets(shop.store.connection, item_ids)
    for kept in shop.store.local.kept(told).values():
        shop.store.log.add(
            ACT, who=who, at=shop.now(), target=kept.item_id, outcome="local.refunded", detail=kept.factory
        )
