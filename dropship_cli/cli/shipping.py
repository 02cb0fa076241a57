"""`ship`, `carriers`."""

from __future__ import annotations

from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import (
    Batch,
    CarrierName,
    Deadline,
    DryRun,
    Encoding,
    Errors,
    Items,
    Pieces,
    Wait,
)
from dropship_cli.cli.times import seconds_of


def ship(
    items: Items = None,
    carrier: CarrierName = None,
    tracking: Annotated[str | None, typer.Option("--tracking", "-t", help="The tracking number.")] = None,
    quantity: Pieces = None,
    batch: Batch = None,
    waybill: Annotated[
        bool, typer.Option("--waybill", help="With the numbers that `waybill get` brought.")
    ] = False,
    scan: Annotated[
        bool,
        typer.Option(
            "--scan", help="Read barcodes from stdin: an item, then its tracking number, and so on."
        ),
    ] = False,
    amend: Annotated[
        bool, typer.Option("--amend", help="Correct the number of what is shipped already.")
    ] = False,
    replaces: Annotated[
        str | None,
        typer.Option("--replaces", help="With --amend: the wrong number, where there are several."),
    ] = None,
    reject_refund: Annotated[
        bool,
        typer.Option("--reject-refund", help="Ship although the buyer asked for a refund, and refuse it."),
    ] = False,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Ship items with carrier and tracking number: some by name, or a whole file.

    Examples: dropship ship 6923007000000001327 --carrier 中通 --tracking 78173786485074;
    dropship ship 6923007000000001327 --waybill; dropship ship --scan --carrier 中通;
    dropship ship --batch tracking.xlsx --errors failed.xlsx
    """
    if scan:
        _only_scan(
            items=items, tracking=tracking, quantity=quantity, batch=batch, waybill=waybill, amend=amend,
            replaces=replaces, dry_run=dry_run, errors=errors, encoding=encoding,
        )  # fmt: skip
        from dropship_cli.cli.scanning import scan_and_ship

        return scan_and_ship(carrier, reject_refund=reject_refund, deadline=deadline, wait=wait)
    if waybill:
        _only_waybill(carrier=carrier, tracking=tracking, quantity=quantity, amend=amend, replaces=replaces)
        return _with_waybills(
            items, batch, reject_refund=reject_refund, dry_run=dry_run, errors=errors, encoding=encoding,
            deadline=deadline, wait=wait,
        )  # fmt: skip
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import read_shipments
    from dropship_cli.actions.ship import How, ShipmentRow
    from dropship_cli.actions.ship import ship as action
    from dropship_cli.cli.batching import check_choice, references, run_batch, source

    check_choice(items, batch, needs=("--carrier", carrier), errors=errors)
    check_choice(items, batch, needs=("--tracking", tracking), errors=errors)
    if batch:
        rows = read_shipments(source(batch, encoding, errors))
    else:
        named = references(items or [])
        rows = Rows(
            (), [ShipmentRow(one, carrier or "", tracking or "", quantity, replaces) for one in named]
        )
    how = How(amend=amend, reject_refund=reject_refund, dry_run=dry_run)
    if rows.unfilled:
        wiring.screen().note("ship.unfilled", count=rows.unfilled)
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        return run_batch(
            shop, rows, lambda: action(shop, rows.rows, how), errors=errors, progress="progress.ship"
        )


def _only_scan(**given: object) -> None:
    """The scanner says items and numbers: only what goes for all of them may be said beside."""
    from dropship_cli.domain.errors import UsageError

    wrong = ["ITEM" if name == "items" else f"--{name.replace('_', '-')}" for name in given if given[name]]
    if wrong:
        raise UsageError("usage.not_with_scan", flag=wrong[0])


def _only_waybill(**given: object) -> None:
    """The e-waybill says carrier and number: nothing else may."""
    from dropship_cli.domain.errors import UsageError

    wrong = [f"--{name}" for name, value in given.items() if value]
    if wrong:
        raise UsageError("usage.not_with_waybill", flag=wrong[0])


def _with_waybills(
    items: list[str] | None,
    batch: str | None,
    *,
    reject_refund: bool,
    dry_run: bool,
    errors: str | None,
    encoding: str | None,
    deadline: str | None,
    wait: float,
) -> int:
    """Items by name, or the rows of a file that need no more than the item, with the numbers got for them."""
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import read_references
    from dropship_cli.actions.ship import How, ship
    from dropship_cli.actions.waybills import rows_to_ship
    from dropship_cli.cli.batching import check_choice, references, run_batch, source

    check_choice(items, batch, errors=errors)
    named = read_references(source(batch, encoding, errors)) if batch else Rows((), references(items or []))
    how = How(reject_refund=reject_refund, dry_run=dry_run)
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        rows = rows_to_ship(shop, named.rows)
        # The rows' type changes with the numbers; what was read and refused stays.
        found = Rows(named.headers, rows, named.refused, named.originals, unread=named.unread)
        return run_batch(shop, found, lambda: ship(shop, rows, how), errors=errors, progress="progress.ship")


def carriers(
    word: Annotated[str | None, typer.Argument(help="Part of a name, or a code.", show_default=False)] = None,
) -> int:
    """List the platform's carriers, or find one by Chinese name, English name or code.

    Example: dropship carriers 顺丰
    """
    from dropship_cli.actions.carriers import find_carriers
    from dropship_cli.terminal.json_shape import carrier_record

    with wiring.shop() as shop:
        wiring.screen().records("carriers", [carrier_record(one) for one in find_carriers(shop, word)])
    return 0
