"""`reveal`: one look at one receiver."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.domain.errors import UsageError


def reveal(
    order_id: Annotated[str, typer.Argument(help="An order, or one item of it.", show_default=False)],
) -> int:
    """Decrypt the name, phone and address of one order, to this terminal only (merchant).

    Asked from the platform each time and kept nowhere; the log says who looked at which order. It spends the
    shop's decryption quota. Refused for orders that are closed or unpaid, or were shipped long ago (setting
    `reveal_days`).

    Example: dropship reveal 6923007000000001326
    """
    from dropship_cli.actions.reveal import reveal as action
    from dropship_cli.terminal.receiver_shape import receiver_record
    from dropship_cli.terminal.words import word

    screen = wiring.screen()
    if not screen.json and not sys.stdout.isatty():
        raise UsageError("reveal.terminal")
    with wiring.shop() as shop:
        revealed = action(shop, order_id)
        record = receiver_record(revealed.order_id, revealed.region, revealed.fields, screen.lang)
        if not screen.json:
            for problem in record.pop("errors"):
                field = word(f"field.{problem['field']}", screen.lang, problem["field"])
                screen.warning("reveal.field", field=field, error=problem["error"])
        screen.record("receiver", record)
    return revealed.exit_status
