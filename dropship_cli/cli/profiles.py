"""`profile list|use|show|set|remove`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Yes
from dropship_cli.cli.wiring import accounts

profile = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help="Shops on this machine.")

Name = Annotated[str, typer.Argument(help="The profile's name.", metavar="NAME", show_default=False)]


@profile.callback()
def show_all(context: typer.Context) -> int:
    """Shops on this machine: one profile is one shop on one platform in one role.

    Example: dropship profile use factory-1
    """
    return 0 if context.invoked_subcommand else listed()


@profile.command("list")
def listed() -> int:
    """List the profiles; the one in use is marked."""
    from dropship_cli.terminal.json_shape import profile_record

    home = wiring.home()
    current = home.current()
    rows = [profile_record(home.load(name), current=name == current) for name in home.names()]
    wiring.screen().records("profiles", rows)
    return 0


@profile.command("use")
def use(name: Name) -> int:
    """Use this profile where a call names none."""
    home = wiring.home()
    home.use(home.load(name).name)
    wiring.screen().note("profile.in_use", profile=name)
    return 0


@profile.command("show")
def show(
    name: Annotated[str | None, typer.Argument(help="The profile's name.", show_default=False)] = None,
) -> int:
    """Show one profile and the settings in force; never a secret."""

    from dropship_cli.domain.settings import settings_of
    from dropship_cli.terminal.json_shape import profile_record

    home = wiring.home()
    chosen = home.load(name) if name else wiring.profile()
    record = profile_record(chosen, current=chosen.name == home.current())
    wiring.screen().record("profile", {**record, "settings": settings_of(chosen.settings)._asdict()})
    return 0


@profile.command("set")
def put(
    setting: Annotated[
        str, typer.Argument(help="quiet, reread, rate, overlap, deadline, …", show_default=False)
    ],
    value: Annotated[str, typer.Argument(help="A number; `default` takes it back.", show_default=False)],
) -> int:
    """Change a setting of the profile in use.

    Example: dropship profile set rate 10
    """
    from dropship_cli.domain.settings import SETTINGS, parse

    chosen = wiring.profile()
    settings = {key: text for key, text in chosen.settings.items() if key != setting}
    if value == "default" and setting in SETTINGS:
        wiring.home().save(replace(chosen, settings=settings))
    else:
        parse(setting, value)
        wiring.home().save(replace(chosen, settings={**settings, setting: value}))
    return 0


@profile.command("remove")
def remove(name: Name, yes: Yes = False) -> int:
    """Remove a profile with its store, tokens and secret from this machine. The platform keeps what it has."""
    from dropship_cli.cli.asking import confirm

    screen = wiring.screen()
    home = wiring.home()
    chosen = home.load(name)
    confirm(screen, "profile.remove_confirm", yes=yes, name=name, shop_id=chosen.shop_id)
    accounts.remove_profile(chosen)
    screen.note("profile.removed", name=name)
    return 0
