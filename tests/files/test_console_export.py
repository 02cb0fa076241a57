"""A console export row by row: joined children, states, times, money, packages; whatever can't be told is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.item import Item, Origin, Package, RefundState, ShipmentState
from dropship_cli.files.cells import Problem
from dropship_cli.files.console_cells import is_unpaid, item_of, refund
from dropship_cli.files.console_export import children, made_at

ROW = {"order_id": "6923", "item_id": "6924", "quantity": "2", "status": "待发货"}


def item(**cells: str) -> Item:
    found = told(**cells)
    assert isinstance(found, Item), found
    return found


def told(**cells: str) -> Item | Problem:
    (child,) = _children(**cells)
    return item_of(child, "660001", lambda name: name)


def _children(**cells: str) -> list[Any]:
    found = children({**ROW, **cells})
    assert isinstance(found, list), found
    return found


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("1763000000_8f2c91.csv", 1763000000),
        ("/x/1763000000123_8f2c (1).csv", 1763000000),
        ("export.csv", None),
        ("20261125_a.csv", None),
        ("-", None),
        ("a1763000000_8f2c.csv", None),
    ],
)
def test_a_files_age_is_in_its_name_or_nowhere(name: str, second: int | None) -> None:
    assert made_at(name) == second


def test_joined_children_are_shared_out_one_piece_each() -> None:
    """Each its own goods; what is one text for all stays so; the sum's price is nobody's."""
    found = _children(
        item_id="6924;6925",
        quantity="2",
        sku_code="A01;B02",
        spec="红；蓝",
        title="杯",
        price="9.90",
        refund="-;退款成功",
    )
    assert [(one["item_id"], one["quantity"], one["sku_code"], one["spec"]) for one in found] == [
        ("6924", "1", "A01", "红"), ("6925", "1", "B02", "蓝"),
    ]  # fmt: skip
    assert [(one["title"], one["price"], one["refund"]) for one in found] == [
        ("杯", "", "-"), ("杯", "", "退款成功"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"item_id": "6924;6925", "quantity": "3", "sku_code": "A;B"}, "import.sum"),
        ({"item_id": "6924;6924", "quantity": "2", "sku_code": "A;B"}, "import.sum"),
        ({"item_id": "6924;6925", "sku_code": "A"}, "import.children"),
        ({"item_id": "6924;6925"}, "import.children"),
        ({"item_id": "6924;6925", "sku_code": "A;B;C", "spec": "红"}, "import.children"),
        ({"item_id": "69 24"}, "row.identifier"),
        ({"item_id": ";"}, "row.identifier"),
        ({"order_id": "69'23"}, "row.identifier"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(cells: dict[str, str], code: str) -> None:
    found = children({**ROW, **cells})
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    ("cells", "shipment", "closed"),
    [
        ({"status": "待发货"}, ShipmentState.NONE, False),
        ({"status": "备货中"}, ShipmentState.NONE, False),
        ({"status": "已发货"}, ShipmentState.SHIPPED, False),
        ({"status": "已完成"}, ShipmentState.SHIPPED, False),
        ({"status": "已关闭"}, ShipmentState.NONE, True),
        ({"status": "已关闭", "shipped": "2026-11-12 00:45:52"}, ShipmentState.SHIPPED, True),
        ({"status": "部分发货"}, ShipmentState.NONE, False),
        ({"status": "部分发货", "parcels": "SF1-顺丰速运"}, ShipmentState.SHIPPED, False),
        ({"status": ""}, ShipmentState.NONE, False),
        ({"status": "", "parcels": "SF1-顺丰速运"}, ShipmentState.SHIPPED, False),
        ({"status": "", "cancel_reason": "不想要了"}, ShipmentState.NONE, True),
    ],
)
def test_a_state_is_told_by_its_word_or_by_what_else_is_there(
    cells: dict[str, str], shipment: ShipmentState, closed: bool
) -> None:
    found = item(**cells)
    assert (found.shipment, found.closed) == (shipment, closed)
    assert (found.shipped_by, found.shipped_quantity) == (
        ("merchant", 2) if shipment is ShipmentState.SHIPPED else (None, 0)
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "none"), ("无退款", "none"), ("没有申请退款", "none"), ("退款关闭", "none"), ("售后关闭", "none"),
        ("退款成功", "refunded"), ("已退款", "refunded"), ("已全额退款", "refunded"),
        ("退款中", "open"), ("售后待处理", "open"), ("补寄待处理", "none"), ("换货成功", "none"),
        ("部分退款成功", "open"), ("某种新状态", "open"),
    ],
)  # fmt: skip
def test_a_refund_is_what_its_word_says_and_open_in_doubt(text: str, state: str) -> None:
    assert refund(text) is RefundState(state)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("2026-11-12 00:45:52", 1794415552),
        ("2026/11/12 0:45", 1794415500),
        ("2026-11-12T00:45:52", 1794415552),
        ("2026-11-12", 1794412800),
        ("-", None),
    ],
)
def test_a_time_is_beijings_in_every_spelling_that_a_spreadsheet_leaves(
    text: str, second: int | None
) -> None:
    assert item(paid=text).paid_at == second


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"status": "怪"}, "import.state"),
        ({"paid": "yesterday"}, "import.time"),
        ({"ship_by": "2026-02-30 00:00:00"}, "import.time"),
        ({"price": "a few"}, "money.number"),
    ],
)
def test_a_cell_that_says_nothing_refuses_its_row(cells: dict[str, str], code: str) -> None:
    found = told(**cells)
    assert isinstance(found, Problem)
    assert found.code == code


def test_money_packages_and_the_rest_of_a_row() -> None:
    assert item(price="¥1,234.50").price == 123450
    assert (item(amount="10.00").price, item(amount="10.01").price) == (500, None)
    found = item(
        status="已发货", parcels="SF-A-1-顺丰速运; 78-中通快递", region="", province="浙江省", city="金华市"
    )
    assert found.packages == (Package("顺丰速运", "SF-A-1"), Package("中通快递", "78"))
    assert (found.region, found.merchant_id, found.source) == ("浙江省 金华市", "660001", Origin.FILE)
    assert item(status="已发货", parcels="78-中通快递").packages[0].quantity == 2
    assert is_unpaid({"status": "待支付"})


@given(st.dictionaries(st.sampled_from(["item_id", "sku_code", "spec", "status", "refund", "paid", "ship_by", "price",
                                        "amount", "parcels", "cancel_reason"]), st.text(max_size=30)))  # fmt: skip
def test_no_cell_is_too_strange(cells: dict[str, str]) -> None:
    """An item or a problem, whatever stands there."""
    found = children({**ROW, **cells})
    if isinstance(found, list):
        for child in found:
            assert isinstance(item_of(child, "1", str), Item | Problem)
