"""`pick`: the picking list and the packages of what may leave now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.times import seconds_of

if TYPE_CHECKING:
    from dropship_cli.domain.picking import Picking
    from dropship_cli.terminal.screen import Screen


def pick(
    merchant: Annotated[str | None, typer.Option("--merchant", help="Only what this merchant sells.")] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help="Only what is promised within this time (90m, 6h).", metavar="TIME"),
    ] = None,
    packages: Annotated[
        bool, typer.Option("--packages", help="By package: what one receiver gets from one merchant.")
    ] = False,
    to: Annotated[
        str | None, typer.Option("--to", help="Write a .csv, .tsv or .xlsx sheet.", metavar="FILE")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Show what to take from the shelves: what may leave now, by SKU and specification. No call is made.

    What must not leave (refund open, closed, taken back, held) is named at the end.

    Examples: dropship pick --due 6h; dropship pick --packages --to packages.xlsx
    """
    from dropship_cli.actions.pick import pick as action
    from dropship_cli.actions.pick import write_picking
    from dropship_cli.terminal import words

    screen = wiring.screen()
    with wiring.shop() as shop:
        found = action(shop, merchant_id=merchant, due_in=seconds_of(due))
    if to is not None:
        number = write_picking(
            to, found, by_package=packages, lang=screen.lang, force=force,
            sentence=lambda code, values: words.sentence(code, screen.lang, values),
        )  # fmt: skip
        screen.note("pick.written", count=number, path=to)
    if to is None or screen.json:
        _show(screen, found, by_package=packages)
    _say_kept(screen, found)
    return 0


def _show(screen: Screen, found: Picking, *, by_package: bool) -> None:
    from dropship_cli.terminal.pick_shape import line_record, parcel_rows, picking_record

    if screen.json:
        screen.record("picking", picking_record(found, screen.lang))
    elif by_package:
        screen.records("pick_parcels", [row for one in found.parcels for row in parcel_rows(one)])
    else:
        screen.records("pick_lines", [line_record(one) for one in found.lines])


def _say_kept(screen: Screen, found: Picking) -> None:
    """Sums, then by name what must not leave: the last lines are what a person takes along."""
    from dropship_cli.terminal import words

    pieces = sum(line.quantity for line in found.lines)
    items = sum(len(line.item_ids) for line in found.lines)
    screen.note("pick.sum", pieces=pieces, items=items, packages=len(found.parcels))
    if found.going:
        screen.note("pick.going", count=found.going)
    for one in found.kept:
        why = words.sentence(one.code, screen.lang, one.values)
        screen.warning("pick.kept", item=one.item.item_id, sku=one.item.sku_code or one.item.title, why=why)
