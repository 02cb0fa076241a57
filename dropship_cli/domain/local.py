"""Factories that are not on the platform: their names, and when the platform's word ends what we gave to one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.item import AllocationState, Item, ShipmentState

LONGEST = 40
"""Characters of a name (our decision: it has to fit a cell and a line)."""
_NUMBER = re.compile(r"[\d.,eE+\-]+")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class LocalFactory:
    """A factory that only this shop knows. `added_at` is in Unix seconds."""

    name: str
    note: str = ""
    added_at: float = 0.0

    @property
    def as_partner(self) -> Binding:
        """For plans and rules: bound from the beginning, by nobody's leave."""
        return Binding(self.name, self.name, BindingState.BOUND, local=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that was given to a local factory. The platform knows nothing of it."""

    item_id: str
    factory: str
    at: int


def tidy(name: str) -> str:
    """A name without what can't be seen, in narrow form, single spaces between its words."""
    seen = "".join(
        " " if one.isspace() else one
        for one in unicodedata.normalize("NFKC", name)
        if one.isspace() or unicodedata.category(one) not in _UNSEEN
    )
    return " ".join(seen.split())


def new_name(text: str) -> str:
    """The tidy name of a new factory.

    Raises `UsageError` `factory.name`: empty, too long, or what a sheet would take for something else (it begins
    with a mark); `factory.number`: all digits, as the platform's ids, or what a spreadsheet reads as a number.
    """
    name = tidy(text)
    if _NUMBER.fullmatch(name):
        raise UsageError("factory.number", name=name)
    if not name or len(name) > LONGEST or not name[0].isalnum():
        raise UsageError("factory.name", name=name, limit=LONGEST)
    return name


def key(name: str) -> str:
    """What two spellings of one name have in common."""
    return tidy(name).casefold()


def laid_over(item: Item, kept: Kept) -> Item:
    """The platform's reading of an item with what only we know: which local factory has it."""
    return replace(
        item, allocation=AllocationState.ALLOCATED, factory_id=kept.factory, factory_name=None,
        allocated_at=kept.at, local=True,
    )  # fmt: skip


def ended_by(item: Item, before: Item | None, *, shipping: bool) -> str | None:
    """Why the platform's reading ends a local allocation, as a code; nothing where it goes on.

    A factory on the platform has it now, or it left and not by us: `before` is the item as we knew it, `shipping`
    says that a shipment of ours is on its way.
    """
    if item.allocation is AllocationState.ALLOCATED:
        return "local.taken"
    is_news = before is None or before.shipment is not ShipmentState.SHIPPED
    if item.shipment is ShipmentState.SHIPPED and is_news and not shipping:
        return "local.shipped_elsewhere"
    return None
