"""`sync`, `orders`, `order`, `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Deadline, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.sync import Synced
    from dropship_cli.domain.item import Item

_ORDERS = """List items, the newest first (with --late the most overdue first). No call is made.

Examples: dropship orders --state unallocated; dropship orders --late; dropship orders --json;
dropship orders --handled-by nobody; dropship orders --split
"""

orders = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_ORDERS)

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
    state: Annotated[
        str | None,
        typer.Option("--state", help="unallocated, allocated, to-ship, partial, shipped, refund, closed, …"),
    ] = None,
    factory: Annotated[str | None, typer.Option("--factory", help="Only what this factory has.")] = None,
    merchant: Annotated[str | None, typer.Option("--merchant", help="Only what this merchant sells.")] = None,
    sku: Annotated[str | None, typer.Option("--sku", help="Only this SKU code.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Paid from this day or time on.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Paid before this day or time.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only what should have left already.")] = False,
    handled_by: Annotated[
        str | None,
        typer.Option(
            "--handled-by", help="self (we ship or shipped it), factory, or nobody.", metavar="HAND"
        ),
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help="Only orders whose items are in several hands.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", help="At most so many; 0 is all.", min=0)
    ] = None,
) -> int:
    """The list, where no command of the group is called."""
    if context.invoked_subcommand:
        return 0
    from dropship_cli.actions import orders as action
    from dropship_cli.terminal.json_shape import item_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        screen.own = shop.profile.shop_id
        wanted = action.ItemFilter(
            state, factory, merchant, sku, moment(since), moment(until), int(shop.now()) if late else None,
            _limit(limit), urgent_first=state in ("to-ship", "unshipped"), hand=handled_by, split=split,
        )  # fmt: skip
        found = action.find(shop, wanted)
        screen.records("items", (item_record(item, shop.profile.platform) for item in found))
        if wanted.limit is not None and not screen.json and limit is None:
            whole = action.count(shop, wanted)
            if whole > wanted.limit:
                screen.note("orders.more", shown=wanted.limit, count=whole)
    return 0


def order(
    order_id: Annotated[str, typer.Argument(help="An order, or one item of it.", show_default=False)],
) -> int:
    """Show one order with all its items.

    Example: dropship order 6923007000000001326
    """
    from dropship_cli.terminal.json_shape import item_record

    with wiring.shop() as shop:
        items = list(_known(shop, order_id))
        screen = wiring.screen()
        screen.own = shop.profile.shop_id
        screen.records("order", [item_record(item, shop.profile.platform) for item in items])
    return 0


def status(
    order_id: Annotated[
        str | None, typer.Argument(help="Where this order is, or why it never appears.", show_default=False)
    ] = None,
) -> int:
    """Show what needs doing now: to allocate, to ship, late, unknown, queued.

    Example: dropship status
    """
    if order_id is not None:
        return order(order_id)
    from dropship_cli.actions.status import summary
    from dropship_cli.terminal.status_view import show

    with wiring.shop() as shop:
        show(wiring.screen(), summary(shop))
    return 0


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


def _known(shop: Shop, order_id: str) -> Iterator[Item]:
    from dropship_cli.actions import orders as action
    from dropship_cli.actions.status import why_absent

    items = action.order(shop, order_id)
    if not items:
        raise why_absent(shop, order_id)
    return iter(items)


def _limit(given: int | None) -> int | None:
    """What the person said (0 is all); on a terminal a screenful; for scripts everything."""
    import sys

    if given is not None:
        return given or None
    return SHOWN if sys.stdout.isatty() else None


def _show_sync(shop: Shop, synced: Synced) -> int:
    """With `--json` one object; for people a line, and every operation that did not end well by name."""
    from dropship_cli.cli.showing import say_outcomes
    from dropship_cli.terminal.json_shape import outcome_record

    screen = wiring.screen()
    pulled = synced.pulled
    if screen.json:
        rows = [outcome_record(one, screen.lang) for one in synced.outcomes]
        counts = {"items": pulled.items, "windows": pulled.windows, "bindings_changed": pulled.bindings_new}
        screen.record("sync", {**counts, "operations": rows, "error": synced.error and synced.error.code})
    say_outcomes(screen, synced.outcomes)
    if synced.error is not None:
        screen.error(synced.error)
    else:
        screen.note("sync.done", items=pulled.items, bindings=pulled.bindings_new, profile=shop.profile.name)
    return synced.exit_status
