"""`orders --watch`: the list on a terminal, drawn again and again until Ctrl-C; it reads the store and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dropship_cli.cli import wiring
from dropship_cli.cli.listing import records
from dropship_cli.domain.errors import ExitStatus, Interrupted, UsageError

if TYPE_CHECKING:
    from dropship_cli.cli.listing import Ask
    from dropship_cli.terminal.screen import Screen

_AROUND = 5
"""Lines beside the items: what it is, the headings, the sum, what is hidden, how many more there are."""


def watch(ask: Ask, limit: int | None, every: float) -> int:
    """Show what `ask` asks for every so many seconds. Ctrl-C is how it ends, and so no failure: 0.

    Raises UsageError `watch.terminal` where nobody could see it.
    """
    from dropship_cli.terminal.live import live

    screen = wiring.screen()
    if screen.json or not sys.stdout.isatty():
        raise UsageError("watch.terminal")
    wiring.profile()  # an error about the profile belongs on the first page
    try:
        with live(screen) as page:
            while True:
                page.show(lambda frame, lines: _draw(frame, lines, ask, limit, every))
                page.rest(every)
    except Interrupted as end:
        if end.exit_status is not ExitStatus.INTERRUPTED:
            raise
    return 0


def _draw(frame: Screen, lines: int, ask: Ask, limit: int | None, every: float) -> None:
    """One picture: whose list it is and how fresh, and as many items as there is room for."""
    from dropship_cli.actions import orders as action
    from dropship_cli.terminal.cells import ago

    room = max(lines - _AROUND, 1)
    with wiring.shop() as shop:
        frame.own, frame.soon = shop.profile.shop_id, shop.settings.soon
        synced = shop.store.facts.get("last_sync_at")
        wanted = ask(shop)._replace(limit=min(limit or room, room))
        frame.line(
            "watch.head", name=shop.profile.name, every=f"{every:g}",
            when=ago(float(synced), frame.look()) if synced else None,
        )  # fmt: skip
        found = list(records(shop, action.find(shop, wanted)))
        whole = action.count(shop, wanted)
    frame.records("items", found)
    if whole > len(found):
        frame.note("watch.more", shown=len(found), count=whole)
