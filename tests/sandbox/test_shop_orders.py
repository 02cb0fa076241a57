"""Ordinary orders, carriers, and receivers in cipher and in plain text (doudian.md section 7)."""

from typing import Any

import pytest

from dropship_cli.sandbox import buyers, settings, shops
from dropship_cli.sandbox.receivers import invent

from .conftest import FACTORY, MERCHANT, START, World

ORDER = "6920000000000000010"
OTHER = "6920000000000000020"


def detail(world: World, order_id: str = ORDER) -> dict[str, Any]:
    return dict(world.ok(MERCHANT, "order.orderDetail", shop_order_id=order_id)["shop_order_detail"])


def search(world: World, **params: Any) -> dict[str, Any]:
    members = {"page": 0, "size": 100, "create_time_start": START - 3600} | params
    return world.call(MERCHANT, "order.searchList", **members)


def found(world: World, **params: Any) -> list[str]:
    return [order["order_id"] for order in search(world, **params)["data"]["shop_order_list"]]


def ciphers(world: World) -> dict[str, str]:
    order = detail(world)
    return {
        "name": order["encrypt_post_receiver"],
        "phone": order["encrypt_post_tel"],
        "address": order["post_addr"]["encrypt_detail"],
    }


def reveal(world: World, method: str, *texts: str, auth_id: str = ORDER) -> dict[str, Any]:
    infos = [{"auth_id": auth_id, "cipher_text": text} for text in texts]
    return world.call(MERCHANT, f"order.{method}", cipher_infos=infos)


def test_an_order_shows_its_lines_sums_and_parcels(bound: World) -> None:
    one, two = bound.order(2, 1)
    bound.allocate(one)
    bound.ship(one, 2)
    order = detail(bound)
    assert (order["order_status"], order["order_amount"], order["pay_time"]) == (101, 20700, START)
    assert [line["order_id"] for line in order["sku_order_list"]] == [one, two]
    assert [line["order_status"] for line in order["sku_order_list"]] == [3, 2]
    (parcel,) = order["logistics_info"]
    assert (parcel["tracking_no"], parcel["company"], parcel["company_name"]) == (
        "SF1000000001",
        "shunfeng",
        "顺丰速运",
    )
    assert parcel["product_info"][0] | {"product_count": 2, "sku_order_id": one} == parcel["product_info"][0]


def test_the_state_of_an_order_follows_its_lines(bound: World) -> None:
    one, two = bound.order(1, 1)
    assert detail(bound)["order_status"] == 2
    buyers.refund(bound.path, one, bound.clock)
    assert detail(bound)["sku_order_list"][0]["after_sale_info"]["after_sale_status"] == 6
    buyers.refund_finish(bound.path, one, bound.clock)
    assert detail(bound)["order_status"] == 2
    buyers.cancel(bound.path, ORDER, bound.clock)
    assert (detail(bound)["order_status"], detail(bound)["cancel_reason"]) == (4, "买家退款")
    (three,) = bound.order(1, order_id=OTHER)
    buyers.refund(bound.path, three, bound.clock)
    buyers.refund_finish(bound.path, three, bound.clock)
    assert detail(bound, OTHER)["main_status"] == 21
    assert two in [line["order_id"] for line in detail(bound)["sku_order_list"]]


def test_orders_that_are_not_there(bound: World) -> None:
    shops.add(bound.path, 660002)
    bound.order(1, shop_id=660002)
    method = "order.orderDetail"
    assert bound.refused(MERCHANT, method, shop_order_id=ORDER) == (50002, "isv.business-failed:20015")
    assert bound.refused(MERCHANT, method, shop_order_id="404") == (40004, "isv.parameter-invalid:20001")
    assert bound.refused(MERCHANT, method) == (40002, "isv.missing-parameter:20000")


def test_the_receiver_goes_out_in_cipher_and_behind_masks_only(bound: World) -> None:
    bound.order(1)
    receiver, order = invent(ORDER), detail(bound)
    told = str(order)
    assert not any(plain in told for plain in (receiver.name, receiver.phone, receiver.detail))
    assert order["encrypt_post_receiver"].startswith("##")
    assert order["encrypt_post_receiver"].endswith("=#1##")
    assert order["encrypt_post_tel"].startswith("$$")
    assert order["encrypt_post_tel"].endswith("=$1$$")
    assert order["mask_post_tel"] == f"{receiver.phone[:2]}*******{receiver.phone[-2:]}"
    assert order["mask_post_receiver"] == f"{receiver.name[0]}**"


def test_search_by_time_status_and_product(bound: World) -> None:
    bound.order(1, order_id=ORDER)
    bound.clock.now += 100
    (two,) = bound.order(1, order_id=OTHER, product_name="茶叶")
    bound.allocate(two)
    bound.ship(two)
    assert found(bound) == [OTHER, ORDER]
    assert found(bound, order_asc=True) == [ORDER, OTHER]
    assert found(bound, create_time_start=START) == [OTHER]
    assert found(bound, create_time_end=START) == [ORDER]
    assert found(bound, update_time_start=START + 100, create_time_start=None) == [OTHER]
    assert found(bound, combine_status=[{"order_status": "2,101", "main_status": ""}]) == [ORDER]
    assert found(bound, combine_status=[{"order_status": "3"}]) == [OTHER]
    assert found(bound, product="茶") == [OTHER]
    assert found(bound, page=1, size=1) == [ORDER]
    assert search(bound)["data"]["total"] == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"create_time_start": None}, "20011"),
        ({"create_time_start": START - 91 * 86_400}, "20022"),
        ({"size": 101}, "20008"),
        ({"page": None}, "10035"),
        ({"page": 500}, "20013"),
        ({"combine_status": [{}, {}]}, "20012"),
    ],
)
def test_what_a_search_refuses(bound: World, change: dict[str, Any], expected: str) -> None:
    answer = search(bound, **change)
    assert (answer["code"], answer["sub_code"]) == (40004, f"isv.parameter-invalid:{expected}")


def test_the_company_list_is_the_data_itself(bound: World) -> None:
    companies = bound.ok(FACTORY, "order.logisticsCompanyList")
    known = {company["code"]: (company["id"], company["name"]) for company in companies}
    assert known["shunfeng"] == (12, "顺丰速运")
    assert known["debangwuliu"] == (13, "德邦快递")
    assert len(known) == len(companies) >= 35
    assert len({company["id"] for company in companies}) == len(companies)


def test_the_younger_company_list(bound: World) -> None:
    method = "order.queryLogisticsCompanyList"
    by_shop = bound.ok(MERCHANT, method)["logistics_company_list_by_shop"]
    assert {"code": "jd", "name": "京东快递"} in by_shop
    assert bound.refused(MERCHANT, method, shop_order_ids=["1"] * 21)[0] == 40004


def test_decryption_gives_the_plain_text_with_its_type(bound: World) -> None:
    bound.order(1)
    receiver, texts = invent(ORDER), ciphers(bound)
    rows = reveal(bound, "batchDecrypt", *texts.values())["data"]["decrypt_infos"]
    assert [(row["decrypt_text"], row["data_type"], row["err_no"]) for row in rows] == [
        (receiver.name, 2, 0),
        (receiver.phone, 3, 0),
        (receiver.detail, 1, 0),
    ]


def test_masks_need_no_decryption(bound: World) -> None:
    bound.order(1)
    rows = reveal(bound, "batchSensitive", *ciphers(bound).values(), "##x##")["data"]["decrypt_infos"]
    order = detail(bound)
    assert rows[0]["decrypt_text"] == order["mask_post_receiver"]
    assert rows[1]["decrypt_text"] == order["mask_post_tel"]
    assert rows[3]["err_no"] != 0


def test_the_quota_ends_and_begins_again_the_next_day(bound: World) -> None:
    bound.order(1)
    settings.put(bound.path, "decrypt_quota", 2)
    texts = ciphers(bound)
    answer = reveal(bound, "batchDecrypt", *texts.values())
    assert answer["sub_code"] == "isv.business-failed:300008"
    rows = answer["data"]["decrypt_infos"]
    assert [row["err_no"] for row in rows] == [0, 0, 300010]
    assert rows[2]["decrypt_text"] == ""
    assert reveal(bound, "batchDecrypt", texts["name"])["sub_code"] == "isv.business-failed:300003"
    bound.clock.now += 86_400
    assert reveal(bound, "batchDecrypt", texts["name"])["code"] == 10000


def test_closed_and_unpaid_orders_are_not_decrypted(bound: World) -> None:
    bound.order(1)
    texts = ciphers(bound)
    buyers.cancel(bound.path, ORDER, bound.clock)
    rows = reveal(bound, "batchDecrypt", *texts.values())["data"]["decrypt_infos"]
    assert {(row["err_no"], row["decrypt_text"]) for row in rows} == {(300011, "")}


def test_ciphers_of_others_and_broken_ones_are_not_decrypted(bound: World) -> None:
    shops.add(bound.path, 660002)
    bound.order(1)
    bound.order(1, order_id=OTHER, shop_id=660002)
    name = ciphers(bound)["name"]
    for auth_id, text in ((OTHER, name), ("404", name), (ORDER, name[:-1]), (ORDER, "")):
        rows = reveal(bound, "batchDecrypt", text, auth_id=auth_id)["data"]["decrypt_infos"]
        assert rows[0]["err_no"] == 300012


def test_at_most_fifty_are_asked_for_at_once(bound: World) -> None:
    bound.order(1)
    name = ciphers(bound)["name"]
    for method in ("batchDecrypt", "batchSensitive"):
        assert reveal(bound, method, *[name] * 51)["sub_code"] == "isv.business-failed:300001"
        assert reveal(bound, method)["sub_code"] == "isv.parameter-invalid:100000"


def test_a_virtual_number_has_an_extension_and_an_end(bound: World) -> None:
    bound.order(1)
    settings.put(bound.path, "virtual_numbers", 1)
    rows = reveal(bound, "batchDecrypt", *ciphers(bound).values())["data"]["decrypt_infos"]
    assert [row["is_virtual_tel"] for row in rows] == [False, True, False]
    phone = rows[1]
    assert phone["decrypt_text"] == f"{phone['phone_no_a']}-{phone['phone_no_b']}"
    assert phone["decrypt_text"] != invent(ORDER).phone
    assert phone["expire_time"] == int(bound.clock.now) + 7 * 86_400
