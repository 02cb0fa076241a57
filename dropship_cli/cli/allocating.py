"""`allocate`, `unallocate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Batch, Deadline, DryRun, Encoding, Errors, Items, Wait, Yes
from dropship_cli.cli.times import seconds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dropship_cli.actions.allocate import AllocationRow
    from dropship_cli.actions.context import Shop


def allocate(
    items: Items = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="The factory's shop id, or the name of one that is not on the platform.",
            metavar="FACTORY",
        ),
    ] = None,
    batch: Batch = None,
    auto: Annotated[
        bool, typer.Option("--auto", help="Every free item, by the rules (see `rules`).")
    ] = False,
    reallocate: Annotated[
        bool, typer.Option("--reallocate", help="Take back what another factory has, then allocate.")
    ] = False,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
    yes: Yes = False,
) -> int:
    """Give items to a factory (merchant): some by name, a whole file, or all by the rules.

    Examples: dropship allocate 6923007000000001326 --to 880011;
    dropship allocate --batch allocate.csv --errors failed.csv; dropship allocate --auto --dry-run
    """
    if auto:
        _only_auto(items=items, to=to, batch=batch, reallocate=reallocate, errors=errors, encoding=encoding)
        return _by_rules(dry_run=dry_run, deadline=deadline, wait=wait)
    from dropship_cli.actions.allocate import allocate as action
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import read_allocations
    from dropship_cli.cli.batching import allocation_rows, check_choice, run_batch, source

    check_choice(items, batch, needs=("--to", to), errors=errors)
    rows = (
        read_allocations(source(batch, encoding, errors))
        if batch
        else Rows((), allocation_rows(items or [], to or ""))
    )
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        if not (yes or dry_run):
            _ask_about_surprises(shop, rows.rows)
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
    rows = read_references(source(batch, encoding, errors)) if batch else Rows((), references(items or []))
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        return run_batch(
            shop,
            rows,
            lambda: action(shop, rows.rows, dry_run=dry_run),
            errors=errors,
            progress="progress.allocate",
        )


def _ask_about_surprises(shop: Shop, rows: Sequence[AllocationRow]) -> None:
    """At a terminal: a factory is about to get what only others have had. A script is not asked, it said so."""
    import sys

    if not sys.stdin.isatty():
        return
    from dropship_cli.actions.allocate import surprises
    from dropship_cli.cli.asking import confirm

    names = {one.partner_id: one.partner_name for one in shop.store.bindings.all().values()}
    for factory_id, skus in surprises(shop, rows).items():
        values = {"factory": factory_id, "name": names.get(factory_id, ""), "skus": skus}
        confirm(wiring.screen(), "allocate.new_to_factory", yes=False, **values)


def _only_auto(*, items: list[str] | None, **given: object) -> None:
    """The rules say which items and where to: nothing else may."""
    from dropship_cli.domain.errors import UsageError

    wrong = ["ITEM"] if items else [f"--{name}" for name, value in given.items() if value]
    if wrong:
        raise UsageError("usage.not_with_auto", flag=wrong[0])


def _by_rules(*, dry_run: bool, deadline: str | None, wait: float) -> int:
    """Every row with its factory, the rule and why; the sum and what to look at on stderr."""
    from dropship_cli.actions.auto_allocate import auto_allocate
    from dropship_cli.actions.rules import rules, warnings
    from dropship_cli.cli.showing import say_sum, say_where
    from dropship_cli.terminal.rule_shape import planned_record

    screen = wiring.screen()
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        with screen.progress("progress.allocate") as shop.progress:
            auto = auto_allocate(shop, dry_run=dry_run)
        outcomes = auto.report.outcomes
        screen.records(
            "planned",
            [
                planned_record(one, auto.choices.get(one.item_id), auto.factory_of(one), screen.lang)
                for one in outcomes
            ],
        )
        say_where(screen, shop)
        say_sum(screen, outcomes)
        if auto.held:
            screen.note("allocate.held_back", count=len(auto.held))
        for code, values in warnings(rules(shop)):
            screen.warning(code, **values)
    if auto.report.error is not None:
        screen.error(auto.report.error)
    return auto.report.exit_status
