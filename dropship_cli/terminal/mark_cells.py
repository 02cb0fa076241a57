"""What is pinned to an item, as cells of a table: the reasons, or one sign for them."""

from __future__ import annotations

from dropship_cli.terminal import words
from dropship_cli.terminal.cells import LATE, URGENT, Cell, Look, Row, minute
from dropship_cli.terminal.clean import clean
from dropship_cli.terminal.mark_shape import REFUND_OPEN, REFUNDED


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


def _told(one: Row, look: Look) -> str:
    shown = minute if one["what"] == "urgent" else str
    values = {name: clean(shown(one[name] or "")) for name in ("before", "after")}
    return words.note(f"attention.{one['what']}", look.lang, values)
