"""Orders from a console export: marked, handled by hand, met with what the platform and newer exports say later."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from dropship_cli.actions import allocate, factories, ship
from dropship_cli.actions.allocate import AllocationRow
from dropship_cli.actions.batch import Source
from dropship_cli.actions.import_orders import Imported, import_orders, read_export
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.item import Item, Origin, RefundState, ShipmentState
from dropship_cli.domain.outcome import Outcome, Result
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import QUIET, World

from .shops import A, bound, order

WANG = "老王家"
OLD, NEW, NEWER = 1763000000, 1763086400, 1763172800
HEADINGS = (
    "子订单编号",
    "主订单编号",
    "收件人",
    "商品数量",
    "选购商品",
    "订单状态",
    "售后状态",
    "支付完成时间",
    "快递信息",
)
Told = list[tuple[Result, str | None]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = bound(tmp_path_factory.mktemp("imports") / "world")
    with world.shop("merchant") as shop:
        factories.add(shop, WANG, "")
    return world


@pytest.fixture
def world(started: World, tmp_path: Path) -> World:
    (tmp_path / "copy").mkdir()
    return started.copy(tmp_path / "copy")


def line(
    item_id: str,
    *,
    status: str = "待发货",
    refund: str = "-",
    paid: str = "2025-01-02 03:04:05",
    parcels: str = "",
) -> list[str]:
    order_id = f"{int(item_id) // 100 * 100}"
    return [f"\t{item_id}", f"\t{order_id}", "周星驰", "1", "保温杯", status, refund, paid, parcels]


def export(folder: Path, rows: Sequence[Sequence[str]], at: int | None = OLD) -> Source:
    path = folder / ("orders.csv" if at is None else f"{at}_8f2c.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return Source(str(path))


def taken(world: World, source: Source) -> Imported:
    with world.shop("merchant") as shop:
        return import_orders(shop, read_export(shop, source), source)


def told(outcomes: Sequence[Outcome]) -> Told:
    return [(one.result, one.error_code) for one in outcomes]


def kept(world: World, item_id: str) -> Item:
    with world.shop("merchant") as shop:
        item = shop.store.items.get(item_id)
    assert item is not None
    return item


def send(world: World, item_id: str) -> list[Outcome]:
    with world.shop("merchant") as shop:
        row = ShipmentRow(Reference(item_id=item_id), "中通", "78173786485074")
        return ship.ship(shop, [row], How()).outcomes


def give(world: World, item_id: str, to: str) -> Told:
    with world.shop("merchant") as shop:
        return told(allocate.allocate(shop, [AllocationRow(Reference(item_id=item_id), to)]).outcomes)


def test_an_order_that_the_platform_never_sends_is_handled_by_hand(world: World, tmp_path: Path) -> None:
    """Marked; not for a factory on the platform, with the reason; a local one gets it, and it ships from our side."""
    first, second = order(world, 1, "A", "B")
    assert (
        told(taken(world, export(tmp_path, [line(first), line(second)])).report.outcomes)
        == [(Result.DONE, None)] * 2
    )
    item = kept(world, first)
    assert (item.source, item.title, item.merchant_id) == (Origin.FILE, "保温杯", "660001")
    assert give(world, first, A) == [(Result.REFUSED, "allocate.before_binding")]
    assert give(world, first, WANG) == [(Result.DONE, None)]
    (outcome,) = send(world, first)
    assert (outcome.result, outcome.warning) == (Result.DONE, None)
    item = kept(world, first)
    assert (item.shipment, item.factory_id, item.source) == (ShipmentState.SHIPPED, WANG, Origin.FILE)


def test_what_was_paid_since_the_binding_waits_for_the_platform(world: World, tmp_path: Path) -> None:
    """Not refused for good: the next `sync` makes it an item as any other, whatever the file said."""
    (item_id,) = order(world, 2, "A")
    taken(world, export(tmp_path, [line(item_id, paid="2099-01-01 00:00:00", refund="退款中")]))
    assert give(world, item_id, A) == [(Result.REFUSED, "allocate.refund_open")]
    taken(world, export(tmp_path, [line(item_id, paid="2099-01-01 00:00:00")], NEW))
    assert give(world, item_id, A) == [(Result.REFUSED, "allocate.imported")]
    world.sync("merchant")
    item = kept(world, item_id)
    assert (item.source, item.title, item.refund) == (Origin.PLATFORM, "保温杯 480ml", RefundState.NONE)
    assert give(world, item_id, A) == [(Result.DONE, None)]


def test_the_platforms_word_is_never_overwritten(world: World, tmp_path: Path) -> None:
    (item_id,) = order(world, 3, "A")
    world.sync("merchant")
    before = kept(world, item_id)
    found = taken(world, export(tmp_path, [line(item_id, status="已关闭")], NEWER))
    assert (told(found.report.outcomes), found.from_platform) == ([(Result.UNCHANGED, None)], 1)
    assert kept(world, item_id) == before


def test_newer_exports_move_states_and_older_ones_undo_nothing(world: World, tmp_path: Path) -> None:
    (item_id,) = order(world, 4, "A")
    taken(world, export(tmp_path, [line(item_id)], NEW))
    found = taken(world, export(tmp_path, [line(item_id, refund="退款中")], NEWER))
    assert told(found.report.outcomes) == [(Result.DONE, None)]
    assert kept(world, item_id).refund is RefundState.OPEN
    found = taken(world, export(tmp_path, [line(item_id, status="已关闭", refund="退款成功")], OLD))
    assert (told(found.report.outcomes), found.older) == ([(Result.UNCHANGED, None)], 1)
    assert kept(world, item_id).closed is False
    taken(world, export(tmp_path, [line(item_id, status="已关闭", refund="退款成功")], None))
    assert (kept(world, item_id).closed, kept(world, item_id).refund) == (True, RefundState.REFUNDED)


def test_the_same_file_again_changes_nothing(world: World, tmp_path: Path) -> None:
    (item_id,) = order(world, 5, "A")
    source = export(
        tmp_path, [line(item_id, status="已发货", parcels="78-中通快递"), line(item_id[:-1] + "1")]
    )
    taken(world, source)
    before = kept(world, item_id)
    assert told(taken(world, source).report.outcomes) == [(Result.UNCHANGED, None)] * 2
    assert kept(world, item_id) == before
    assert before.packages[0].carrier == "zhongtong"


def test_an_export_that_says_it_left_elsewhere_ends_a_local_allocation_aloud(
    world: World, tmp_path: Path
) -> None:
    (item_id,) = order(world, 6, "A")
    taken(world, export(tmp_path, [line(item_id)]))
    give(world, item_id, WANG)
    assert taken(world, export(tmp_path, [line(item_id, refund="退款中")], NEW)).conflicts == []
    assert kept(world, item_id).factory_id == WANG
    found = taken(world, export(tmp_path, [line(item_id, status="已发货", parcels="78-中通快递")], NEWER))
    assert found.conflicts == [(item_id, "local.shipped_elsewhere", WANG)]
    assert kept(world, item_id).local is False


@pytest.mark.parametrize(("fault", "was_done"), [(Fault.SILENT_AFTER, True), (Fault.SILENT_BEFORE, False)])
def test_a_lost_answer_is_looked_up_in_the_ordinary_order(
    fault: Fault, was_done: bool, world: World, tmp_path: Path
) -> None:
    """The dropship list does not show it; shipped it is found, not shipped it is sent again, and never twice."""
    number = 7 + was_done
    item_id = hidden(world, number)
    taken(world, export(tmp_path, [line(item_id)]))
    world.wire.plans.append(Plan(fault))
    assert told(send(world, item_id))[0][0] is Result.UNKNOWN
    for _ in range(3):
        world.clock.advance(QUIET)
        world.sync("merchant")
    with world.shop("merchant") as shop:
        (entry,) = shop.store.operations.recent(1)
    assert (entry["state"], bool(entry["found"])) == ("done", was_done)
    item = kept(world, item_id)
    assert (item.shipment, item.source, item.title) == (ShipmentState.SHIPPED, Origin.FILE, "保温杯")
    assert [one.tracking_number for one in item.packages] == ["78173786485074"]
    assert sum(method == "order.logisticsAddMultiPack" for method, _ in world.wire.calls) == 2 - was_done


def test_a_wrong_number_of_such_a_shipment_is_corrected(world: World, tmp_path: Path) -> None:
    item_id = hidden(world, 9)
    taken(world, export(tmp_path, [line(item_id)]))
    send(world, item_id)
    with world.shop("merchant") as shop:
        row = ShipmentRow(Reference(item_id=item_id), "中通", "78173786485075")
        assert told(ship.ship(shop, [row], How(amend=True)).outcomes) == [(Result.DONE, None)]
    assert [one.tracking_number for one in kept(world, item_id).packages] == ["78173786485075"]


def test_bad_rows_leave_the_good_ones_alone_and_nobody_pays_for_the_unpaid(
    world: World, tmp_path: Path
) -> None:
    first, second = order(world, 10, "A", "B")
    rows = [
        line(first), line(second, status="怪"), line(first, refund="退款中"), line(first),
        line("6920000000000009900", status="待支付"),
    ]  # fmt: skip
    with world.shop("merchant") as shop:
        source = export(tmp_path, rows)
        found = read_export(shop, source)
        imported = import_orders(shop, found, source)
    assert told(imported.report.outcomes) == [(Result.DONE, None), (Result.UNCHANGED, None)]
    assert [(one.row, one.error_code) for one in found.batch.refused] == [
        (3, "import.state"),
        (4, "import.repeated"),
    ]
    assert found.unpaid == 1
    assert "收件人" not in found.batch.headers
    assert not [cells for cells in found.batch.originals.values() if "周星驰" in cells]


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    (item_id,) = order(world, 11, "A")
    source = export(tmp_path, [line(item_id)])
    with world.shop("merchant") as shop:
        report = import_orders(shop, read_export(shop, source), source, dry_run=True).report
        assert told(report.outcomes) == [(Result.WOULD, None)]
        assert shop.store.items.get(item_id) is None
        assert "orders_import" not in [one["act"] for one in shop.store.log.recent(99)]


def test_a_file_without_numbers_or_quantity_is_none(world: World, tmp_path: Path) -> None:
    """Named with what is missing; other columns may come in any order or not at all."""
    path = tmp_path / "few.csv"
    path.write_text("商品数量,主订单编号\n1,6920\n", encoding="utf-8")
    with world.shop("merchant") as shop:
        with pytest.raises(UsageError) as caught:
            read_export(shop, Source(str(path)))
        assert (caught.value.code, caught.value.values["missing"]) == ("file.missing_column", "item_id")
        path.write_text("商品数量,别的,子订单编号,主订单编号\n2,x,6921,6920\n", encoding="utf-8")
        (one,) = read_export(shop, Source(str(path))).batch.rows
        assert (one.item.item_id, one.item.quantity) == ("6921", 2)


def hidden(world: World, number: int) -> str:
    """An order that was paid before any binding: the platform's dropship list never shows it."""
    (item_id,) = order(world, number, "A", ago=30 * 86_400)
    world.sync("merchant")
    with world.shop("merchant") as shop:
        assert shop.store.items.get(item_id) is None
    return item_id


def test_what_a_newer_export_has_no_column_for_stays_as_it_was_known(world: World, tmp_path: Path) -> None:
    """An open refund above all: the merchant picks the columns, and their absence says nothing."""
    first, second = order(world, 60, "A", "B")
    rows = [line(first, refund="退款中"), line(second, status="已关闭")]
    taken(world, export(tmp_path, rows))
    before = [kept(world, one) for one in (first, second)]
    short = tmp_path / f"{NEW}_8f2c.csv"
    lines = [f"{row[0]},{row[1]},{row[3]}" for row in rows]
    short.write_text("\n".join(["子订单编号,主订单编号,商品数量", *lines]), "utf-8")
    found = taken(world, Source(str(short)))
    assert told(found.report.outcomes) == [(Result.UNCHANGED, None)] * 2
    assert [kept(world, one) for one in (first, second)] == before


def test_a_quantity_changed_after_the_hand_over_stops_until_it_is_acknowledged(
    world: World, tmp_path: Path
) -> None:
    (item_id,) = order(world, 61, "A")
    row = line(item_id)
    taken(world, export(tmp_path, [row]))
    assert give(world, item_id, WANG) == [(Result.DONE, None)]
    found = taken(world, export(tmp_path, [[*row[:3], "9", *row[4:]]], NEW))
    assert (found.changed, kept(world, item_id).quantity, kept(world, item_id).factory_id) == (1, 9, WANG)
    assert told(send(world, item_id)) == [(Result.REFUSED, "item.changed")]
    again = taken(world, export(tmp_path, [[*row[:3], "9", *row[4:]]], NEWER))
    assert (told(again.report.outcomes), again.changed) == ([(Result.UNCHANGED, None)], 0)
