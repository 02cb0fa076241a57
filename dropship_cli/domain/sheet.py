"""What goes on a local factory's sheet: what it has to send and was not told yet, but nothing that must not leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dropship_cli.domain.item import Item, RefundState
from dropship_cli.domain.picking import Candidate, why_kept
from dropship_cli.domain.shop import Role

CHANGED = "item.changed"
"""The bar of an item whose change nobody has acknowledged (`domain.mark`)."""


@dataclass(frozen=True, slots=True)
class Told:
    """An unshipped item of the factory: when it was put on a sheet, and since when it is stopped (Unix seconds)."""

    candidate: Candidate
    sheet_at: float | None = None
    stopped_at: float | None = None

    @property
    def is_new(self) -> bool:
        """On no sheet yet; or stopped since, so that the factory laid it aside and has to hear of it again."""
        return self.sheet_at is None or self.stopped_at is not None


@dataclass(frozen=True, slots=True)
class Stopped:
    """An item that must not leave, and why, as a code; `sheet_at` says that the factory may be packing it already."""

    item: Item
    code: str
    reason: str | None = None
    sheet_at: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The items to write, those kept off, how many are on an earlier sheet, and how many are leaving just now."""

    items: tuple[Item, ...]
    stopped: tuple[Stopped, ...]
    earlier: int
    going: int


def sheet(told: Iterable[Told], *, whole: bool) -> Sheet:
    """Everything new, or, with `whole`, everything that is to be sent; in the given order.

    What is stopped is named each time; what is closed or refunded for good, once (our decision).
    """
    items: list[Item] = []
    stopped: list[Stopped] = []
    earlier = going = 0
    for one in told:
        found = _stopped(one)
        if found is not None:
            if one.stopped_at is None or not _is_over(one.candidate.item):
                stopped.append(found)
        elif one.candidate.going:
            going += 1
        elif whole or one.is_new:
            items.append(one.candidate.item)
        else:
            earlier += 1
    return Sheet(tuple(items), tuple(stopped), earlier, going)


def _stopped(one: Told) -> Stopped | None:
    item = one.candidate.item
    kept = why_kept(one.candidate, Role.MERCHANT)
    # A change is news to whom an earlier sheet told otherwise; a first sheet tells the new state.
    if kept is None or (kept[0] == CHANGED and one.sheet_at is None):
        return None
    if item.closed or item.refund is RefundState.REFUNDED:
        return Stopped(item, "sheet.closed", item.cancel_reason or None, one.sheet_at)
    if item.refund is RefundState.OPEN:
        return Stopped(item, "sheet.refund_open", None, one.sheet_at)
    code, values = one.candidate.bar or ("", {})
    if code == CHANGED:
        return Stopped(item, "sheet.changed", str(values["field"]), one.sheet_at)
    return Stopped(item, "sheet.held", str(values["reason"]) if values.get("reason") else None, one.sheet_at)


def _is_over(item: Item) -> bool:
    return item.closed or item.refund is RefundState.REFUNDED
