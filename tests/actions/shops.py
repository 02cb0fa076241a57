"""A merchant bound to two factories in this process, and buyers who order what a test likes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from dropship_cli.actions import bind
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.doudian.console import Console
from dropship_cli.sandbox import ledger
from dropship_cli.sandbox.placing import NewItem, NewOrder, place
from dropship_cli.sandbox.receivers import Region, invent
from tests.faults.world import SHOPS, World

A, B, C = SHOPS["factory-1"], SHOPS["factory-2"], SHOPS["factory-3"]
REGION = Region("浙江省", "金华市", "义乌市", "稠江街道")


def bound(folder: Path) -> World:
    """Factories A and B are bound to the merchant; C has chosen its role and is not."""
    folder.mkdir(exist_ok=True)
    world = World(folder, client=Console)
    for name in ("merchant", "factory-1", "factory-2", "factory-3"):
        with world.shop(name) as shop:
            bind.choose_role(shop, Role.MERCHANT if name == "merchant" else Role.FACTORY, shop_name=name)
    for name in ("factory-1", "factory-2"):
        with world.shop("merchant") as shop:
            bind.apply(shop, SHOPS[name])
        with world.shop(name) as shop:
            bind.accept(shop, SHOPS["merchant"])
    world.clock.advance(5)
    world.sync("merchant")
    return world


def buy(world: World, number: int, *skus: str) -> list[str]:
    """A buyer's order with one line a SKU, read by the merchant; the lines' ids."""
    found = order(world, number, *skus)
    world.sync("merchant")
    return found


def order(world: World, number: int, *skus: str, ago: int = 0) -> list[str]:
    """The same, and the merchant has not looked yet; paid so many seconds `ago`."""
    now, order_id = int(world.clock.platform()) - ago, str(6_920_000_000_000_000_000 + 100 * number)
    bought = NewOrder(order_id, int(SHOPS["merchant"]), now - 60, now, 0, invent(order_id), REGION)
    lines = [
        NewItem(
            item_id=str(int(order_id) + at), order_id=order_id, shop_id=bought.shop_id, product_name="保温杯 480ml",
            product_id="3600000000000000001", price=6900, quantity=1, sku_spec="白", out_sku_id=sku,
            seller_words="", buyer_words="", paid_at=now, exp_ship_time=now + 172_800,
        )
        for at, sku in enumerate(skus)
    ]  # fmt: skip
    with ledger.transaction(world.ledger) as tx:
        place(tx, now, [bought], lines)
    world.clock.advance(1)
    return [line.item_id for line in lines]


def given(world: World) -> dict[str, str]:
    """Which factory the platform gave each item to, by its own ledger; the last one counts."""
    with closing(sqlite3.connect(world.ledger)) as store:
        rows = store.execute(
            'SELECT item_id, "values" FROM effects WHERE act = ? ORDER BY seq', (ledger.Act.ALLOCATED,)
        ).fetchall()
    return {item_id: str(json.loads(values)["factory_id"]) for item_id, values in rows}
