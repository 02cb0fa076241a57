"""Make the statement of a month from what the store has, and say what it can't vouch for; no call is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.actions.partner import partner_of
from dropship_cli.actions.pull import CURSOR
from dropship_cli.domain.errors import RefusedError, UsageError
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, State
from dropship_cli.domain.price import PriceList
from dropship_cli.domain.shop import Role
from dropship_cli.domain.statement import (
    SAME_PACKAGE,
    Deductions,
    Line,
    Period,
    Totals,
    statement,
    totals,
)
from dropship_cli.store import owed


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of a month between this shop and a partner, and their sums.

    `not_owed` are agreed deductions of items that the factory did not ship by the end of the month; `timeless` were
    shipped, but nobody says when. `read_up_to` is the second up to which the orders were read; `on_the_way` counts
    shipments of which nobody knows yet whether the platform has them. Items from before `purged_before` may have
    been removed.
    """

    role: Role
    shop_id: str
    partner_id: str
    period: Period
    lines: list[Line]
    totals: Totals
    not_owed: list[str]
    timeless: list[str]
    read_up_to: int | None
    on_the_way: int
    purged_before: int | None

    @property
    def unpriced(self) -> dict[str, list[Line]]:
        """The lines without a price, by SKU code."""
        found: dict[str, list[Line]] = {}
        for one in self.lines:
            if one.price is None:
                found.setdefault(one.sku_code, []).append(one)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether every line has its price, every deduction its item, every item its month, and none was purged."""
        return not (self.totals.unpriced or self.not_owed or self.timeless or self.is_purged)

    @property
    def is_purged(self) -> bool:
        """Whether items of the period may have been removed."""
        return self.purged_before is not None and self.purged_before > self.period.start


def make(shop: Shop, partner: str, period: Period, deductions: Deductions) -> Statement:
    """The statement of a period with a partner, who is named by shop id, or by name where it is off the platform.

    Raises `RefusedError` `statement.partner` for one with whom there is neither a binding nor an item, `UsageError`
    `statement.refunds_unknown` where a factory asks for the refunds that its platform does not tell it of.
    """
    role = shop.require_any("statement")
    partner_id = partner_of(shop, partner)
    if deductions.refunded and role is Role.FACTORY:
        raise UsageError("statement.refunds_unknown")
    if not _is_known(shop, role, partner_id):
        raise RefusedError("statement.partner", partner_id=partner_id)
    items = {
        one.item_id: one
        for one in owed.shipped(
            shop.store.connection, role, partner_id, period.start - SAME_PACKAGE, period.end
        )
    }
    earlier, not_owed = _earlier(shop, role, partner_id, period, deductions.agreed, items)
    lines = statement(
        [*items.values(), *earlier], PriceList(shop.store.prices.all()), partner_id, period, deductions
    )
    return Statement(
        role=role,
        shop_id=shop.profile.shop_id,
        partner_id=partner_id,
        period=period,
        lines=lines,
        totals=totals(lines),
        not_owed=not_owed,
        timeless=owed.timeless(shop.store.connection, role, partner_id),
        read_up_to=shop.store.facts.cursor(CURSOR),
        on_the_way=_on_the_way(shop, role, partner_id),
        purged_before=shop.store.facts.purged_before(),
    )


def _is_known(shop: Shop, role: Role, partner_id: str) -> bool:
    local = {one.name for one in shop.store.local.factories()}
    return partner_id in {*shop.store.bindings.all(), *local} or owed.knows(
        shop.store.connection, role, partner_id
    )


def _earlier(
    shop: Shop,
    role: Role,
    partner_id: str,
    period: Period,
    agreed: Mapping[str, int | None],
    items: Mapping[str, Item],
) -> tuple[list[Item], list[str]]:
    """Items of an agreed deduction that left before those at hand, and ids of which none of this is true."""
    known = shop.store.items.by_ids(item_id for item_id in agreed if item_id not in items)
    earlier = [
        one
        for one in known.values()
        if owed.is_owed(one, role, partner_id) and (one.shipped_at or 0) < period.start
    ]
    found = {one.item_id for one in earlier}.union(items)
    return earlier, [item_id for item_id in agreed if item_id not in found]


def _on_the_way(shop: Shop, role: Role, partner_id: str) -> int:
    """Shipments of this partner's items whose outcome is not known, or that were not sent yet."""
    live = shop.store.operations.in_state(State.QUEUED, State.SENDING, State.UNKNOWN)
    targets = {one.target for one in live if one.kind is Kind.SHIP}
    return sum(
        1 for one in shop.store.items.by_ids(targets).values() if owed.partner(one, role) == partner_id
    )
