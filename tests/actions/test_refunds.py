"""A refund after the factory's shipment: no row tells a merchant, so its order is asked, and only where it may be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.observe import observe
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.item import RefundState
from dropship_cli.sandbox import buyers
from tests.actions.shops import A, bound, buy
from tests.faults.world import World


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two orders that a factory has shipped, and the merchant knows it."""
    world = bound(tmp_path_factory.mktemp("world") / "world")
    ids = [*buy(world, 1, "A"), *buy(world, 2, "A")]
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference("", item_id), A) for item_id in ids])
    world.sync("factory-1")
    with world.shop("factory-1") as shop:
        rows = [
            ShipmentRow(Reference("", item_id), "zhongtong", f"7817378648507{at}")
            for at, item_id in enumerate(ids)
        ]
        ship(shop, rows, How())
    world.clock.advance(5)
    world.sync("merchant")
    return world


@pytest.fixture
def mine(shipped: World, tmp_path: Path) -> World:
    folder = tmp_path / "mine"
    folder.mkdir()
    return shipped.copy(folder)


def refunds(world: World, name: str = "merchant") -> list[RefundState]:
    with world.shop(name) as shop:
        return [one.refund for one in shop.store.items.by_ids(_ids(world)).values()]


def _ids(world: World) -> list[str]:
    with world.shop("merchant") as shop:
        return [str(row[0]) for row in shop.store.connection.execute("SELECT item_id FROM items").fetchall()]


def refund(world: World, item_id: str) -> None:
    buyers.refund(world.ledger, item_id, world.clock.platform)
    world.clock.advance(2)


def finish(world: World, item_id: str) -> None:
    buyers.refund_finish(world.ledger, item_id, world.clock.platform)
    world.clock.advance(2)


def asked(world: World) -> int:
    return sum(1 for method, _ in world.wire.calls if method == "order.orderDetail")


def test_one_that_was_seen_open_and_one_that_came_and_went_unseen_are_both_known(mine: World) -> None:
    seen, unseen = _ids(mine)
    refund(mine, seen)
    mine.sync("merchant")
    assert refunds(mine) == [RefundState.OPEN, RefundState.NONE]
    finish(mine, seen)
    refund(mine, unseen)
    finish(mine, unseen)
    mine.sync("merchant")
    assert refunds(mine) == [RefundState.REFUNDED] * 2


def test_one_that_was_closed_is_none(mine: World) -> None:
    item_id = _ids(mine)[0]
    refund(mine, item_id)
    mine.sync("merchant")
    buyers.refund_close(mine.ledger, item_id, mine.clock.platform)
    mine.clock.advance(2)
    mine.sync("merchant")
    assert refunds(mine) == [RefundState.NONE] * 2


def test_what_is_known_stays_whatever_a_row_does_not_know(mine: World) -> None:
    """Later rows are silent again: they take back no knowledge, and their orders are not asked once more."""
    item_id = _ids(mine)[0]
    refund(mine, item_id)
    finish(mine, item_id)
    mine.sync("merchant")
    before = asked(mine)
    buyers.change_remark(mine.ledger, _order(mine, item_id), "hello", mine.clock.platform)
    mine.clock.advance(2)
    mine.sync("merchant")
    assert refunds(mine)[0] is RefundState.REFUNDED
    assert asked(mine) - before <= 1  # the other order, which the overlap read again
    with mine.shop("merchant") as shop, shop.store.transaction():
        known = shop.store.items.get(item_id)
        assert known is not None
        assert known.remark == "hello"
        for told, kept in ((RefundState.NONE, RefundState.REFUNDED), (RefundState.OPEN, RefundState.OPEN)):
            shop.store.items.put([replace(known, refund=told)], 0.0)
            again = shop.store.items.get(item_id)
            assert again is not None
            assert again.refund is kept


def test_a_look_without_news_is_no_change_of_refund(mine: World) -> None:
    """What an open question reads of an item is taken over as it is: its row is silent, too."""
    item_id = _ids(mine)[0]
    refund(mine, item_id)
    finish(mine, item_id)
    mine.sync("merchant")
    with mine.shop("merchant") as shop, shop.store.transaction():
        known = shop.store.items.get(item_id)
        assert known is not None
        before = len(shop.store.log.recent(100))
        observe(shop, [replace(known, refund=RefundState.NONE)])
        assert len(shop.store.log.recent(100)) == before


def test_years_old_shipments_that_change_are_asked_about(mine: World) -> None:
    """A first reading, of items of which nothing is known: those that left before they changed."""
    item_id = _ids(mine)[0]
    mine.clock.advance(7200)
    refund(mine, item_id)
    finish(mine, item_id)
    with mine.shop("merchant") as shop, shop.store.transaction():
        shop.store.connection.execute("DELETE FROM items")
    mine.sync("merchant")
    assert refunds(mine) == [RefundState.REFUNDED, RefundState.NONE]


def test_a_factory_is_told_of_no_refund_and_asks_nobody(mine: World) -> None:
    item_id = _ids(mine)[0]
    mine.sync("factory-1")
    before = asked(mine)
    refund(mine, item_id)
    finish(mine, item_id)
    mine.sync("factory-1")
    assert (refunds(mine, "factory-1"), asked(mine)) == ([RefundState.NONE] * 2, before)


def _order(world: World, item_id: str) -> str:
    with world.shop("merchant") as shop:
        found = shop.store.items.get(item_id)
    assert found is not None
    return found.order_id
