"""`factory list|add|remove`, `sheet`: factories that are not on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.domain.moment import minute

if TYPE_CHECKING:
    from dropship_cli.domain.sheet import Sheet
    from dropship_cli.terminal.screen import Screen

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


def sheet(
    name: Name,
    file: Annotated[
        str, typer.Argument(help="A .csv, .tsv or .xlsx file to write.", metavar="FILE", show_default=False)
    ],
    whole: Annotated[
        bool,
        typer.Option("--all/--new", help="All that is to be sent, or what is on no sheet yet (the default)."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write the sheet from which a local factory picks and ships, for `ship --batch` to take back filled in.

    What must not leave (refund open, closed, held) is kept off it and named. No receiver is on it.

    Examples: dropship sheet 老王家 monday.xlsx; dropship sheet 老王家 all.csv --all
    """
    from dropship_cli.actions.sheet import write_sheet
    from dropship_cli.terminal.local_shape import sheet_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        factory, found = write_sheet(shop, name, file, whole=whole, lang=screen.lang, force=force)
    if screen.json:
        screen.record("sheet", sheet_record(factory, found, file, screen.lang))
    _say_sheet(screen, factory.name, found, file)
    return 0


def _say_sheet(screen: Screen, factory: str, found: Sheet, path: str) -> None:
    """What was written and what was not, and by name what must not leave."""
    if found.items:
        pieces = sum(item.left for item in found.items)
        screen.note("sheet.written", count=len(found.items), pieces=pieces, path=path, factory=factory)
    else:
        screen.note("sheet.nothing", factory=factory)
    if found.earlier:
        screen.note("sheet.earlier", count=found.earlier)
    if found.going:
        screen.note("sheet.going", count=found.going)
    for one in found.stopped:
        screen.warning(
            one.code,
            item=one.item.item_id,
            factory=factory,
            reason=one.reason,
            field=one.reason,
            told=minute(one.sheet_at),
        )
