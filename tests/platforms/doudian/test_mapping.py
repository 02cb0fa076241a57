"""Rows as the platform writes them, with all their oddities, and what they are in the domain's words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.binding import BindingState
from dropship_cli.domain.item import AllocationState, Package, RefundState, ShipmentState
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.doudian import mapping, wire
from dropship_cli.platforms.doudian.carriers import to_doudian, to_neutral

FREE, TAKEN, CANCELLED = AllocationState.UNALLOCATED, AllocationState.ALLOCATED, AllocationState.CANCELLED
NONE, PARTIAL, SHIPPED = ShipmentState.NONE, ShipmentState.PARTIAL, ShipmentState.SHIPPED


def line(**members: Any) -> wire.Line:
    return wire.read(
        wire.Line, {"distr_order_id": "6923", "shop_order_id": "6900", "product_count": 3, **members}
    )


@pytest.mark.parametrize(
    ("order", "distr", "allocation", "shipment", "by", "closed"),
    [
        (2, 0, FREE, NONE, None, False), (2, 1, TAKEN, NONE, None, False), (2, 3, CANCELLED, NONE, None, False),
        (3, 2, TAKEN, SHIPPED, "factory", False), (5, 2, TAKEN, SHIPPED, "factory", False),
        (3, 1, TAKEN, SHIPPED, "merchant", False), (3, 0, FREE, SHIPPED, "merchant", False),
        (5, 0, FREE, SHIPPED, "merchant", False), (101, 0, FREE, PARTIAL, "merchant", False),
        (101, 1, TAKEN, PARTIAL, "merchant", False), (4, 3, CANCELLED, NONE, None, True),
        (4, 0, FREE, NONE, None, True), (2, 77, FREE, NONE, None, False),
    ],
)  # fmt: skip
def test_a_merchants_row_is_three_states(
    order: int, distr: int, allocation: object, shipment: object, by: str | None, closed: bool
) -> None:
    item = mapping.merchant_item(line(order_status=order, distr_status=distr), "660001")
    assert (item.allocation, item.shipment, item.shipped_by, item.closed) == (
        allocation,
        shipment,
        by,
        closed,
    )
    assert item.raw_state == {"order_status": order, "distr_status": distr, "after_sale_status": 0}


@pytest.mark.parametrize(
    ("members", "allocation", "shipment", "by"),
    [
        ({"distr_status": 1}, TAKEN, NONE, None),
        ({"distr_status": 2, "ship_time": 5}, TAKEN, SHIPPED, "factory"),
        ({"distr_status": 1, "ship_time": 5}, TAKEN, SHIPPED, "merchant"),
        ({"distr_status": 3}, CANCELLED, NONE, None),
    ],
)
def test_a_factorys_row_is_three_states(
    members: dict[str, int], allocation: object, shipment: object, by: str | None
) -> None:
    item = mapping.factory_item(line(user_id=660001, **members), "880011")
    assert (item.allocation, item.shipment, item.shipped_by) == (allocation, shipment, by)
    assert (item.order_id, item.item_id, item.merchant_id, item.factory_id) == (
        "6923",
        "6923",
        "660001",
        "880011",
    )


@pytest.mark.parametrize("name", ["aftersale_status", "distr_order_aftersale_status"])
def test_the_factorys_refund_flag_has_another_name_in_list_and_detail(name: str) -> None:
    assert mapping.factory_item(line(**{name: 2}), "880011").refund is RefundState.OPEN
    assert mapping.factory_item(line(**{name: 1}), "880011").refund is RefundState.NONE
    assert mapping.merchant_item(line(after_sale_status=2), "660001").refund is RefundState.OPEN


def test_numbers_as_text_nulls_and_unknown_members_are_read() -> None:
    odd = line(
        distr_order_id=6923011223344556677, order_status="3", distr_status="2", supplier_shop_id=880011,
        pay_time="1790000000", exp_ship_time="", ship_time=None, seller_words=None, pack_list=None, product_count="3",
        product_price="6900", serial_number_list={}, brand_new={"a": [1]}, product_id=36000,
    )  # fmt: skip
    item = mapping.merchant_item(odd, "660001")
    assert (item.item_id, item.factory_id, item.quantity, item.price) == (
        "6923011223344556677",
        "880011",
        3,
        6900,
    )
    assert (item.paid_at, item.ship_by, item.shipped_at, item.remark) == (1_790_000_000, None, None, "")
    assert item.product_id == "36000"


@pytest.mark.parametrize("bad", [None, "", 6.923e17, [], {}, True, "69 23", "6923\u0000", "6.9E+17"])
def test_an_id_that_is_none_is_no_row(bad: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic's is one
        line(distr_order_id=bad)


def test_the_only_package_of_a_whole_shipment_holds_all_pieces() -> None:
    pack = {"track_no": "DPK1", "company_code": "debangwuliu", "deliver_id": 71}
    one = mapping.merchant_item(line(order_status=3, distr_status=2, pack_list=[pack]), "660001")
    assert one.packages == (Package("debangkuaidi", "DPK1", 3, "71"),)
    two = mapping.merchant_item(line(order_status=3, distr_status=2, pack_list=[pack, pack]), "660001")
    assert [package.quantity for package in two.packages] == [None, None]
    old = mapping.merchant_item(line(order_status=3, tracking_no="SF1", company_name="shunfeng"), "660001")
    assert old.packages == (Package("shunfeng", "SF1", 3),)


def order(**after_sale: int) -> wire.ShopOrder:
    parcel = {"tracking_no": "SF1", "company": "shunfeng", "delivery_id": 8}
    mine = {"sku_order_id": 6923, "product_count": "2"}
    return wire.read(
        wire.ShopOrder,
        {
            "order_id": "6900", "sku_order_list": [{"order_id": "6923", "after_sale_info": after_sale or []}],
            "logistics_info": [{**parcel, "product_info": [mine, {"sku_order_id": "1", "product_count": 9}]},
                               {**parcel, "product_info": [{"sku_order_id": "1", "product_count": 4}]}],
        },
    )  # fmt: skip


def test_the_ordinary_order_tells_the_pieces_of_a_partial_shipment() -> None:
    item = mapping.merchant_item(line(order_status=101), "660001")
    assert mapping.wants_detail(item)
    full = mapping.detailed(item, order())
    assert full.packages == (Package("shunfeng", "SF1", 2, "8"),)
    assert (full.shipped_quantity, full.left, full.refund) == (2, 1, RefundState.NONE)


def test_what_is_shipped_whole_stays_so_though_the_ordinary_order_tells_less() -> None:
    item = mapping.detailed(mapping.merchant_item(line(order_status=3), "660001"), order())
    assert (item.shipped_quantity, item.left) == (3, 0)


@pytest.mark.parametrize(
    ("status", "refund", "wanted"),
    [
        (12, 3, RefundState.REFUNDED), (28, 1, RefundState.NONE), (28, 4, RefundState.NONE),
        (51, 1, RefundState.NONE), *((open_, 1, RefundState.OPEN) for open_ in (6, 7, 11, 13, 27, 29)),
    ],
)  # fmt: skip
def test_after_sale_values_say_whether_money_went_back(status: int, refund: int, wanted: RefundState) -> None:
    item = mapping.merchant_item(line(order_status=4, distr_status=3), "660001")
    assert mapping.detailed(item, order(after_sale_status=status, refund_status=refund)).refund is wanted


@pytest.mark.parametrize("kind", sorted(mapping.KEPT_AFTER_SALES))
def test_an_ended_exchange_or_price_refund_stops_nothing(kind: int) -> None:
    """The buyer keeps the goods, so what is still to leave leaves, wherever the ordinary order is read."""
    told = order(after_sale_status=12, refund_status=3, after_sale_type=kind)
    item = mapping.merchant_item(line(order_status=101), "660001")
    assert mapping.detailed(item, told).refund is RefundState.NONE
    found = mapping.ordinary(item, told)
    assert found is not None
    assert found.refund is RefundState.NONE
    assert mapping.refunded(told) == frozenset()


@pytest.mark.parametrize(
    ("status", "state"),
    [(1, BindingState.APPLIED), (2, BindingState.BOUND), (3, BindingState.REFUSED), (4, BindingState.UNBOUND),
     (5, BindingState.UNBINDING)],
)  # fmt: skip
def test_bindings_of_both_sides(status: int, state: BindingState) -> None:
    times = {"apply_time": "5", "band_time": 6, "refuse_time": 0, "bind_status": status}
    ours = wire.read(wire.Partner, {"supplier_shop_id": 880011, "supplier_shop_name": "厂", **times})
    theirs = wire.read(wire.Partner, {"seller_shop_id": "660001", "seller_shop_name": "店", **times})
    for row, role, partner in ((ours, Role.MERCHANT, "880011"), (theirs, Role.FACTORY, "660001")):
        found = mapping.binding(row, role)
        assert found is not None
        assert (found.partner_id, found.state, found.applied_at, found.bound_at) == (partner, state, 5, 6)
        assert found.refused_at is None


def test_a_binding_without_a_known_state_is_left_out() -> None:
    assert (
        mapping.binding(wire.read(wire.Partner, {"supplier_shop_id": 1, "bind_status": 0}), Role.MERCHANT)
        is None
    )


@given(st.text(min_size=1, max_size=20))
def test_every_carrier_code_comes_back_as_it_went(code: str) -> None:
    assert to_neutral(to_doudian(code)) == code == to_doudian(to_neutral(code))


def test_one_code_means_two_houses_and_is_translated() -> None:
    """files-and-carriers.md section 5: `debangwuliu` is 德邦快递 there."""
    assert to_doudian("debangkuaidi") == "debangwuliu"
    assert to_neutral("debangwuliu") == "debangkuaidi"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MODELS = [wire.MerchantPage, wire.FactoryPage, wire.Line, wire.ShopOrderDetail, wire.CancelData, wire.ShipData,
          wire.MultiPackData, wire.DistributeData, wire.PartnerPage, wire.TokenData, wire.CompanyList]  # fmt: skip


@given(model=st.sampled_from(MODELS), data=st.data())
def test_any_data_is_read_or_refused_and_nothing_else(model: type[wire.Wire], data: st.DataObject) -> None:
    members = st.dictionaries(st.sampled_from(sorted(model.model_fields)), JSON)
    try:
        wire.read(model, data.draw(JSON | members))
    except ValueError:
        return
