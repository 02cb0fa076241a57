"""The doors of `listen`: where it may receive, and what its threads open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dropship_cli.cli.wiring import home, log_file, open_platform, profile, shop, who
from dropship_cli.domain.errors import DropshipError, UsageError

if TYPE_CHECKING:
    from dropship_cli.actions.keep import Told
    from dropship_cli.actions.listen import Doors

LOOK = 60.0
"""Seconds after which a listener's look opens the shop anew, so that no deadline of a run ends it."""


def require_loopback(address: str, *, allowed: bool) -> None:
    """Refuse to receive without TLS from beyond this machine, unless the person said so."""
    from dropship_cli.platforms.base_url import is_loopback

    if not allowed and not is_loopback(address):
        raise UsageError("listen.not_loopback", address=address)


@contextmanager
def listener(told: Told, troubled: Callable[[DropshipError], None]) -> Iterator[Doors]:
    """The doors of the profile's one listener; each of its threads opens the store or the shop for itself."""
    import logging

    from dropship_cli.actions.listen import Doors
    from dropship_cli.domain.settings import settings_of
    from dropship_cli.store.db import open_store
    from dropship_cli.store.lock import shop_lock

    here, chosen = home(), profile()
    folder = here.make(here.folder(chosen.name))
    log_file()
    logging.getLogger("waitress").parent = logging.getLogger("dropship")  # the log file, not the screen
    platform = open_platform(here, chosen, settings_of(chosen.settings), time.monotonic() + LOOK)
    pushes = platform.pushes()
    platform.close()
    with shop_lock(folder / "listen", code="listen.busy"):
        yield Doors(
            profile=chosen,
            pushes=pushes,
            open_store=lambda: open_store(folder / "store.db", chosen.owner),
            open_shop=lambda: shop(deadline=LOOK, named=chosen.name, brief=True),
            who=who(),
            now=time.time,
            told=told,
            troubled=troubled,
        )
