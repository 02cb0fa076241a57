"""What a message names is read, what no message named is found by the windows, and only honest losses are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.actions import catch_up as catching
from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.catch_up import catch_up
from dropship_cli.actions.context import Shop
from dropship_cli.actions.hearing import ALIVE, LOST, SINCE
from dropship_cli.actions.look import look
from dropship_cli.actions.resolve import Reference
from dropship_cli.domain.errors import UnavailableError
from dropship_cli.domain.push import Push
from dropship_cli.sandbox import buyers
from tests.actions.shops import A, bound, order
from tests.faults.world import SHOPS, World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return bound(tmp_path_factory.mktemp("catch-up") / "world")


@pytest.fixture
def mine(world: World, tmp_path: Path) -> World:
    return world.copy(tmp_path / "mine")


def listening(shop: Shop, *, since: float | None = None) -> None:
    """As if a listener were up, and had heard something an hour ago."""
    with shop.store.transaction():
        shop.store.facts.put(SINCE, repr(shop.now() if since is None else since))
        shop.store.facts.put(ALIVE, repr(shop.now()))
        shop.store.inbox.add([(Push("first", "777"), "nothing")], shop.now() - 3600)


def told(shop: Shop, key: str, *item_ids: str, order_id: str = "") -> None:
    with shop.store.transaction():
        shop.store.inbox.add([(Push(key, "101", item_ids, order_id), "")], shop.now())


def alive(shop: Shop) -> None:
    with shop.store.transaction():
        shop.store.facts.put(ALIVE, repr(shop.now()))


def test_only_orders_that_no_message_named_are_lost(mine: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by item, or as a whole; two items of one order are one lost push at least; each is counted once."""
    monkeypatch.setattr(catching, "MOST_LOOKS", 0)  # so that the windows find all of them
    with mine.shop("merchant") as shop:
        listening(shop)
        catch_up(shop, since=None)
        named, whole, *_ = order(mine, 1, "A")[0], order(mine, 2, "B", "C")[0]
        order(mine, 3, "D", "E")
        order(mine, 4, "F")
        told(shop, "one", named)
        told(shop, "all", order_id=whole)
        alive(shop)
        assert catch_up(shop, since=None).lost == 2
        assert catch_up(shop, since=None).lost == 0
        assert shop.store.facts.get(LOST) == "2"
        assert shop.store.inbox.count_waiting() == 0


def test_a_push_that_is_still_on_its_way_is_not_lost(mine: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change may be read a moment before its message comes."""
    with mine.shop("merchant") as shop:
        listening(shop)
        catch_up(shop, since=None)
        item_id = order(mine, 1, "A")[0]
        alive(shop)
        sleep = shop.sleep
        monkeypatch.setattr(shop, "sleep", lambda seconds: (sleep(seconds), told(shop, "late", item_id)))
        assert catch_up(shop, since=None).lost == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda shop: shop.store.facts.put(SINCE, None),  # it was ended
        lambda shop: shop.store.facts.put(SINCE, repr(shop.now())),  # it began only just now
        lambda shop: shop.store.facts.put(ALIVE, repr(shop.now() - 60)),  # it is dead
        lambda shop: shop.store.inbox.forget(shop.now()),  # no push ever came
    ],
    ids=["ended", "young", "dead", "deaf"],
)
def test_nothing_is_counted_where_nobody_was_there_to_be_told(
    mine: World, spoil: Callable[[Shop], object]
) -> None:
    with mine.shop("merchant") as shop:
        listening(shop)
        catch_up(shop, since=None)
        order(mine, 1, "A")
        alive(shop)
        with shop.store.transaction():
            spoil(shop)
        caught = catch_up(shop, since=None)
        assert (caught.lost, caught.pulled.items) == (None, 1)
        assert shop.store.facts.get(LOST) is None


def test_reading_again_from_a_day_counts_nothing(mine: World) -> None:
    """What a person has read once more was not pushed to anybody."""
    with mine.shop("merchant") as shop:
        listening(shop)
        catch_up(shop, since=None)
        order(mine, 1, "A")
        alive(shop)
        assert catch_up(shop, since=int(shop.now()) - 3600).lost is None


def test_an_item_is_read_once_for_all_its_messages_and_a_stranger_costs_nothing(mine: World) -> None:
    """The stranger's message is done with; the item is as the platform says."""
    item_id = order(mine, 1, "A")[0]
    buyers.refund(mine.ledger, item_id, mine.clock.platform)
    with mine.shop("merchant") as shop:
        for number in range(4):
            told(shop, f"k{number}", item_id)
        told(shop, "stranger", "6900000000000000009")
        told(shop, "order", order_id=item_id)
        looked = look(shop, most=99)
        assert (looked.messages, looked.items) == (6, 1)
        found = shop.store.items.get(item_id)
        assert found is not None
        assert found.refund == "open"
        outcomes = shop.store.connection.execute("SELECT outcome FROM inbox ORDER BY seq").fetchall()
        assert [one for (one,) in outcomes] == ["read"] * 4 + ["absent", "read"]


def test_a_factory_reads_by_the_merchant_that_is_named_or_known(mine: World) -> None:
    """Without either it can't ask; the windows bring it."""
    item_id = order(mine, 1, "A")[0]
    mine.sync("merchant")
    with mine.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference(item_id, item_id), A)])
    with mine.shop("factory-1") as shop:
        told(shop, "nameless", item_id)
        assert look(shop, most=9).items == 0
        with shop.store.transaction():
            shop.store.inbox.add(
                [(Push("k", "501", (item_id,), merchant_id=SHOPS["merchant"]), "")], shop.now()
            )
        assert look(shop, most=9).items == 1
        told(shop, "known", item_id)
        assert look(shop, most=9).items == 1
        assert catch_up(shop, since=None).pulled.items == 1


def test_messages_wait_while_the_platform_is_away(mine: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed reading ends nothing: the message is there for the next look."""
    item_id = order(mine, 1, "A")[0]

    def away(_: object) -> None:
        raise UnavailableError("network.unreachable")

    with mine.shop("merchant") as shop:
        told(shop, "k", item_id)
        shop.require_any("sync")
        with monkeypatch.context() as patch:
            patch.setattr(shop, "read", away)
            with pytest.raises(UnavailableError):
                look(shop, most=9)
        assert shop.store.inbox.count_waiting() == 1
        assert look(shop, most=9).items == 1
