"""``iop.waybillReturn`` and ``iop.waybillUpdate`` (doudian.md section 5), and two who ship at once."""

import multiprocessing
import threading
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from dropship_cli.sandbox import buyers
from dropship_cli.sandbox.app import create_app

from .conftest import FACTORY, FACTORY_2, MERCHANT, START, Clock, World


def number(answer: dict[str, Any]) -> str:
    return str(answer["sub_code"]).removeprefix("isv.business-failed:")


def pack(track_no: str, ship_num: Any, company_code: str = "shunfeng") -> dict[str, Any]:
    return {"track_no": track_no, "ship_num": ship_num, "company_code": company_code}


def multi_pack(world: World, order_id: str, lines: dict[str, int], request_id: str = "r1") -> dict[str, Any]:
    info = [{"shipped_order_id": item, "shipped_num": count} for item, count in lines.items()]
    packs = [{"shipped_order_info": info, "logistics_code": "YT7000000001", "company_code": "yuantong"}]
    return world.call(
        MERCHANT, "order.logisticsAddMultiPack", order_id=order_id, pack_list=packs, request_id=request_id
    )


@pytest.fixture
def item(bound: World) -> str:
    """A line of three pieces, allocated to the first factory; a sibling stays unallocated."""
    first, _ = bound.order(3, 1)
    bound.allocate(first)
    return first


def test_shipping_marks_both_sides_and_leaves_the_sibling_alone(bound: World, item: str) -> None:
    bound.clock.now += 60
    packs = [pack("SF1000000001", 2), pack("YT7000000001", "1", "yuantong")]
    answer = bound.ship(item, pack_list=packs, serial_number_list=["S1"])["data"]
    assert answer["return_result"] is True
    assert [(p["track_no"], p["ship_num"]) for p in answer["pack_list"]] == [
        ("SF1000000001", 2),
        ("YT7000000001", 1),
    ]
    assert answer["delivery_id"] == answer["pack_list"][0]["deliver_id"]
    mine, theirs = bound.merchant_row(item), bound.factory_row(item)
    assert (mine["order_status"], mine["distr_status"], theirs["distr_status"]) == (3, 2, 2)
    assert mine["ship_time"] == theirs["ship_time"] == START + 60
    assert mine["pack_list"] == [
        {"track_no": "SF1000000001", "company_code": "shunfeng"},
        {"track_no": "YT7000000001", "company_code": "yuantong"},
    ]
    assert (mine["tracking_no"], mine["company_name"]) == ("SF1000000001", "shunfeng")
    assert theirs["pack_list"][1]["deliver_id"] == answer["pack_list"][1]["deliver_id"]
    assert theirs["serial_number_list"] == ["S1"]
    sibling = bound.merchant_row(str(int(item) + 1))
    assert (sibling["order_status"], sibling["distr_status"]) == (2, 0)


def test_one_effect_is_told_with_all_packages(bound: World, item: str) -> None:
    bound.ship(item, 3)
    (effect,) = bound.effects("shipped")
    assert (effect["shop_id"], effect["item_id"]) == (FACTORY, item)
    (told,) = effect["values"]["packages"]
    assert (told["company_code"], told["track_no"], told["quantity"]) == ("shunfeng", "SF1000000001", 3)


@pytest.mark.parametrize("counts", [(1,), (2,), (4,), (2, 2), (3, 0), (4, -1)])
def test_a_factory_must_ship_exactly_what_is_left(bound: World, item: str, counts: tuple[int, ...]) -> None:
    packs = [pack("SF1000000001", count) for count in counts]
    assert number(bound.ship(item, pack_list=packs)) == "41007"
    assert bound.merchant_row(item)["order_status"] == 2
    assert bound.effects("shipped") == []


def test_the_old_form_ships_all_in_one_pack(bound: World, item: str) -> None:
    answer = bound.ship(item, pack_list=None, company_code="zhongtong", track_no="76000000001")
    assert answer["data"]["pack_list"][0]["ship_num"] == 3


def test_a_second_shipment_is_refused_even_with_the_same_number(bound: World, item: str) -> None:
    bound.ship(item, 3)
    assert number(bound.ship(item, 3)) == "41000"
    assert len(bound.effects("shipped")) == 1


def test_an_open_refund_blocks_until_it_is_rejected(bound: World, item: str) -> None:
    buyers.refund(bound.path, item, bound.clock)
    assert number(bound.ship(item, 3)) == "41004"
    assert number(bound.ship(item, 3, is_refund_reject=False)) == "41004"
    assert bound.ship(item, 3, is_refund_reject=True)["code"] == 10000
    row = bound.merchant_row(item)
    assert (row["after_sale_status"], row["order_status"]) == (1, 3)
    assert bound.effects("refund_closed")[0]["values"] == {"rejected": True}


def test_a_refund_that_was_closed_no_longer_blocks(bound: World, item: str) -> None:
    buyers.refund(bound.path, item, bound.clock)
    buyers.refund_close(bound.path, item, bound.clock)
    assert bound.ship(item, 3)["code"] == 10000


def test_a_finished_refund_closes_the_line_for_both(bound: World, item: str) -> None:
    buyers.refund(bound.path, item, bound.clock)
    buyers.refund_finish(bound.path, item, bound.clock)
    mine = bound.merchant_row(item)
    assert (mine["order_status"], mine["distr_status"], mine["after_sale_status"]) == (4, 3, 1)
    assert bound.factory_row(item)["distr_status"] == 3
    assert number(bound.ship(item, 3)) == "41001"


def test_what_is_not_allocated_to_a_factory_cannot_be_shipped_by_it(bound: World, item: str) -> None:
    assert number(bound.ship(item, 3, shop=FACTORY_2)) == "41002"
    assert number(bound.ship(str(int(item) + 1), 1)) == "41002"
    assert number(bound.ship(item, 3, user_id=1)) == "41002"


def test_without_any_sender_address_nothing_is_shipped(world: World) -> None:
    world.bind(FACTORY)
    world.ok(FACTORY, "console.shop.open", name="一厂")
    (item,) = world.order(1)
    world.allocate(item)
    assert number(world.ship(item)) == "41003"
    place = {"id": "1", "name": "x"}
    whole = {"province": place, "city": place, "town": place, "street": place, "detail": "x", "landmark": ""}
    for wrong in ({}, {**whole, "detail": ""}, {**whole, "street": {"id": "1"}}):
        assert number(world.ship(item, send_addr=wrong)) == "isv.parameter-invalid:10000"
    assert number(world.ship(item, address_id="x")) == "isv.parameter-invalid:10000"
    assert world.ship(item, send_addr=whole)["code"] == 10000


@pytest.mark.parametrize(
    "change",
    [
        {"pack_list": [pack("SF1000000001", 3, "nobody")]},
        {"pack_list": [pack("", 3)]},
        {"pack_list": [pack("SF 1", 3)]},
        {"pack_list": [pack("SF1000000001", None)]},
        {"pack_list": [pack("SF1000000001", 1.5)]},
        {"pack_list": ["SF1000000001"]},
        {"pack_list": []},
        {"user_id": None},
        {"distr_order_id": None},
        {"is_refund_reject": "perhaps"},
        {"serial_number_list": ["x" * 31]},
    ],
)
def test_wrong_parameters(bound: World, item: str, change: dict[str, Any]) -> None:
    answer = bound.ship(item, 3, **change)
    assert (answer["code"], answer["sub_code"]) == (40004, "isv.parameter-invalid:10000")


def test_the_merchant_ships_an_allocated_line_and_the_factory_comes_too_late(bound: World, item: str) -> None:
    bound.clock.now += 5
    assert multi_pack(bound, item, {item: 3})["code"] == 10000
    mine, theirs = bound.merchant_row(item), bound.factory_row(item)
    assert (mine["order_status"], mine["distr_status"]) == (3, 1)
    assert (theirs["distr_status"], theirs["ship_time"]) == (1, START + 5)
    assert theirs["pack_list"][0]["track_no"] == "YT7000000001"
    assert number(bound.ship(item, 3)) == "41000"


def test_the_factory_ships_what_the_merchant_left(bound: World, item: str) -> None:
    assert multi_pack(bound, item, {item: 1})["code"] == 10000
    assert bound.merchant_row(item)["order_status"] == 101
    assert number(bound.ship(item, 3)) == "41007"
    assert bound.ship(item, 2)["code"] == 10000
    assert (bound.merchant_row(item)["order_status"], bound.factory_row(item)["distr_status"]) == (3, 2)


def test_the_factory_ships_and_the_merchant_comes_too_late(bound: World, item: str) -> None:
    bound.ship(item, 3)
    assert number(multi_pack(bound, item, {item: 3})) == "60110"


def update(world: World, item: str, delivery_id: Any, **change: Any) -> dict[str, Any]:
    params = {
        "user_id": MERCHANT,
        "distr_order_id": item,
        "delivery_id": delivery_id,
        "track_no": "SF1000000009",
        "company_code": "jd",
    }
    return world.call(FACTORY, "iop.waybillUpdate", **(params | change))


def test_one_pack_is_corrected_by_its_id(bound: World, item: str) -> None:
    packs = [pack("SF1000000001", 2), pack("SF1000000002", 1)]
    shipped = bound.ship(item, pack_list=packs)["data"]["pack_list"]
    delivery_id = shipped[1]["deliver_id"]
    assert update(bound, item, delivery_id)["data"] == {"return_result": True, "delivery_id": delivery_id}
    numbers = [(p["track_no"], p["company_code"]) for p in bound.merchant_row(item)["pack_list"]]
    assert numbers == [("SF1000000001", "shunfeng"), ("SF1000000009", "jd")]
    (effect,) = bound.effects("amended")
    assert effect["values"]["before"] == {"company_code": "shunfeng", "track_no": "SF1000000002"}


def test_the_same_correction_again_changes_nothing(bound: World, item: str) -> None:
    delivery_id = bound.ship(item, 3)["data"]["delivery_id"]
    for _ in range(2):
        assert update(bound, item, delivery_id)["code"] == 10000
    assert len(bound.effects("amended")) == 1


def test_what_cannot_be_corrected(bound: World, item: str) -> None:
    assert number(update(bound, item, "7300000000000000001")) == "41000"
    delivery_id = bound.ship(item, 3)["data"]["delivery_id"]
    assert number(update(bound, item, "1")) == "41002"
    assert number(update(bound, "404", delivery_id)) == "41002"
    assert number(update(bound, item, delivery_id, user_id=1)) == "41002"
    assert update(bound, item, delivery_id, company_code="nobody")["code"] == 40004
    assert update(bound, item, None)["code"] == 40004


def test_a_pack_of_another_line_is_not_corrected_through_this_one(bound: World, item: str) -> None:
    (other,) = bound.order(1, order_id="6920000000000000990")
    bound.allocate(other)
    foreign = bound.ship(other)["data"]["delivery_id"]
    bound.ship(item, 3)
    assert number(update(bound, item, foreign)) == "41002"


def _ship_in_own_client(path: Path, item: str, token: str, track_no: str) -> int:
    world = World(path, Clock(), Client(create_app(path, clock=Clock())), {FACTORY: token})
    return int(world.ship(item, pack_list=[pack(track_no, 3)])["code"])


def test_of_eight_threads_exactly_one_ships(bound: World, item: str) -> None:
    token, start, codes = bound.token(FACTORY), threading.Barrier(8), []

    def run(number: int) -> None:
        start.wait()
        codes.append(_ship_in_own_client(bound.path, item, token, f"SF100000000{number}"))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [10000] + [50002] * 7
    assert len(bound.effects("shipped")) == 1
    assert len(bound.merchant_row(item)["pack_list"]) == 1


def test_of_two_processes_exactly_one_ships_each_line(bound: World) -> None:
    items = bound.order(*[3] * 9, order_id="6920000000000001000")
    for item in items:
        bound.allocate(item)
    token = bound.token(FACTORY)
    jobs = [(bound.path, item, token, f"SF10000000{side}") for item in items for side in (10, 20)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        codes = pool.starmap(_ship_in_own_client, jobs, chunksize=1)
    assert sorted(codes) == [10000] * 9 + [50002] * 9
    assert sorted(effect["item_id"] for effect in bound.effects("shipped")) == sorted(items)
