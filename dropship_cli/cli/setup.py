"""`init`, `login`, `logout`: make a profile, get its tokens, let them go."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import GLOBALS
from dropship_cli.cli.wiring import accounts
from dropship_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen


def init(
    platform: Annotated[str | None, typer.Option("--platform", help="sandbox, doudian, …")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The profile's name; also --profile.")] = None,
    shop_id: Annotated[str | None, typer.Option("--shop-id", help="The shop's number.")] = None,
    app_key: Annotated[str | None, typer.Option("--app-key", help="The app's key.")] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="Another address than the platform's own.")
    ] = None,
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read the app secret from stdin.")
    ] = False,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep the secret in the system's keyring.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="A profile that refuses every change.")
    ] = False,
) -> int:
    """Make a profile. With --platform sandbox: a merchant and three factories to play with, no sign-up.

    Examples: dropship init --platform sandbox;
    dropship init --platform doudian --profile myshop --shop-id 1234567 --app-key 7043675397937989128
    """
    from dropship_cli.cli.asking import ask
    from dropship_cli.cli.profile_making import Wanted, free_name, make_profile, make_sandbox

    screen = wiring.screen()
    chosen = ask(screen, "init.platform", "--platform", platform)
    if chosen == "sandbox" and shop_id is None:
        for_one = {
            "--profile": wiring.names_a_profile(), "--name": name, "--app-key": app_key,
            "--secret-stdin": secret_stdin, "--keyring": keyring, "--read-only": read_only,
        }  # fmt: skip
        if asked := [flag for flag, given in for_one.items() if given]:
            raise UsageError("usage.one_shop", flag=asked[0])
        make_sandbox(screen, base_url)
        return 0
    wanted = Wanted(
        name=free_name(ask(screen, "init.profile", "--profile", GLOBALS.profile or name)),
        platform=chosen,
        shop_id=ask(screen, "init.shop_id", "--shop-id", shop_id),
        app_key=ask(screen, "init.app_key", "--app-key", app_key or _sandbox_key(chosen)),
        base_url=base_url,
        secret_in="keyring" if keyring else "file",
        read_only=read_only,
    )
    make_profile(screen, wanted, secret=lambda: _secret(screen, chosen, from_stdin=secret_stdin))
    return 0


def login(
    code: Annotated[
        str | None,
        typer.Option("--code", help="For an app used by many shops: the code from the merchant's click."),
    ] = None,
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="First replace the kept app secret by a line from stdin.")
    ] = False,
) -> int:
    """Get an access token; it is renewed by itself from then on.

    Example: dropship login
    """
    from datetime import datetime

    from dropship_cli.domain.moment import BEIJING

    screen = wiring.screen()
    with wiring.shop() as shop, shop.lock(shop.wait):
        if secret_stdin:
            accounts.keep_secret(shop.profile, _line(screen))
        ends = shop.read(lambda platform: platform.log_in(code))
        with shop.store.transaction():
            shop.store.log.add("login", who=shop.who, at=shop.now())
        until = datetime.fromtimestamp(ends, BEIJING).isoformat(timespec="seconds")
        screen.record("login", {"profile": shop.profile.name, "expires_at": until})
    return 0


def logout(
    secret: Annotated[bool, typer.Option("--secret", help="Forget the app secret too.")] = False,
) -> int:
    """Forget the tokens of this profile on this machine.

    Example: dropship logout --secret
    """
    screen = wiring.screen()
    with wiring.shop() as shop, shop.lock(shop.wait):
        accounts.forget_tokens(shop.profile, secret=secret)
        with shop.store.transaction():
            shop.store.log.add("logout", who=shop.who, at=shop.now())
        screen.note("logout.done", profile=shop.profile.name)
    return 0


def _sandbox_key(platform: str) -> str | None:
    """The sandbox's app is known to everybody."""
    return accounts.sandbox_app()[0] if platform == "sandbox" else None


def _secret(screen: Screen, platform: str, *, from_stdin: bool) -> str:
    """From stdin, the environment, a prompt that shows nothing; never from an argument."""
    if platform == "sandbox":
        return accounts.sandbox_app()[1]
    if from_stdin:
        return _line(screen)
    given = os.environ.get("DROPSHIP_APP_SECRET", "").strip()
    if given:
        return given
    if os.environ.get("DROPSHIP_APP_SECRET_FILE"):
        return ""  # read from that file at every run; nothing is kept here
    if not sys.stdin.isatty():
        raise UsageError("input.needed", flag="--secret-stdin")
    return _line(screen)


def _line(screen: Screen) -> str:
    """A line of a pipe or file; what a person types at a terminal is not shown."""
    import getpass

    from dropship_cli.cli.asking import question

    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass.getpass(question(screen, "init.secret")).strip()  # it asks when nothing is shown any more
