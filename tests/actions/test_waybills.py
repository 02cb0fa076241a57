"""E-waybill numbers against the sandbox: paid for once whatever goes wrong, and none is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

import pytest

from dropship_cli.actions import queue, waybills
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.operation import Kind, State
from dropship_cli.sandbox import buyers
from tests.actions.bench import FACTORY, drawn, effects, ended, get, items, kept, ship_with_numbers
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import QUIET, Died, World


def test_numbers_come_once_and_their_items_ship_with_them(bench: World) -> None:
    names = items(bench)
    assert ended(get(bench, *names)) == [("done", None)] * 4
    assert kept(bench) == [(item, number, "got") for item, number in drawn(bench)]
    assert {item for item, _ in drawn(bench)} == set(names)
    assert ended(get(bench, *names)) == [("unchanged", None)] * 4
    assert len(drawn(bench)) == 4
    assert ended(ship_with_numbers(bench, *names)) == [("done", None)] * 4
    assert {state for _, _, state in kept(bench)} == {"used"}
    assert {item for item, _ in effects(bench, "shipped")} == set(names)
    with bench.shop(FACTORY) as shop:
        known = shop.store.items.by_ids(names)
    assert [(name, known[name].packages[0].tracking_number) for name in names] == drawn(bench)
    assert ended(get(bench, names[0])) == [("unchanged", None)]


def test_a_merged_package_has_one_number_for_its_items(bench: World) -> None:
    first, second, third, other = items(bench)
    assert ended(get(bench, first, other, third, merge=True)) == [("done", None)] * 3
    assert len(drawn(bench)) == 2
    assert ended(get(bench, third)) == [("unchanged", None)]
    assert ended(get(bench, second)) == [("done", None)]
    assert ended(ship_with_numbers(bench, first, third)) == [("done", None)] * 2
    with bench.shop(FACTORY) as shop:
        known = shop.store.items.by_ids([first, third])
    assert len({one.packages[0].tracking_number for one in known.values()}) == 1


@pytest.mark.parametrize(
    "fault", [Fault.RESET_AFTER, Fault.SILENT_AFTER, Fault.ROWS_MISSING, Fault.BUSY_AFTER, Fault.HALF_JSON]
)
def test_a_number_that_may_have_been_sold_is_left_to_a_person(bench: World, fault: Fault) -> None:
    """No sync and no second request asks again; on a person's word it is asked for once more."""
    names = items(bench)[:2]
    bench.wire.plans = [Plan(fault, fits="iop.waybillGet".__eq__)]
    report = get(bench, *names)
    doubted = [one.item_id for one in report.outcomes if one.result == "unknown"]
    assert doubted
    calls = len(bench.wire.calls)
    for _ in range(3):
        bench.clock.advance(QUIET)
        bench.sync(FACTORY)
        assert {result for result, _ in ended(get(bench, *doubted))} == {"unknown"}
    assert not [method for method, _ in bench.wire.calls[calls:] if method == "iop.waybillGet"]
    with bench.shop(FACTORY) as shop:
        waiting = queue.waiting(shop)
        assert {one.state for one in waiting} == {State.UNKNOWN}
        assert ended(queue.retry(shop, [one.op_id for one in waiting])) == [("done", None)] * len(waiting)
    assert sorted((item, number) for item, number, _ in kept(bench)) == sorted(drawn(bench))
    assert len(drawn(bench)) == 2  # the sandbox gives the same package its old number


def test_a_death_in_mid_call_loses_no_number(bench: World) -> None:
    """Whatever transaction the run dies before, a number that was sold is known or stands in doubt."""
    names = items(bench)
    for at in range(6):
        own = bench.copy(bench.folder.parent / f"died-{at}")
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


def test_a_request_in_doubt_does_not_keep_the_item_here(bench: World) -> None:
    item = items(bench)[0]
    bench.wire.plans = [Plan(Fault.BUSY_AFTER, fits="iop.waybillGet".__eq__)]
    get(bench, item)
    with bench.shop(FACTORY) as shop:
        report = ship(shop, [ShipmentRow(Reference(text=item), "圆通", "YT1234567890123")], How())
    assert ended(report) == [("done", None)]
    for _ in range(2):  # that it shipped proves nothing of the number that may have been sold
        bench.clock.advance(QUIET)
        bench.sync(FACTORY)
    with bench.shop(FACTORY) as shop:
        assert [(one.kind, one.state) for one in queue.waiting(shop)] == [(Kind.WAYBILL, State.UNKNOWN)]


def test_with_the_network_away_requests_wait_for_the_next_sync(bench: World) -> None:
    item = items(bench)[0]
    bench.wire.plans = [Plan(Fault.NO_CONNECTION, fits="iop.waybillGet".__eq__)]
    assert ended(get(bench, item)) == [("queued", "network.unreachable")]
    bench.sync(FACTORY)
    assert [(item, number) for item, number, _ in kept(bench)] == drawn(bench)


def test_what_must_not_leave_gets_no_number_and_shows_in_the_list(bench: World) -> None:
    first, second, *_ = items(bench)
    get(bench, first)
    for name in (first, second):
        buyers.refund(bench.ledger, name, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    assert ended(get(bench, second)) == [("refused", "pick.refund_open")]
    assert len(drawn(bench)) == 1
    with bench.shop(FACTORY) as shop:
        (standing,) = waybills.listed(shop)
    assert standing.kept == "pick.refund_open"


def test_what_was_given_back_does_not_ship_and_is_got_anew(bench: World) -> None:
    item = items(bench)[0]
    get(bench, item)
    ((_, old),) = drawn(bench)
    with bench.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [old])[0]) == [("done", None)]
        assert ended(waybills.cancel(shop, [old, "4711"])[0]) == [
            ("unchanged", None), ("refused", "waybill.unknown"),
        ]  # fmt: skip
    assert effects(bench, "waybill_cancelled") == [(item, old)]
    assert ended(ship_with_numbers(bench, item)) == [("refused", "waybill.none")]
    typed = ShipmentRow(Reference("", item), "中通", old)
    with bench.shop(FACTORY) as shop:
        assert ended(ship(shop, [typed], How())) == [("refused", "waybill.cancelled")]
    get(bench, item)
    (_, new) = drawn(bench)[1]
    assert new != old
    ship_with_numbers(bench, item)
    with bench.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [new])[0]) == [("refused", "waybill.used")]


def test_a_number_whose_return_is_in_doubt_does_not_ship(bench: World) -> None:
    item = items(bench)[0]
    get(bench, item)
    ((_, number),) = drawn(bench)
    bench.wire.plans = [Plan(Fault.BUSY_AFTER, fits="iop.waybillCancel".__eq__)]
    with bench.shop(FACTORY) as shop:
        assert ended(waybills.cancel(shop, [number])[0])[0][0] == "unknown"
    assert ended(ship_with_numbers(bench, item)) == [("refused", "operation.pending")]


def test_an_item_in_two_packages_has_two_numbers_and_ships_with_both(bench: World) -> None:
    five = items(bench)[2]
    get(bench, five, quantity=2)
    get(bench, five, quantity=3, pack_id="B")
    assert ended(ship_with_numbers(bench, five)) == [("done", None)] * 2
    with bench.shop(FACTORY) as shop:
        packages = shop.store.items.by_ids([five])[five].packages
    assert {(one.tracking_number, one.quantity) for one in packages} == {
        (drawn(bench)[0][1], 2), (drawn(bench)[1][1], 3),
    }  # fmt: skip


def test_the_store_keeps_numbers_and_routing_and_nothing_of_a_receiver(bench: World) -> None:
    get(bench, *items(bench))
    with closing(sqlite3.connect(bench.ledger)) as ledger:
        rows = ledger.execute("SELECT receiver_name, receiver_phone, receiver_detail FROM orders").fetchall()
    with closing(sqlite3.connect(bench.store_file(FACTORY))) as store:
        text = "\n".join(store.iterdump())
    assert "sort_code" in text
    assert rows
    assert not [one for row in rows for one in row if one in text]
