"""Each change's parameters on the wire, and its answer read row by row, by id and never by position."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import NoAnswer, NotSent, Verdict

from .canned import Canned, ok, refused

DISTRIBUTE, CANCEL = "iop.sellerDistribute", "iop.sellerCancleDistribute"
RETURN, UPDATE = "iop.waybillReturn", "iop.waybillUpdate"
MULTI, EDIT = "order.logisticsAddMultiPack", "order.logisticsEditByPack"
DONE, REFUSED, UNKNOWN = Verdict.DONE, Verdict.REFUSED, Verdict.UNKNOWN
PACKAGES = [
    {"carrier": "debangkuaidi", "tracking_number": "DPK1", "quantity": 1},
    {"carrier": "shunfeng", "tracking_number": "SF1", "quantity": 2},
]


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned(tmp_path)


def allocating(*pairs: tuple[str, str]) -> list[Operation]:
    return [Operation(f"op-{item}", Kind.ALLOCATE, item, {"factory_id": factory}) for item, factory in pairs]


def row(item: Any, factory: Any, number: Any = 0, message: Any = "") -> dict[str, Any]:
    return {"distr_order_id": item, "supplier_shop_id": factory, "err_no": number, "message": message}


def rows(*found: dict[str, Any]) -> dict[str, Any]:
    return ok({"distribute_order_reuslts": list(found)})


def verdicts(
    canned: Canned, kind: Kind, operations: list[Operation]
) -> dict[str, tuple[Verdict, str | None]]:
    answers = canned.change(Role.MERCHANT, kind, *operations)
    assert [one.op_id for one in answers] == [one.op_id for one in operations]
    return {one.op_id.removeprefix("op-"): (one.verdict, one.code) for one in answers}


def test_an_allocation_goes_out_with_ids_as_the_page_types_them(canned: Canned) -> None:
    canned.say(DISTRIBUTE, rows(row("6923", 880011)))
    canned.change(Role.MERCHANT, Kind.ALLOCATE, *allocating(("6923", "880011")))
    assert canned.of(DISTRIBUTE)[0].params == {
        "distribute_order_list": [{"distr_order_id": "6923", "supplier_shop_id": 880011}]
    }


def test_rows_are_found_by_item_and_factory_wherever_they_stand(canned: Canned) -> None:
    canned.say(
        DISTRIBUTE,
        rows(
            row(3, "11", "40103", "退款中"), row("9999", 11), row("1", "11", "0"), row("2", 22, 40100, None)
        ),
    )
    assert verdicts(canned, Kind.ALLOCATE, allocating(("1", "11"), ("2", "22"), ("3", "11"), ("4", "11"))) == {
        "1": (DONE, None), "2": (REFUSED, "allocate.not_bound"), "3": (REFUSED, "allocate.refund_open"),
        "4": (UNKNOWN, "answer.missing_row"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([row("1", 11), row("1", 11)], DONE),
        ([row("1", 11), row("1", 11, 40101)], UNKNOWN),
        ([row("1", 22)], UNKNOWN),
        ([row("1", 11, 10005)], UNKNOWN),
        ([row("1", 11, 77)], REFUSED),
        ([row("01", 11)], UNKNOWN),
        ([row(1, 11)], DONE),
        ([], UNKNOWN),
    ],
)
def test_a_row_that_contradicts_itself_or_speaks_of_another_factory_is_unknown(
    canned: Canned, found: list[dict[str, Any]], verdict: Verdict
) -> None:
    """Two answers may have been mixed up on the way: the factory has to be ours as well."""
    canned.say(DISTRIBUTE, rows(*found) if found else ok({"distribute_order_reuslts": []}))
    assert verdicts(canned, Kind.ALLOCATE, allocating(("1", "11")))["1"][0] is verdict


@pytest.mark.parametrize(
    "answer",
    [ok(None), ok({}), ok([]), ok({"distribute_order_results": [row("1", 11)]}), rows(row("1", 11, False))],
)
def test_an_answer_without_the_rows_is_unknown(canned: Canned, answer: dict[str, Any]) -> None:
    canned.say(DISTRIBUTE, answer)
    with pytest.raises(NoAnswer):
        verdicts(canned, Kind.ALLOCATE, allocating(("1", "11")))


def test_a_part_failed_batch_is_read_by_its_rows(canned: Canned) -> None:
    said = {
        **rows(row("1", 11), row("2", 11, 40104, "已关闭")),
        "code": 10001,
        "sub_code": "isv.business-part-failed",
    }
    canned.say(DISTRIBUTE, said)
    found = verdicts(canned, Kind.ALLOCATE, allocating(("1", "11"), ("2", "11")))
    assert [found["1"][0], found["2"]] == [DONE, (REFUSED, "allocate.closed")]


def test_a_refusal_of_the_whole_call_is_every_rows(canned: Canned) -> None:
    canned.say(DISTRIBUTE, refused(40004, "isv.parameter-invalid:10000", "参数错误"))
    answers = canned.change(Role.MERCHANT, Kind.ALLOCATE, *allocating(("1", "11"), ("2", "11")))
    assert {(one.verdict, one.code, one.said) for one in answers} == {
        (REFUSED, "platform.refused", "参数错误")
    }


CANCELLING = [Operation(f"op-{item}", Kind.CANCEL, item, {"factory_id": None}) for item in "1234"]


@pytest.mark.parametrize("empty", [[], {}, None, ""], ids=["list", "map", "null", "text"])
def test_an_empty_map_comes_in_four_forms(canned: Canned, empty: Any) -> None:
    """`[]` is what the official sample shows (section 4)."""
    canned.say(CANCEL, ok({"succ_distr_order_ids": [1, "2", "3", "4"], "fail_distr_order_ids": empty}))
    found = verdicts(canned, Kind.CANCEL, CANCELLING)
    assert {verdict for verdict, _ in found.values()} == {DONE}


def test_an_id_in_neither_list_or_in_both_is_unknown(canned: Canned) -> None:
    canned.say(
        CANCEL, ok({"succ_distr_order_ids": ["1", "3"], "fail_distr_order_ids": {"2": "已发货", "3": "?"}})
    )
    found = verdicts(canned, Kind.CANCEL, CANCELLING)
    assert [found[item][0] for item in "1234"] == [DONE, REFUSED, UNKNOWN, UNKNOWN]
    assert canned.of(CANCEL)[0].params == {"distr_order_ids": ["1", "2", "3", "4"]}


def shipping(**wish: Any) -> Operation:
    whole = {"packages": PACKAGES, "merchant_id": "660001", **wish}
    return Operation("op-ship", Kind.SHIP, "6923", whole, order_id="6900")


def test_a_factory_ships_with_the_platforms_carrier_codes(canned: Canned) -> None:
    packs = [{"deliver_id": 71, "track_no": "DPK1"}, {"deliver_id": "72", "track_no": "SF1"}]
    canned.say(RETURN, ok({"return_result": True, "delivery_id": "71", "pack_list": packs}))
    answer = canned.change(Role.FACTORY, Kind.SHIP, shipping())[0]
    assert answer.verdict is DONE
    assert canned.of(RETURN)[0].params == {
        "user_id": 660001, "distr_order_id": "6923", "pack_list": [
            {"company_code": "debangwuliu", "ship_num": 1, "track_no": "DPK1"},
            {"company_code": "shunfeng", "ship_num": 2, "track_no": "SF1"},
        ],
    }  # fmt: skip


def test_a_merchant_ships_under_the_operations_own_key(canned: Canned) -> None:
    packs = [{"pack_id": "9", "logistics_code": "SF1"}, {"pack_id": 8, "logistics_code": "DPK1"}]
    canned.say(MULTI, ok({"pack_list": packs}))
    answer = canned.change(Role.MERCHANT, Kind.SHIP, shipping(reject_refund=True))[0]
    assert answer.verdict is DONE
    params = canned.of(MULTI)[0].params
    assert (params["request_id"], params["order_id"], params["is_refund_reject"]) == ("op-ship", "6900", True)
    assert params["pack_list"][1]["shipped_order_info"] == [{"shipped_order_id": "6923", "shipped_num": 2}]


@pytest.mark.parametrize(
    ("role", "method", "data"),
    [
        (
            Role.FACTORY,
            RETURN,
            {"return_result": True, "pack_list": [{"deliver_id": "1", "track_no": "SOMEBODY"}]},
        ),
        (Role.MERCHANT, MULTI, {"pack_list": [{"pack_id": "1", "logistics_code": "SOMEBODY"}]}),
    ],
)
def test_another_shipments_answer_is_not_taken_for_ours(
    canned: Canned, role: Role, method: str, data: dict[str, Any]
) -> None:
    canned.say(method, ok(data))
    assert canned.change(role, Kind.SHIP, shipping())[0].verdict is UNKNOWN


def test_a_shipment_that_names_no_package_is_not_taken_for_ours(canned: Canned) -> None:
    canned.say(MULTI, ok({"pack_list": []}))
    assert canned.change(Role.MERCHANT, Kind.SHIP, shipping())[0].verdict is UNKNOWN


def test_a_part_of_one_thing_is_unknown_whatever_the_data_says(canned: Canned) -> None:
    partly = {"code": 10001, "sub_code": "isv.business-part-failed"}
    packs = [{"pack_id": 8, "logistics_code": "DPK1"}, {"pack_id": 9, "logistics_code": "SF1"}]
    canned.say(RETURN, {**ok({"return_result": True}), **partly})
    canned.say(UPDATE, {**ok({"return_result": True}), **partly})
    canned.say(MULTI, {**ok({"pack_list": packs}), **partly}).say(EDIT, {**ok({}), **partly})
    for role in Role:
        assert canned.change(role, Kind.SHIP, shipping())[0].verdict is UNKNOWN
        assert canned.change(role, Kind.AMEND, amending())[0].verdict is UNKNOWN


@pytest.mark.parametrize("data", [None, {}, [], {"pack_list": None}, {"return_result": None}])
@pytest.mark.parametrize(("role", "method"), [(Role.FACTORY, RETURN), (Role.MERCHANT, MULTI)])
def test_a_success_without_its_data_is_unknown(canned: Canned, role: Role, method: str, data: Any) -> None:
    canned.say(method, ok(data))
    with pytest.raises(NoAnswer):
        canned.change(role, Kind.SHIP, shipping())


def test_a_false_result_in_a_successful_envelope_is_a_refusal(canned: Canned) -> None:
    canned.say(RETURN, ok({"return_result": False, "delivery_id": ""}))
    answer = canned.change(Role.FACTORY, Kind.SHIP, shipping())[0]
    assert (answer.verdict, answer.code) == (REFUSED, "platform.refused")


@pytest.mark.parametrize(
    ("role", "method", "number", "code"),
    [
        (Role.FACTORY, RETURN, 41000, "ship.state"), (Role.FACTORY, RETURN, 41007, "ship.wrong_sum"),
        (Role.MERCHANT, MULTI, 60110, "ship.shipped_already"), (Role.MERCHANT, MULTI, 60120, "ship.refund_open"),
    ],
)  # fmt: skip
def test_a_refused_shipment_says_why(canned: Canned, role: Role, method: str, number: int, code: str) -> None:
    canned.say(method, refused(50002, f"isv.business-failed:{number}", "平台的话"))
    answer = canned.change(role, Kind.SHIP, shipping())[0]
    assert (answer.verdict, answer.code, answer.said) == (REFUSED, code, "平台的话")


def amending(**wish: Any) -> Operation:
    whole = {
        "carrier": "yuantong",
        "tracking_number": "YT1",
        "merchant_id": "660001",
        "package_id": "71",
        **wish,
    }
    return Operation("op-amend", Kind.AMEND, "6923", whole, order_id="6900")


def test_an_amendment_names_its_package_on_either_side(canned: Canned) -> None:
    canned.say(UPDATE, ok({"return_result": True, "delivery_id": 71})).say(EDIT, ok({}))
    assert canned.change(Role.FACTORY, Kind.AMEND, amending())[0].verdict is DONE
    assert canned.change(Role.MERCHANT, Kind.AMEND, amending())[0].verdict is DONE
    assert canned.of(UPDATE)[0].params == {
        "user_id": 660001, "distr_order_id": "6923", "delivery_id": "71", "track_no": "YT1", "company_code": "yuantong",
    }  # fmt: skip
    assert canned.of(EDIT)[0].params == {
        "order_id": "6900", "pack_id": "71", "logistics_code": "YT1", "company_code": "yuantong",
    }  # fmt: skip


def test_another_packages_answer_is_not_taken_for_ours(canned: Canned) -> None:
    canned.say(UPDATE, ok({"return_result": True, "delivery_id": "99"}))
    assert canned.change(Role.FACTORY, Kind.AMEND, amending())[0].verdict is UNKNOWN


def test_looking_up_the_package_in_vain_proves_that_nothing_was_sent(canned: Canned) -> None:
    canned.say("iop.orderInfo", httpx.ReadError("x"))
    with pytest.raises(NotSent):
        canned.change(Role.FACTORY, Kind.AMEND, amending(package_id=None))
    assert canned.of(UPDATE) == []


def test_a_change_is_never_sent_twice_by_itself(canned: Canned) -> None:
    for role, kind, method, wish in (
        (Role.MERCHANT, Kind.ALLOCATE, DISTRIBUTE, allocating(("1", "11"))[0]),
        (Role.MERCHANT, Kind.CANCEL, CANCEL, CANCELLING[0]),
        (Role.FACTORY, Kind.SHIP, RETURN, shipping()),
        (Role.MERCHANT, Kind.SHIP, MULTI, shipping()),
        (Role.FACTORY, Kind.AMEND, UPDATE, amending()),
        (Role.MERCHANT, Kind.AMEND, EDIT, amending()),
    ):
        canned.say(method, httpx.ReadTimeout("x"))
        with pytest.raises(NoAnswer):
            canned.change(role, kind, wish)
        assert len(canned.of(method)) == 1, method
