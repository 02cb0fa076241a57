"""Local factories: allocating to one is a local act under the common rules and outlives every reading."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dropship_cli.actions import allocate, auto_allocate, factories, marks, orders, rules, ship, status
from dropship_cli.actions.allocate import AllocationRow
from dropship_cli.actions.observe import observe
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.rules import RuleOutcome
from dropship_cli.actions.sheet import write_sheet
from dropship_cli.actions.ship import How, ShipmentRow
from dropship_cli.actions.sync import Synced, sync
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.hand import Hand, hand
from dropship_cli.domain.item import AllocationState, Item, ShipmentState
from dropship_cli.domain.operation import State
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.domain.rule import Rule
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import ItemRef
from dropship_cli.sandbox import buyers
from dropship_cli.store.item_query import ItemFilter
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import World

from .shops import A, bound, buy, given

WANG, LI = "老王家", "Li & Co"
Told = list[tuple[Result, str | None]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Bound to A and B; two factories that the platform does not know."""
    world = bound(tmp_path_factory.mktemp("local") / "world")
    with world.shop("merchant") as shop:
        for name in (WANG, LI):
            factories.add(shop, name, "")
    return world


@pytest.fixture
def world(started: World, tmp_path: Path) -> World:
    (tmp_path / "copy").mkdir()
    return started.copy(tmp_path / "copy")


def give(world: World, items: list[str], to: str, *, reallocate: bool = False) -> Told:
    rows = [AllocationRow(Reference(item_id=one), to) for one in items]
    with world.shop("merchant") as shop:
        return told(allocate.allocate(shop, rows, reallocate=reallocate).outcomes)


def take_back(world: World, *items: str) -> Told:
    with world.shop("merchant") as shop:
        return told(allocate.unallocate(shop, [Reference(item_id=one) for one in items]).outcomes)


def send(world: World, item_id: str, number: str) -> list[Outcome]:
    rows = [ShipmentRow(Reference(item_id=item_id), "中通", number)]
    with world.shop("merchant") as shop:
        return ship.ship(shop, rows, How()).outcomes


def told(outcomes: list[Outcome]) -> Told:
    return [(one.result, one.error_code) for one in outcomes]


def kept(world: World, item_id: str) -> Item:
    with world.shop("merchant") as shop:
        item = shop.store.items.get(item_id)
    assert item is not None
    return item


def synced(world: World) -> Synced:
    """The merchant reads everything once more, from the beginning."""
    world.clock.advance(60)
    with world.shop("merchant") as shop, shop.store.transaction():
        shop.store.facts.forget_cursor("items")
    return world.sync("merchant")[0]


def test_the_allocation_is_ours_alone_and_outlives_every_reading(world: World) -> None:
    """No call is made; lists, counts and the journal see it, before and after the platform was read again."""
    (item_id,) = buy(world, 1, "XD")
    before = len(world.wire.calls)
    assert give(world, [item_id], WANG) == [(Result.DONE, None)]
    assert len(world.wire.calls) == before
    for _ in range(2):
        item = kept(world, item_id)
        assert (item.allocation, item.factory_id, item.local) == (AllocationState.ALLOCATED, WANG, True)
        assert hand(item) is Hand.FACTORY
        with world.shop("merchant") as shop:
            assert [one.item_id for one in orders.find(shop, ItemFilter(factory_id=WANG))] == [item_id]
            assert [one.item_id for one in orders.find(shop, ItemFilter(state="to-ship"))] == [item_id]
            assert (status.summary(shop).to_allocate, status.summary(shop).to_ship) == (0, 1)
            (entry,) = shop.store.operations.recent(1)
            assert (entry["kind"], entry["target"], entry["state"]) == ("allocate", item_id, State.DONE)
        assert synced(world).conflicts == []


def test_any_spelling_of_the_name_means_the_same_factory(world: World) -> None:
    """And asking for the same once more changes nothing."""
    (item_id,) = buy(world, 2, "XD")
    assert give(world, [item_id], "  li  ＆ CO ") == [(Result.DONE, None)]
    assert kept(world, item_id).factory_id == LI
    assert give(world, [item_id], LI) == [(Result.UNCHANGED, None)]


def test_a_local_factory_gets_nothing_that_the_platforms_would_not_get(world: World) -> None:
    """Refund open, closed, shipped, somebody else's, unknown: row by row, the good row is done."""
    refund, closed, shipped, at_a, free = buy(world, 3, "A", "B", "C", "D", "E")
    assert give(world, [at_a], A) == [(Result.DONE, None)]
    assert send(world, shipped, "78173786485074")[0].result is Result.DONE
    buyers.refund(world.ledger, refund, world.clock.platform)
    buyers.refund(world.ledger, closed, world.clock.platform)
    buyers.refund_finish(world.ledger, closed, world.clock.platform)
    synced(world)
    assert give(world, [refund, closed, shipped, at_a, free, "42"], WANG) == [
        (Result.REFUSED, "allocate.refund_open"),
        (Result.REFUSED, "allocate.closed"),
        (Result.REFUSED, "allocate.shipped"),
        (Result.REFUSED, "allocate.allocated_already"),
        (Result.DONE, None),
        (Result.REFUSED, "item.unknown"),
    ]
    assert give(world, [free], LI) == [(Result.REFUSED, "allocate.allocated_already")]
    assert give(world, [free], A) == [(Result.REFUSED, "allocate.allocated_already")]
    assert give(world, [free], "Chen") == [(Result.REFUSED, "allocate.not_bound")]


def test_taken_back_it_is_free_again_for_anybody(world: World) -> None:
    (item_id,) = buy(world, 4, "XD")
    give(world, [item_id], WANG)
    assert take_back(world, item_id) == [(Result.DONE, None)]
    assert take_back(world, item_id) == [(Result.UNCHANGED, None)]
    synced(world)
    item = kept(world, item_id)
    assert (item.allocation, item.factory_id, item.local) == (AllocationState.UNALLOCATED, None, False)
    assert give(world, [item_id], A) == [(Result.DONE, None)]
    assert given(world) == {item_id: A}


def test_reallocating_goes_from_hand_to_hand_in_every_direction(world: World) -> None:
    """Local to local, local to platform, platform to local; the platform hears only of its own factories."""
    (item_id,) = buy(world, 5, "XD")
    give(world, [item_id], WANG)
    for to in (LI, A, WANG):
        assert give(world, [item_id], to, reallocate=True) == [(Result.DONE, None)]
        synced(world)
        item = kept(world, item_id)
        assert (item.factory_id, item.local) == (to, to != A)
    assert acts_on(world, item_id) == ["allocated", "allocation_cancelled"]


def test_a_move_to_a_local_factory_waits_for_the_platform(world: World) -> None:
    """While the platform is away nothing is local yet: its factory may still have the item. `sync` ends it."""
    (item_id,) = buy(world, 6, "XD")
    give(world, [item_id], A)
    world.wire.plans.append(Plan(Fault.NO_CONNECTION))
    assert give(world, [item_id], WANG, reallocate=True) == [(Result.QUEUED, "network.unreachable")]
    assert (kept(world, item_id).factory_id, kept(world, item_id).local) == (A, False)
    synced(world)
    assert (kept(world, item_id).factory_id, kept(world, item_id).local) == (WANG, True)


def test_the_merchant_ships_it_without_a_warning_and_it_stays_that_factorys(world: World) -> None:
    (item_id,) = buy(world, 7, "XD")
    give(world, [item_id], WANG)
    (outcome,) = send(world, item_id, "78173786485074")
    assert (outcome.result, outcome.warning) == (Result.DONE, None)
    assert synced(world).conflicts == []
    item = kept(world, item_id)
    assert (item.shipment, item.shipped_by, item.factory_id) == (ShipmentState.SHIPPED, "merchant", WANG)
    assert hand(item) is Hand.FACTORY
    assert take_back(world, item_id) == [(Result.REFUSED, "allocate.shipped")]


def test_what_the_platform_gave_to_a_factory_meanwhile_is_said_and_wins(world: World) -> None:
    """By the console, or another program: told by `sync` once, and in the log."""
    (item_id,) = buy(world, 8, "XD")
    give(world, [item_id], WANG)
    elsewhere(world, item_id)
    assert synced(world).conflicts == [(item_id, "local.taken", WANG)]
    item = kept(world, item_id)
    assert (item.factory_id, item.local) == (A, False)
    assert synced(world).conflicts == []
    with world.shop("merchant") as shop:
        assert ("local_conflict", item_id, "platform") in [
            (one["act"], one["target"], one["who"]) for one in shop.store.log.recent(20)
        ]


def test_what_was_shipped_elsewhere_meanwhile_is_said_and_wins(world: World) -> None:
    (item_id,) = buy(world, 9, "XD")
    give(world, [item_id], WANG)
    with world.shop(
        "merchant"
    ) as shop:  # another program of the same merchant: its store knows nothing of ours
        order_id = kept(world, item_id).order_id
        shop.platform().call(
            "order.logisticsAdd",
            {"order_id": order_id, "company_code": "zhongtong", "logistics_code": "78173786485074"},
        )
    assert synced(world).conflicts == [(item_id, "local.shipped_elsewhere", WANG)]
    item = kept(world, item_id)
    assert (item.shipment, item.local, hand(item)) == (ShipmentState.SHIPPED, False, Hand.SELF)


def test_a_refund_leaves_the_item_with_its_factory_and_is_seen(world: World) -> None:
    (item_id,) = buy(world, 10, "XD")
    give(world, [item_id], WANG)
    buyers.refund(world.ledger, item_id, world.clock.platform)
    assert synced(world).conflicts == []
    with world.shop("merchant") as shop:
        assert status.summary(shop).refund_open_allocated == 1
    assert told(send(world, item_id, "78173786485074")) == [(Result.REFUSED, "ship.refund_open")]


def test_rules_send_items_to_a_local_factory(world: World) -> None:
    (item_id,) = buy(world, 11, "XD")
    with world.shop("merchant") as shop:
        report = rules.take(shop, [RuleOutcome(Rule("老王家 ", sku_code="XD"), Result.WOULD)], "rule_add")
        assert (report.outcomes[0].rule.factory_id, report.warnings) == (WANG, [])
        assert told(auto_allocate.auto_allocate(shop).report.outcomes) == [(Result.DONE, None)]
    assert kept(world, item_id).factory_id == WANG
    assert given(world) == {}


def test_a_factory_goes_only_with_nothing_left_to_send(world: World) -> None:
    (item_id,) = buy(world, 12, "XD")
    give(world, [item_id], WANG)
    with world.shop("merchant") as shop, pytest.raises(RefusedError, match=r"factory\.has_items"):
        factories.remove(shop, WANG)
    send(world, item_id, "78173786485074")
    with world.shop("merchant") as shop:
        factories.remove(shop, WANG)
        assert [one.factory.name for one in factories.factories(shop)] == [LI]
    synced(world)
    assert kept(world, item_id).factory_id == WANG  # what it sent stays in the records


def test_adding_once_more_changes_only_the_note(world: World) -> None:
    with world.shop("merchant") as shop:
        assert factories.add(shop, "LI & CO", "")[1] is Result.UNCHANGED
        factory, result = factories.add(shop, "LI & CO", "微信 li\x1b")
        assert (factory.name, factory.note, result) == (LI, "微信 li", Result.DONE)


def acts_on(world: World, item_id: str) -> list[str]:
    """What the platform's own ledger says was done with the item, in order."""
    with closing(sqlite3.connect(world.ledger)) as store:
        rows = store.execute("SELECT act FROM effects WHERE item_id = ? ORDER BY seq", (item_id,)).fetchall()
    return [act for (act,) in rows]


def elsewhere(world: World, item_id: str) -> None:
    """Somebody gives it to factory A in the console."""
    with world.shop("merchant") as shop:
        row = {"supplier_shop_id": int(A), "distr_order_id": item_id}
        shop.platform().call("iop.sellerDistribute", {"distribute_order_list": [row]})


def test_a_conflict_that_another_reader_found_is_said_by_the_next_sync_once(world: World) -> None:
    """A push may make `listen` read the item: nobody looks at its screen."""
    (item_id,) = buy(world, 13, "XD")
    give(world, [item_id], WANG)
    elsewhere(world, item_id)
    with world.shop("merchant") as shop:
        read = shop.platform().item(Role.MERCHANT, ItemRef(item_id))
        assert read is not None
        with shop.store.transaction():
            shop.store.items.put([read], shop.now())
    assert kept(world, item_id).factory_id == A
    assert [synced(world).conflicts, synced(world).conflicts] == [[(item_id, "local.taken", WANG)], []]


@pytest.mark.parametrize("on_sheet", [True, False])
def test_a_refund_takes_it_back_and_says_so_where_the_factory_was_told(
    on_sheet: bool, world: World, tmp_path: Path
) -> None:
    """By the setting `withdraw`, without a call; what was on no sheet goes quietly."""
    (item_id,) = buy(world, 14, "XD")
    give(world, [item_id], WANG)
    if on_sheet:
        with world.shop("merchant") as shop:
            write_sheet(shop, WANG, str(tmp_path / "1.csv"))
    buyers.refund(world.ledger, item_id, world.clock.platform)
    buyers.refund_finish(world.ledger, item_id, world.clock.platform)
    assert synced(world).conflicts == ([(item_id, "local.refunded", WANG)] if on_sheet else [])
    assert (kept(world, item_id).local, kept(world, item_id).is_free) == (False, True)
    assert given(world) == {}
    assert synced(world).conflicts == []


def test_a_changed_quantity_is_said_where_an_earlier_sheet_told_otherwise(
    world: World, tmp_path: Path
) -> None:
    """A first sheet tells the new one; an earlier one makes it wait for an `ack`, and it comes again after."""
    (item_id,) = buy(world, 16, "XD")
    give(world, [item_id], WANG)
    assert [written(world, tmp_path / "1.csv"), changed(world, item_id, 3)] == [([item_id], []), None]
    assert written(world, tmp_path / "2.csv") == ([], [("sheet.changed", "quantity")])
    with world.shop("merchant") as shop:
        marks.ack(shop, [Reference(item_id=item_id)])
    assert written(world, tmp_path / "3.csv") == ([item_id], [])
    (other,) = buy(world, 17, "XD")
    give(world, [other], WANG)
    changed(world, other, 2)
    assert written(world, tmp_path / "4.csv")[0] == [other]


def test_what_must_not_leave_is_named_until_it_is_over(world: World, tmp_path: Path) -> None:
    """A refund before the sheet and one after it, and both come to nothing; a cancelled order is named once."""
    before, after, over = (buy(world, number, "XD")[0] for number in (18, 19, 20))
    for item_id in (before, after, over):
        give(world, [item_id], WANG)
    buyers.refund(world.ledger, before, world.clock.platform)
    synced(world)
    assert written(world, tmp_path / "1.csv") == ([after, over], [("sheet.refund_open", None)])
    buyers.refund_close(world.ledger, before, world.clock.platform)
    buyers.refund(world.ledger, after, world.clock.platform)
    buyers.cancel(world.ledger, over, world.clock.platform)
    with world.shop("merchant") as shop:
        sync(shop)
    found = written(world, tmp_path / "2.csv")
    assert found[0] == [before]
    assert [code for code, _ in found[1]] == ["sheet.refund_open", "sheet.closed"]
    assert written(world, tmp_path / "3.csv") == ([], [("sheet.refund_open", None)])
    buyers.refund_close(world.ledger, after, world.clock.platform)
    synced(world)
    assert written(world, tmp_path / "4.csv") == ([after], [])


def written(world: World, path: Path) -> tuple[list[str], list[tuple[str, str | None]]]:
    """What a sheet has, and what is kept off it."""
    with world.shop("merchant") as shop:
        found = write_sheet(shop, WANG, str(path))[1]
    return [one.item_id for one in found.items], [(one.code, one.reason) for one in found.stopped]


def changed(world: World, item_id: str, quantity: int) -> None:
    """The platform shows another quantity than before."""
    with world.shop("merchant") as shop, shop.store.transaction():
        item = shop.store.items.get(item_id)
        assert item is not None
        observe(shop, [replace(item, quantity=quantity)])
