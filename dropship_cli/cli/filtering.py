"""Which items a list is about: the options that `orders` and `export` share, and what they ask the store for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli.times import seconds_of

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.orders import ItemFilter

State = Annotated[
    str | None,
    typer.Option("--state", help="unallocated, allocated, to-ship, partial, shipped, refund, closed, …"),
]
Factory = Annotated[str | None, typer.Option("--factory", help="Only what this factory has.")]
Merchant = Annotated[str | None, typer.Option("--merchant", help="Only what this merchant sells.")]
Sku = Annotated[str | None, typer.Option("--sku", help="Only this SKU code.")]
Since = Annotated[
    str | None, typer.Option("--since", help="Paid (to a factory: allocated) from this day or time on.")
]
Until = Annotated[
    str | None, typer.Option("--until", help="Paid (to a factory: allocated) before this day or time.")
]
Late = Annotated[bool, typer.Option("--late", help="Only what should have left already.")]
HandledBy = Annotated[
    str | None,
    typer.Option("--handled-by", help="self (we ship or shipped it), factory, or nobody.", metavar="HAND"),
]
Split = Annotated[bool, typer.Option("--split", help="Only orders whose items are in several hands.")]
Due = Annotated[
    str | None,
    typer.Option(
        "--due", help="Only what has to leave within this time (6h, 90m, 1d), late or not.", metavar="TIME"
    ),
]
Attention = Annotated[
    bool, typer.Option("--attention", help="Only what needs a person: refunds, changes after the hand-over.")
]
Held = Annotated[bool, typer.Option("--held", help="Only what is held back.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", help="At most so many; 0 is all.", min=0)]


def asked(
    shop: Shop, *, state: str | None, factory: str | None, merchant: str | None, sku: str | None,
    since: str | None, until: str | None, late: bool, handled_by: str | None, split: bool, due: str | None,
    attention: bool, held: bool, limit: int | None,
) -> ItemFilter:  # fmt: skip
    """What the options ask this shop's store for, at this moment; a usage error where a time is none."""
    from dropship_cli.actions.orders import ItemFilter, reads_as_factory
    from dropship_cli.cli.times import moment

    within = seconds_of(due)
    return ItemFilter(
        state, factory, merchant, sku, moment(since), moment(until),
        late_at=int(shop.now()) if late else None,
        due_until=None if within is None else int(shop.now() + within),
        as_factory=reads_as_factory(shop), limit=limit,
        urgent_first=attention or state in ("to-ship", "unshipped"), hand=handled_by, split=split,
        attention=attention, held_at=shop.now() if held else None,
    )  # fmt: skip
