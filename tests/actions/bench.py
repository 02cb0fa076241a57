"""A factory's bench in this process: its items, and what it did with e-waybill numbers by the platform's own ledger."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from dropship_cli.actions import waybills
from dropship_cli.actions.act import Report
from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ship
from dropship_cli.actions.waybills import WaybillRow
from dropship_cli.domain.waybill import Sender
from tests.actions.shops import A, bound
from tests.faults.world import World

FACTORY = "factory-1"
SENDER = Sender("一号仓", "13800000000", "浙江省", "金华市", "义乌市", "稠州北路1号")


def made(folder: Path) -> World:
    """Factory A has two orders: one with three lines of 1, 2 and 5 pieces, one with a single line."""
    world = bound(folder)
    items = [*world.order(1, [1, 2, 5]), *world.order(2, [1])]
    world.clock.advance(1)
    world.sync("merchant")
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(text=one), A) for one in items])
    world.clock.advance(1)
    world.sync(FACTORY)
    with world.shop(FACTORY) as shop:
        waybills.keep_sender(shop, SENDER)
    return world


def items(world: World) -> list[str]:
    with world.shop(FACTORY) as shop:
        return [row[0] for row in shop.store.connection.execute("SELECT item_id FROM items ORDER BY item_id")]


def get(world: World, *names: str, carrier: str = "中通", merge: bool = False, **more: object) -> Report:
    rows = [WaybillRow(Reference(text=one), carrier, **more) for one in names]  # type: ignore[arg-type]  # row's own
    with world.shop(FACTORY) as shop:
        return waybills.get(shop, rows, merge=merge)


def ship_with_numbers(world: World, *names: str) -> Report:
    with world.shop(FACTORY) as shop:
        return ship(shop, waybills.rows_to_ship(shop, [Reference(text=one) for one in names]), How())


def ended(report: Report) -> list[tuple[str, str | None]]:
    return [(one.result.value, one.error_code) for one in report.outcomes]


def drawn(world: World) -> list[tuple[str, str]]:
    """Item and number of every number that the platform says it sold."""
    return effects(world, "waybill_got")


def effects(world: World, act: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(world.ledger)) as ledger:
        rows = ledger.execute(
            'SELECT item_id, "values" FROM effects WHERE act = ? ORDER BY seq', (act,)
        ).fetchall()
    return [(item, json.loads(values).get("track_no", "")) for item, values in rows]


def kept(world: World) -> list[tuple[str, str, str]]:
    """Item, number and state of every number that the shop knows."""
    with world.shop(FACTORY) as shop:
        return [
            (one.waybill.item_id, one.waybill.tracking_number, one.waybill.state(one.items).value)
            for one in waybills.listed(shop)
        ]
