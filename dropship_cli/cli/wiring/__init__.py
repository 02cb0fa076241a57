"""The one place that joins the rooms: from what the person said to a screen, a home folder, a shop with its doors."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dropship_cli.cli.options import GLOBALS
from dropship_cli.domain.errors import SetupError

if TYPE_CHECKING:  # each is loaded by the function that opens its door: a start is mostly imports
    from dropship_cli.actions.context import Shop
    from dropship_cli.domain.settings import Settings
    from dropship_cli.domain.shop import Profile
    from dropship_cli.platforms.base import Platform
    from dropship_cli.store.glimpse import Glimpse
    from dropship_cli.store.profiles import Home
    from dropship_cli.terminal.screen import Screen


def screen() -> Screen:
    """How this call speaks: JSON or tables, in which language, how much."""
    from dropship_cli.terminal.screen import Screen
    from dropship_cli.terminal.words import language

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese even under LANG=C
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return Screen(
        out=sys.stdout,
        err=sys.stderr,
        json=GLOBALS.json,
        lang=language(GLOBALS.lang, os.environ),
        quiet=GLOBALS.quiet,
        verbose=GLOBALS.verbose,
        color=False if GLOBALS.no_color else None,
    )


def home() -> Home:
    """The folder that holds everything: `--home`, `DROPSHIP_HOME`, else the system's place for user data."""
    from dropship_cli.store.profiles import Home

    named = GLOBALS.home or os.environ.get("DROPSHIP_HOME")
    if named:
        return Home(Path(named).expanduser().absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("dropship", appauthor=False))


def log_file() -> Path:
    """Where tracebacks and details go; made ready at first use."""
    path = home().log_file
    home().make(path.parent)
    import logging
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("dropship").addHandler(handler)
    return path


def profile() -> Profile:
    """The shop of this call: `--profile`, else the one in use, else the only one."""
    here = home()
    name = GLOBALS.profile or here.current()
    if name is None:
        names = here.names()
        if not names:
            raise here.is_empty()
        if len(names) > 1:
            raise SetupError("profile.not_chosen", known=", ".join(names))
        name = names[0]
    return here.load(name)


def names_a_profile() -> bool:
    """Whether this call names one profile; the environment may, too, and is then overruled by `--all-profiles`."""
    return GLOBALS.profile not in (None, os.environ.get("DROPSHIP_PROFILE"))


@contextmanager
def shop(
    *, wait: float = 0.0, deadline: float | None = None, named: str | None = None, brief: bool = False
) -> Iterator[Shop]:
    """The shop with all its doors; the platform's is opened only when somebody knocks. `brief`: its lock is held for
    moments only, and others wait for it."""
    from dropship_cli.actions.context import Shop
    from dropship_cli.domain.settings import settings_of
    from dropship_cli.store.db import open_store
    from dropship_cli.store.lock import shop_lock

    here, chosen = home(), home().load(named) if named else profile()
    settings = settings_of(chosen.settings)
    seconds = min(deadline or settings.deadline, settings.deadline)
    folder = here.make(here.folder(chosen.name))
    opened: list[Platform] = []

    def platform() -> Platform:
        if not opened:
            opened.append(open_platform(here, chosen, settings, time.monotonic() + seconds))
        return opened[0]

    with open_store(folder / "store.db", chosen.owner) as store:
        try:
            yield Shop(
                profile=chosen,
                settings=settings,
                store=store,
                platform=platform,
                lock=lambda patience: shop_lock(folder / "lock", wait=patience, brief=brief),
                now=time.time,
                sleep=time.sleep,
                who=who(),
                wait=wait,
                deadline_at=time.time() + seconds,
                foretell=lambda run: screen().estimate(run.calls, run.seconds, run.ends_in),
            )
        finally:
            for one in opened:
                one.close()


@contextmanager
def glimpse() -> Iterator[Glimpse | None]:
    """A quick look at the store of this call's profile, for completion; nothing where there is none."""
    from dropship_cli.store.glimpse import glimpse as look

    with look(home().folder(profile().name) / "store.db") as found:
        yield found


def who() -> str:
    """Who acts, for the journal and the log: the user at this machine."""
    name = os.environ.get("LOGNAME") or os.environ.get("USER")
    if not name and hasattr(os, "getuid"):
        name = str(os.getuid())  # cron sets LOGNAME; a container may know nobody
    return f"{name or '?'}@{os.uname().nodename if hasattr(os, 'uname') else '?'}"


def ledger() -> Path:
    """The embedded sandbox's own database."""
    path = home().sandbox_ledger
    home().make(path.parent)
    return path


def open_platform(here: Home, chosen: Profile, settings: Settings, deadline_at: float) -> Platform:
    """The client of the profile's platform, with its secret, its tokens and its way there."""
    from dropship_cli.cli.wiring.accounts import secret_place, token_path
    from dropship_cli.platforms import secrets
    from dropship_cli.platforms.registry import Opening
    from dropship_cli.platforms.registry import open_platform as opened

    place = secret_place(chosen)
    return opened(
        Opening(
            profile=chosen,
            settings=settings,
            secret=lambda: secrets.get(place),
            token_path=token_path(chosen),
            transport=_transport(here, chosen),
            deadline_at=deadline_at,
        )
    )


def _transport(here: Home, chosen: Profile) -> Any:
    """The sandbox inside this process where the profile says `sandbox:`; else the network."""
    return sandbox_transport(here) if chosen.base_url == "sandbox:" else None


def sandbox_transport(here: Home) -> Any:
    """The way to the sandbox inside this process."""
    import httpx

    from dropship_cli.sandbox.app import create_app

    here.make(here.sandbox_ledger.parent)
    return httpx.WSGITransport(app=create_app(here.sandbox_ledger), raise_app_exceptions=False)


@contextmanager
def closed_shop() -> Iterator[Path]:
    """The store's file while nobody talks to the platform for the shop."""
    from dropship_cli.store.lock import shop_lock

    here, chosen = home(), profile()
    folder = here.make(here.folder(chosen.name))
    with shop_lock(folder / "lock"):
        yield folder / "store.db"
