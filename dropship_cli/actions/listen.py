"""Listen to a shop's pushes: a server that answers after the commit, a writer, and a looker beside them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from time import monotonic

from dropship_cli.actions.context import Shop
from dropship_cli.actions.keep import Keeper, Told
from dropship_cli.actions.look import look
from dropship_cli.domain.errors import BusyError, DropshipError, RefusedError
from dropship_cli.domain.shop import Profile
from dropship_cli.platforms.push_server import PushServer
from dropship_cli.platforms.pushes import Pushes
from dropship_cli.platforms.receiving import application
from dropship_cli.store.db import Store

SLICE, HELD = 5, 0.5
"""Messages a look reads, and seconds for which looks follow one another under the shop's lock: whoever comes waits
that long."""
PAUSE, IDLE, BUSY, TROUBLE = 0.2, 0.5, 1.0, 15.0
"""Seconds until the next look: so that others get the lock; when nothing waits; when another run has the lock; when
the platform is away."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What a listener needs of the house; each thread opens its own.

    `open_shop` gives a shop whose lock is held briefly; `told` hears each message kept, `troubled` why a look failed.
    """

    profile: Profile
    pushes: Pushes | None
    open_store: Callable[[], AbstractContextManager[Store]]
    open_shop: Callable[[], AbstractContextManager[Shop]]
    who: str
    now: Callable[[], float]
    told: Told
    troubled: Callable[[DropshipError], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen; port 0 takes a free one."""

    address: str
    port: int
    workers: int


def listen(doors: Doors, place: Place, on_ready: Callable[[int], None]) -> None:
    """Listen until the process is told to end (`Interrupted`); `on_ready` hears the port.

    Raises `UsageError` where the address can't be had, `RefusedError` where the platform pushes nothing.
    """
    if doors.pushes is None:
        raise RefusedError("listen.none", platform=doors.profile.platform)
    keeper = Keeper(
        doors.open_store, shop_id=doors.profile.shop_id, who=doors.who, now=doors.now, told=doors.told
    )
    app = application(doors.pushes, keep=keeper.keep, refuse=keeper.refuse)
    server = PushServer(app, place.address, place.port, workers=place.workers, refuse=keeper.refuse)
    looker = _Looker(doors)
    with ThreadPoolExecutor(max_workers=3, thread_name_prefix="listen") as crew:
        keeping, serving, looking = (crew.submit(work) for work in (keeper.run, server.run, looker.run))
        try:
            on_ready(server.port)
            # None of them ends by itself: one that does has failed, and half a listener is none.
            wait((keeping, serving, looking), return_when=FIRST_COMPLETED)
        finally:
            # In this order: nothing new comes in, what came is kept and answered, then the writer may go.
            server.stop()
            wait((serving,))
            keeper.stop()
            looker.stop()
        for one in (keeping, serving, looking):
            one.result()


class _Looker:
    """Reads what messages name, a few at a time; never in the way of whoever works with the shop."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._stopped = Event()
        self._trouble = ""

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        """Look, pause, look again, until `stop`."""
        with self._doors.open_store() as store:
            pause = 0.0
            while not self._stopped.wait(pause):
                pause = self._round() if store.inbox.waiting(1) else IDLE

    def _round(self) -> float:
        """Look at everything that waits; the seconds until the next round."""
        try:
            with self._doors.open_shop() as shop:
                while not self._stopped.is_set() and shop.in_time:
                    with shop.lock(0):
                        more = self._look(shop)
                    self._trouble = ""
                    if not more:
                        break
                    self._stopped.wait(PAUSE)
        except BusyError:
            return BUSY
        except DropshipError as error:
            if error.code != self._trouble:  # once a case, not each quarter of a minute
                self._trouble = error.code
                self._doors.troubled(error)
            return TROUBLE
        return PAUSE

    def _look(self, shop: Shop) -> bool:
        """Whether there may be more after the time for which the lock may be held."""
        until = monotonic() + HELD
        while look(shop, most=SLICE).messages:
            if monotonic() > until or self._stopped.is_set():
                return True
        return False
