"""`order.batchDecrypt`: rows found by their cipher, sent once, and every way in which some of it fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.receiver import Field, Opened, SealedOrder
from dropship_cli.platforms.base import NoAnswer, NotSent

from .canned import NOW, TOKEN, Canned, ok, refused

ORDER = "6923007000000001326"
CIPHERS = {Field.NAME: "##n*a#1##", Field.PHONE: "$$p*b$1$$", Field.ADDRESS: "##d*c#1##"}
SEALED = SealedOrder(ORDER, CIPHERS, paid_at=1)
METHOD = "order.batchDecrypt"


def row(name: Field, text: str = "plain", number: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "auth_id": ORDER, "cipher_text": CIPHERS[name], "decrypt_text": "" if number else text,
        "err_no": number, "err_msg": "平台的话" if number else "", **more,
    }  # fmt: skip


def rows(*found: dict[str, Any]) -> dict[str, Any]:
    return {"decrypt_infos": list(found), "custom_err": {"err_code": 0, "err_msg": ""}}


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned(tmp_path)


def test_rows_are_found_by_their_cipher_wherever_they_stand(canned: Canned) -> None:
    said = rows(row(Field.ADDRESS, "人民路1号"), row(Field.NAME, "王小明"), row(Field.PHONE, "13800000000"))
    canned.say(METHOD, ok(said))
    assert canned.platform.opened(SEALED) == [
        Opened(Field.NAME, "王小明"), Opened(Field.PHONE, "13800000000"), Opened(Field.ADDRESS, "人民路1号"),
    ]  # fmt: skip
    (call,) = canned.of(METHOD)
    assert call.params == {
        "cipher_infos": [{"auth_id": ORDER, "cipher_text": text} for text in CIPHERS.values()]
    }


def test_a_virtual_number_is_told_with_its_extension_and_its_end(canned: Canned) -> None:
    phone = row(Field.PHONE, "18400913965-7576", is_virtual_tel=True, expire_time=int(NOW) + 60)
    canned.say(METHOD, ok(rows(phone, row(Field.NAME, "a-b"), row(Field.ADDRESS))))
    name, found, _ = canned.platform.opened(SEALED)
    assert found == Opened(Field.PHONE, "18400913965", "7576", virtual=True, until=int(NOW) + 60)
    assert name.text == "a-b"


@pytest.mark.parametrize("number", [300008, 300003])
def test_some_rows_failed_and_the_others_are_read(canned: Canned, number: int) -> None:
    """The envelope says refused, the rows say which; a row that the answer lacks is told as such."""
    answer = refused(50002, f"isv.business-failed:{number}") | {
        "data": rows(row(Field.NAME, "王小明"), row(Field.PHONE, number=300010))
    }
    canned.say(METHOD, answer)
    assert [(one.text, one.code) for one in canned.platform.opened(SEALED)] == [
        ("王小明", None), ("", "reveal.quota"), ("", "answer.missing_row"),
    ]  # fmt: skip


def test_another_orders_row_is_nobodys(canned: Canned) -> None:
    canned.say(METHOD, ok(rows({**row(Field.NAME, "other"), "auth_id": "1"})))
    assert {one.code for one in canned.platform.opened(SEALED)} == {"answer.missing_row"}


def test_an_unknown_row_number_is_told_in_the_platforms_words(canned: Canned) -> None:
    canned.say(METHOD, ok(rows(row(Field.NAME, number=77), row(Field.PHONE), row(Field.ADDRESS))))
    first = canned.platform.opened(SEALED)[0]
    assert (first.code, first.said, first.text) == ("reveal.row", "平台的话", "")


def test_a_refusal_without_rows_is_the_whole_calls(canned: Canned) -> None:
    canned.say(METHOD, refused(50002, "isv.business-failed:300001"))
    with pytest.raises(RefusedError, match=r"reveal\.refused") as caught:
        canned.platform.opened(SEALED)
    assert caught.value.values == {"said": "平台的话", "log_id": "log-2"}


@pytest.mark.parametrize("said", [httpx.ReadTimeout("x"), httpx.Response(502), b"<html>", ok({})])
def test_a_lost_answer_is_not_asked_for_again(canned: Canned, said: Any) -> None:
    """It may have cost quota: once is all."""
    canned.say(METHOD, said)
    with pytest.raises(NoAnswer):
        canned.platform.opened(SEALED)
    assert len(canned.of(METHOD)) == 1


def test_too_often_and_unreachable_prove_that_nothing_was_spent(canned: Canned) -> None:
    for said in (refused(60000, "isv.x"), httpx.ConnectError("x")):
        canned.say(METHOD, said)
        with pytest.raises(NotSent):
            canned.platform.opened(SEALED)


def test_an_expired_token_is_renewed_and_the_call_goes_out_again(canned: Canned) -> None:
    """The one refusal before any work."""
    gone = refused(40003, "isv.access-token-expired")
    canned.say("token.refresh", ok(TOKEN))
    canned.say(METHOD, gone, ok(rows(*(row(one) for one in Field))))
    assert len(canned.platform.opened(SEALED)) == 3
    assert len(canned.of(METHOD)) == 2


def order(**more: Any) -> dict[str, Any]:
    return ok({"shop_order_detail": {"order_status": 2, "pay_time": 5, **more}})


def test_the_order_is_read_with_its_ciphers_region_and_state(canned: Canned) -> None:
    address = {
        "province": {"name": "浙江省", "id": "33"},
        "city": {"name": "金华市"},
        "encrypt_detail": "##d##",
    }
    canned.say(
        "order.orderDetail",
        order(encrypt_post_receiver="##n##", encrypt_post_tel="$$p$$", post_addr=address, ship_time=0),
        order(order_status=3, ship_time=77),
        order(order_status=101, ship_time=77),
        order(order_status=4),
        order(order_status=1, pay_time=0, post_addr=[]),
    )
    first = canned.platform.sealed(ORDER)
    expected = {Field.NAME: "##n##", Field.PHONE: "$$p$$", Field.ADDRESS: "##d##"}
    assert first == SealedOrder(ORDER, expected, "浙江省 金华市", paid_at=5)
    states = [canned.platform.sealed(ORDER) for _ in range(4)]
    assert [(one.paid_at, one.closed, one.shipped_at) for one in states if one] == [
        (5, False, 77), (5, False, None), (5, True, None), (None, False, None),
    ]  # fmt: skip
    canned.say("order.orderDetail", refused(40004, "isv.parameter-invalid:20001"))
    assert canned.platform.sealed(ORDER) is None
