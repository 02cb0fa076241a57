"""`hold`, `release`, `ack`, `note`: what a person says about items, kept here and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Items

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.resolve import Reference
    from dropship_cli.domain.outcome import Outcome


def hold(
    items: Items = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; others read it.")] = "",
    until: Annotated[
        str | None, typer.Option("--until", help="Until this day or time; else until it is released.")
    ] = None,
) -> int:
    """Keep items from being allocated and shipped. What waits in the queue already waits on.

    Example: dropship hold 6923007000000001327 --reason "buyer asks for another colour" --until 2026-12-01
    """
    from dropship_cli.actions.marks import hold as action
    from dropship_cli.cli.times import moment

    end = moment(until)
    return _run(items, lambda shop, named: action(shop, named, reason=reason, until=end))


def release(items: Items = None) -> int:
    """Let held items go on.

    Example: dropship release 6923007000000001327
    """
    from dropship_cli.actions.marks import release as action

    return _run(items, action)


def ack(
    items: Items = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that changed.")] = False,
) -> int:
    """Say that you have seen what changed after the hand-over. Until then a new address keeps an item from shipping.

    Examples: dropship orders --attention; dropship ack 6923007000000001327; dropship ack --all
    """
    from dropship_cli.actions.marks import ack as action
    from dropship_cli.actions.marks import everything_open
    from dropship_cli.domain.errors import UsageError

    if everything and items:
        raise UsageError("usage.items_or_all")
    if everything:
        return _run(["*"], lambda shop, _: action(shop, everything_open(shop)))
    return _run(items, action)


def note(
    items: Items = None,
    text: Annotated[str | None, typer.Option("--text", help="The note.", metavar="TEXT")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the note off.")] = False,
) -> int:
    """Pin a note of your own to items. It stays here, and no remark from the platform wipes it.

    Example: dropship note 6923007000000001327 --text "gift wrapping"
    """
    from dropship_cli.actions.marks import note as action
    from dropship_cli.domain.errors import UsageError

    if (text is None) != remove:
        raise UsageError("usage.text_or_remove")
    return _run(items, lambda shop, named: action(shop, named, text or ""))


def _run(items: list[str] | None, act: Callable[[Shop, Sequence[Reference]], list[Outcome]]) -> int:
    """The named items, one action, a row for each."""
    from dropship_cli.actions.act import Report
    from dropship_cli.cli.batching import references
    from dropship_cli.cli.showing import show_report

    with wiring.shop() as shop:
        return show_report(wiring.screen(), shop, Report(act(shop, references(items or []))))
