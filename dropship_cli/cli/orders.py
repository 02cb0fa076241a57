"""`sync`, `orders`, `order`, `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.everywhere import AllProfiles
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
from dropship_cli.cli.times import moment, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
SHOWN = 50
"""Rows of a table on a terminal unless `--limit` says otherwise; scripts get all."""


def sync(
    since: Annotated[str | None, typer.Option("--since", help="Read again from this day or time.")] = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
    all_profiles: AllProfiles = False,
) -> int:
    """Send what waits, ask about unknown outcomes, read what changed. Made for cron: silent when all is well.

    Examples: dropship sync -q --deadline 4m; dropship sync -q --all-profiles
    """
    from dropship_cli.actions.sync import sync as action
    from dropship_cli.cli.everywhere import each_shop

    screen = wiring.screen()
    start, seconds = moment(since), seconds_of(deadline)
    records: list[dict[str, Any]] = []

    def one(shop: Shop) -> int:
        with screen.progress("progress.sync") as shop.progress:
            synced = action(shop, since=start)
        if screen.json:
            records.append({"profile": shop.profile.name, **_sync_record(synced, screen.lang)})
        return _show_sync(shop, synced, among_many=all_profiles)

    if all_profiles:
        status = each_shop(one, wait=wait, deadline=seconds)
        if screen.json:
            screen.records("sync", records)
        return status
    with wiring.shop(wait=wait, deadline=seconds) as shop:
        result = one(shop)
    if screen.json:
        screen.record("sync", records[0])
    return result


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
    all_profiles: AllProfiles = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Draw the list again and again on a terminal, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float, typer.Option("--every", help="Seconds between two pictures of --watch.", min=0.5, max=3600)
    ] = 5.0,
) -> int:
    """The list, where no command of the group is called."""
    if context.invoked_subcommand:
        return 0
    from functools import partial

    from dropship_cli.cli.listing import list_everywhere, list_shop

    shown = shown_rows(limit)
    ask = partial(
        asked, state=state, factory=factory, merchant=merchant, sku=sku, since=since, until=until, late=late,
        handled_by=handled_by, split=split, due=due, attention=attention, held=held, limit=shown,
    )  # fmt: skip
    if watch:
        from dropship_cli.cli.watching import watch as keep_watching
        from dropship_cli.domain.errors import UsageError

        if all_profiles:
            raise UsageError("watch.one_shop")
        return keep_watching(ask, limit, every)
    if all_profiles:
        return list_everywhere(ask, shown, told=limit is not None)
    return list_shop(ask, told=limit is not None)


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

    screen, given = wiring.screen(), source(file, encoding, errors)
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
    if imported.changed:
        screen.warning("sync.changed", count=imported.changed)
    return status


def order(
    order_id: Annotated[str, typer.Argument(help="An order, or one item of it.", show_default=False)],
) -> int:
    """Show one order with all its items.

    Example: dropship order 6923007000000001326
    """
    from dropship_cli.cli.listing import records

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
    all_profiles: AllProfiles = False,
) -> int:
    """Show what needs doing now: to allocate, to ship, late, unknown, queued.

    While something is late a merchant sees which factories it waits for.

    Examples: dropship status; dropship status --factories; dropship status --fail-if-late > /dev/null || …
    """
    if order_id is not None and not (factories or fail_if_late or fail_if_due or all_profiles):
        return order(order_id)
    from dropship_cli.actions.status import due, summary
    from dropship_cli.cli.everywhere import each_shop
    from dropship_cli.domain.errors import ExitStatus, UsageError
    from dropship_cli.terminal.status_view import show, status_record

    if order_id is not None:
        raise UsageError("usage.no_order_here", order=order_id)
    within, screen = seconds_of(fail_if_due), wiring.screen()
    records: list[dict[str, Any]] = []

    def one(shop: Shop) -> int:
        found = summary(shop, factories=factories)
        screen.soon = shop.settings.soon
        if records:
            screen.gap()
        records.append(status_record(found))
        if not (screen.json and all_profiles):
            show(screen, found)
        fails = (fail_if_late and found.late) or (within is not None and due(shop, within))
        return ExitStatus.PARTLY if fails else ExitStatus.DONE

    if not all_profiles:
        with wiring.shop() as shop:
            return one(shop)
    status = each_shop(one)
    if screen.json:
        screen.records("status", records)
    return status


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


def _sync_record(synced: Synced, lang: str) -> dict[str, Any]:
    """What a round did, as one object."""
    from dropship_cli.terminal.json_shape import outcome_record
    from dropship_cli.terminal.local_shape import conflict_record

    pulled = synced.pulled
    return {
        "items": pulled.items,
        "windows": pulled.windows,
        "bindings_changed": pulled.bindings_new,
        "changed_after_hand_over": pulled.changed,
        "withdrawn": synced.withdrawn,
        "operations": [outcome_record(one, lang) for one in synced.outcomes],
        "error": synced.error and synced.error.code,
        "conflicts": [conflict_record(*one) for one in synced.conflicts],
        "pushes_looked": synced.caught.looked,
        "pushes_lost": synced.caught.lost,
    }


def _show_sync(shop: Shop, synced: Synced, *, among_many: bool) -> int:
    """For people a line, and every operation that did not end well by name."""
    from dropship_cli.cli.showing import say_outcomes, say_standstill

    screen, pulled = wiring.screen(), synced.pulled
    say_outcomes(screen, synced.outcomes)
    for item_id, code, factory in synced.conflicts:
        screen.warning(code, item=item_id, factory=factory)
    if synced.failure is None:
        screen.note("sync.done", items=pulled.items, bindings=pulled.bindings_new, profile=shop.profile.name)
    if synced.caught.lost:
        screen.note("sync.pushes_lost", count=synced.caught.lost)
    if synced.error is not None:
        screen.error(synced.error, profile=shop.profile.name if among_many else None)
    else:
        say_standstill(screen, shop)
    if pulled.changed:
        screen.warning("sync.changed", count=pulled.changed)
    if synced.withdrawn:
        screen.note("sync.withdrawn", count=synced.withdrawn)
    if synced.stay:
        screen.note("sync.stay", count=synced.stay)
    return synced.exit_status
