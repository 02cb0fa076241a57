"""A reading from long ago on brings back nothing that a purge removed, and keeps true what is here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dropship_cli.actions import pull
from dropship_cli.domain.item import Item, RefundState, ShipmentState
from dropship_cli.domain.moment import Window
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.doudian.console import Console
from tests.actions.shops import bound

OLD, BEFORE = 1_000, 2_000
DONE = Item("O1", "I1", 1, paid_at=OLD, shipped_at=OLD, shipment=ShipmentState.SHIPPED)
LISTED = [
    DONE,
    replace(DONE, order_id="O2", item_id="I2", refund=RefundState.OPEN),
    replace(DONE, order_id="O3", item_id="I3", shipment=ShipmentState.NONE),
    replace(DONE, order_id="O4", item_id="I4", shipped_at=BEFORE),
    replace(DONE, order_id="O5", item_id="I5", refund=RefundState.REFUNDED),
]


class Listing(Console):
    """The sandbox's client, whose list is a test's."""

    def items(self, role: Role, window: Window) -> Iterator[list[Item]]:
        yield LISTED


@pytest.mark.parametrize(
    ("before", "expected"), [(None, {"I1", "I2", "I3", "I4", "I5"}), (BEFORE, {"I2", "I3", "I4", "I5"})]
)
def test_only_what_is_over_old_and_gone_stays_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int | None, expected: set[str]
) -> None:
    """I5 is here with its refund still open: that the refund has ended must be seen."""
    world = bound(tmp_path / "world")
    world.client = Listing
    monkeypatch.setattr(pull, "_windows", lambda *_: [Window(0, 9_000)])
    with world.shop("merchant") as shop:
        with shop.store.transaction():
            shop.store.items.put([replace(LISTED[-1], refund=RefundState.OPEN)], 1.0)
            if before is not None:
                shop.store.facts.purge_reached(before)
        pull.pull(shop)
        found = shop.store.items.by_ids(one.item_id for one in LISTED)
    assert set(found) == expected
    assert found["I5"].refund is RefundState.REFUNDED
