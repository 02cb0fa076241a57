"""Stop a shop, and let it go on: nothing new is sent in between, what is in flight finishes. Sends nothing itself."""

from __future__ import annotations

from typing import NamedTuple

from dropship_cli.actions.context import Shop
from dropship_cli.domain.operation import State
from dropship_cli.domain.standstill import Standstill


class Standing(NamedTuple):
    """How the shop stands after the word: stopped or not, whether the word changed it, what waits, what flies."""

    standstill: Standstill | None
    changed: bool
    queued: int
    sending: int


def stop(shop: Shop, reason: str = "") -> Standing:
    """Stopped from this moment on, for every run of every process: each asks before its next call.

    It takes no lock, as the run that it stops holds that. Said again it stays as it was, or takes the new reason.
    """
    with shop.store.transaction():
        before = shop.store.facts.standstill()
        now = Standstill(shop.now(), shop.who, reason) if before is None else before
        if reason:
            now = now._replace(reason=reason)
        changed = now != before
        if changed:
            shop.store.facts.stand_still(now)
            shop.store.log.add("stop", who=shop.who, at=shop.now(), detail=reason)
    return _standing(shop, now, changed=changed)


def resume(shop: Shop) -> Standing:
    """What waits may be sent again: by the next `sync`, or the same command once more."""
    with shop.store.transaction():
        changed = shop.store.facts.standstill() is not None
        if changed:
            shop.store.facts.stand_still(None)
            shop.store.log.add("resume", who=shop.who, at=shop.now())
    return _standing(shop, None, changed=changed)


def _standing(shop: Shop, standstill: Standstill | None, *, changed: bool) -> Standing:
    live = shop.store.operations.counts()
    return Standing(standstill, changed, live.get(State.QUEUED, 0), live.get(State.SENDING, 0))
