"""`export FILE`: the items, with the filters of `orders`, as csv, tsv, xlsx or JSON lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.filtering import (
    Attention,
    Due,
    Factory,
    HandledBy,
    Held,
    Late,
    Limit,
    Merchant,
    Since,
    Sku,
    Split,
    State,
    Until,
    asked,
)

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.export import Format, Look


def export(
    file: Annotated[
        str, typer.Argument(help="A .csv, .tsv, .xlsx or .jsonl file; - is stdout.", show_default=False)
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", help="csv, tsv, xlsx or jsonl; else by the file's ending.", metavar="FORMAT"
        ),
    ] = None,
    state: State = None,
    factory: Factory = None,
    merchant: Merchant = None,
    sku: Sku = None,
    since: Since = None,
    until: Until = None,
    late: Late = False,
    handled_by: HandledBy = None,
    split: Split = False,
    due: Due = None,
    attention: Attention = False,
    held: Held = False,
    limit: Limit = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write items to a sheet or a pipe, in the order of `orders`. No receiver is in it, and no call is made.

    Examples: dropship export november.xlsx --since 2026-11-01 --lang zh;
    dropship export - --format jsonl --state shipped
    """
    from dropship_cli.actions import export as action

    screen = wiring.screen()
    to_stdout = file == action.STDOUT
    chosen = _format(file, form or ("jsonl" if to_stdout and screen.json else None))
    with wiring.shop() as shop:
        wanted = asked(
            shop, state=state, factory=factory, merchant=merchant, sku=sku, since=since, until=until, late=late,
            handled_by=handled_by, split=split, due=due, attention=attention, held=held,
            limit=limit or None,
        )  # fmt: skip
        target = action.Target(file, chosen, sys.stdout.buffer, force=force)
        with screen.progress("progress.export") as shop.progress:
            number = action.export(shop, wanted, target, _look(shop, screen.lang))
    if screen.json and not to_stdout:
        screen.record("export", {"file": file, "format": chosen.value, "items": number})
    screen.note("export.done", count=number, file="stdout" if to_stdout else file)
    return 0


def _format(file: str, named: str | None) -> Format:
    """The form, if it can go there: JSON was asked for in words, and no terminal shows a workbook."""
    from dropship_cli.actions.export import STDOUT, Format, format_of
    from dropship_cli.domain.errors import UsageError

    chosen = format_of(file, named)
    if file == STDOUT and chosen is not Format.JSONL and wiring.screen().json:
        raise UsageError("export.not_json", format=chosen.value)
    if file == STDOUT and chosen is Format.XLSX and sys.stdout.isatty():
        raise UsageError("export.terminal", format=chosen.value)
    return chosen


def _look(shop: Shop, lang: str) -> Look:
    from dropship_cli.actions.export import Look
    from dropship_cli.terminal import export_shape

    platform = shop.profile.platform
    return Look(
        export_shape.headings(lang),
        lambda item: export_shape.cells(item, platform, lang),
        lambda item: export_shape.line(item, platform),
    )
