"""What is pinned to an item beside the platform's own facts, and what of it keeps the item where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dropship_cli.domain.change import STOPPING, Change
from dropship_cli.domain.hold import Hold

if TYPE_CHECKING:  # lists show marks, and have nothing to decide
    from dropship_cli.domain.decision import Bars, Refusal

KEPT_BACK = frozenset({"item.held", "item.changed"})
"""The codes of what waits for somebody's `release` or `ack`."""


class Marked(NamedTuple):
    """One item's marks: a hold in force, a note of our own, changes that nobody has acknowledged yet."""

    hold: Hold | None = None
    note: str = ""
    changes: tuple[Change, ...] = ()


def bars(marked: Mapping[str, Marked], *, shipping: bool) -> Bars:
    """The items that may not go on, each with the reason. A changed address stops the shipment, not the allocation:
    the factory is told the new one."""
    found: dict[str, Refusal] = {}
    for item_id, marks in marked.items():
        stopping = [one for one in marks.changes if one.field in STOPPING] if shipping else []
        if marks.hold is not None:
            found[item_id] = "item.held", marks.hold.values()
        elif stopping:
            found[item_id] = "item.changed", {"field": stopping[0].field, "item": item_id}
    return found
