"""What `init` makes: one profile with its secret, or the sandbox's four."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dropship_cli.cli import wiring
from dropship_cli.cli.wiring import accounts
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.shop import Profile
from dropship_cli.terminal.json_shape import profile_record
from dropship_cli.terminal.screen import Screen

NEXT = ("dropship login -p {name}", "dropship doctor -p {name}", "dropship sync -p {name}")
SANDBOX_NEXT = (
    "dropship role choose merchant -p merchant", "dropship role choose factory -p factory-1",
    "dropship bind 880011 --yes -p merchant", "dropship accept 660001 -p factory-1",
    "dropship sandbox seed --random 20", "dropship sync -p merchant", "dropship status -p merchant",
)  # fmt: skip
"""What `init` says comes next, to be typed as it is: who binds before the first order sees it."""
SANDBOX_SHOPS = {"merchant": "660001", "factory-1": "880011", "factory-2": "880022", "factory-3": "880033"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said of the new profile."""

    name: str
    platform: str
    shop_id: str
    app_key: str
    base_url: str | None
    secret_in: str
    read_only: bool


def free_name(name: str) -> str:
    """The name, if a new profile can have it: it is asked for first, and its fault told before anything else is."""
    home = wiring.home()
    home.folder(name)
    if name in home.names():
        raise UsageError("profile.exists", name=name)
    return name


def make_profile(screen: Screen, wanted: Wanted, *, secret: Callable[[], str]) -> None:
    """Write one profile and keep its secret; the first one becomes the one in use."""
    if not wanted.shop_id.isascii() or not wanted.shop_id.isalnum():
        raise UsageError("usage.shop_id", value=wanted.shop_id)
    profile = Profile(
        name=wanted.name,
        platform=wanted.platform,
        shop_id=wanted.shop_id,
        app_key=wanted.app_key,
        base_url=accounts.base_url(wanted.platform, wanted.base_url),
        secret_in=wanted.secret_in,
        read_only=wanted.read_only,
    )
    home = wiring.home()
    kept = secret()  # asked for before anything is made: without an answer nothing is done
    home.make(home.folder(profile.name))
    accounts.keep_secret(profile, kept)
    home.save(profile)
    if home.current() is None:
        home.use(profile.name)
    if wanted.base_url is not None and not profile.is_sandbox:
        screen.warning("init.other_address", base_url=profile.base_url)
    screen.records("profiles", [profile_record(profile, current=home.current() == profile.name)])
    _say_next(screen, "init.next", [command.format(name=profile.name) for command in NEXT])


def make_sandbox(screen: Screen, base_url: str | None) -> None:
    """The merchant and the three factories of the sandbox; what is there already is left as it is."""
    home = wiring.home()
    key, secret = accounts.sandbox_app()
    present = set(home.names())
    made = [
        Profile(name, "sandbox", shop_id, key, accounts.base_url("sandbox", base_url))
        for name, shop_id in SANDBOX_SHOPS.items()
    ]
    for profile in made:
        if profile.name not in present:
            home.make(home.folder(profile.name))
            accounts.keep_secret(profile, secret)
            home.save(profile)
    if home.current() is None:
        home.use("merchant")
    profiles = [home.load(one.name) for one in made]
    screen.records("profiles", [profile_record(one, current=home.current() == one.name) for one in profiles])
    _say_next(screen, "init.sandbox_next", SANDBOX_NEXT)


def _say_next(screen: Screen, code: str, commands: Sequence[str]) -> None:
    screen.note(code)
    for command in commands:
        screen.note("label.command", command=command)
