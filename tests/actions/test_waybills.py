"""E-waybill numbers against the sandbox: paid for once whatever goes wrong, and none is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dropship_cli.actions import queue, waybills
from dropship_cli.actions.act import Report
from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.actions.waybills import WaybillRow
from dropship_cli.domain.operation import Kind, State
from dropship_cli.domain.waybill import Sender
from dropship_cli.sandbox import buyers
from tests.actions.shops import A, bound
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import QUIET, Died, World

FACTORY = "factory-1"
SENDER = Sender("一号仓", "13800000000", "浙江省", "金华市", "义乌市", "稠州北路1号")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Factory A has two orders: one with three lines of 1, 2 and 5 pieces, one with a single line."""
    world = bound(tmp_path / "world")
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


def test_numbers_come_once_and_their_items_ship_with_them(world: World) -> None:
    names = items(world)
    assert ended(get(world, *names)) == [("done", None)] * 4
    assert kept(world) == [(item, number, "got") for item, number in drawn(world)]
    assert {item for item, _ in drawn(world)} == set(names)
    assert ended(get(world, *names)) == [("unchanged", None)] * 4
    assert len(drawn(world)) == 4
    assert ended(ship_with_numbers(world, *names)) == [("done", None)] * 4
    assert {state for _, _, state in kept(world)} == {"used"}
    assert {item for item, _ in effects(world, "shipped")} == set(names)
    with world.shop(FACTORY) as shop:
        known = shop.store.items.by_ids(names)
    assert [(name, known[name].packages[0].tracking_number) for name in names] == drawn(world)
    assert ended(get(world, names[0])) == [("unchanged", None)]


def test_a_merged_package_has_one_number_for_its_items(world: World) -> None:
    first, second, third, other = items(world)
    assert ended(get(world, first, other, third, merge=True)) == [("done", None)] * 3
    assert len(drawn(world)) == 2
    assert ended(get(world, third)) == [("unchanged", None)]
    assert ended(get(world, second)) == [("done", None)]
    assert ended(ship_with_numbers(world, first, third)) == [("done", None)] * 2
    with world.shop(FACTORY) as shop:
        known = shop.store.items.by_ids([first, third])
    assert len({one.packages[0].tracking_number for one in known.values()}) == 1


@pytest.mark.parametrize(
    "fault", [Fault.RESET_AFTER, Fault.SILENT_AFTER, Fault.ROWS_MISSING, Fault.BUSY_AFTER, Fault.HALF_JSON]
)
def test_a_number_that_may_have_been_sold_is_left_to_a_person(world: World, fault: Fault) -> None:
    """No sync and no second request asks again; on a person's word it is asked for once more."""
    names = items(world)[:2]
    world.wire.plans = [Plan(fault, fits="iop.waybillGet".__eq__)]
    report = get(world, *names)
    doubted = [one.item_id for one in report.outcomes if one.result == "unknown"]
    assert doubted
    calls = len(world.wire.calls)
    for _ in range(3):
        world.clock.advance(QUIET)
        world.sync(FACTORY)
        assert {result for result, _ in ended(get(world, *doubted))} == {"unknown"}
    assert not [method for method, _ in world.wire.calls[calls:] if method == "iop.waybillGet"]
    with world.shop(FACTORY) as shop:
        waiting = queue.waiting(shop)
        assert {one.state for one in waiting} == {State.UNKNOWN}
        assert ended(queue.retry(shop, [one.op_id for one in waiting])) == [("done", None)] * len(waiting)
    assert sorted((item, number) for item, number, _ in kept(world)) == sorted(drawn(world))
    assert len(drawn(world)) == 2  # the sandbox gives the same package its old number


def test_a_death_in_mid_call_loses_no_number(world: World) -> None:
    """Whatever transaction the run dies before, a number that was sold is known or stands in doubt."""
    names = items(world)
    for at in range(6):
        own = world.copy(world.folder.parent / f"died-{at}")
        own.dies_at = at
        with suppress(Died):
            get(own, *names)
        own.clock.advance(QUIET)
        own.sync(FACTORY)
        with own.shop(FACTORY) as shop:
            doubted = {one.target for one in queue.waiting(shop)}
        known = {item for item, _, _ in kept(own)}
        assert {item for item, _ in drawn(own)} <= known | doubted
        get(own, *names)
        assert len(drawn(own)) == len({item for item, _ in drawn(own)})


def test_a_request_in_doubt_does_not_keep_the_item_here(world: World) -> None:
    item = items(world)[0]
    world.wire.plans = [Plan(Fault.BUSY_AFTER, fits="iop.waybillGet".__eq__)]
    get(world, item)
    with world.shop(FACTORY) as shop:
        report = ship(shop, [ShipmentRow(Reference(text=item), "圆通", "YT1234567890123")], How())
    assert ended(report) == [("done", None)]
    for _ in range(2):  # that it shipped proves nothing of the number that may have been sold
        world.clock.advance(QUIET)
        world.sync(FACTORY)
    with world.shop(FACTORY) as shop:
        assert [(one.kind, one.state) for one in queue.waiting(shop)] == [(Kind.WAYBILL, State.UNKNOWN)]


def test_with_the_network_away_requests_wait_for_the_next_sync(world: World) -> None:
    item = items(world)[0]
    world.wire.plans = [Plan(Fault.NO_CONNECTION, fits="iop.waybillGet".__eq__)]
    assert ended(get(world, item)) == [("queued", "network.unreachable")]
    world.sync(FACTORY)
    assert [(item, number) for item, number, _ in kept(world)] == drawn(world)


def test_what_must_not_leave_gets_no_number_and_shows_in_the_list(world: World) -> None:
    first, second, *_ = items(world)
    get(world, first)
    for name in (first, second):
        buyers.refund(world.ledger, name, world.clock.platform)
    world.clock.advance(1)
    world.sync(FACTORY)
    assert ended(get(world, second)) == [("refused", "pick.refund_open")]
    assert len(drawn(world)) == 1
    with world.shop(FACTORY) as shop:
        (standing,) = waybills.listed(shop)
    assert standing.kept == "pick.refund_open"


def test_what_was_given_back_does_not_ship_and_is_got_anew(world: World) -> None:
    item = items(world)[0]
    get(world, item)
    ((_, old),) = drawn(world)
    with world.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [old])[0]) == [("done", None)]
        assert ended(waybills.cancel(shop, [old, "4711"])[0]) == [
            ("unchanged", None), ("refused", "waybill.unknown"),
        ]  # fmt: skip
    assert effects(world, "waybill_cancelled") == [(item, old)]
    assert ended(ship_with_numbers(world, item)) == [("refused", "waybill.none")]
    get(world, item)
    (_, new) = drawn(world)[1]
    assert new != old
    ship_with_numbers(world, item)
    with world.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [new])[0]) == [("refused", "waybill.used")]


def test_a_number_whose_return_is_in_doubt_does_not_ship(world: World) -> None:
    item = items(world)[0]
    get(world, item)
    ((_, number),) = drawn(world)
    world.wire.plans = [Plan(Fault.BUSY_AFTER, fits="iop.waybillCancel".__eq__)]
    with world.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [number])[0])[0][0] == "unknown"
    assert ended(ship_with_numbers(world, item)) == [("refused", "operation.pending")]


def test_an_item_in_two_packages_has_two_numbers_and_ships_with_both(world: World) -> None:
    five = items(world)[2]
    get(world, five, quantity=2)
    get(world, five, quantity=3, pack_id="B")
    assert ended(ship_with_numbers(world, five)) == [("done", None)] * 2
    with world.shop(FACTORY) as shop:
        packages = shop.store.items.by_ids([five])[five].packages
    assert {(one.tracking_number, one.quantity) for one in packages} == {
        (drawn(world)[0][1], 2), (drawn(world)[1][1], 3),
    }  # fmt: skip


def test_the_store_keeps_numbers_and_routing_and_nothing_of_a_receiver(world: World) -> None:
    get(world, *items(world))
    with closing(sqlite3.connect(world.ledger)) as ledger:
        rows = ledger.execute("SELECT receiver_name, receiver_phone, receiver_detail FROM orders").fetchall()
    with closing(sqlite3.connect(world.store_file(FACTORY))) as store:
        text = "\n".join(store.iterdump())
    assert "sort_code" in text
    assert rows
    assert not [one for row in rows for one in row if one in text]
