"""`allocate`, `unallocate`."""

from __future__ import annotations

from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Batch, Deadline, DryRun, Encoding, Errors, Wait

Items = Annotated[
    list[str] | None,
    typer.Argument(
        help="ORDER, ORDER/ITEM or ITEM; - reads one a line.", metavar="ITEM...", show_default=False
    ),
]


def allocate(
    items: Items = None,
    to: Annotated[
        str | None, typer.Option("--to", help="The factory's shop id.", metavar="FACTORY_ID")
    ] = None,
    batch: Batch = None,
    reallocate: Annotated[
        bool, typer.Option("--reallocate", help="Take back what another factory has, then allocate.")
    ] = False,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Give items to a factory (merchant): some by name, or a whole file.

    Examples: dropship allocate 6923007000000001326 --to 880011;
    dropship allocate --batch allocate.csv --errors failed.csv
    """
    from dropship_cli.actions.allocate import allocate as action
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import read_allocations
    from dropship_cli.cli.batching import allocation_rows, check_choice, run_batch, source

    check_choice(items, batch, needs=("--to", to), errors=errors)
    rows = (
        read_allocations(source(batch, encoding))
        if batch
        else Rows((), allocation_rows(items or [], to or ""))
    )
    with wiring.shop(wait=wait, deadline=wiring.seconds_of(deadline)) as shop:
        return run_batch(
            shop, rows, lambda: action(shop, rows.rows, reallocate=reallocate, dry_run=dry_run),
            errors=errors, progress="progress.allocate",
        )  # fmt: skip


def unallocate(
    items: Items = None,
    batch: Batch = None,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Take items back from their factories (merchant), as long as they have not shipped.

    Example: dropship unallocate 6923007000000001327
    """
    from dropship_cli.actions.allocate import unallocate as action
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import read_references
    from dropship_cli.cli.batching import check_choice, references, run_batch, source

    check_choice(items, batch, errors=errors)
    rows = read_references(source(batch, encoding)) if batch else Rows((), references(items or []))
    with wiring.shop(wait=wait, deadline=wiring.seconds_of(deadline)) as shop:
        return run_batch(
            shop,
            rows,
            lambda: action(shop, rows.rows, dry_run=dry_run),
            errors=errors,
            progress="progress.allocate",
        )
