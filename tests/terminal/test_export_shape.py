"""The promised columns of an exported item: what each cell says, and that no receiver is among them."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dropship_cli.domain.item import AllocationState, Item, Origin, Package, ShipmentState
from dropship_cli.terminal import export_shape
from dropship_cli.terminal.json_shape import item_record

FIELDS = [
    "order_id", "item_id", "sku_code", "title", "spec", "product_id", "quantity", "price_yuan",
    "allocation", "shipment", "refund", "closed", "merchant_id", "merchant_name", "factory_id", "factory_name",
    "shipped_by", "shipped_quantity", "carrier", "tracking_number", "paid_at", "allocated_at", "ship_by",
    "shipped_at", "remark", "buyer_words", "cancel_reason", "platform", "handled_by", "source",
]  # fmt: skip
ITEM = Item(
    "6923007000000001326", "6923007000000001327", 2, title="手机壳", price=1990, merchant_id="660001",
    factory_id="880011", allocation=AllocationState.ALLOCATED, shipment=ShipmentState.SHIPPED,
    shipped_by="factory", packages=(Package("sf", "SF1", 1), Package("zto", "78", 1)), paid_at=1763073952,
    region="浙江省 义乌市", receiver_id="f00d" * 8, raw_state={"order_status": 3},
)  # fmt: skip


def told(lang: str, item: Item = ITEM) -> dict[str, Any]:
    return dict(zip(FIELDS, export_shape.cells(item, "doudian", lang), strict=True))


def test_the_columns_are_the_promised_ones_in_their_order() -> None:
    assert export_shape.headings("en") == FIELDS
    chinese = export_shape.headings("zh")
    assert len(set(chinese)) == len(FIELDS)
    assert not any(name.isascii() for name in chinese)


def test_money_in_yuan_times_in_beijing_ids_as_text() -> None:
    row = told("en")
    assert (row["item_id"], row["quantity"], row["price_yuan"]) == (
        "6923007000000001327",
        2,
        Decimal("19.90"),
    )
    assert str(row["price_yuan"]) == "19.90"
    assert (row["paid_at"], row["shipped_at"]) == ("2025-11-14 06:45:52", None)
    assert (row["carrier"], row["tracking_number"]) == ("sf,zto", "SF1,78")
    assert row["platform"] == "doudian"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", ["allocated", "shipped", "none", "no", "factory", "factory", "file"]),
        ("zh", ["已分配", "已发货", "无退款", "否", "厂家", "厂家", "文件"]),
    ],
)
def test_states_are_names_for_scripts_and_words_in_chinese(lang: str, wanted: list[str]) -> None:
    row = told(lang, replace(ITEM, source=Origin.FILE))
    states = ("allocation", "shipment", "refund", "closed", "shipped_by", "handled_by", "source")
    assert [row[name] for name in states] == wanted


def test_a_line_of_json_is_the_item_of_orders_without_the_receivers_region() -> None:
    line = export_shape.line(ITEM, "doudian")
    assert "\n" not in line
    wanted = item_record(ITEM, "doudian")
    assert wanted.pop("region")
    assert json.loads(line) == wanted


def test_no_receiver_leaves_in_any_form() -> None:
    everything = f"{told('en')}{told('zh')}{export_shape.line(ITEM, 'doudian')}"
    for secret in (ITEM.receiver_id, "浙江", "义乌"):
        assert secret not in everything


def test_nothing_known_is_an_empty_cell_and_not_a_zero() -> None:
    row = told("en", Item("1", "2", 1))
    assert [row[name] for name in ("price_yuan", "paid_at", "factory_id", "carrier")] == [
        None,
        None,
        None,
        "",
    ]
