"""A run ships what is promised first, whatever the order of the wishes, and foretells how long it will take."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dropship_cli.actions.context import Forecast
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.sandbox.ledger import Act
from tests.actions.shops import bound, buy
from tests.faults.world import World

HOURS = (40, 8, 24, 2)


def shipped(world: World) -> list[str]:
    with closing(sqlite3.connect(world.ledger)) as store:
        rows = store.execute("SELECT item_id FROM effects WHERE act = ? ORDER BY seq", (Act.SHIPPED,))
        return [row[0] for row in rows]


def test_the_most_urgent_leaves_first_and_the_run_is_foretold(tmp_path: Path) -> None:
    world = bound(tmp_path / "world")
    items = [buy(world, number, "BWB")[0] for number in range(len(HOURS))]
    rows = [ShipmentRow(Reference("", item), "中通", f"7817378648{at:04d}") for at, item in enumerate(items)]
    heard: list[Forecast] = []
    with world.shop("merchant") as shop:
        promised = {item: int(shop.now()) + 3600 * hours for item, hours in zip(items, HOURS, strict=True)}
        with shop.store.transaction():
            known = shop.store.items.by_ids(items).values()
            shop.store.items.put([replace(one, ship_by=promised[one.item_id]) for one in known], shop.now())
        shop.foretell = heard.append
        report = ship(shop, rows, How())
        assert [(one.operations, one.calls, one.seconds) for one in heard] == [(4, 4, 4 / 1000)]
    assert [one.item_id for one in report.outcomes] == items, "told in the order of the rows"
    assert shipped(world) == sorted(items, key=promised.__getitem__)
