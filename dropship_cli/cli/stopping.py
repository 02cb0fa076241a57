"""`stop`, `resume`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.stop import Standing


def stop(
    reason: Annotated[str, typer.Option("--reason", help="Why; whoever looks is told.")] = "",
) -> int:
    """Send nothing new for this shop, from now on, in any terminal or cron; what is in flight finishes.

    What is asked for meanwhile waits. `sync` still reads. Go on with `dropship resume`.

    Example: dropship stop --reason "wrong numbers in tracking.xlsx"
    """
    from dropship_cli.actions.stop import stop as action

    with wiring.shop() as shop:
        return _show(shop, action(shop, reason.strip()), "stop")


def resume() -> int:
    """Let a stopped shop send again. Nothing is sent by this itself: `dropship sync` does.

    Example: dropship resume && dropship sync
    """
    from dropship_cli.actions.stop import resume as action

    with wiring.shop() as shop:
        return _show(shop, action(shop), "resume")


def _show(shop: Shop, standing: Standing, act: str) -> int:
    from dropship_cli.cli.showing import say_where
    from dropship_cli.terminal.standing_shape import standing_record

    screen = wiring.screen()
    if screen.json:
        screen.record("standing", standing_record(standing.standstill, standing.queued, standing.sending))
    screen.line(f"{act}.done" if standing.changed else f"{act}.already")
    if standing.queued or standing.sending:
        screen.note("stop.waits", queued=standing.queued, sending=standing.sending)
    say_where(screen, shop)
    return 0
