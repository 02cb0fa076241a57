"""Is everything in order? One small check a function; each says what it found and what to do."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dropship_cli.actions.bind import how_to_choose
from dropship_cli.actions.context import Shop
from dropship_cli.actions.hearing import listening
from dropship_cli.domain.errors import DropshipError
from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.operation import State


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is `good`, `mended` or `bad`, and the code and facts of its sentence."""

    name: str
    state: str
    code: str
    values: tuple[tuple[str, object], ...] = ()


SKEW = 60
"""Seconds our clock may differ before it is worth a word."""


def examine(shop: Shop) -> list[Check]:
    """Configuration, files, store, journal, secret, token, reach, clock; a failing check never hides the next."""
    checks: list[Check] = []
    for name, check in CHECKS:
        try:
            checks.append(check(shop))
        except DropshipError as error:
            values = error.values | ({"path": str(shop.store.path)} if error.values.get("path") == "" else {})
            checks.append(Check(name, "bad", error.code, tuple(values.items())))
    return checks


def _configuration(shop: Shop) -> Check:
    """What this profile is; an address only where there is one to call."""
    profile = shop.profile
    world = "sandbox" if profile.is_sandbox else "live"
    return _good(
        "configuration", "check.profile", profile=profile.name, shop_id=profile.shop_id, platform=profile.platform,
        world=world, base_url=profile.base_url.removesuffix("sandbox:"),
    )  # fmt: skip


def _files(shop: Shop) -> Check:
    """Everything of ours is readable by its owner alone; what is not is mended here."""
    open_ones = [path for path in _ours(shop.store.path.parent) if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    for path in open_ones:
        path.chmod(0o700 if path.is_dir() else 0o600)
    if open_ones:
        return Check("files", "mended", "check.files_closed", (("count", len(open_ones)),))
    return _good("files", "check.files", path=str(shop.store.path.parent))


def _store(shop: Shop) -> Check:
    (found,) = shop.store.connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        return Check("store", "bad", "store.corrupt", (("path", str(shop.store.path)), ("detail", found)))
    (mode,) = shop.store.connection.execute("PRAGMA journal_mode").fetchone()
    with shop.store.transaction():  # a real write: a full or read-only disk is found here, not by a shipment
        shop.store.facts.put("doctor", repr(shop.now()))
    return _good("store", "check.store", items=shop.store.items.count(), mode="" if mode == "wal" else mode)


def _journal(shop: Shop) -> Check:
    live = shop.store.operations.counts()
    unknown, queued = live.get(State.UNKNOWN, 0) + live.get(State.SENDING, 0), live.get(State.QUEUED, 0)
    if unknown or queued:
        kept = shop.store.operations.kept_back(shop.now()) or None
        values = (("unknown", unknown), ("queued", queued), ("kept", kept))
        return Check("journal", "advice", "check.journal_waits", values)
    return _good("journal", "check.journal")


def _standstill(shop: Shop) -> Check:
    found = shop.store.facts.standstill()
    if found is None:
        return _good("sending", "check.sending")
    return Check("sending", "advice", "run.stopped", tuple(found.error().values.items()))


def _reach(shop: Shop) -> Check:
    """Secret, token and network at once: a signed call that changes nothing."""
    role = shop.read_role()
    if role is None:
        return Check("platform", "advice", *how_to_choose(shop))
    return _good("platform", "check.reach", role=role)


def _clock(shop: Shop) -> Check:
    skew = shop.platform().clock_skew()
    if skew is None:
        return _good("clock", "check.clock_unknown")
    if abs(skew) > SKEW:
        return Check("clock", "advice", "check.clock_off", (("seconds", round(abs(skew))),))
    return _good("clock", "check.clock", seconds=round(abs(skew)))


def _listener(shop: Shop) -> Check:
    """A listener that died says nothing by itself: its last sign of life does."""
    found = listening(shop)
    if found is None or (found.since is None and not found.waiting):
        return _good("listener", "check.listen_none")
    facts = {
        "when": rfc3339(found.last_push_at) or "-", "waiting": found.waiting, "refused": found.refused,
        "lost": found.lost, "alive": rfc3339(found.alive_at),
    }  # fmt: skip
    if found.is_up(shop.now()):
        return Check("listener", "good", "check.listening", tuple(facts.items()))
    return Check("listener", "advice", "check.listen_away", tuple(facts.items()))


def _good(name: str, code: str, **values: object) -> Check:
    return Check(name, "good", code, tuple(values.items()))


def _ours(folder: Path) -> list[Path]:
    return [path for path in (folder, *sorted(folder.rglob("*"))) if not path.is_symlink()]


CHECKS: tuple[tuple[str, Callable[[Shop], Check]], ...] = (
    ("configuration", _configuration),
    ("files", _files),
    ("store", _store),
    ("journal", _journal),
    ("sending", _standstill),
    ("platform", _reach),
    ("clock", _clock),
    ("listener", _listener),
)
"""What is looked at, in this order, and how."""
