"""Take over what the platform shows of items, and keep what it changed about those already handed over."""

from __future__ import annotations

from collections.abc import Sequence

from dropship_cli.actions.context import Shop
from dropship_cli.actions.refunds import remembered
from dropship_cli.domain.change import Change, changes
from dropship_cli.domain.item import Item
from dropship_cli.store.overlay import PLATFORM


def observe(shop: Shop, items: Sequence[Item]) -> int:
    """Write what is new about items as they were read just now, each once; how many changes wait for somebody. The
    caller holds the transaction."""
    now = shop.now()
    known = shop.store.items.by_ids(item.item_id for item in items)
    read = (remembered(item, known.get(item.item_id)) for item in items)
    news = [item for item in read if known.get(item.item_id) != item]  # windows overlap: most may be known
    found = [
        change
        for item in news
        if (before := known.get(item.item_id)) is not None
        for change in changes(before, item, now)
    ]
    shop.store.items.put(news, now)
    _keep(shop, found)
    return sum(1 for one in found if one.acked_at is None)


def _keep(shop: Shop, found: Sequence[Change]) -> None:
    """In the table that `ack` works on, and in the log, where history stays."""
    shop.store.marks.add(found)
    for one in found:
        shop.store.log.add(
            "change", who=PLATFORM, at=one.at, target=one.item_id, outcome=one.field,
            detail=f"{one.before} -> {one.after}" if one.before or one.after else "",
        )  # fmt: skip
