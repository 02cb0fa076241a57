"""`stats`: how many orders, how fast, how late, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring

if TYPE_CHECKING:
    from dropship_cli.actions.stats import By, Stats


def stats(
    since: Annotated[
        str | None, typer.Option("--since", help="From this day or time on; else the last 30 days.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Before this day or time.")] = None,
    by: Annotated[str, typer.Option("--by", help="day, factory, sku or merchant.", metavar="WHAT")] = "day",
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", help="At most so many groups; 0 is all.", min=0)
    ] = None,
) -> int:
    """Show how a shop does: orders a day, time to ship, late share, refunds, who ships. No call is made.

    Counted by the day of payment; for a factory by the day of allocation. Late: shipped after the promised time,
    or not shipped and past it.

    Examples: dropship stats; dropship stats --by factory --since 2026-11-01; dropship stats --by sku --json
    """
    from dropship_cli.actions import stats as action
    from dropship_cli.cli.orders import moment

    with wiring.shop() as shop:
        found = action.stats(shop, by=_by(by), since=moment(since), until=moment(until))
        _show(found, shop.profile.name, limit)
    return 0


def _by(text: str) -> By:
    from dropship_cli.actions.stats import By
    from dropship_cli.domain.errors import UsageError

    if text not in list(By):
        raise UsageError("stats.by", by=text, known=", ".join(By))
    return By(text)


def _show(found: Stats, profile: str, limit: int | None) -> None:
    from dropship_cli.cli.orders import shown_rows
    from dropship_cli.terminal import stats_view

    screen = wiring.screen()
    groups = found.groups[: shown_rows(limit)]
    if screen.json:
        record = stats_view.stats_record(found.period, found.by, found.whole, groups)
        screen.record("stats", {"profile": profile, **record})
    elif groups:
        stats_view.show(screen, found.period, found.by, found.whole, groups)
        if len(groups) < len(found.groups):
            screen.note("stats.more", shown=len(groups), count=len(found.groups))
    else:
        screen.note("stats.nothing" if found.known else "stats.empty")
