"""A withdrawal that waits goes only while its refund is there, and never when a person asked for it, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from dropship_cli.actions import queue, stop
from dropship_cli.actions.allocate import AllocationRow, allocate, unallocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.sync import Synced, sync
from dropship_cli.domain.item import RefundState
from dropship_cli.domain.operation import REFUND_GONE
from dropship_cli.domain.settings import Withdraw
from dropship_cli.platforms.reading import TRIES
from dropship_cli.sandbox import buyers, settings
from dropship_cli.sandbox.ledger import Act
from tests.actions.bench import effects
from tests.actions.shops import A, bound, buy
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import World

CANCEL, LOOK = "iop.sellerCancleDistribute", "iop.sellerOrderInfo"


@pytest.fixture(scope="module")
def waiting_once(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two orders at a factory; a refund of the first is open, and the shop is stopped: its withdrawal waits."""
    world = bound(tmp_path_factory.mktemp("world") / "world")
    ids = [*buy(world, 1, "A"), *buy(world, 2, "A")]
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference("", item_id), A) for item_id in ids])
        stop.stop(shop)
    buyers.refund(world.ledger, ids[0], world.clock.platform)
    read(world)
    with world.shop("merchant") as shop:
        assert [one.target for one in queue.waiting(shop)] == ids[:1]
    return world


@pytest.fixture
def world(waiting_once: World, tmp_path: Path) -> World:
    folder = tmp_path / "mine"
    folder.mkdir()
    return waiting_once.copy(folder)


def read(world: World) -> Synced:
    """A `sync` that withdraws as soon as a refund is open."""
    world.clock.advance(2)
    with world.shop("merchant") as shop:
        shop.settings = shop.settings._replace(withdraw=Withdraw.OPEN)
        return sync(shop)


def items(world: World) -> list[str]:
    with world.shop("merchant") as shop:
        return [row[0] for row in shop.store.connection.execute("SELECT item_id FROM items ORDER BY item_id")]


def close(world: World) -> str:
    """The buyer closes the refund, and nobody reads that; the item."""
    item_id = items(world)[0]
    buyers.refund_close(world.ledger, item_id, world.clock.platform)
    return item_id


def resume(world: World) -> None:
    with world.shop("merchant") as shop:
        stop.resume(shop)


def taken(world: World) -> list[str]:
    """What the platform gave back, by its own ledger."""
    return [item_id for item_id, _ in effects(world, Act.ALLOCATION_CANCELLED)]


def told(world: World) -> list[tuple[str, str, str]]:
    """The log's entries about what was dropped: who, item, why."""
    with world.shop("merchant") as shop:
        rows = queue.log(shop, 50)
        return [(row["who"], row["target"], row["outcome"]) for row in rows if row["act"] == "drop"]


def test_it_is_not_sent_once_the_buyer_closed_the_refund_and_the_log_says_why(world: World) -> None:
    item_id = close(world)
    resume(world)
    synced = read(world)
    assert (taken(world), told(world)) == ([], [("withdraw", item_id, REFUND_GONE)])
    assert (synced.stay, synced.withdrawn, synced.exit_status) == (1, 0, 0)
    with world.shop("merchant") as shop:
        assert queue.waiting(shop) == []


def test_another_command_that_sends_does_not_send_it_either(world: World) -> None:
    """The queue leaves with whatever a person asks for, and what the store knows is older than the buyer's word."""
    item_id = close(world)
    resume(world)
    other = items(world)[1]
    with world.shop("merchant") as shop:
        assert shop.store.items.by_ids([item_id])[item_id].refund is RefundState.OPEN
        unallocate(shop, [Reference("", other)])
    assert (taken(world), told(world)) == ([other], [("withdraw", item_id, REFUND_GONE)])


def test_one_whose_refund_is_still_open_is_sent(world: World) -> None:
    """Even when the setting would leave such a refund alone by now: nobody took the wish back."""
    resume(world)
    world.sync("merchant")
    assert (taken(world), told(world)) == ([items(world)[0]], [])


def test_a_buyer_who_asks_again_is_heard_again(world: World) -> None:
    """The dropped one was no attempt in vain."""
    item_id = close(world)
    resume(world)
    read(world)
    buyers.refund(world.ledger, item_id, world.clock.platform)
    assert read(world).withdrawn == 1
    assert taken(world) == [item_id]


@pytest.mark.parametrize("way", ["unallocate", "retry"])
def test_what_a_person_asks_for_too_is_never_dropped(world: World, way: str) -> None:
    """The person's wish is the one that waits already; it is the person's from then on."""
    item_id = close(world)
    with world.shop("merchant") as shop:
        if way == "retry":
            queue.retry(shop, [queue.waiting(shop)[0].op_id])
        else:
            unallocate(shop, [Reference("", item_id)])
    resume(world)
    read(world)
    assert (taken(world), told(world)) == ([item_id], [])


def test_a_look_in_vain_sends_nothing(world: World) -> None:
    """Nobody knows whether the buyer still wants it: it waits on, and so does what was asked for meanwhile."""
    close(world)
    resume(world)
    world.wire.plans += [Plan(Fault.NO_CONNECTION, fits=LOOK.__eq__) for _ in range(TRIES)]
    assert (read(world).exit_status, taken(world), told(world)) == (5, [], [])
    world.wire.plans.clear()
    assert (read(world).exit_status, taken(world), len(told(world))) == (0, [], 1)


def test_one_of_unknown_outcome_is_not_sent_again_when_the_refund_is_gone(world: World) -> None:
    """Found not done, twice: the same reading says that it is pointless by now."""
    resume(world)
    world.wire.plans.append(Plan(Fault.SILENT_BEFORE, fits=CANCEL.__eq__))
    read(world)
    item_id = close(world)
    world.clock.advance(61)
    read(world)
    assert (taken(world), told(world)) == ([], [("withdraw", item_id, REFUND_GONE)])


def test_a_refund_that_ended_is_not_gone(world: World) -> None:
    """Open no more, for the money went back: a reason more to take it back, on a platform that does not."""
    settings.put(world.ledger, "refund_withdraws", 0)
    item_id = items(world)[0]
    buyers.refund_finish(world.ledger, item_id, world.clock.platform)
    resume(world)
    read(world)
    assert (taken(world), told(world)) == ([item_id], [])
