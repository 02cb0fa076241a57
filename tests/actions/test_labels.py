"""Labels for numbers that were got: what may leave gets one, with the receiver that the print data gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from dropship_cli.actions import waybills
from dropship_cli.actions.labels import Printed, print_labels
from dropship_cli.domain.errors import RefusedError, UnavailableError
from dropship_cli.sandbox import buyers
from tests.actions.bench import FACTORY, drawn, ended, get, items, ship_with_numbers
from tests.faults.fault import Fault
from tests.faults.transport import Plan
from tests.faults.world import World


def printed(bench: World, path: Path, *numbers: str, shop: str = FACTORY) -> Printed:
    with bench.shop(shop) as opened:
        return print_labels(opened, numbers or None, str(path))


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]


def test_all_prints_what_was_not_printed_and_a_number_prints_again(bench: World, tmp_path: Path) -> None:
    first, second, *_ = items(bench)
    get(bench, first, second, merge=True)
    ((_, number),) = drawn(bench)
    assert ended(printed(bench, tmp_path / "1.pdf").report) == [("done", None)]
    (page,) = pages(tmp_path / "1.pdf")
    assert page.count("保温杯") == 2
    assert number in page
    assert printed(bench, tmp_path / "2.pdf").labels == 0
    assert not (tmp_path / "2.pdf").exists()
    assert printed(bench, tmp_path / "3.pdf", number).labels == 1
    get(bench, items(bench)[3])
    assert printed(bench, tmp_path / "4.pdf").labels == 1


def test_the_label_has_the_masks_and_nothing_of_the_receiver_beside(bench: World, tmp_path: Path) -> None:
    get(bench, items(bench)[0])
    printed(bench, tmp_path / "labels.pdf")
    with closing(sqlite3.connect(bench.ledger)) as ledger:
        rows = ledger.execute("SELECT receiver_name, receiver_phone, receiver_detail FROM orders").fetchall()
    (page,) = pages(tmp_path / "labels.pdf")
    assert any(
        name[0] + "**" in page and phone[:2] + "*******" + phone[-2:] in page for name, phone, _ in rows
    )
    assert "浙江省 金华市 义乌市" in page
    with closing(sqlite3.connect(bench.store_file(FACTORY))) as store:
        text = page + "\n".join(store.iterdump())
    assert not [one for row in rows for one in row if one in text]


def test_what_must_not_leave_gets_no_label(bench: World, tmp_path: Path) -> None:
    refunded, returned, shipped, other = items(bench)
    get(bench, refunded, returned, shipped, other)
    numbers = dict(drawn(bench))
    buyers.refund(bench.ledger, refunded, bench.clock.platform)
    bench.clock.advance(1)
    bench.sync(FACTORY)
    with bench.shop(FACTORY) as shop:
        waybills.cancel(shop, [numbers[returned]])
    ship_with_numbers(bench, shipped)
    report = printed(bench, tmp_path / "labels.pdf", *numbers.values(), "4711").report
    assert {(one.item_id, one.error_code) for one in report.outcomes} == {
        (refunded, "pick.refund_open"), (returned, "waybill.cancelled"), (shipped, None), (other, None),
        ("", "waybill.unknown"),
    }  # fmt: skip
    assert len(pages(tmp_path / "labels.pdf")) == 2
    assert report.exit_status == 1


def test_a_number_without_print_data_is_refused_and_the_others_are_printed(
    bench: World, tmp_path: Path
) -> None:
    """The platform forgot one; and given back elsewhere, it has none."""
    first, second, *_ = items(bench)
    get(bench, first, second)
    with closing(sqlite3.connect(bench.ledger)) as ledger, ledger:
        ledger.execute("UPDATE waybills SET cancelled = 1 WHERE item_id = ?", (first,))
    found = printed(bench, tmp_path / "labels.pdf")
    assert {(one.item_id, one.error_code) for one in found.report.outcomes} == {
        (first, "waybill.no_print_data"), (second, None),
    }  # fmt: skip
    (page,) = pages(tmp_path / "labels.pdf")
    assert second in page
    assert printed(bench, tmp_path / "again.pdf").report.exit_status == 4  # the first one waits for its label


def test_without_the_platform_nothing_is_written(bench: World, tmp_path: Path) -> None:
    get(bench, items(bench)[0])
    bench.wire.plans = [Plan(Fault.NO_CONNECTION, 0, "logistics.waybillApply".__eq__) for _ in range(3)]
    with pytest.raises(UnavailableError):
        printed(bench, tmp_path / "labels.pdf")
    assert not (tmp_path / "labels.pdf").exists()
    bench.wire.plans = []
    assert printed(bench, tmp_path / "labels.pdf").labels == 1


def test_more_numbers_than_one_call_takes(bench: World, tmp_path: Path) -> None:
    five = items(bench)[2]
    for at in range(5):
        get(bench, five, quantity=1, pack_id=f"A{at}")
    for at in range(2):
        get(bench, *items(bench)[:2], quantity=1, pack_id=f"B{at}")
    get(bench, *items(bench)[:2], items(bench)[3])
    found = printed(bench, tmp_path / "labels.pdf")
    assert found.labels == len(drawn(bench)) == 12
    assert len(set(pages(tmp_path / "labels.pdf"))) == 12


def test_a_merchant_has_no_numbers_to_print(bench: World, tmp_path: Path) -> None:
    with bench.shop("merchant") as shop, pytest.raises(RefusedError) as refusal:
        print_labels(shop, ["76000000000001"], str(tmp_path / "x.pdf"))
    assert refusal.value.code == "waybill.factory_only"
