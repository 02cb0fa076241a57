"""`sync`, `orders`, `order`, `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
from dropship_cli.cli.options import Deadline, DryRun, Encoding, Wait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.sync import Synced
    from dropship_cli.domain.item import Item

_ORDERS = """List items, the newest first; with --late, --due and --attention the most urgent first. No call is made.

With --late and --due: what is not shipped, not closed and has no refund.

Examples: dropship orders --state unallocated; dropship orders --due 6h; dropship orders --attention;
dropship orders --handled-by nobody; dropship orders --split; dropship orders --json;
dropship orders import 1763000000_8f2c.csv
"""

orders = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_ORDERS)
CHUNK = 500
"""Items whose marks are read together."""

SHOWN = 50
"""Rows of a table on a terminal unless `--limit` says otherwise; scripts get all."""


def sync(
    since: Annotated[str | None, typer.Option("--since", help="Read again from this day or time.")] = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Send what waits, ask about unknown outcomes, read what changed. Made for cron: silent when all is well.

    Example: dropship sync -q --deadline 4m
    """
    from dropship_cli.actions.sync import sync as action

    screen = wiring.screen()
    with wiring.shop(wait=wait, deadline=wiring.seconds_of(deadline)) as shop:
        with screen.progress("progress.sync") as shop.progress:
            synced = action(shop, since=moment(since))
        return _show_sync(shop, synced)


@orders.callback()
def listed(
    context: typer.Context,
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
) -> int:
    """The list, where no command of the group is called."""
    if context.invoked_subcommand:
        return 0
    from dropship_cli.actions import orders as action

    screen = wiring.screen()
    with wiring.shop() as shop:
        screen.own, screen.soon = shop.profile.shop_id, shop.settings.soon
        wanted = asked(
            shop, state=state, factory=factory, merchant=merchant, sku=sku, since=since, until=until, late=late,
            handled_by=handled_by, split=split, due=due, attention=attention, held=held, limit=shown_rows(limit),
        )  # fmt: skip
        found = action.find(shop, wanted)
        screen.records("items", records(shop, found))
        if wanted.limit is not None and not screen.json and limit is None:
            whole = action.count(shop, wanted)
            if whole > wanted.limit:
                screen.note("orders.more", shown=wanted.limit, count=whole)
    return 0


@orders.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A .csv, .tsv or .xlsx file; - is stdin.", show_default=False)],
    dry_run: DryRun = False,
    errors: Annotated[
        str | None,
        typer.Option("--errors", help="Write the failed rows here, ready to be mended.", metavar="FILE"),
    ] = None,
    encoding: Encoding = None,
) -> int:
    """Take in orders that the platform's dropship list never sends, from an export of the shop's console.

    They are marked, allocated to local factories or shipped by ourselves. What the platform told is never
    overwritten, and no receiver is kept. A newer export updates states; the same or an older one changes nothing.

    Examples: dropship orders import 1763000000_8f2c.csv --dry-run;
    dropship orders import export.xlsx --errors failed.csv
    """
    from dropship_cli.actions.import_orders import import_orders, read_export
    from dropship_cli.cli.batching import run_batch, source

    screen, given = wiring.screen(), source(file, encoding)
    with wiring.shop() as shop:
        export = read_export(shop, given)
        imported = import_orders(shop, export, given, dry_run=dry_run)
        status = run_batch(
            shop, export.batch, lambda: imported.report, errors=errors, progress="progress.import"
        )
    counts = {
        "import.unpaid": export.unpaid,
        "import.from_platform": imported.from_platform,
        "import.older": imported.older,
        "import.forgotten": imported.forgotten,
    }
    for code, count in counts.items():
        if count:
            screen.note(code, count=count)
    for item_id, code, factory in imported.conflicts:
        screen.warning(code, item=item_id, factory=factory)
    return status


def order(
    order_id: Annotated[str, typer.Argument(help="An order, or one item of it.", show_default=False)],
) -> int:
    """Show one order with all its items.

    Example: dropship order 6923007000000001326
    """
    with wiring.shop() as shop:
        items = list(_known(shop, order_id))
        screen = wiring.screen()
        screen.own, screen.soon = shop.profile.shop_id, shop.settings.soon
        screen.records("order", records(shop, items))
    return 0


def status(
    order_id: Annotated[
        str | None, typer.Argument(help="Where this order is, or why it never appears.", show_default=False)
    ] = None,
    factories: Annotated[
        bool, typer.Option("--factories", help="Every factory's numbers; else only while something is late.")
    ] = False,
    fail_if_late: Annotated[
        bool, typer.Option("--fail-if-late", help="Exit with 1 while anything is late; for cron.")
    ] = False,
    fail_if_due: Annotated[
        str | None,
        typer.Option(
            "--fail-if-due",
            help="Exit with 1 while anything is late or has to leave within this time (2h, 90m, 1d).",
            metavar="TIME",
        ),
    ] = None,
) -> int:
    """Show what needs doing now: to allocate, to ship, late, unknown, queued.

    While something is late a merchant sees which factories it waits for.

    Examples: dropship status; dropship status --factories; dropship status --fail-if-late > /dev/null || …
    """
    if order_id is not None and not (factories or fail_if_late or fail_if_due):
        return order(order_id)
    from dropship_cli.actions.status import due, summary
    from dropship_cli.domain.errors import ExitStatus, UsageError
    from dropship_cli.terminal.status_view import show

    if order_id is not None:
        raise UsageError("usage.no_order_here", order=order_id)
    within = wiring.seconds_of(fail_if_due)
    with wiring.shop() as shop:
        found = summary(shop, factories=factories)
        screen = wiring.screen()
        screen.soon = shop.settings.soon
        show(screen, found)
        fails = (fail_if_late and found.late) or (within is not None and due(shop, within))
    return ExitStatus.PARTLY if fails else ExitStatus.DONE


def records(shop: Shop, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Items as they are shown, each with what is pinned to it; a stream."""
    from itertools import islice

    from dropship_cli.terminal.json_shape import item_record
    from dropship_cli.terminal.mark_shape import mark_record

    stream = iter(items)
    while chunk := list(islice(stream, CHUNK)):
        marked = shop.store.marks.of([item.item_id for item in chunk], now=shop.now())
        for item in chunk:
            yield item_record(item, shop.profile.platform) | mark_record(item, marked.get(item.item_id))


def moment(text: str | None) -> int | None:
    """Unix seconds of what a person wrote, or a usage error."""
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.moment import parse_moment

    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError:
        raise UsageError("usage.moment", value=text) from None


def shown_rows(given: int | None) -> int | None:
    """What the person said (0 is all); on a terminal a screenful; for scripts everything."""
    import sys

    if given is not None:
        return given or None
    return SHOWN if sys.stdout.isatty() else None


def _known(shop: Shop, order_id: str) -> Iterator[Item]:
    from dropship_cli.actions import orders as action
    from dropship_cli.actions.status import why_absent

    items = action.order(shop, order_id)
    if not items:
        raise why_absent(shop, order_id)
    return iter(items)


def _show_sync(shop: Shop, synced: Synced) -> int:
    """With `--json` one object; for people a line, and every operation that did not end well by name."""
    from dropship_cli.cli.showing import say_outcomes, say_standstill
    from dropship_cli.terminal.json_shape import outcome_record
    from dropship_cli.terminal.local_shape import conflict_record

    screen = wiring.screen()
    pulled = synced.pulled
    if screen.json:
        rows = [outcome_record(one, screen.lang) for one in synced.outcomes]
        counts = {"items": pulled.items, "windows": pulled.windows, "bindings_changed": pulled.bindings_new}
        counts |= {"changed_after_hand_over": pulled.changed, "withdrawn": synced.withdrawn}
        screen.record(
            "sync",
            {
                **counts,
                "operations": rows,
                "error": synced.error and synced.error.code,
                "conflicts": [conflict_record(*one) for one in synced.conflicts],
                "pushes_looked": synced.caught.looked,
                "pushes_lost": synced.caught.lost,
            },
        )
    say_outcomes(screen, synced.outcomes)
    for item_id, code, factory in synced.conflicts:
        screen.warning(code, item=item_id, factory=factory)
    if synced.failure is None:
        screen.note("sync.done", items=pulled.items, bindings=pulled.bindings_new, profile=shop.profile.name)
    if synced.caught.lost:
        screen.note("sync.pushes_lost", count=synced.caught.lost)
    if synced.error is not None:
        screen.error(synced.error)
    else:
        say_standstill(screen, shop)
    if pulled.changed:
        screen.warning("sync.changed", count=pulled.changed)
    if synced.withdrawn:
        screen.note("sync.withdrawn", count=synced.withdrawn)
    return synced.exit_status
