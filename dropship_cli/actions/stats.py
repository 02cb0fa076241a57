"""How a shop did: its figures over a period, whole and by day, factory, SKU or merchant. Nothing is shown here."""

from __future__ import annotations

from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.actions.orders import reads_as_factory
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.figures import By, Figures, Period
from dropship_cli.domain.moment import midnight
from dropship_cli.store.figures import Asked, figures, first_at

__all__ = ["By", "Stats", "stats"]

DAYS = 30
"""How far back the figures go where nobody says (our decision)."""
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures asked for. `groups` are told apart by `by`; `known` says whether the store has any item at all."""

    period: Period
    by: By
    whole: Figures
    groups: list[Figures]
    known: bool


def stats(shop: Shop, *, by: By = By.DAY, since: int | None = None, until: int | None = None) -> Stats:
    """Count what came from `since` until before `until` (Unix seconds); else the last 30 days, today included.

    Raises UsageError `stats.period` for a period that ends before it begins. No call is made.
    """
    now = int(shop.now())
    end = until if until is not None else midnight(now) + _DAY
    start = since if since is not None else midnight(end - 1) - (DAYS - 1) * _DAY
    if start >= end:
        raise UsageError("stats.period")
    asked = Asked(None, start, end, now, reads_as_factory(shop))
    connection = shop.store.connection
    return Stats(
        period=Period(start, end, _days(first_at(connection, asked), min(end, midnight(now) + _DAY))),
        by=by,
        whole=next(figures(connection, asked), Figures(None, None)),
        groups=list(figures(connection, asked._replace(by=by))),
        known=shop.store.items.any(),
    )


def _days(first: int | None, end: int) -> int:
    """How many days in Beijing lie between the first item and the end, both of them counted."""
    return 0 if first is None else max((midnight(end - 1) - midnight(first)) // _DAY + 1, 1)
