"""`factory list|add|remove`: factories that are not on the platform."""

from __future__ import annotations

from typing import Annotated

import typer

from dropship_cli.cli import wiring

_HELP = """Factories that are not on the platform: they get items by name, a sheet to pick from, and we ship for them.

Examples: dropship factory add 老王家; dropship allocate 6923007000000001326 --to 老王家;
dropship sheet 老王家 monday.xlsx; dropship ship --batch monday.xlsx
"""

factory = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_HELP)

Name = Annotated[str, typer.Argument(help="The factory's name.", metavar="NAME", show_default=False)]


@factory.callback()
def show(context: typer.Context) -> int:
    """The list, where no command of the group is called."""
    return 0 if context.invoked_subcommand else listed()


@factory.command("list")
def listed() -> int:
    """List the factories that are not on the platform, with what each still has to send."""
    from dropship_cli.actions.factories import factories
    from dropship_cli.terminal.local_shape import factory_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        screen.records(
            "local_factories",
            [factory_record(one.factory, one.to_ship, one.not_on_sheet) for one in factories(shop)],
        )
    return 0


@factory.command("add")
def add(
    name: Name,
    note: Annotated[str, typer.Option("--note", help="A remark of your own: a telephone, a chat.")] = "",
) -> int:
    """Add a factory that is not on the platform. Its name may not look like a shop's number.

    Example: dropship factory add 老王家 --note "微信 laowang"
    """
    from dropship_cli.actions.factories import add as action
    from dropship_cli.terminal.local_shape import added_record

    with wiring.shop() as shop:
        wiring.screen().record("factory", added_record(*action(shop, name, note)))
    return 0


@factory.command("remove")
def remove(name: Name) -> int:
    """Remove a factory that has nothing left to send. What it sent stays in the records.

    Example: dropship factory remove 老王家
    """
    from dropship_cli.actions.factories import remove as action
    from dropship_cli.domain.outcome import Result
    from dropship_cli.terminal.local_shape import added_record

    with wiring.shop() as shop:
        wiring.screen().record("factory", added_record(action(shop, name), Result.DONE))
    return 0
