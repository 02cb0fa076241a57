"""Columns are matched by name, whatever hangs on the name, and never by guessing."""

from __future__ import annotations

import pytest

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.headers import ALLOCATION, HEADERS, SHIPMENT, Columns, Meaning, batch_columns, normal


@pytest.mark.parametrize(("meaning", "name"), [(m, name) for m, names in HEADERS.items() for name in names])
def test_each_accepted_heading_is_found_in_any_dress(meaning: str, name: str) -> None:
    columns = batch_columns(Meaning(meaning))
    for dressed in (
        name,
        f"\ufeff{name}",
        f"\t{name} ",
        name.upper(),
        f"{name}（必填）",
        f"*{name}",
        f"{name}*(必填)",
        f"'{name}",
        f"{name}（元）",
        f"{name}(件)",
    ):
        assert columns.match(["备注", dressed], file="f") == {meaning: 1}


def test_headings_may_be_written_wide_or_with_spaces() -> None:
    assert normal("Ｏｒｄｅｒ　ＩＤ") == normal("order_id") == normal("Order-Id")


def test_columns_match_in_any_order_and_unknown_ones_are_left_alone() -> None:
    found = SHIPMENT.match(["快递单号", "颜色", "代发订单号", "", "物流公司"], file="f")
    assert found == {"tracking_number": 0, "item_id": 2, "carrier": 4}
    assert found[Meaning.CARRIER] == 4


def test_a_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(UsageError, match=r"file\.missing_column") as error:
        ALLOCATION.match(["订单编号", "商家编码"], file="a.csv")
    assert error.value.values == {"file": "a.csv", "missing": "factory_id", "found": "订单编号, 商家编码"}


def test_two_columns_of_one_meaning_are_refused_with_both_names() -> None:
    with pytest.raises(UsageError, match=r"file\.ambiguous_column") as error:
        SHIPMENT.match(["订单编号", "订单号", "快递公司", "快递单号"], file="a.csv")
    assert error.value.values["ambiguous"] == "order_id (订单编号, 订单号)"


def test_the_same_heading_twice_is_ambiguous() -> None:
    with pytest.raises(UsageError, match=r"file\.ambiguous_column"):
        SHIPMENT.match(["order_id", "carrier", "carrier", "tracking_number"], file="a.csv")


def test_a_doubled_column_that_nobody_asked_for_harms_nobody() -> None:
    assert ALLOCATION.match(["order_id", "factory_id", "快递公司", "物流公司"], file="f") == {
        "order_id": 0,
        "factory_id": 1,
    }


def test_several_problems_come_in_one_error() -> None:
    with pytest.raises(UsageError, match=r"file\.headers") as error:
        SHIPMENT.match(["carrier", "快递公司", "数量"], file="a.csv")
    assert error.value.values["missing"] == "order_id / item_id; tracking_number"
    assert error.value.values["ambiguous"] == "carrier (carrier, 快递公司)"


def test_a_data_row_in_place_of_the_heading_is_no_heading() -> None:
    with pytest.raises(UsageError, match=r"file\.no_header") as error:
        SHIPMENT.match(["6923007000000001327", "中通快递", "x" * 5_000], file="a.csv")
    assert len(str(error.value.values["found"])) < 100


def test_other_sheets_bring_their_own_table() -> None:
    prices = Columns(
        {"sku": ("sku_code", "商家编码"), "price": ("price", "单价")}, required=(("sku",), ("price",))
    )
    assert prices.match(["单价", "商家编码*"], file="f") == {"price": 0, "sku": 1}
