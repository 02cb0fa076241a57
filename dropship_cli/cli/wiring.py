"""The one place that joins the rooms: from what the person said to a screen, a home folder, a shop with its doors."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dropship_cli.cli.options import GLOBALS
from dropship_cli.domain.errors import DropshipError, SetupError, UsageError

if TYPE_CHECKING:  # each is loaded by the function that opens its door: a start is mostly imports
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.keep import Told
    from dropship_cli.actions.listen import Doors
    from dropship_cli.actions.notify import Post
    from dropship_cli.domain.chat import Chat, ChatKind
    from dropship_cli.domain.settings import Settings
    from dropship_cli.domain.shop import Profile
    from dropship_cli.platforms.base import Platform
    from dropship_cli.platforms.chats.book import ChatBook
    from dropship_cli.platforms.secrets import SecretPlace
    from dropship_cli.store.glimpse import Glimpse
    from dropship_cli.store.profiles import Home
    from dropship_cli.terminal.screen import Screen

LOOK = 60.0
"""Seconds after which a listener's look opens the shop anew, so that no deadline of a run ends it."""


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
            opened.append(_open_platform(here, chosen, settings, time.monotonic() + seconds))
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
    logging.getLogger("waitress").parent = logging.getLogger(
        "dropship"
    )  # into the log file, not onto the screen
    platform = _open_platform(here, chosen, settings_of(chosen.settings), time.monotonic() + LOOK)
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


def who() -> str:
    """Who acts, for the journal and the log: the user at this machine."""
    name = os.environ.get("LOGNAME") or os.environ.get("USER")
    if not name and hasattr(os, "getuid"):
        name = str(os.getuid())  # cron sets LOGNAME; a container may know nobody
    return f"{name or '?'}@{os.uname().nodename if hasattr(os, 'uname') else '?'}"


def secret_place(chosen: Profile) -> SecretPlace:
    """Where the profile's app secret is kept."""
    from dropship_cli.platforms.secrets import SecretPlace

    return SecretPlace(chosen.name, chosen.secret_in, home().folder(chosen.name) / "secret")


def token_path(chosen: Profile) -> Path:
    """Where the profile's tokens are kept."""
    return home().folder(chosen.name) / "token.json"


def login_ends(chosen: Profile) -> float | None:
    """When the profile's login can't be renewed any more; nothing without a login, or with one that `doctor` mends."""
    from dropship_cli.platforms.tokens import login_end

    try:
        return login_end(token_path(chosen))
    except SetupError:
        return None


def chat_book(chosen: Profile) -> ChatBook:
    """The profile's chats."""
    from dropship_cli.platforms.chats.book import ChatBook

    return ChatBook(home().folder(chosen.name) / "chats.json")


def chat_kind(url: str, told: str | None) -> ChatKind:
    """Whose webhook an address is; the address is checked."""
    from dropship_cli.platforms.chats.address import address_of, kind_of

    found = kind_of(url, told)
    address_of(url)
    return found


def masked_url(chat: Chat) -> str:
    """The chat's address as it may be shown."""
    from dropship_cli.platforms.chats.address import masked

    return masked(chat.url)


def chat_limit(chat: Chat) -> int:
    """How many bytes a text may have."""
    from dropship_cli.platforms.chats.wire import MOST_BYTES

    return MOST_BYTES[chat.kind]


def chat_post(shop: Shop) -> Post:
    """The way to the chats; those of the sandbox are in this process."""
    from dropship_cli.platforms.chats.post import ChatPost
    from dropship_cli.terminal.notice_text import FACTS, case_record

    here = home()
    post = ChatPost(shop.settings, lambda: _sandbox_transport(here))
    return lambda chat, message: post(chat, message.text, [case_record(one) for one in message.cases[:FACTS]])


def message_lock(chosen: Profile) -> AbstractContextManager[None]:
    """One run at a time tells the chats of a profile; `sync` is not waited for."""
    from dropship_cli.store.lock import shop_lock

    return shop_lock(home().folder(chosen.name) / "notify.lock")


def sandbox_chat_secret(url: str) -> str:
    """The secret of the sandbox's own chats, known to everybody; nothing for any other address."""
    if not url.startswith("sandbox:"):
        return ""
    from dropship_cli.sandbox.chats.formats import SECRET

    return SECRET


def ledger() -> Path:
    """The embedded sandbox's own database."""
    path = home().sandbox_ledger
    home().make(path.parent)
    return path


def _open_platform(here: Home, chosen: Profile, settings: Settings, deadline_at: float) -> Platform:
    from dropship_cli.platforms import secrets
    from dropship_cli.platforms.registry import Opening, open_platform

    place = secret_place(chosen)
    return open_platform(
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
    return _sandbox_transport(here) if chosen.base_url == "sandbox:" else None


def _sandbox_transport(here: Home) -> Any:
    import httpx

    from dropship_cli.sandbox.app import create_app

    here.make(here.sandbox_ledger.parent)
    return httpx.WSGITransport(app=create_app(here.sandbox_ledger), raise_app_exceptions=False)


def sandbox_app() -> tuple[str, str]:
    """The key and the secret of the sandbox's app, known to everybody."""
    from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET

    return APP_KEY, APP_SECRET


def base_url(platform: str, given: str | None) -> str:
    """The address to call: the given one, checked (https, or loopback), else the platform's own."""
    from dropship_cli.platforms import registry
    from dropship_cli.platforms.base_url import check_base_url

    if platform not in registry.known():
        raise UsageError("platform.unknown", platform=platform, known=", ".join(registry.known()))
    address = given or registry.default_base_url(platform)
    if address is None:
        raise UsageError("input.needed", flag="--base-url")
    check_base_url(address)
    return address


def require_loopback(address: str, *, allowed: bool) -> None:
    """Refuse to receive without TLS from beyond this machine, unless the person said so."""
    from dropship_cli.platforms.base_url import is_loopback

    if not allowed and not is_loopback(address):
        raise UsageError("listen.not_loopback", address=address)


def keep_secret(chosen: Profile, secret: str) -> None:
    """Keep the app secret where the profile says; an empty one comes from the environment at each run."""
    from dropship_cli.platforms import secrets

    if secret:
        secrets.put(secret_place(chosen), secret)


def forget_tokens(chosen: Profile, *, secret: bool) -> None:
    """Remove tokens, and the secret where asked, from this machine."""
    from dropship_cli.platforms import secrets

    token_path(chosen).unlink(missing_ok=True)
    if secret:
        secrets.forget(secret_place(chosen))


def remove_profile(chosen: Profile) -> None:
    """Remove everything of a profile; refused while another run holds its lock."""
    import shutil

    from dropship_cli.store.lock import shop_lock

    here = home()
    folder = here.folder(chosen.name)
    with shop_lock(folder / "lock"):
        forget_tokens(chosen, secret=True)
        shutil.rmtree(folder)
    if here.current() == chosen.name:
        here.use(None)


@contextmanager
def closed_shop() -> Iterator[Path]:
    """The store's file while nobody talks to the platform for the shop."""
    from dropship_cli.store.lock import shop_lock

    here, chosen = home(), profile()
    folder = here.make(here.folder(chosen.name))
    with shop_lock(folder / "lock"):
        yield folder / "store.db"
