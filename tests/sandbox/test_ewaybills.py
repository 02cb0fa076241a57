"""``iop.waybillGet`` and ``iop.waybillCancel`` (doudian.md section 6)."""

import json
from typing import Any

import pytest

from dropship_cli.sandbox import ledger

from .conftest import FACTORY, FACTORY_2, MERCHANT, World

SENDER = {
    "contact": {"name": "仓库", "mobile": "13800000000"},
    "address": {
        "countryCode": "CHN",
        "provinceName": "浙江省",
        "cityName": "金华市",
        "districtName": "义乌市",
        "detailAddress": "1号",
    },
}


def order(item: str, pack_id: str = "") -> dict[str, Any]:
    items = [{"item_name": "杯子", "item_count": 1}]
    return {"distr_order_id": item, "pack_id": pack_id, "items": items}


def get(world: World, *orders: dict[str, Any], shop: int = FACTORY, **change: Any) -> dict[str, Any]:
    group = {"user_id": MERCHANT, "company_code": "zhongtong", "order_infos": list(orders)}
    return world.call(shop, "iop.waybillGet", **({"sender": SENDER, "trade_order_list": [group]} | change))


def cancel(world: World, track_no: str, **change: Any) -> dict[str, Any]:
    params = {"user_id": MERCHANT, "company_code": "zhongtong", "track_no": track_no} | change
    return world.call(FACTORY, "iop.waybillCancel", **params)


@pytest.fixture
def item(bound: World) -> str:
    (item,) = bound.order(2)
    bound.allocate(item)
    return item


def test_each_row_succeeds_or_fails_for_itself(bound: World, item: str) -> None:
    data = get(bound, order(item), order(item, "B"), order("404"))["data"]
    assert [(row["distr_order_id"], row["pack_id"]) for row in data["ebill_infos"]] == [
        (item, ""),
        (item, "B"),
    ]
    assert len({row["track_no"] for row in data["ebill_infos"]}) == 2
    assert all(row["sort_code"] for row in data["ebill_infos"])
    (failed,) = data["err_infos"]
    assert (failed["distr_order_id"], failed["err_code"]) == ("404", "41002")
    assert len(bound.effects("waybill_got")) == 2


def test_the_same_parcel_again_gets_its_old_number(bound: World, item: str) -> None:
    first, again = get(bound, order(item)), get(bound, order(item))
    assert first["data"] == again["data"]
    assert len(bound.effects("waybill_got")) == 1


def test_a_cancelled_number_is_replaced_by_another(bound: World, item: str) -> None:
    track_no = get(bound, order(item))["data"]["ebill_infos"][0]["track_no"]
    assert cancel(bound, track_no)["data"] == {"return_result": True}
    assert cancel(bound, track_no)["code"] == 40004
    assert cancel(bound, "76999")["code"] == 40004
    assert get(bound, order(item))["data"]["ebill_infos"][0]["track_no"] != track_no
    assert len(bound.effects("waybill_cancelled")) == 1


def test_a_number_on_a_shipped_parcel_is_not_cancelled(bound: World, item: str) -> None:
    track_no = get(bound, order(item))["data"]["ebill_infos"][0]["track_no"]
    pack = {"track_no": track_no, "ship_num": 2, "company_code": "zhongtong"}
    assert bound.ship(item, pack_list=[pack])["code"] == 10000
    assert cancel(bound, track_no)["sub_code"] == "isv.business-failed:41000"
    assert get(bound, order(item))["data"]["err_infos"][0]["err_code"] == "41000"


def test_another_factory_gets_no_number_for_the_line(bound: World, item: str) -> None:
    data = get(bound, order(item), shop=FACTORY_2)["data"]
    assert (data["ebill_infos"], data["err_infos"][0]["err_code"]) == ([], "41002")


@pytest.mark.parametrize("count", [0, 11])
def test_one_to_ten_numbers_a_call(bound: World, item: str, count: int) -> None:
    orders = [order(item, str(n)) for n in range(count)]
    refused = get(bound, *orders)
    assert (refused["code"], refused["sub_code"]) == (40004, "isv.parameter-invalid:10000")


@pytest.mark.parametrize(
    "change",
    [
        {"sender": None},
        {"sender": {"contact": {"name": "仓库"}}},
        {"sender": SENDER | {"contact": {}}},
        {"trade_order_list": [{"order_infos": []}]},
        {"trade_order_list": "x"},
    ],
)
def test_wrong_parameters(bound: World, item: str, change: dict[str, Any]) -> None:
    assert get(bound, order(item), **change)["code"] == 40004


def test_a_carrier_that_is_not_known_fails_its_rows(bound: World, item: str) -> None:
    group = {"user_id": MERCHANT, "company_code": "nobody", "order_infos": [order(item)]}
    data = get(bound, trade_order_list=[group])["data"]
    assert data["err_infos"][0]["err_code"] == "10014"


@pytest.mark.parametrize("bad", [{}, {"distr_order_id": "1", "pack_id": "a b"}])
def test_a_wrong_row_at_the_end_leaves_no_number_drawn(bound: World, item: str, bad: dict[str, Any]) -> None:
    assert get(bound, order(item), bad)["code"] == 40004
    assert bound.effects("waybill_got") == []
    with ledger.transaction(bound.path) as tx:
        assert tx.execute("SELECT count(*) FROM waybills").fetchone()[0] == 0


def apply(world: World, *numbers: str, shop: int = FACTORY) -> dict[str, Any]:
    rows = [{"logistics_code": "zhongtong", "track_no": number} for number in numbers]
    return world.call(shop, "logistics.waybillApply", waybill_applies=rows)


def test_print_data_is_sealed_but_for_the_masks(bound: World, item: str) -> None:
    track_no = get(bound, order(item))["data"]["ebill_infos"][0]["track_no"]
    data = apply(bound, track_no, "4711")["data"]
    (info,), (failed,) = data["waybill_infos"], data["err_infos"]
    assert (info["order_id"], info["track_no"], len(info["sign"])) == (item, track_no, 64)
    assert failed["track_no"] == "4711"
    with ledger.transaction(bound.path) as tx:
        row = tx.execute("SELECT receiver_name, receiver_phone, receiver_detail FROM orders").fetchone()
    assert not [text for text in row if text in info["print_data"]]
    assert json.loads(info["print_data"])["masked"]["name"] == row["receiver_name"][0] + "**"


def test_print_data_is_for_who_holds_the_number(bound: World, item: str) -> None:
    track_no = get(bound, order(item))["data"]["ebill_infos"][0]["track_no"]
    assert apply(bound, track_no, shop=FACTORY_2)["data"]["waybill_infos"] == []
    cancel(bound, track_no)
    assert apply(bound, track_no)["data"]["waybill_infos"] == []


@pytest.mark.parametrize(("count", "code"), [(0, 40002), (10, 10000), (11, 40004)])
def test_one_to_ten_numbers_of_print_data_a_call(bound: World, count: int, code: int) -> None:
    assert apply(bound, *map(str, range(count)))["code"] == code
