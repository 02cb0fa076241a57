"""The merchant's lists: which lines it sees, windows, filters, pages (doudian.md section 4)."""

from typing import Any

import pytest

from dropship_cli.sandbox import buyers, seed, shops

from .conftest import FACTORY, FACTORY_2, MERCHANT, START, World


def listed(world: World, **params: Any) -> dict[str, Any]:
    members = {"page": 0, "size": 100} | world.window() | params
    return dict(world.ok(MERCHANT, "iop.sellerOrderList", **members))


def ids(world: World, **params: Any) -> list[str]:
    return [row["distr_order_id"] for row in listed(world, **params)["distr_order_list"]]


def test_without_a_binding_nothing_is_shown(world: World) -> None:
    world.become(MERCHANT, "merchant")
    world.order(1)
    assert ids(world) == []


def test_only_lines_paid_since_the_first_binding_are_shown(bound: World) -> None:
    bound.order(1, order_id="6920000000000000010", paid_at=START - 1)
    same_second = bound.order(1, order_id="6920000000000000020", paid_at=START)
    assert ids(bound) == same_second
    hidden = bound.refused(MERCHANT, "iop.sellerOrderInfo", distr_order_id="6920000000000000010")
    assert hidden == (50002, "isv.business-failed:40000")


def test_an_ended_binding_still_counts_as_the_first(bound: World) -> None:
    for factory in (FACTORY, FACTORY_2):
        bound.ok(MERCHANT, "console.binding.unbind", factory_shop_id=factory)
    bound.clock.now += 100
    assert ids(bound) == [] != bound.order(1)
    assert len(ids(bound)) == 1


def test_a_later_binding_hides_nothing_that_an_earlier_one_showed(world: World) -> None:
    world.bind(FACTORY)
    early = world.order(1)
    world.clock.now += 100
    world.become(FACTORY_2, "factory")
    world.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY_2)
    world.ok(FACTORY_2, "console.binding.answer", merchant_shop_id=MERCHANT, accept=True)
    assert ids(world) == early


def test_another_merchants_lines_are_not_shown(bound: World) -> None:
    shops.add(bound.path, 660002)
    bound.order(1, shop_id=660002)
    assert ids(bound) == []
    assert bound.refused(MERCHANT, "iop.sellerOrderInfo", distr_order_id="6920000000000000010")[0] == 50002


def test_a_row_says_everything_that_the_page_lists(bound: World) -> None:
    (item,) = bound.order(3)
    row = bound.merchant_row(item)
    expected = {
        "distr_order_id": item,
        "shop_order_id": item,
        "order_status": 2,
        "distr_status": 0,
        "after_sale_status": 1,
        "supplier_shop_id": 0,
        "pay_time": START,
        "exp_ship_time": START + 172_800,
        "product_count": 3,
        "product_price": 6900,
        "product_id": "3600000000000000001",
        "sku_spec": "颜色:白;480ml",
        "out_sku_id": "BWB-480",
        "seller_words": "发中通",
        "province": "浙江省",
        "street": "稠江街道",
        "pack_list": [],
        "tracking_no": "",
        "ship_time": 0,
    }
    assert {name: row[name] for name in expected} == expected
    assert row["province_id"].isdigit()
    assert listed(bound)["distr_order_list"] == [row]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [(0, 0, 1), (0, 1800, 1), (-1800, 0, 1), (-5, -1, 0), (1, 5, 0)],
)
def test_both_ends_of_a_window_belong_to_it(bound: World, start: int, end: int, count: int) -> None:
    bound.order(1)
    found = listed(bound, start_update_time=START + start, end_update_time=str(START + end))
    assert found["total"] == count == len(found["distr_order_list"])


@pytest.mark.parametrize(
    "params",
    [
        {"start_update_time": START - 1801},
        {"start_update_time": START + 1},
        {"start_update_time": None},
        {"end_update_time": None},
        {"start_update_time": None, "end_update_time": None},
        {"start_update_time": "soon"},
        {"start_update_time": True},
        {"page": -1},
        {"page": None},
        {"size": 101},
        {"size": 0},
        {"order_status": "x"},
        {"page": 10**30},
    ],
)
def test_wrong_parameters_of_the_list(bound: World, params: dict[str, Any]) -> None:
    members = {"page": 0, "size": 100} | bound.window() | params
    refused = bound.refused(MERCHANT, "iop.sellerOrderList", **members)
    assert refused == (40004, "isv.parameter-invalid:10000")


@pytest.mark.parametrize("unit", [1, 1000])
def test_the_deal_pair_is_taken_in_seconds_and_in_milliseconds(bound: World, unit: int) -> None:
    early = bound.order(1)
    bound.clock.now += 4000
    buyers.change_remark(bound.path, early[0], "急", bound.clock)
    deal = {"start_deal_time": START * unit, "end_deal_time": (START + 1) * unit}
    nothing = {"start_update_time": None, "end_update_time": None}
    assert ids(bound, **nothing, **deal) == early


def test_filters(bound: World) -> None:
    one, two = bound.order(1, 1, order_id="6920000000000000010")
    (three,) = bound.order(1, order_id="6920000000000000020", product_name="茶叶 100% 明前", product_id="77")
    assert bound.allocate(two) == 0
    buyers.refund(bound.path, three, bound.clock)
    province = bound.merchant_row(one)["province_id"]
    for params, expected in [
        ({"distr_order_id": two}, [two]),
        ({"shop_order_id": "6920000000000000010"}, [one, two]),
        ({"product_id": 77}, [three]),
        ({"product_name": "100%"}, [three]),
        ({"distr_status": 1}, [two]),
        ({"distr_status": 0, "after_sale_status": 1}, [one]),
        ({"after_sale_status": 2}, [three]),
        ({"order_status": 3}, []),
        ({"supplier_shop_id": FACTORY}, [two]),
        ({"province_id": province}, [one, two, three]),
        ({"province_id": "1"}, []),
        ({"product_name": "' OR 1=1 --"}, []),
        ({"product_name": None, "distr_status": None}, [one, two, three]),
    ]:
        assert ids(bound, **params) == expected, params


def test_rows_come_by_update_time_and_then_by_id(bound: World) -> None:
    first, second = bound.order(1, 1, order_id="6920000000000000020")
    (third,) = bound.order(1, order_id="6920000000000000010")
    assert ids(bound) == [third, first, second]
    bound.clock.now += 1
    buyers.refund(bound.path, third, bound.clock)
    assert ids(bound) == [first, second, third]


def test_no_row_is_missed_or_doubled_over_many_pages(bound: World) -> None:
    """Also where the pager jumps to a noted beginning instead of counting from the start."""
    seed.seed_random(bound.path, 2_350, seed=7, shop_id=str(MERCHANT), clock=bound.clock)
    pages = [ids(bound, page=page) for page in range(25)]
    whole = [item for page in pages for item in page]
    assert len(whole) == len(set(whole)) == 2_350
    assert whole == sorted(whole)
    assert [ids(bound, page=page) for page in range(24, -1, -1)] == pages[::-1]


def test_a_change_is_seen_on_a_deep_page_at_once(bound: World) -> None:
    seed.seed_random(bound.path, 2_350, seed=7, shop_id=str(MERCHANT), clock=bound.clock)
    for _ in range(3):
        last = ids(bound, page=23)
    bound.clock.now += 1
    quiet = next(
        row["distr_order_id"] for row in listed(bound)["distr_order_list"] if row["after_sale_status"] == 1
    )
    buyers.refund(bound.path, quiet, bound.clock)
    moved = ids(bound, page=23)
    assert moved[-1] == quiet
    assert moved[:-1] == last[1:]
