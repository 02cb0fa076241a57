"""A refunded item that its factory still has, and that nobody is taking back, needs a person: until somebody is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dropship_cli.actions import orders, queue, status, stop
from dropship_cli.actions.allocate import AllocationRow, allocate, unallocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.sync import sync
from dropship_cli.domain.settings import Withdraw
from dropship_cli.sandbox import buyers, settings
from dropship_cli.store.item_query import ItemFilter
from tests.actions.shops import A, bound, buy
from tests.faults.world import World


@pytest.fixture(scope="module")
def refunded_once(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two orders at a factory, the money for the first went back, and the platform leaves it there."""
    world = bound(tmp_path_factory.mktemp("world") / "world")
    settings.put(world.ledger, "refund_withdraws", 0)
    ids = [*buy(world, 1, "A"), *buy(world, 2, "A")]
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference("", item_id), A) for item_id in ids])
    for act in (buyers.refund, buyers.refund_finish):
        act(world.ledger, ids[0], world.clock.platform)
    return world


@pytest.fixture
def world(refunded_once: World, tmp_path: Path) -> World:
    folder = tmp_path / "mine"
    folder.mkdir()
    return refunded_once.copy(folder)


def read(world: World, withdraw: Withdraw = Withdraw.REFUNDED) -> None:
    world.clock.advance(2)
    with world.shop("merchant") as shop:
        shop.settings = shop.settings._replace(withdraw=withdraw)
        sync(shop)


def listed(world: World) -> list[str]:
    """What needs a person, by the list; by `status`, and by what the list says of it, they are as many."""
    with world.shop("merchant") as shop:
        found = [one.item_id for one in orders.find(shop, ItemFilter(attention=True))]
        assert status.summary(shop).refunded_allocated == len(found)
        assert orders.left_behind(shop) == set(found)
    return found


def first(world: World) -> str:
    with world.shop("merchant") as shop:
        return str(shop.store.connection.execute("SELECT min(item_id) FROM items").fetchone()[0])


def test_one_that_the_setting_leaves_there_is_listed_until_somebody_takes_it_back(world: World) -> None:
    item_id = first(world)
    assert listed(world) == [], "not read yet"
    read(world, Withdraw.NEVER)
    assert listed(world) == [item_id]
    with world.shop("merchant") as shop:
        unallocate(shop, [Reference("", item_id)])
    assert listed(world) == []


def test_one_whose_withdrawal_waits_is_listed_only_once_a_person_gave_that_up(world: World) -> None:
    with world.shop("merchant") as shop:
        stop.stop(shop)
    read(world)
    assert listed(world) == []
    with world.shop("merchant") as shop:
        queue.drop(shop, [one.op_id for one in queue.waiting(shop)])
    assert listed(world) == [first(world)]


def test_one_that_the_platform_will_not_give_back_is_listed(world: World) -> None:
    with world.shop("merchant") as shop:
        stop.stop(shop)
    read(world)
    with world.shop("merchant") as shop, shop.store.transaction():
        waiting = queue.waiting(shop)
        shop.store.operations.refuse([(one, "platform.refused", {}) for one in waiting], shop.now())
    read(world)
    assert listed(world) == [first(world)]


def test_one_that_was_taken_back_by_itself_needs_nobody(world: World) -> None:
    read(world)
    assert listed(world) == []
