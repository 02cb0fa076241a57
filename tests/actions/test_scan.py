"""Shipping by scanner against the sandbox: right pairs are kept at once, wrong ones refused, none is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from dropship_cli.actions import queue
from dropship_cli.actions.act import send_now
from dropship_cli.actions.scan import Reply, Scan
from dropship_cli.domain.errors import DropshipError, RefusedError
from dropship_cli.sandbox import buyers
from tests.actions.bench import FACTORY, drawn, effects, ended, get, items
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import Died, World

ZTO, ZTO_2, YTO, SF = "76000000000901", "76000000000902", "YT7000000000901", "SF1000000000901"


@contextmanager
def scanning(bench: World, carrier: str | None = None) -> Iterator[Scan]:
    with bench.shop(FACTORY) as shop:
        yield Scan(shop, lambda: send_now(shop), carrier)


def codes(replies: list[Reply]) -> list[str]:
    """What each line came to: its code where it is refused, else what was heard."""
    return [one.code or one.heard.value for one in replies]


def hear(scan: Scan, *lines: str) -> list[str]:
    return codes([scan.hear(line) for line in lines])


def shipped(bench: World) -> set[str]:
    return {item for item, _ in effects(bench, "shipped")}


def numbers(bench: World) -> dict[str, list[tuple[str, int | None]]]:
    with bench.shop(FACTORY) as shop:
        known = shop.store.items.by_ids(items(bench))
    return {
        name: [(one.tracking_number, one.quantity) for one in item.packages] for name, item in known.items()
    }


def test_pairs_ship_at_the_end_and_at_go(bench: World) -> None:
    first, second, *_ = items(bench)
    with scanning(bench, "中通") as scan:
        assert hear(scan, first, ZTO) == ["item", "pair"]
        assert shipped(bench) == set()
        assert hear(scan, "go") == ["sent"]
        assert shipped(bench) == {first}
        assert hear(scan, "", second + "\r\n", f"  {ZTO_2}\t") == ["nothing", "item", "pair"]
        report = scan.end()
    assert ended(report) == [("done", None)] * 2
    assert [one.row for one in report.outcomes] == [2, 6]
    assert shipped(bench) == {first, second}
    assert {name: found for name, found in numbers(bench).items() if found} == {
        first: [(ZTO, 1)], second: [(ZTO_2, 2)],
    }  # fmt: skip


def test_every_pair_is_durable_before_the_next_line(bench: World) -> None:
    """The program dies without another word: the next sync ships what was paired, once."""
    first, second, *_ = items(bench)
    with bench.shop(FACTORY) as shop:
        scan = Scan(shop, _never)
        hear(scan, first, YTO, second)
        raw = sqlite3.connect(bench.store_file(FACTORY))  # another process's eyes
        with closing(raw):
            rows = raw.execute("SELECT target, state FROM operations WHERE kind = 'ship'").fetchall()
    assert rows == [(first, "queued")]
    bench.sync(FACTORY)
    bench.sync(FACTORY)
    assert shipped(bench) == {first}
    assert numbers(bench)[first] == [(YTO, 1)]


def test_a_death_in_the_journal_leaves_the_pair_whole_or_not_at_all(bench: World) -> None:
    first = items(bench)[0]
    for at in range(2):
        own = bench.copy(bench.folder.parent / f"died-{at}")
        own.dies_at = at
        with suppress(Died), scanning(own) as scan:
            hear(scan, first, YTO)
            scan.end()
            raise AssertionError("it has to die")
        own.sync(FACTORY)
        assert shipped(own) == (set() if at == 0 else {first})


def test_with_the_network_away_pairs_wait_and_the_end_says_so(bench: World) -> None:
    first = items(bench)[0]
    bench.wire.plans = [Plan(Fault.NO_CONNECTION, fits="iop.waybillReturn".__eq__)]
    with scanning(bench) as scan:
        hear(scan, first, YTO)
        report = scan.end()
    assert (ended(report), report.exit_status) == ([("queued", "network.unreachable")], 5)
    bench.sync(FACTORY)
    assert shipped(bench) == {first}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["4711"], ["scan.no_item"]),
        (["{other}", "{first}", ZTO], ["item", "scan.no_number", "scan.no_item"]),
        (["{first}", "6920000000000009999", ZTO], ["item", "item.unknown", "scan.no_item"]),
        (["{first}", "go"], ["item", "scan.no_number"]),
        (["{first}", "12;3", YTO], ["item", "tracking.invalid", "pair"]),
        (["{first}", ZTO], ["item", "scan.which_carrier"]),
        (["{first}", YTO, "{other}", YTO], ["item", "pair", "item", "scan.other_receiver"]),
        (["{first}", YTO, "{first}"], ["item", "pair", "scan.shipped"]),
        (["{first}", YTO, SF], ["item", "pair", "scan.no_item"]),
        (["{first}", "2", YTO], ["item", "ship.quantity_wrong", "pair"]),
        (["undo"], ["scan.nothing_to_undo"]),
        (["\x1b[2J", "\x00", "A" * 400], ["scan.no_item", "nothing", "scan.no_item"]),
    ],
)
def test_wrong_pairs_are_refused_and_nothing_else_is_kept(
    bench: World, lines: list[str], told: list[str]
) -> None:
    first, _, _, other = items(bench)
    with scanning(bench) as scan:
        assert hear(scan, *(line.format(first=first, other=other) for line in lines)) == told
        with closing(sqlite3.connect(bench.store_file(FACTORY))) as store:
            (kept,) = store.execute("SELECT count(*) FROM operations WHERE kind = 'ship'").fetchone()
        assert kept == told.count("pair")
        report = scan.end()
    bad = [one for one in report.outcomes if one.result == "refused"]
    assert len(bad) >= len([one for one in told if "." in one])


def test_a_number_that_is_not_the_carriers_is_refused(bench: World) -> None:
    first = items(bench)[0]
    with scanning(bench, "顺丰") as scan:
        assert hear(scan, first, YTO, SF) == ["item", "scan.not_carriers", "pair"]


def test_items_for_one_receiver_may_share_a_number(bench: World) -> None:
    first, second, _, other = items(bench)
    with scanning(bench) as scan:
        assert hear(scan, first, YTO, second, YTO, other, YTO) == [
            "item", "pair", "item", "pair", "item", "scan.other_receiver",
        ]  # fmt: skip
        scan.end()
    with scanning(bench) as scan:  # on another day
        assert hear(scan, other, YTO) == ["item", "scan.other_receiver"]


def test_what_must_not_leave_is_refused_at_the_item(bench: World) -> None:
    first, second, *_ = items(bench)
    buyers.refund(bench.ledger, first, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with scanning(bench) as scan:
        assert hear(scan, first, YTO, second, YTO) == ["pick.refund_open", "scan.no_item", "item", "pair"]
        report = scan.end()
    assert report.exit_status == 1
    assert shipped(bench) == {second}


def test_a_number_that_was_bought_tells_its_carrier_and_its_receiver(bench: World) -> None:
    first, second, _, other = items(bench)
    get(bench, first, second, merge=True)
    get(bench, other, carrier="极兔")
    bought = dict(drawn(bench))
    with scanning(bench) as scan:
        assert hear(scan, other, bought[first]) == ["item", "scan.other_receiver"]
        assert hear(scan, bought[other], second, bought[first]) == ["pair", "item", "pair"]
    with bench.shop(FACTORY) as shop:
        wishes = {one.target: one.wish["packages"] for one in queue.waiting(shop)}
    assert {target: packages[0]["carrier"] for target, packages in wishes.items()} == {  # type: ignore[index]
        other: "jtexpress", second: "zhongtong", first: "zhongtong",
    }  # fmt: skip


def test_one_label_ships_all_that_lies_in_its_package(bench: World) -> None:
    """And not at all while one of them must not leave."""
    first, second, third, other = items(bench)
    get(bench, first, second, third, merge=True)
    number = dict(drawn(bench))[first]
    buyers.refund(bench.ledger, third, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with scanning(bench) as scan:
        assert hear(scan, first, number) == ["item", "pick.refund_open"]
    buyers.refund_close(bench.ledger, third, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with scanning(bench) as scan:
        assert hear(scan, first, number, second) == ["item", "pair", "scan.shipped"]
        report = scan.end()
    assert shipped(bench) == {first, second, third}
    assert [result for result, _ in ended(report)].count("done") == 3
    assert all(found == [] for name, found in numbers(bench).items() if name == other)


def test_an_item_in_several_packages_says_how_many_pieces_lie_in_each(bench: World) -> None:
    five = items(bench)[2]
    with scanning(bench, "圆通") as scan:
        assert hear(scan, five, "2", "YT7000000000001", "2", "YT7000000000002", "YT7000000000003") == [
            "item", "part", "part", "part", "part", "pair",
        ]  # fmt: skip
        scan.end()
    assert numbers(bench)[five] == [("YT7000000000001", 2), ("YT7000000000002", 2), ("YT7000000000003", 1)]


def test_the_last_pair_is_taken_back_until_it_is_sent(bench: World) -> None:
    first, _, _, other = items(bench)
    with scanning(bench) as scan:
        assert hear(scan, first, YTO, "undo", other, YTO) == ["item", "pair", "undone", "item", "pair"]
        assert hear(scan, "go", "撤销") == ["sent", "scan.nothing_to_undo"]
        scan.end()
    assert shipped(bench) == {other}


def test_nothing_is_sent_where_nothing_was_paired(bench: World) -> None:
    with bench.shop(FACTORY) as shop:
        scan = Scan(shop, _never)
        hear(scan, "go", "4711")
        report = scan.end()
    assert ended(report) == [("refused", "scan.no_item")]


def test_what_forbids_the_session_is_said_before_the_first_line(bench: World) -> None:
    with bench.shop(FACTORY) as shop, pytest.raises(RefusedError) as refusal:
        Scan(shop, _never, "顺风")
    assert refusal.value.code == "carrier.unknown"


def _never() -> DropshipError | None:
    raise AssertionError("nothing may be sent")
