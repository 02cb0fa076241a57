"""What is pinned to an item, as JSON: holds, notes, and what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.domain.moment import rfc3339

if TYPE_CHECKING:
    from dropship_cli.domain.change import Change
    from dropship_cli.domain.item import Item
    from dropship_cli.domain.mark import Marked

REFUND_OPEN, REFUNDED = "refund_open", "refunded"


def mark_record(item: Item, marked: Marked | None, *, left_behind: bool = False) -> dict[str, Any]:
    """`held`, `note`, `attention`: the last is a list of what a person has to look at, empty on a quiet day.

    `left_behind`: refunded, and nobody is taking it back from its factory.
    """
    hold = marked.hold if marked else None
    changes = marked.changes if marked else ()
    refunds = {REFUND_OPEN: _is_refund_at_factory(item), REFUNDED: left_behind}
    return {
        "held": {"reason": hold.reason, "until": rfc3339(hold.until), "who": hold.who} if hold else None,
        "note": marked.note if marked else "",
        "attention": [
            *(
                {"what": what, "before": "", "after": "", "at": None}
                for what, is_so in refunds.items()
                if is_so
            ),
            *map(_change_record, changes),
        ],
    }


def _change_record(change: Change) -> dict[str, Any]:
    times = change.field.value == "urgent"
    before, after = ((rfc3339(int(one)) if times and one else one) for one in (change.before, change.after))
    return {"what": change.field.value, "before": before, "after": after, "at": rfc3339(change.at)}


def _is_refund_at_factory(item: Item) -> bool:
    return (
        item.refund.value == "open"
        and not item.is_free
        and item.shipment.value != "shipped"
        and not item.closed
    )
