"""What each chat gets on the wire, and what its answers mean."""

from __future__ import annotations

import json

import pytest

from dropship_cli.domain.chat import Chat, ChatKind
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.chats import wire
from dropship_cli.platforms.chats.wire import ChatRefused

NOW = 1_700_000_000.123
SECRET = "this-is-a-secret"


def chat(kind: ChatKind, secret: str = SECRET) -> Chat:
    return Chat("team", kind, f"sandbox:{kind}", secret)


def test_feishu_carries_its_signature_in_the_body() -> None:
    made = wire.request(chat(ChatKind.FEISHU), "超时 3", NOW)
    assert json.loads(made.body) == {
        "msg_type": "text", "content": {"text": "超时 3"},
        "timestamp": "1700000000", "sign": "Y1b6Qc7zcuLi0Jkj/ZaNPj1R2bROA5USAWOr5KGlUY8=",
    }  # fmt: skip
    assert not made.query
    assert not made.headers


def test_dingtalk_carries_its_signature_in_the_query() -> None:
    made = wire.request(chat(ChatKind.DINGTALK), "超时 3", NOW)
    assert json.loads(made.body) == {"msgtype": "text", "text": {"content": "超时 3"}}
    assert made.query == {
        "timestamp": "1700000000123", "sign": "b2bp1C/GWpMWxMyzGOAoppiUWshCYDWxkpb05ZTuddw=",
    }  # fmt: skip


def test_wecom_signs_nothing() -> None:
    made = wire.request(chat(ChatKind.WECOM), "超时 3", NOW)
    assert json.loads(made.body) == {"msgtype": "text", "text": {"content": "超时 3"}}
    assert not made.query
    assert SECRET.encode() not in made.body


def test_the_generic_webhook_gets_records_and_a_header_over_the_body() -> None:
    made = wire.request(chat(ChatKind.GENERIC), "late: 3", NOW, [{"kind": "late", "item_id": "1"}])
    assert json.loads(made.body) == {
        "text": "late: 3", "sent_at": "2023-11-15T06:13:20+08:00", "cases": [{"kind": "late", "item_id": "1"}],
    }  # fmt: skip
    assert made.headers.keys() == {wire.SIGNATURE}
    assert not wire.request(chat(ChatKind.GENERIC, ""), "x", NOW).headers


@pytest.mark.parametrize("kind", [ChatKind.FEISHU, ChatKind.DINGTALK])
def test_without_a_secret_nothing_is_signed(kind: ChatKind) -> None:
    made = wire.request(chat(kind, ""), "x", NOW)
    assert not made.query
    assert b"sign" not in made.body


GOOD = [
    (ChatKind.FEISHU, b'{"code":0,"data":{},"msg":"success"}'),
    (ChatKind.FEISHU, b'{"Extra":null,"StatusCode":0,"StatusMessage":"success"}'),
    (ChatKind.DINGTALK, b'{"errcode":0,"errmsg":"ok"}'),
    (ChatKind.WECOM, b'{"errcode":0,"errmsg":"ok"}'),
    (ChatKind.GENERIC, b"anything"),
]


@pytest.mark.parametrize(("kind", "body"), GOOD)
def test_a_chat_that_took_it_says_so(kind: ChatKind, body: bytes) -> None:
    wire.check(kind, 200, body)


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (ChatKind.FEISHU, b'{"code":19021,"data":{},"msg":"sign match fail"}', "19021 sign match fail"),
        (ChatKind.FEISHU, b'{"code":19024,"msg":"Key Words Not Found"}', "19024 Key Words Not Found"),
        (ChatKind.DINGTALK, b'{"errcode":310000,"errmsg":"sign not match"}', "310000 sign not match"),
        (ChatKind.WECOM, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "93000 invalid webhook url"),
        (ChatKind.WECOM, b'{"errcode":40058}', "40058"),
    ],
)
def test_a_refusal_is_told_in_the_chats_own_words(kind: ChatKind, body: bytes, said: str) -> None:
    with pytest.raises(ChatRefused) as refused:
        wire.check(kind, 200, body)
    assert refused.value.said == said


@pytest.mark.parametrize(
    ("kind", "number"), [(ChatKind.DINGTALK, 130101), (ChatKind.WECOM, 45009), (ChatKind.DINGTALK, -1)]
)
def test_too_often_is_for_later_and_no_refusal(kind: ChatKind, number: int) -> None:
    with pytest.raises(NotSent) as later:
        wire.check(kind, 200, json.dumps({"errcode": number, "errmsg": "send too fast"}).encode())
    assert later.value.reason == "platform.limited"
    with pytest.raises(NotSent):
        wire.check(ChatKind.FEISHU, 200, b'{"code":11232,"msg":"frequency limited"}')


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"errcode":', b"[]", b"null", b"{}", b'{"errcode":"0"}', b'{"errcode":false}', b"\xff"]
)  # fmt: skip
def test_an_answer_that_says_neither_is_none(body: bytes) -> None:
    """It may have been taken: the message is said again."""
    with pytest.raises(NoAnswer):
        wire.check(ChatKind.DINGTALK, 200, body)


@pytest.mark.parametrize("kind", ChatKind)
def test_a_status_that_says_no_is_a_refusal_with_the_chats_words_where_it_has_some(kind: ChatKind) -> None:
    with pytest.raises(ChatRefused) as refused:
        wire.check(kind, 404, b"<html>")
    assert refused.value.said == "HTTP 404"
    with pytest.raises(ChatRefused) as refused:
        wire.check(ChatKind.FEISHU, 400, b'{"code":19001,"msg":"param invalid"}')
    assert refused.value.said == "19001 param invalid"
