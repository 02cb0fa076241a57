"""The one place where what the platform reads of an item meets what only we know: that a local factory has it.

Every item is written through `Items.put`, and `Items.put` writes what this answers; so every list, count and export
sees the item as allocated to that factory. Where the platform's reading ends the local allocation the platform wins,
and the log says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dropship_cli.domain.item import Item
from dropship_cli.domain.local import Kept, ended_by, laid_over
from dropship_cli.store.connection import Connection
from dropship_cli.store.local import Local
from dropship_cli.store.log import Log

ACT = "local_conflict"
"""The log's name for a local allocation that the platform ended."""
PLATFORM = "platform"
"""Who did it, in the log."""

Before = Callable[[list[str]], dict[str, Item]]


def overlaid(connection: Connection, items: Iterable[Item], before: Before, at: float) -> Iterable[Item]:
    """The items as they are to be kept. `before` answers them as they were; the caller holds the transaction."""
    local = Local(connection)
    if not local.is_used:
        return items
    batch = list(items)
    read = [one.item_id for one in batch if not one.local]  # one that is local comes from us
    kept = local.kept(read)
    known = before(list(kept))
    return [
        _met(connection, one, kept[one.item_id], known.get(one.item_id), at)
        if one.item_id in kept and not one.local
        else one
        for one in batch
    ]


def _met(connection: Connection, item: Item, kept: Kept, before: Item | None, at: float) -> Item:
    code = ended_by(item, before, shipping=_is_shipping(connection, item.item_id))
    if code is None:
        return laid_over(item, kept)
    Local(connection).take_back(item.item_id)
    Log(connection).add(ACT, who=PLATFORM, at=at, target=item.item_id, outcome=code, detail=kept.factory)
    return item


def _is_shipping(connection: Connection, item_id: str) -> bool:
    """Whether a shipment of ours is on its way: then what has left, we sent."""
    row = connection.execute(
        "SELECT 1 FROM operations WHERE target = ? AND kind = 'ship' AND state IN ('queued', 'sending', 'unknown')",
        (item_id,),
    ).fetchone()
    return row is not None
