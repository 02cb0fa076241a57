"""`iop.waybillGet` and `iop.waybillCancel` on the wire, and their answers read row by row (doudian.md section 6)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.operation import Fence, Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.domain.waybill import Waybill
from dropship_cli.platforms.base import Answer, NoAnswer, Verdict

from .canned import Canned, ok, refused

GET, CANCEL = "iop.waybillGet", "iop.waybillCancel"
SENDER = {
    "name": "仓", "mobile": "13800000000", "province": "浙江省", "city": "金华市", "district": "义乌市",
    "street": "", "detail": "1号",
}  # fmt: skip


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned(tmp_path)


def asking(item: str, **wish: Any) -> Operation:
    goods = [{"item_id": item, "quantity": 2, "sku_code": "B", "spec": "白", "title": "杯"}]
    whole = {"carrier": "zhongtong", "merchant_id": "660001", "pack_id": "", "goods": goods, "sender": SENDER}
    return Operation(f"op-{item}", Kind.WAYBILL, item, whole | wish)


def answers(canned: Canned, *operations: Operation) -> dict[str, Answer]:
    found = canned.change(Role.FACTORY, Kind.WAYBILL, *operations)
    assert {one.op_id for one in found} == {one.op_id for one in operations}
    return {one.op_id.removeprefix("op-"): one for one in found}


def verdict(answer: Answer) -> tuple[Verdict, str | None]:
    return answer.verdict, answer.code


def ebill(item: Any, track_no: str, **more: Any) -> dict[str, Any]:
    return {"distr_order_id": item, "track_no": track_no, "sort_code": "300-11", **more}


def test_requests_go_out_by_merchant_and_carrier_as_the_page_nests_them(canned: Canned) -> None:
    canned.say(GET, ok({"ebill_infos": [], "err_infos": []}))
    answers(
        canned, asking("1"), asking("2", carrier="debangkuaidi"), asking("3", pack_id="B"),
        asking("4", merchant_id="660002"),
    )  # fmt: skip
    params = canned.of(GET)[0].params
    assert params["sender"] == {
        "contact": {"name": "仓", "mobile": "13800000000"},
        "address": {
            "countryCode": "CHN", "provinceName": "浙江省", "cityName": "金华市", "districtName": "义乌市",
            "detailAddress": "1号",
        },
    }  # fmt: skip
    groups = params["trade_order_list"]
    assert [(one["user_id"], one["company_code"]) for one in groups] == [
        (660001, "zhongtong"), (660001, "debangwuliu"), (660002, "zhongtong"),
    ]  # fmt: skip
    first, third = groups[0]["order_infos"]
    assert first == {
        "distr_order_id": "1", "items": [{"item_name": "杯", "item_count": 2, "item_specs": "白"}],
    }  # fmt: skip
    assert third["pack_id"] == "B"


def test_each_row_has_its_own_answer_found_by_item_and_package(canned: Canned) -> None:
    failed = {"distr_order_id": "3", "err_code": "10701", "err_msg": "无可用单号"}
    busy = {"distr_order_id": "4", "err_code": "10005", "err_msg": "系统繁忙"}
    rows = [
        ebill(2, "76002", pack_id="B"), ebill("1", "76001", package_code="P", mark_destination_code_name="杭州"),
    ]  # fmt: skip
    canned.say(GET, ok({"ebill_infos": rows, "err_infos": [failed, busy]}))
    found = answers(
        canned,
        asking("1"),
        asking("2", pack_id="B"),
        asking("3"),
        asking("4"),
        asking("5"),
        asking("6", pack_id="X"),
    )
    assert found["1"].given["tracking_number"] == "76001"
    assert found["1"].given["sort_code"] == "300-11"
    assert found["1"].given["destination_name"] == "杭州"
    assert found["2"].given["tracking_number"] == "76002"
    assert verdict(found["3"]) == (Verdict.REFUSED, "waybill.none_left")
    assert found["3"].said == "无可用单号"
    assert verdict(found["4"])[0] is Verdict.UNKNOWN
    for missing in ("5", "6"):
        assert verdict(found[missing]) == (Verdict.UNKNOWN, "answer.missing_row")


@pytest.mark.parametrize(
    "data",
    [
        {"ebill_infos": [ebill("1", "76001"), ebill("1", "76002")]},
        {"ebill_infos": [ebill("1", "76001")], "err_infos": [{"distr_order_id": "1", "err_code": "10701"}]},
        {"ebill_infos": [ebill("1", "")]},
        {"ebill_infos": [ebill("1", "76001", pack_id="B")]},
    ],
)
def test_an_answer_that_contradicts_itself_is_no_answer(canned: Canned, data: dict[str, Any]) -> None:
    canned.say(GET, ok(data))
    assert answers(canned, asking("1"))["1"].verdict is Verdict.UNKNOWN


def test_a_whole_refusal_refuses_every_row(canned: Canned) -> None:
    canned.say(GET, refused(40004, "isv.parameter-invalid:10000"))
    assert {one.verdict for one in answers(canned, asking("1"), asking("2")).values()} == {Verdict.REFUSED}


@pytest.mark.parametrize("code", [(20000, "isp.service-error:88888"), (50002, "isv.business-failed:10005")])
def test_busy_is_no_answer(canned: Canned, code: tuple[int, str]) -> None:
    canned.say(GET, refused(*code))
    with pytest.raises(NoAnswer):
        answers(canned, asking("1"))


def test_who_sends_from_elsewhere_is_not_asked_for_in_this_call(canned: Canned) -> None:
    canned.say(GET, ok({"ebill_infos": [ebill("1", "76001")]}))
    found = answers(canned, asking("1"), asking("2", sender=SENDER | {"detail": "2号"}))
    assert found["1"].verdict is Verdict.DONE
    assert verdict(found["2"]) == (Verdict.REFUSED, "waybill.other_sender")
    assert "2" not in str(canned.of(GET)[0].params["trade_order_list"][0]["order_infos"][1:])


def cancelling(canned: Canned) -> Answer:
    wish = {"carrier": "zhongtong", "tracking_number": "76001", "merchant_id": "660001", "pack_id": ""}
    (answer,) = canned.change(
        Role.FACTORY, Kind.WAYBILL_CANCEL, Operation("op", Kind.WAYBILL_CANCEL, "1", wish)
    )
    return answer


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (ok({"return_result": True}), (Verdict.DONE, None)),
        (ok({"return_result": False}), (Verdict.REFUSED, "platform.refused")),
        (refused(50002, "isv.business-failed:88888"), (Verdict.REFUSED, "waybill.share")),
        (refused(50002, "isv.business-failed:41000"), (Verdict.REFUSED, "waybill.used")),
    ],
)
def test_giving_a_number_back(canned: Canned, said: Any, wanted: tuple[Verdict, str | None]) -> None:
    canned.say(CANCEL, said)
    assert verdict(cancelling(canned)) == wanted
    assert canned.of(CANCEL)[0].params == {
        "user_id": 660001, "company_code": "zhongtong", "track_no": "76001",
    }  # fmt: skip


def test_who_can(canned: Canned) -> None:
    """Ten a call for a factory, never repeated by the program; a merchant is told where instead."""
    able = canned.platform.capabilities(Role.FACTORY).can(Kind.WAYBILL)
    assert (able.batch, able.fence) == (10, Fence.NONE)
    with pytest.raises(RefusedError) as refusal:
        canned.platform.capabilities(Role.MERCHANT).can(Kind.WAYBILL)
    assert refusal.value.code == "waybill.factory_only"
    assert refusal.value.values["where"]


SEALED = {
    "cipher": "##x#1##",
    "masked": {"name": "王**", "phone": "13*******64", "area": "浙江省 金华市 义乌市"},
}


def test_print_data_is_found_by_the_number_and_never_opened(canned: Canned) -> None:
    """Masks where our sandbox gives them; a real platform's data is opaque and stays so."""
    infos = [
        {"track_no": "2", "print_data": "b3BhcXVl", "sign": "s2"},
        {"track_no": 1, "print_data": json.dumps(SEALED), "sign": "s1"},
        {"track_no": "4", "print_data": json.dumps([1]), "sign": "s4"},
        {"track_no": "5", "print_data": "", "sign": ""},
    ]
    errors = [{"track_no": "3", "err_code": 8, "err_msg": "单号不存在"}, {"track_no": "4", "err_code": 8}]
    canned.say("logistics.waybillApply", ok({"waybill_infos": infos, "err_infos": errors}))
    numbers = [Waybill("debangkuaidi", str(one), "item") for one in range(1, 7)]
    found = {one.tracking_number: one for one in canned.platform.print_data(Role.FACTORY, numbers)}
    assert canned.of("logistics.waybillApply")[0].params["waybill_applies"][0] == {
        "logistics_code": "debangwuliu", "track_no": "1",
    }  # fmt: skip
    assert (found["1"].name, found["1"].phone, found["1"].area, found["1"].sign) == (
        "王**", "13*******64", "浙江省 金华市 义乌市", "s1",
    )  # fmt: skip
    assert (found["2"].cipher, found["2"].name, found["2"].code) == ("b3BhcXVl", "", None)
    assert {number: found[number].code for number in "3456"} == dict.fromkeys("3456", "waybill.no_print_data")
    assert found["3"].said == "单号不存在"
