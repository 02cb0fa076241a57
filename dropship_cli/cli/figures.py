"""`stats`: how many orders, how fast, how late, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.everywhere import AllProfiles

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
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
    all_profiles: AllProfiles = False,
) -> int:
    """Show how a shop does: orders a day, time to ship, late share, refunds, who ships. No call is made.

    Counted by the day of payment; for a factory by the day of allocation. Late: shipped after the promised time,
    or not shipped and past it.

    Examples: dropship stats; dropship stats --by factory --since 2026-11-01; dropship stats --by sku --json
    """
    from dropship_cli.actions import stats as action
    from dropship_cli.cli.everywhere import each_shop
    from dropship_cli.cli.times import moment

    what, start, end = _by(by), moment(since), moment(until)
    told: list[tuple[str, Stats]] = []

    def one(shop: Shop) -> int:
        told.append((shop.profile.name, action.stats(shop, by=what, since=start, until=end)))
        return 0

    if all_profiles:
        status = int(each_shop(one))
        _show_all(told, limit)
        return status
    with wiring.shop() as shop:
        one(shop)
    _show(told[0][1], told[0][0], limit)
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
        screen.record("stats", _record(profile, found, limit))
    elif groups:
        stats_view.show(screen, found.period, found.by, found.whole, groups)
        if len(groups) < len(found.groups):
            screen.note("stats.more", shown=len(groups), count=len(found.groups))
    else:
        screen.note("stats.nothing" if found.known else "stats.empty")


def _show_all(told: Sequence[tuple[str, Stats]], limit: int | None) -> None:
    """An array for scripts, columns with the profile before them for pipes, a part a shop for people."""
    import sys

    from dropship_cli.terminal import stats_view

    screen = wiring.screen()
    if screen.json:
        screen.records("stats", [_record(profile, found, limit) for profile, found in told])
    elif sys.stdout.isatty():
        for profile, found in told:
            screen.gap()
            screen.line("stats.shop", name=profile)
            _show(found, profile, limit)
    else:
        rows = [
            {"profile": profile, **stats_view.group_record(group, found.by)}
            for profile, found in told
            for group in found.groups[: limit or None]
        ]
        screen.records("shops_stats", rows)


def _record(profile: str, found: Stats, limit: int | None) -> dict[str, Any]:
    from dropship_cli.terminal.stats_view import stats_record

    groups = found.groups[: limit or None]
    return {"profile": profile, **stats_record(found.period, found.by, found.whole, groups)}
