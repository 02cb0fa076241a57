"""``order.logisticsAdd`` with its Single and MultiPack forms, and their edits (doudian.md section 7)."""

from typing import Any

import pytest

from dropship_cli.sandbox import buyers, shops
from dropship_cli.sandbox.items import OrderStatus

from .conftest import FACTORY, MERCHANT, World

ORDER = "6920000000000000010"
OTHER = "6920000000000000020"


def number(answer: dict[str, Any]) -> str:
    return str(answer["sub_code"]).removeprefix("isv.business-failed:")


def pieces(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"shipped_order_id": item, "shipped_num": count} for item, count in pairs]


def parcel(lines: list[dict[str, Any]], track_no: str = "SF1000000001", **more: Any) -> dict[str, Any]:
    return {"shipped_order_info": lines, "logistics_code": track_no, "company_code": "shunfeng"} | more


def add(world: World, **change: Any) -> dict[str, Any]:
    params = {"order_id": ORDER, "company_code": "shunfeng", "logistics_code": "SF1000000001"}
    return world.call(MERCHANT, "order.logisticsAdd", **(params | change))


def multi(world: World, *packs: dict[str, Any], **change: Any) -> dict[str, Any]:
    params = {"order_id": ORDER, "pack_list": list(packs), "request_id": "r1"}
    return world.call(MERCHANT, "order.logisticsAddMultiPack", **(params | change))


def single(world: World, lines: list[dict[str, Any]], **change: Any) -> dict[str, Any]:
    params = {
        "order_id_list": [ORDER],
        "shipped_order_info": lines,
        "logistics_code": "SF1000000001",
        "company_code": "shunfeng",
        "request_id": "r1",
    }
    return world.call(MERCHANT, "order.logisticsAddSinglePack", **(params | change))


def test_logistics_add_ships_the_whole_order(bound: World) -> None:
    one, two = bound.order(2, 1)
    assert add(bound)["data"] == {}
    assert [bound.merchant_row(item)["order_status"] for item in (one, two)] == [3, 3]
    assert number(add(bound)) == "60110"
    assert len(bound.effects("shipped")) == 2


def test_logistics_add_leaves_out_closed_and_shipped_lines(bound: World) -> None:
    one, two, three = bound.order(1, 1, 1)
    buyers.refund(bound.path, one, bound.clock)
    buyers.refund_finish(bound.path, one, bound.clock)
    bound.allocate(two)
    bound.ship(two)
    assert add(bound, logistics_code="SF1000000005")["code"] == 10000
    assert [bound.merchant_row(item)["tracking_no"] for item in (one, two, three)] == [
        "",
        "SF1000000001",
        "SF1000000005",
    ]


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        ({"company_code": None}, 50002, "60011"),
        ({"company_code": "nobody"}, 50002, "60083"),
        ({"logistics_code": ""}, 50002, "60014"),
        ({"logistics_code": "SF 1!"}, 50002, "60017"),
        ({"order_id": "404"}, 50002, "60033"),
        ({"order_id": ""}, 50002, "50049"),
        ({"serial_number_list": ["x" * 31]}, 50002, "60046"),
    ],
)
def test_what_logistics_add_refuses(bound: World, change: dict[str, Any], code: int, expected: str) -> None:
    bound.order(1)
    answer = add(bound, **change)
    assert (answer["code"], number(answer)) == (code, expected)


def test_orders_in_a_state_that_forbids_shipping(bound: World) -> None:
    bound.order(1, order_id="6920000000000000110", paid_at=None, status=OrderStatus.TO_PAY)
    bound.order(1, order_id="6920000000000000120", status=OrderStatus.DONE)
    bound.order(1, order_id="6920000000000000130")
    bound.order(1, order_id="6920000000000000140")
    shops.add(bound.path, 660002)
    bound.order(1, order_id="6920000000000000150", shop_id=660002)
    buyers.cancel(bound.path, "6920000000000000130", bound.clock)
    buyers.refund(bound.path, "6920000000000000140", bound.clock)
    buyers.refund_finish(bound.path, "6920000000000000140", bound.clock)
    numbers = [number(add(bound, order_id=f"69200000000000001{n}0")) for n in range(1, 6)]
    assert numbers == ["60137", "60113", "60021", "60068", "60033"]


def test_multi_pack_ships_lines_in_several_parcels(bound: World) -> None:
    one, two = bound.order(3, 1)
    answer = multi(bound, parcel(pieces((one, 2))), parcel(pieces((one, 1), (two, "1")), "SF1000000002"))[
        "data"
    ]["pack_list"]
    assert [pack["logistics_code"] for pack in answer] == ["SF1000000001", "SF1000000002"]
    assert answer[1]["shipped_order_info"] == pieces((one, "1"), (two, "1"))
    row = bound.merchant_row(one)
    assert (row["order_status"], len(row["pack_list"])) == (3, 2)
    assert len(bound.effects("shipped")) == 2


def test_a_part_of_one_line_is_shipped_for_that_line_only(bound: World) -> None:
    one, two = bound.order(3, 1)
    multi(bound, parcel(pieces((one, 1))))
    assert [bound.merchant_row(item)["order_status"] for item in (one, two)] == [101, 2]
    detail = bound.ok(MERCHANT, "order.orderDetail", shop_order_id=ORDER)["shop_order_detail"]
    assert detail["order_status"] == 101


def test_the_same_request_id_ships_nothing_more_and_answers_the_first_success(bound: World) -> None:
    (one,) = bound.order(3)
    first = multi(bound, parcel(pieces((one, 1))))
    again = multi(bound, parcel(pieces((one, 1))))
    assert again["data"] == first["data"]
    assert len(bound.effects("shipped")) == 1
    assert multi(bound, parcel(pieces((one, 1))), request_id="r2")["code"] == 10000
    assert len(bound.effects("shipped")) == 2


def test_a_request_id_that_failed_may_be_used_again(bound: World) -> None:
    (one,) = bound.order(1)
    buyers.refund(bound.path, one, bound.clock)
    assert number(multi(bound, parcel(pieces((one, 1))))) == "60040"
    buyers.refund_close(bound.path, one, bound.clock)
    assert multi(bound, parcel(pieces((one, 1))))["code"] == 10000


def test_multi_pack_is_all_or_nothing(bound: World) -> None:
    one, two = bound.order(1, 1)
    buyers.refund(bound.path, two, bound.clock)
    packs = (parcel(pieces((one, 1))), parcel(pieces((two, 1)), "SF1000000002"))
    assert number(multi(bound, *packs)) == "60040"
    assert bound.merchant_row(one)["order_status"] == 2
    assert bound.effects("shipped") == []
    assert multi(bound, *packs, is_reject_refund=True)["code"] == 10000


@pytest.mark.parametrize(("count", "expected"), [(0, "60080"), (-1, "60080"), (4, "60080"), (None, "60080")])
def test_counts_must_be_what_can_be_shipped(bound: World, count: Any, expected: str) -> None:
    (one,) = bound.order(3)
    assert number(multi(bound, parcel(pieces((one, count))))) == expected


def test_other_refusals_of_multi_pack(bound: World) -> None:
    (one,) = bound.order(1)
    good = parcel(pieces((one, 1)))
    assert number(multi(bound, good, request_id="")) == "50050"
    assert number(multi(bound, parcel(pieces(("404", 1))))) == "60102"
    assert number(multi(bound, parcel([]))) == "60102"
    assert number(multi(bound)) == "60014"
    assert number(multi(bound, parcel(pieces((one, 1)), company_code=None))) == "60011"


def test_single_pack_joins_orders_of_one_receiver(bound: World) -> None:
    (one,) = bound.order(1, order_id=ORDER, receiver="a")
    (two,) = bound.order(2, order_id=OTHER, receiver="a")
    lines = pieces((one, 1), (two, 2))
    answer = single(bound, lines, order_id_list=[ORDER, OTHER])
    again = single(bound, lines, order_id_list=[ORDER, OTHER])
    assert answer["data"]["pack_id"] == again["data"]["pack_id"]
    assert [bound.merchant_row(item)["order_status"] for item in (one, two)] == [3, 3]
    assert len(bound.effects("shipped")) == 2


def test_single_pack_refuses_different_receivers_and_foreign_lines(bound: World) -> None:
    (one,) = bound.order(1, order_id=ORDER)
    (two,) = bound.order(1, order_id=OTHER)
    both = {"order_id_list": [ORDER, OTHER]}
    assert number(single(bound, pieces((one, 1), (two, 1)), **both)) == "70021"
    assert number(single(bound, pieces((two, 1)))) == "60102"
    assert number(single(bound, pieces((one, 1)), order_id_list=[])) == "50049"
    assert number(single(bound, pieces((one, 1)), order_id_list=[ORDER] * 401)) == "60032"


def test_serial_numbers_belong_to_their_lines(bound: World) -> None:
    one, two = bound.order(1, 1)
    serials = [{"order_id": two, "serial_number_list": ["SN-1", "SN-2"]}]
    single(bound, pieces((one, 1), (two, 1)), order_serial_number=serials)
    assert bound.merchant_row(one)["serial_number_list"] == []
    assert bound.merchant_row(two)["serial_number_list"] == ["SN-1", "SN-2"]


def edit(world: World, method: str, **change: Any) -> dict[str, Any]:
    params = {"order_id": ORDER, "company_code": "jd", "logistics_code": "JDV000000001"}
    return world.call(MERCHANT, method, **(params | change))


def test_logistics_edit_corrects_a_whole_order_and_nothing_else(bound: World) -> None:
    (one,) = bound.order(2)
    assert number(edit(bound, "order.logisticsEdit")) == "10007"
    add(bound)
    assert edit(bound, "order.logisticsEdit")["data"] == {}
    assert bound.merchant_row(one)["tracking_no"] == "JDV000000001"
    assert bound.merchant_row(one)["company_name"] == "jd"


def test_parcels_are_edited_by_pack(bound: World) -> None:
    (one,) = bound.order(2)
    packs = multi(bound, parcel(pieces((one, 1))), parcel(pieces((one, 1)), "SF1000000002"))["data"][
        "pack_list"
    ]
    assert number(edit(bound, "order.logisticsEdit")) == "10007"
    by_pack = "order.logisticsEditByPack"
    assert edit(bound, by_pack, pack_id=packs[1]["pack_id"])["data"] == {}
    shown = [pack["track_no"] for pack in bound.merchant_row(one)["pack_list"]]
    assert shown == ["SF1000000001", "JDV000000001"]
    assert number(edit(bound, by_pack, pack_id="1")) == "10007"


def test_the_factorys_package_is_not_the_merchants_to_edit(bound: World) -> None:
    (one,) = bound.order(1)
    bound.allocate(one, FACTORY)
    pack_id = bound.ship(one)["data"]["delivery_id"]
    assert number(edit(bound, "order.logisticsEditByPack", pack_id=pack_id)) == "10007"
    assert bound.merchant_row(one)["tracking_no"] == "SF1000000001"
