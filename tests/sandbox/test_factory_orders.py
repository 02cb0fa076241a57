"""The factory's list and detail (doudian.md section 5)."""

import json
from typing import Any

import pytest

from dropship_cli.sandbox import buyers
from dropship_cli.sandbox.receivers import invent

from .conftest import FACTORY, FACTORY_2, MERCHANT, START, World


def rows(world: World, shop: int = FACTORY, **params: Any) -> list[dict[str, Any]]:
    members = {"page": 0, "size": 100} | world.window() | params
    return list(world.ok(shop, "iop.orderList", **members)["order_list"])


def test_only_allocated_lines_are_listed_with_all_members(bound: World) -> None:
    one, _ = bound.order(2, 1)
    bound.allocate(one)
    answer = bound.ok(FACTORY, "iop.orderList", page=0, size=10, **bound.window())
    assert set(answer) == {"order_list", "total"}
    (row,) = answer["order_list"]
    expected = {
        "distr_order_id": one,
        "user_id": MERCHANT,
        "user_name": "merchant 660001",
        "distr_status": 1,
        "distr_time": START,
        "product_count": 2,
        "aftersale_status": 1,
        "spec": [{"name": "颜色", "value": "白"}, {"name": "规格", "value": "480ml"}],
        "pack_list": [],
    }
    assert {name: row[name] for name in expected} == expected
    assert rows(bound, FACTORY_2) == []


def test_a_factory_learns_no_order_number_name_phone_or_street(bound: World) -> None:
    _, two = bound.order(1, 1)
    bound.allocate(two)
    told = json.dumps([rows(bound), bound.factory_row(two)], ensure_ascii=False)
    receiver = invent("6920000000000000010")
    for secret in (receiver.name, receiver.phone, receiver.detail, "6920000000000000010", "##", "$$"):
        assert secret not in told


def test_the_same_receiver_has_the_same_id_and_another_has_another(bound: World) -> None:
    (one,) = bound.order(1, order_id="6920000000000000010", receiver="a")
    (two,) = bound.order(1, order_id="6920000000000000020", receiver="a")
    (three,) = bound.order(1, order_id="6920000000000000030", receiver="b")
    for item in (one, two, three):
        bound.allocate(item)
    first, second, third = (bound.factory_row(item)["receiver_id"] for item in (one, two, three))
    assert len(first) == 32
    assert first == second != third


def test_the_detail_calls_the_refund_flag_otherwise_and_has_no_spec(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    buyers.refund(bound.path, item, bound.clock)
    row = bound.factory_row(item)
    assert row["distr_order_aftersale_status"] == 2
    assert "spec" not in row
    assert "aftersale_status" not in row
    assert rows(bound)[0]["aftersale_status"] == 2


def test_each_change_moves_the_update_time_on_both_sides(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    acts: list[Any] = [
        lambda: buyers.refund(bound.path, item, bound.clock),
        lambda: buyers.refund_close(bound.path, item, bound.clock),
        lambda: buyers.change_remark(bound.path, item, "急", bound.clock),
        lambda: buyers.change_address(bound.path, item, bound.clock),
        lambda: bound.ship(item),
        lambda: buyers.refund(bound.path, item, bound.clock),
    ]
    for act in acts:
        bound.clock.now += 3000
        act()
        now = {"start_update_time": int(bound.clock.now), "end_update_time": int(bound.clock.now)}
        assert len(rows(bound, **now)) == 1
        assert bound.ok(MERCHANT, "iop.sellerOrderList", page=0, size=1, **now)["total"] == 1


def test_the_allocation_pair_and_the_status_filter(bound: World) -> None:
    one, two = bound.order(1, 1)
    bound.allocate(one)
    bound.clock.now += 4000
    bound.allocate(two)
    bound.ship(one)
    early = {"start_distr_time": START, "end_distr_time": START + 10}
    none = {"start_update_time": None, "end_update_time": None}
    assert [row["distr_order_id"] for row in rows(bound, **none, **early)] == [one]
    assert len(rows(bound, **early)) == 2, "the update pair wins"
    assert [row["distr_order_id"] for row in rows(bound, distr_status=2)] == [one]
    assert rows(bound, distr_status=3) == []


@pytest.mark.parametrize("params", [{"size": 101}, {"page": None}, {"end_update_time": START + 3000}])
def test_wrong_parameters_of_the_list(bound: World, params: dict[str, Any]) -> None:
    members = {"page": 0, "size": 100} | bound.window() | params
    assert bound.refused(FACTORY, "iop.orderList", **members) == (40004, "isv.parameter-invalid:10000")


def test_a_line_may_be_asked_for_with_ids_of_either_type(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    asked = bound.ok(FACTORY, "iop.orderInfo", user_id=str(MERCHANT), distr_order_id=int(item))
    assert asked["distr_order_id"] == item
