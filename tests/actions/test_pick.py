"""The picking list against the sandbox: what is on its way is not picked twice, and whose list it is decides."""

from __future__ import annotations

from dropship_cli.actions.allocate import unallocate
from dropship_cli.actions.context import Shop
from dropship_cli.actions.pick import pick
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.sandbox import buyers
from tests.actions.bench import FACTORY, items
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import World


def picked(shop: Shop, **wanted: object) -> set[str]:
    found = pick(shop, **wanted)  # type: ignore[arg-type]  # the filter's own
    assert {item.item_id for parcel in found.parcels for item in parcel.items} == {
        item_id for line in found.lines for item_id in line.item_ids
    }
    return {item_id for line in found.lines for item_id in line.item_ids}


def test_what_is_shipped_or_waits_to_be_is_not_picked_again(bench: World) -> None:
    first, second, third, other = items(bench)
    rows = [
        ShipmentRow(Reference(text=one), "圆通", f"YT700000000000{at}")
        for at, one in enumerate((first, second))
    ]
    with bench.shop(FACTORY) as shop:
        ship(shop, rows[:1], How())
        bench.wire.plans = [Plan(Fault.BUSY_AFTER)]
        ship(shop, rows[1:], How())
        assert picked(shop) == {third, other}
        assert pick(shop).going == 1


def test_a_merchant_picks_what_nobody_has(bench: World) -> None:
    second, first, *_ = items(bench)[1:]  # the first item's number is its order's, too
    with bench.shop("merchant") as shop:
        assert picked(shop) == set()
        unallocate(shop, [Reference(text=first)])
        assert picked(shop) == {first}
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with bench.shop(FACTORY) as shop:
        assert first not in picked(shop)
        assert [(one.item.item_id, one.code) for one in pick(shop).kept] == [(first, "pick.taken_back")]
        assert second in picked(shop)


def test_what_was_taken_back_long_ago_is_not_named_any_more(bench: World) -> None:
    first = items(bench)[1]
    with bench.shop("merchant") as shop:
        unallocate(shop, [Reference(text=first)])
    bench.clock.advance(1)
    bench.sync(FACTORY)
    bench.clock.advance(2 * 86_400 + 7 * 86_400 - 60)  # promised in two days, named for seven more
    with bench.shop(FACTORY) as shop:
        assert len(pick(shop).kept) == 1
        bench.clock.advance(120)
        assert len(pick(shop).kept) == 0


def test_filters_by_merchant_and_by_what_is_due(bench: World) -> None:
    with bench.shop(FACTORY) as shop:
        everything = picked(shop)
        assert picked(shop, merchant_id="660001") == everything == set(items(bench))
        assert picked(shop, merchant_id="660002") == set()
        assert picked(shop, due_in=3600.0) == set()
        assert picked(shop, due_in=3 * 86_400.0) == everything


def test_a_closed_order_is_named(bench: World) -> None:
    other = items(bench)[3]
    buyers.refund(bench.ledger, other, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with bench.shop(FACTORY) as shop:
        assert [(one.item.item_id, one.code) for one in pick(shop).kept] == [(other, "pick.refund_open")]
        assert other not in picked(shop)
