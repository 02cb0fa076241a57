"""What rules look at in the store: items to allocate, what has been allocated today, what was tried before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from dropship_cli.domain.item import Item
from dropship_cli.store.connection import Connection, sound
from dropship_cli.store.items import SELECT, item_of


class Allocating(NamedTuple):
    """An ended act of allocation in the journal; `rule` planned it, or a person where there is none."""

    item_id: str
    factory_id: str
    state: str
    error_code: str | None
    rule: int | None


def to_allocate(connection: Connection) -> list[Item]:
    """Everything that a factory may still be given, the first paid first."""
    rows = connection.execute(
        f"{SELECT} WHERE shipment = 'none' AND closed = 0 AND refund = 'none' AND allocation <> 'allocated' "
        "ORDER BY paid_at, order_id, item_id"
    )
    return [item_of(row) for row in rows.fetchall()]


def allocated_since(connection: Connection, at: int) -> list[Item]:
    """What was given to a factory at or after this second and is still its own, shipped or not."""
    rows = connection.execute(f"{SELECT} WHERE allocation = 'allocated' AND allocated_at >= ?", (at,))
    return [item_of(row) for row in rows.fetchall()]


def ended_since(connection: Connection, at: float) -> list[Allocating]:
    """Acts of allocation asked for since then that were done or refused, the oldest first."""
    rows = connection.execute(
        "SELECT target, wish, state, error_code, before FROM operations "
        "WHERE created_at >= ? AND kind = 'allocate' AND state IN ('done', 'refused') ORDER BY op_id",
        (at,),
    )
    return [_allocating(row) for row in rows.fetchall()]


@sound
def _allocating(row: Sequence[Any]) -> Allocating:
    wish, before = json.loads(row[1]), json.loads(row[4])
    return Allocating(row[0], str(wish["factory_id"]), row[2], row[3], before.get("rule"))
