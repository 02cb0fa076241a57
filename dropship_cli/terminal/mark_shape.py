"""What is pinned to an item, as JSON and as a cell: holds, notes, and what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words
from dropship_cli.terminal.cells import LATE, URGENT, Cell, Look, Row, minute
from dropship_cli.terminal.clean import clean

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


def attention(row: Row, key: str, look: Look) -> Cell:
    """Everything that needs a person, and why it is held, in one cell."""
    told = [_told(one, look) for one in row.get("attention") or ()]
    held = row.get("held")
    if held:
        told.append(words.note("attention.held", look.lang, {**held, "until": minute(held["until"])}))
    stops = any(
        one["what"] in (REFUND_OPEN, REFUNDED, "cancelled", "withdrawn", "address")
        for one in row.get("attention") or ()
    )
    return Cell("; ".join(told), LATE if stops else URGENT)


def flag(row: Row, key: str, look: Look) -> Cell:
    """One sign in a list that has no room for the reason."""
    cell = attention(row, key, look)
    return Cell("!" if cell.text else "", cell.style)


def _change_record(change: Change) -> dict[str, Any]:
    times = change.field.value == "urgent"
    before, after = ((rfc3339(int(one)) if times and one else one) for one in (change.before, change.after))
    return {"what": change.field.value, "before": before, "after": after, "at": rfc3339(change.at)}


def _told(one: Row, look: Look) -> str:
    shown = minute if one["what"] == "urgent" else str
    values = {name: clean(shown(one[name] or "")) for name in ("before", "after")}
    return words.note(f"attention.{one['what']}", look.lang, values)


def _is_refund_at_factory(item: Item) -> bool:
    return (
        item.refund.value == "open"
        and not item.is_free
        and item.shipment.value != "shipped"
        and not item.closed
    )
