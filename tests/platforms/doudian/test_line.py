"""One signed call: what is sent, which refusals are cured and repeated once, what is never trusted."""

from __future__ import annotations

import logging
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from dropship_cli.domain.errors import SetupError, UsageError
from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import ItemRef, NoAnswer, NotSent, Verdict
from dropship_cli.platforms.doudian.signing import sign

from .canned import APP_KEY, NOW, SECRET, TOKEN, Canned, ok, refused

ROLE = ok({"role_type": 1})
EXPIRED = refused(40003, "isv.access-token-expired")
SHIPPED = ok({"return_result": True, "delivery_id": "5", "pack_list": []})
SHIP = Operation(
    "op-1", Kind.SHIP, "6923", {"merchant_id": "660001", "packages": [
        {"carrier": "shunfeng", "tracking_number": "SF1", "quantity": 1}]},
)  # fmt: skip


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned(tmp_path).say("iop.roleGet", ROLE)


def test_a_call_goes_out_as_the_page_says(canned: Canned) -> None:
    canned.platform.role()
    call = canned.of("iop.roleGet")[0]
    stamp = str(int(NOW))
    assert call.query == {
        "app_key": APP_KEY, "method": "iop.roleGet", "access_token": TOKEN["access_token"], "timestamp": stamp,
        "v": "2", "sign_method": "hmac-sha256", "sign": sign(SECRET, APP_KEY, "iop.roleGet", "{}", stamp),
    }  # fmt: skip
    assert call.params == {}


def test_a_raw_request_carries_the_sign_of_the_vectors_and_no_token(canned: Canned) -> None:
    """doudian.md section 1, vector 2."""
    wish = {"distribute_order_list": [{"supplier_shop_id": 77977, "distr_order_id": "77878786688878787"}]}
    raw = canned.platform.raw("iop.sellerDistribute", wish, timestamp="2023-11-15 06:13:01")
    assert raw.query["sign"] == "1d635a8864eb675ac2de36f031994ce0060e6f04d18e3abdb1fc1786a92345d7"
    assert raw.url == "https://platform.invalid/iop/sellerDistribute"
    assert (
        raw.body
        == '{"distribute_order_list":[{"distr_order_id":"77878786688878787","supplier_shop_id":77977}]}'
    )
    assert raw.query["access_token"] == "***"
    assert canned.calls == []


@pytest.mark.parametrize(
    "method", ["", "iop", "iop.a?b=c", "../iop.a", "iop.a/b", "iop.a b", "iop..a", "іop.a"]
)
def test_what_is_no_method_never_becomes_an_address(canned: Canned, method: str) -> None:
    with pytest.raises(UsageError):
        canned.platform.call(method, {})
    assert canned.of(method) == []


def test_call_answers_the_whole_envelope_refusals_included(canned: Canned) -> None:
    said = refused(50002, "isv.business-failed:40000")
    canned.say("iop.sellerOrderInfo", said)
    assert canned.platform.call("iop.sellerOrderInfo", {"distr_order_id": "1"}) == said


@pytest.mark.parametrize("sub", ["isv.access-token-expired", "isv.access-token-no-existed"])
def test_a_refused_token_is_refreshed_and_the_call_repeated_once(canned: Canned, sub: str) -> None:
    canned.say("iop.waybillReturn", refused(40003, sub), SHIPPED)
    canned.say("token.refresh", ok({**TOKEN, "access_token": "access-canary-2"}))
    assert canned.change(Role.FACTORY, Kind.SHIP, SHIP)[0].verdict is Verdict.DONE
    tokens = [call.query["access_token"] for call in canned.of("iop.waybillReturn")]
    assert tokens == ["access-canary-1", "access-canary-2"]
    assert canned.of("token.refresh")[0].params == {
        "grant_type": "refresh_token", "refresh_token": TOKEN["refresh_token"],
    }  # fmt: skip


def test_a_token_that_is_refused_again_is_a_matter_of_logging_in(canned: Canned) -> None:
    canned.say("iop.waybillReturn", EXPIRED).say("token.refresh", ok(TOKEN))
    with pytest.raises(SetupError):
        canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert len(canned.of("iop.waybillReturn")) == 2


@pytest.mark.parametrize("said", [b"<html>", httpx.ReadError("x"), refused(20000, "isp.service-error:1")])
@pytest.mark.parametrize("method", ["token.create", "token.refresh"])
def test_a_lost_answer_to_a_token_call_is_no_doubt_about_the_change(
    canned: Canned, said: bytes, method: str
) -> None:
    """Before a change leaves, or after it was refused for its token: nothing was done, and that is proven."""
    canned.say(method, said).say("iop.waybillReturn", EXPIRED)
    with pytest.raises(NotSent):
        canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert len(canned.of("iop.waybillReturn")) == (0 if method == "token.create" else 1)


def test_a_wrong_clock_is_corrected_by_the_platforms_once_and_remembered(
    canned: Canned, caplog: pytest.LogCaptureFixture
) -> None:
    dated = {"date": formatdate(NOW + 86_400, usegmt=True)}
    wrong = httpx.Response(200, headers=dated, json=refused(40003, "isv.timestamp-invalid"))
    canned.say("iop.waybillReturn", wrong, SHIPPED).say("iop.roleGet", ROLE)
    assert canned.change(Role.FACTORY, Kind.SHIP, SHIP)[0].verdict is Verdict.DONE
    canned.platform.role()
    stamps = [int(call.query["timestamp"]) - NOW for call in canned.calls if call.method != "token.create"]
    assert stamps == [0, 86_400, 86_400]
    assert "clock" in caplog.text


def test_a_time_stamp_that_was_asked_for_is_sent_as_it_is_and_once(canned: Canned) -> None:
    dated = {"date": formatdate(NOW + 86_400, usegmt=True)}
    canned.say(
        "iop.roleGet", httpx.Response(200, headers=dated, json=refused(40003, "isv.timestamp-invalid"))
    )
    with pytest.raises(SetupError):
        canned.platform.call("iop.roleGet", {}, timestamp="1700000000")
    assert [call.query["timestamp"] for call in canned.of("iop.roleGet")] == ["1700000000"]


def test_half_of_a_reading_is_read_again_and_never_taken_for_whole(canned: Canned) -> None:
    half = {**ok({"distr_order_list": [], "total": 0}), "code": 10001, "sub_code": "isv.business-part-failed"}
    whole = ok({"distr_order_list": [{"distr_order_id": "6923"}], "total": 1})
    canned.say("iop.sellerOrderList", half, whole)
    found = list(canned.platform.items(Role.MERCHANT, Window(int(NOW) - 900, int(NOW))))
    assert [item.item_id for page in found for item in page] == ["6923"]
    canned.say("iop.sellerOrderInfo", {**half, "data": {"distr_order_detail": {"distr_order_id": "6923"}}})
    with pytest.raises(NoAnswer):
        canned.platform.item(Role.MERCHANT, ItemRef("6923"))


@pytest.mark.parametrize(
    "headers", [{}, {"date": "yesterday"}, {"date": "Thu, 01 Jan 2026 00:00:00 +99999999999"}]
)
def test_a_wrong_clock_that_cannot_be_corrected_is_said(canned: Canned, headers: dict[str, str]) -> None:
    canned.say(
        "iop.roleGet", httpx.Response(200, headers=headers, json=refused(40003, "isv.timestamp-invalid"))
    )
    with pytest.raises(SetupError) as caught:
        canned.platform.role()
    assert caught.value.code == "clock.wrong"


def test_the_skew_is_the_last_answers(canned: Canned) -> None:
    assert canned.platform.clock_skew() is None
    canned.say(
        "iop.roleGet", httpx.Response(200, headers={"date": formatdate(NOW + 90, usegmt=True)}, json=ROLE)
    )
    canned.platform.role()
    assert canned.platform.clock_skew() == 90


@pytest.mark.parametrize("seconds", [None, 9.0])
def test_too_often_was_not_done_and_slows_us_down(canned: Canned, seconds: float | None) -> None:
    headers = {} if seconds is None else {"retry-after": "9"}
    limited = httpx.Response(200, headers=headers, json=refused(60000, "isv.traffic-limited"))
    canned.say("iop.waybillReturn", limited, SHIPPED)
    with pytest.raises(NotSent) as caught:
        canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert (caught.value.reason, caught.value.retry_after) == ("platform.limited", seconds)
    canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert canned.slept
    assert canned.slept[0] >= (seconds or 1)


ENVELOPES = {
    "nothing": b"", "half": b'{"code":10000,"data":{"return_re', "page": b"<html>ok</html>", "a list": b"[]",
    "a number": b"10000", "no code": b'{"msg":"success","data":{"return_result":true}}',
    "code null": b'{"code":null,"err_no":null,"data":{"return_result":true}}',
    "code of no number": b'{"code":"ok","data":{"return_result":true}}',
    "code true": b'{"code":[10000],"data":{"return_result":true}}',
    "code false": b'{"code":false,"err_no":false,"data":{"return_result":true}}',
    "doubled": b'{"code":10000,"code":40004,"data":{"return_result":true}}',
    "NaN": b'{"code":10000,"data":{"return_result":true,"x":NaN}}',
    "wrong charset": '{"code":10000,"msg":"成功","data":{"return_result":true}}'.encode("gb18030"),
    "no data": b'{"code":10000,"msg":"success"}', "data null": b'{"code":10000,"data":null}',
    "data empty": b'{"code":10000,"data":{}}', "data a list": b'{"code":10000,"data":[]}',
    "data text": b'{"code":10000,"data":"true"}',
    "code unknown": b'{"code":12345,"sub_code":"x","data":{"return_result":true}}',
    "other trouble": b'{"code":90000,"sub_code":"dop.unknown-error"}',
    "inner time-out": b'{"code":20001,"sub_code":""}',
    "busy": b'{"code":50002,"sub_code":"isv.business-failed:10006"}',
    "platform failed": b'{"code":50001,"sub_code":"isp.something"}',
    "id used": b'{"code":40003,"sub_code":"isv.idempotent-id-existed"}',
}  # fmt: skip


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_change_without_a_trustworthy_answer_is_unknown(canned: Canned, name: str) -> None:
    canned.say("iop.waybillReturn", ENVELOPES[name])
    with pytest.raises(NoAnswer):
        canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert len(canned.of("iop.waybillReturn")) == 1


@pytest.mark.parametrize(
    "said",
    [
        b'{"err_no":0,"message":"success","log_id":"x","data":{"return_result":true}}',
        b'{"err_no":"0","message":"success","data":{"return_result":true}}',
        b'{"code":"10000","msg":"success","sub_code":null,"data":{"return_result":true,"pack_list":null}}',
        b'{"code":10000,"err_no":0,"new_member":{"a":[]},"data":{"return_result":true,"new":1}}',
    ],
)
def test_both_forms_of_the_envelope_and_its_oddities_are_read(canned: Canned, said: bytes) -> None:
    canned.say("iop.waybillReturn", said)
    assert canned.change(Role.FACTORY, Kind.SHIP, SHIP)[0].verdict is Verdict.DONE


SETUP = {
    (30001, "dop.authorization-closed"): "auth.closed", (30001, "dop.authorization-no-existed"): "auth.lapsed",
    (30002, "isv.invalid_ip"): "auth.ip", (70000, "isp.api-service-off"): "platform.method_off",
    (80000, "isv.env-suspected"): "platform.suspected",
}  # fmt: skip


@pytest.mark.parametrize("code", [30001, 30002, 40001, 40003, 70000, 80000])
@pytest.mark.parametrize("old", [False, True], ids=["new envelope", "old envelope"])
def test_what_a_person_has_to_set_right_was_not_done(canned: Canned, code: int, old: bool) -> None:
    said = refused(code, "isv.something")
    canned.say("iop.waybillReturn", {"err_no": code, "message": "平台的话"} if old else said)
    with pytest.raises(SetupError) as caught:
        canned.change(Role.FACTORY, Kind.SHIP, SHIP)
    assert caught.value.values["said"] == "平台的话"


@pytest.mark.parametrize(("code", "sub"), SETUP)
def test_set_up_troubles_have_codes_of_their_own(canned: Canned, code: int, sub: str) -> None:
    canned.say("iop.roleGet", refused(code, sub))
    with pytest.raises(SetupError) as caught:
        canned.platform.role()
    assert caught.value.code == SETUP[code, sub]


def test_log_lines_hold_the_log_id_and_neither_body_nor_token(
    canned: Canned, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canned.say("iop.roleGet", ok({"role_type": 1, "receiver": "body-canary"}))
    canned.platform.role()
    assert "log-1" in caplog.text
    for secret in ("body-canary", SECRET, str(TOKEN["access_token"]), str(TOKEN["refresh_token"])):
        assert secret not in caplog.text
    assert "dropship.doudian" in {record.name for record in caplog.records}


def test_what_the_platform_writes_is_one_clean_line_in_the_log(
    canned: Canned, caplog: pytest.LogCaptureFixture
) -> None:
    """A line break, an escape or half a character in an answer can't forge or break a line of the log."""
    caplog.set_level(logging.DEBUG)
    canned.say(
        "iop.roleGet",
        b'{"code":20000,"sub_code":"a\\nb\\u001b[31m\\ud800","log_id":"\\r\\ud83d","data":null}',
    )
    with pytest.raises(NoAnswer):
        canned.platform.role()
    told = [record.getMessage() for record in caplog.records if "answered" in record.getMessage()]
    assert told
    assert all(one.isascii() and one.isprintable() for one in told)
