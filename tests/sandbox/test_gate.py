"""What the gate lets in and what it turns away (doudian.md section 1)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dropship_cli.sandbox import buyers, ledger, settings, shops, tokens

from .conftest import FACTORY, MERCHANT, START, World, signature

METHOD = "iop.roleGet"
RAW = '{"b": "加<&>=\'", "a": 1.0, "n": null}'


def outcome(answer: Any) -> tuple[int, str]:
    return answer.json["code"], answer.json["sub_code"]


def signed_over(world: World, text: str, signed: str) -> tuple[int, str]:
    """Send one text with the signature of another."""
    stamp = str(int(world.clock.now))
    return outcome(world.send(METHOD, text, world.token(MERCHANT), sign=signature(METHOD, signed, stamp)))


@pytest.mark.parametrize(
    "signed",
    [
        RAW,
        '{"a":1,"b":"加<&>=\'"}',
        '{"a":1,"b":"加\\u003c\\u0026\\u003e=\'"}',
        '{"a":1,"b":"加\\u003c\\u0026\\u003e\\u003d\\u0027"}',
    ],
)
def test_each_way_in_which_an_sdk_signs_is_accepted(world: World, signed: str) -> None:
    assert signed_over(world, RAW, signed) == (10000, "")


def test_a_changed_parameter_breaks_the_signature(world: World) -> None:
    assert signed_over(world, '{"a":1}', '{"a":2}') == (40003, "isv.signature-invalid")


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_nothing_at_all_means_no_parameters(world: World, text: str) -> None:
    assert signed_over(world, text, "{}") == (10000, "")


def test_without_sign_method_md5_is_meant(world: World) -> None:
    md5 = signature(METHOD, "{}", str(START), "md5")
    token = world.token(MERCHANT)
    assert outcome(world.send(METHOD, "{}", token, sign_method="-", sign=md5)) == (10000, "")
    hmac_hex = signature(METHOD, "{}", str(START))
    refused = world.send(METHOD, "{}", token, sign_method="-", sign=hmac_hex)
    assert outcome(refused) == (40003, "isv.signature-invalid")


def test_md5_may_be_asked_for_and_upper_case_is_borne(world: World) -> None:
    md5 = signature(METHOD, "{}", str(START), "md5").upper()
    answer = world.send(METHOD, "{}", world.token(MERCHANT), sign_method="md5", sign=md5)
    assert outcome(answer) == (10000, "")


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (str(START), (10000, "")),
        (str(START * 1000 + 123), (10000, "")),
        (str(START - 600), (10000, "")),
        (str(START + 600), (10000, "")),
        (str(START - 601), (40003, "isv.timestamp-invalid")),
        (str(START + 601), (40003, "isv.timestamp-invalid")),
        ("yesterday", (40003, "isv.timestamp-format-error")),
        ("9" * 5000, (40003, "isv.timestamp-format-error")),
        ("-", (40001, "isv.parameter-missing")),
    ],
)
def test_the_time_stamp(world: World, stamp: str, expected: tuple[int, str]) -> None:
    token = world.token(MERCHANT)
    assert outcome(world.send(METHOD, "{}", token, timestamp=stamp)) == expected


@pytest.mark.parametrize(("hours", "code"), [(8, 10000), (0, 40003)])
def test_a_time_stamp_in_words_is_beijing_time(world: World, hours: int, code: int) -> None:
    stamp = (datetime.fromtimestamp(START, UTC) + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")
    assert outcome(world.send(METHOD, "{}", world.token(MERCHANT), timestamp=stamp))[0] == code


def test_the_skew_is_a_setting(world: World) -> None:
    token = world.token(MERCHANT)
    settings.put(world.path, "skew_seconds", 5)
    late = world.send(METHOD, "{}", token, timestamp=str(START - 6))
    assert outcome(late) == (40003, "isv.timestamp-invalid")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"app_key": "-"}, (40001, "isv.app-id-missing")),
        ({"app_key": "1"}, (40003, "isv.app-id-invalid")),
        ({"sign": "-"}, (40001, "isv.signature-missing")),
        ({"sign": "ä"}, (40003, "isv.signature-invalid")),
        ({"method": "-"}, (40001, "isv.parameter-missing")),
        ({"method": "iop.orderList"}, (40003, "isv.parameter-invalid")),
        ({"v": "-"}, (40001, "isv.parameter-missing")),
        ({"v": "1"}, (40003, "isv.parameter-invalid")),
        ({"sign_method": "sha1", "sign": "00"}, (40003, "isv.parameter-invalid")),
        ({"access_token": "-"}, (40001, "isv.access-token-missing")),
        ({"access_token": "0" * 36}, (40003, "isv.access-token-no-existed")),
    ],
)
def test_what_is_missing_or_wrong_in_the_query(
    world: World, changes: dict[str, str], expected: tuple[int, str]
) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT)) | changes
    answer = world.http.post(
        "/iop/roleGet", query_string={k: v for k, v in query.items() if v != "-"}, data=b"{}"
    )
    assert outcome(answer) == expected


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', "[" * 100_000])
def test_parameters_that_are_no_object_are_refused(world: World, text: str) -> None:
    answer = world.send(METHOD, text, world.token(MERCHANT))
    assert outcome(answer) == (40003, "isv.parameter-format-invalid")


def test_a_body_that_is_no_text_is_refused(world: World) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT))
    answer = world.http.post("/iop/roleGet", query_string=query, data=b"\xff\xfe")
    assert outcome(answer) == (40003, "isv.parameter-format-invalid")


def test_parameters_may_come_in_the_query_by_get(world: World) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT)) | {"param_json": "{}"}
    assert outcome(world.http.get("/iop/roleGet", query_string=query)) == (10000, "")


@pytest.mark.parametrize("content_type", ["", "text/plain", "Content-Type: application/json"])
def test_no_content_type_is_insisted_on(world: World, content_type: str) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT))
    answer = world.http.post("/iop/roleGet", query_string=query, data=b"{}", content_type=content_type)
    assert outcome(answer) == (10000, "")


def test_the_envelope_has_both_forms_unless_the_new_alone_is_asked_for(world: World) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT))
    both = world.http.post("/iop/roleGet", query_string=query, data=b"{}").json
    new = world.http.post(
        "/iop/roleGet", query_string=query, data=b"{}", headers={"x-open-no-old-err-code": "1"}
    ).json
    assert both["code"] == 10000
    assert (both["err_no"], both["message"]) == (0, "success")
    assert set(both) - set(new) == {"err_no", "message"}
    assert both["log_id"]
    assert both["log_id"] != new["log_id"]


def test_an_unknown_method_is_off(world: World) -> None:
    assert world.refused(MERCHANT, "iop.nothing") == (70000, "isp.api-service-off")


def test_a_method_of_the_other_role_is_not_permitted(bound: World) -> None:
    expected = (30001, "dop.no-permissions")
    assert bound.refused(MERCHANT, "iop.orderList", page=0, size=1, **bound.window()) == expected
    assert bound.refused(FACTORY, "iop.sellerOrderList", page=0, size=1, **bound.window()) == expected
    assert bound.refused(FACTORY, "iop.sellerDistribute", distribute_order_list=[]) == expected


def test_a_shop_that_does_not_exist_gets_no_token(world: World) -> None:
    refused = world.refused(0, "token.create", code="", grant_type="authorization_self", shop_id="424242")
    assert refused == (50001, "dop.token-generate-failed:no-authorization")


def test_the_rate_is_kept_for_each_shop_and_method(world: World) -> None:
    settings.put(world.path, "rate_per_second", 3)
    codes = [world.call(MERCHANT, METHOD)["code"] for _ in range(4)]
    assert codes == [10000, 10000, 10000, 60000]
    assert world.refused(MERCHANT, METHOD) == (60000, "isv.traffic-limited")
    assert world.call(FACTORY, METHOD)["code"] == 10000
    assert world.call(MERCHANT, "order.logisticsCompanyList")["code"] == 10000
    world.clock.now += 1
    assert world.call(MERCHANT, METHOD)["code"] == 10000


def test_a_token_of_another_app_is_invalid(world: World) -> None:
    tokens.register_app(world.path, "7000000000000000002", "x")
    stolen = world.token(MERCHANT)
    with ledger.transaction(world.path) as tx:
        tx.execute("UPDATE tokens SET app_key = '7000000000000000002' WHERE access = ?", (stolen,))
    assert world.refused(MERCHANT, METHOD) == (40003, "isv.access-token-invalid")


def test_every_call_is_logged_without_parameters_or_secrets(world: World) -> None:
    world.call(MERCHANT, METHOD, hidden="hush-hush")
    world.call(MERCHANT, "iop.nothing")
    logged = [(call["shop_id"], call["method"], call["code"]) for call in ledger.calls(world.path)]
    assert logged == [(0, "token.create", 10000), (MERCHANT, METHOD, 10000), (0, "iop.nothing", 70000)]
    told = json.dumps(ledger.calls(world.path))
    assert "hush-hush" not in told
    assert world.token(MERCHANT) not in told


def test_other_http_methods_are_not_allowed(world: World) -> None:
    assert world.http.put("/iop/roleGet").status_code == 405


def test_a_body_without_end_is_cut_off(world: World) -> None:
    query = world.query(METHOD, "{}", world.token(MERCHANT))
    answer = world.http.post("/iop/roleGet", query_string=query, data=b" " * (8 * 1024 * 1024 + 1))
    assert answer.status_code == 413


def test_half_a_character_is_a_wrong_parameter(bound: World) -> None:
    for method, text in (
        ("iop.sellerOrderInfo", '{"distr_order_id":"\\ud800"}'),
        ("console.shop.open", '{"name":"\\udfff"}'),
        ("iop.sellerCancleDistribute", '{"distr_order_ids":["\\ud800"]}'),
    ):
        answer = bound.send(method, text, bound.token(MERCHANT))
        assert outcome(answer) == (40004, "isv.parameter-invalid:10000")
    sender = '{"name":"一号","sender":{"name":"\\ud800"}}'
    assert outcome(bound.send("console.shop.open", sender, bound.token(MERCHANT))) == (10000, "")


def test_a_token_that_outlives_its_shop_is_refused(world: World) -> None:
    shops.add(world.path, 990099)
    world.token(990099)
    buyers.reset(world.path, world.clock)
    assert world.refused(990099, METHOD) == (30001, "dop.authorization-no-existed")
