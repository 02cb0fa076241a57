"""The chat servers of the sandbox: signatures told a third time by hand, sizes, rates, and the real refusals."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import Client, TestResponse

from dropship_cli.sandbox import faults, settings
from dropship_cli.sandbox.app import create_app
from dropship_cli.sandbox.chats.box import arrived

from .conftest import START, Clock

SECRET = "sandbox-chat-not-for-production"
FEISHU, WECOM, GENERIC = (
    "/chat/feishu/open-apis/bot/v2/hook/k1",
    "/chat/wecom/send?key=k1",
    "/chat/generic/k1",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def http(path: Path, clock: Clock) -> Client:
    return Client(create_app(path, clock=clock))


def signed(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def feishu(http: Client, text: str, moment: int = START, secret: str = SECRET, url: str = FEISHU) -> Any:
    stamp = str(moment)
    body = {
        "msg_type": "text",
        "content": {"text": text},
        "timestamp": stamp,
        "sign": signed(f"{stamp}\n{secret}", ""),
    }
    return http.post(url, data=json.dumps(body)).json


def dingtalk(http: Client, text: str, moment: int = START, secret: str = SECRET) -> Any:
    stamp = str(moment * 1000)
    url = f"/chat/dingtalk/robot/send?access_token=k1&timestamp={stamp}"
    body = {"msgtype": "text", "text": {"content": text}}
    sign = quote(signed(secret, f"{stamp}\n{secret}"))
    return http.post(f"{url}&sign={sign}", data=json.dumps(body)).json


def wecom(http: Client, text: str, url: str = WECOM) -> Any:
    return http.post(url, data=json.dumps({"msgtype": "text", "text": {"content": text}})).json


def generic(
    http: Client, text: str, secret: str = SECRET, sent_at: str = "2026-09-21T22:13:20+08:00"
) -> TestResponse:
    body = json.dumps({"text": text, "sent_at": sent_at}).encode()
    sign = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return http.post(GENERIC, data=body, headers={"X-Dropship-Signature": sign})


def test_each_takes_what_is_signed_right_and_keeps_it(http: Client, path: Path) -> None:
    assert feishu(http, "飞")["code"] == 0
    assert dingtalk(http, "钉") == wecom(http, "企") == {"errcode": 0, "errmsg": "ok"}
    assert generic(http, "any").status_code == 200
    assert [(one["kind"], one["code"], one["text"]) for one in arrived(path)] == [
        ("feishu", 0, "飞"), ("dingtalk", 0, "钉"), ("wecom", 0, "企"), ("generic", 0, "any"),
    ]  # fmt: skip


def test_a_wrong_secret_is_refused_as_the_chats_refuse_it(http: Client, path: Path) -> None:
    assert feishu(http, "x", secret="no")["code"] == 19021
    assert dingtalk(http, "x", secret="no") == {"errcode": 310000, "errmsg": "sign not match"}
    assert generic(http, "x", secret="no").status_code == 401
    assert {one["text"] for one in arrived(path)} == {""}


@pytest.mark.parametrize(("apart", "taken"), [(3600, True), (-3600, True), (3601, False), (-3601, False)])
def test_a_time_stamp_holds_for_an_hour(apart: int, taken: bool, http: Client) -> None:
    assert (feishu(http, "x", START + apart)["code"] == 0) is taken
    assert (dingtalk(http, "x", START + apart)["errcode"] == 0) is taken


def test_an_unsigned_message_passes_only_where_no_signature_is_asked_for(http: Client, path: Path) -> None:
    plain = {"msg_type": "text", "content": {"text": "x"}}
    assert http.post(FEISHU, data=json.dumps(plain)).json["code"] == 19021
    settings.put(path, "chat_signed", 0)
    assert http.post(FEISHU, data=json.dumps(plain)).json["code"] == 0
    body = json.dumps({"msgtype": "text", "text": {"content": "x"}})
    assert http.post("/chat/dingtalk/?access_token=k", data=body).json["errcode"] == 0
    assert dingtalk(http, "x", secret="no")["errcode"] == 310000  # a wrong one never does


def test_sizes_are_those_of_the_pages(http: Client) -> None:
    """20 kB, 20,000 bytes, 2048 bytes of text."""
    assert wecom(http, "字" * 682)["errcode"] == 0
    assert wecom(http, "字" * 683)["errcode"] == 40058
    assert dingtalk(http, "x" * 19_000)["errcode"] == 0
    assert dingtalk(http, "x" * 20_000)["errcode"] == 460101
    assert feishu(http, "x" * 20_000)["code"] == 0
    assert feishu(http, "x" * 20_480)["code"] == 9499


def test_twenty_a_minute_and_the_next_when_the_first_is_a_minute_old(http: Client, clock: Clock) -> None:
    for _ in range(20):
        assert (wecom(http, "x")["errcode"], dingtalk(http, "x")["errcode"]) == (0, 0)
    assert (wecom(http, "x")["errcode"], dingtalk(http, "x")["errcode"]) == (45009, 130101)
    assert wecom(http, "x", "/chat/wecom/send?key=k2")["errcode"] == 0  # another robot
    clock.now += 61
    assert (wecom(http, "x")["errcode"], dingtalk(http, "x", int(clock.now))["errcode"]) == (0, 0)


def test_feishu_takes_five_a_second(http: Client) -> None:
    assert [feishu(http, "x")["code"] for _ in range(6)] == [0] * 5 + [11232]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"msgtype":"text"}', b'{"msg_type":"text","content":5}', b"\xff"]
)
def test_what_is_no_message_is_refused(body: bytes, http: Client) -> None:
    assert http.post(FEISHU, data=body).json["code"] == 9499
    assert http.post(WECOM, data=body).json["errcode"] == 40008
    assert http.post("/chat/dingtalk/?access_token=k", data=body).json["errcode"] == 40035
    assert http.post(GENERIC, data=body).status_code == 400


def test_a_robot_without_its_key_is_nobody(http: Client) -> None:
    assert http.post("/chat/dingtalk/robot/send?timestamp=1", data=b"{}").json["errcode"] == 300001
    assert http.post("/chat/wecom/send?other=1", data=b"{}").json["errcode"] == 93000
    assert http.post("/chat/feishu/", data=b"{}").json["code"] == 19001
    assert http.post("/chat/telegraph/k", data=b"{}").status_code == 404
    assert http.get(WECOM).status_code == 405


def test_faults_on_command(http: Client, path: Path) -> None:
    """After the commit the message is there whatever the caller hears."""
    faults.plan(path, "chat.wecom", "error_500_before")
    faults.plan(path, "chat.wecom", "error_500_after")
    faults.plan(path, "chat.wecom", "limit")
    body = json.dumps({"msgtype": "text", "text": {"content": "x"}})
    assert [http.post(WECOM, data=body).status_code for _ in range(2)] == [500, 500]
    assert wecom(http, "x")["errcode"] == 45009
    assert [one["code"] for one in arrived(path)] == [0, 45009]
