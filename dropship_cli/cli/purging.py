"""`purge`: what is over and old leaves this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import DryRun, Wait, Yes

if TYPE_CHECKING:
    from dropship_cli.actions.purge import Purged
    from dropship_cli.terminal.screen import Screen


def purge(
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            help="Days, as 180d; else the setting `retention`. The last two months always stay.",
            metavar="DAYS",
        ),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    wait: Wait = 0.0,
) -> int:
    """Remove orders that are over and old, with all that belongs to them, from the store and its copies.

    Over is: every item of it closed, wholly shipped or refunded, no refund open, nothing on its way. Removed
    text is overwritten and can't be found in the files any more. Backups elsewhere are named, not touched.

    Examples: dropship purge --dry-run; dropship purge --older-than 90d --yes
    """
    from dropship_cli.actions import purge as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.showing import say_where
    from dropship_cli.terminal.purge_shape import purge_record

    days = None if older_than is None else _days(older_than)
    screen = wiring.screen()
    with wiring.shop(wait=wait) as shop:
        found = action.plan(shop, days, home=wiring.home().path)
        record = purge_record(found, dry_run=dry_run)
        if not dry_run:
            counts = found.counts
            confirm(
                screen, "purge.confirm", yes=yes, profile=shop.profile.name, orders=counts.orders, items=counts.items,
                before=record["before"][:10], copies=len(found.copies),
            )  # fmt: skip
            record = purge_record(action.purge(shop, found), dry_run=False)
        screen.record("purge", record)
        _say_what_stays(screen, found)
        say_where(screen, shop)
    return 0


def _say_what_stays(screen: Screen, found: Purged) -> None:
    for path in found.elsewhere:
        screen.note("purge.elsewhere", path=path)
    for path in found.younger:
        screen.note("purge.younger", path=path)


def _days(text: str) -> float:
    """`180d` or `180`; at least one day."""
    from dropship_cli.domain.errors import UsageError

    number = text.strip().lower().removesuffix("d")
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= 36_500):
        raise UsageError("usage.days", value=text)
    return float(number)
