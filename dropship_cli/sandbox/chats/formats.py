"""What the chat servers take and how each says no, told anew from their public pages; it keeps nothing.

飞书 and 钉钉 "自定义机器人", 企业微信 "群机器人": the signatures, an hour's tolerance, the sizes. The numbers of
refusals are those that the pages or users of the robots report; the generic webhook's are ours.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SECRET = "sandbox-chat-not-for-production"  # noqa: S105 - published on purpose, guards nothing real
HOUR = 3600
FEISHU_BODY = 20 * 1024
DINGTALK_BODY = 20_000
WECOM_TEXT = 2048
GENERIC_BODY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One message as it came: the robot's key, the query, lower-case headers, the body; ``now`` in seconds.

    ``signed``: the robot asks for a signature (its 加签 is on).
    """

    bot: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    now: float
    signed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``code`` 0 took the message; ``answer`` and ``status`` are what goes back, ``text`` what people read."""

    code: int
    answer: Mapping[str, Any]
    text: str = ""
    status: int = 200


def feishu(call: Call) -> Verdict:
    """飞书: ``timestamp`` in seconds and ``sign`` are in the body."""
    if not call.bot:
        return feishu_no(19001, "param invalid: incoming webhook access token invalid")
    found = _object(call.body)
    content = (found or {}).get("content")
    text = content.get("text") if isinstance(content, dict) else None
    if len(call.body) > FEISHU_BODY or found is None or found.get("msg_type") != "text" or not _is_text(text):
        return feishu_no(9499, "Bad Request")
    stamp, sign = str(found.get("timestamp", "")), found.get("sign")
    if call.signed or sign:
        expected = _hmac(f"{stamp}\n{SECRET}".encode(), b"")
        if not _near(stamp, 1, call.now) or not _same(sign, expected):
            return feishu_no(19021, "sign match fail or timestamp is not within one hour from current time")
    answer = {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}
    return Verdict(0, answer, str(text))


def dingtalk(call: Call) -> Verdict:
    """钉钉: ``timestamp`` in milliseconds and ``sign`` are in the query."""
    if not call.bot:
        return plain_no(300001, "token is not exist")
    if len(call.body) > DINGTALK_BODY:
        return plain_no(460101, "message too long, exceed 20000 bytes")
    text = _plain_text(call.body)
    if text is None:
        return plain_no(40035, "缺少参数 json")
    stamp, sign = call.query.get("timestamp", ""), call.query.get("sign")
    if call.signed or sign:
        if not _near(stamp, 1000, call.now):
            return plain_no(310000, "invalid timestamp")
        if not _same(sign, _hmac(SECRET.encode(), f"{stamp}\n{SECRET}".encode())):
            return plain_no(310000, "sign not match")
    return Verdict(0, {"errcode": 0, "errmsg": "ok"}, text)


def wecom(call: Call) -> Verdict:
    """企业微信: the key in the address is all."""
    if not call.bot:
        return plain_no(93000, "invalid webhook url, hint: [sandbox]")
    text = _plain_text(call.body)
    if text is None:
        return plain_no(40008, "invalid message type")
    if not text:
        return plain_no(44004, "empty content")
    if len(text.encode()) > WECOM_TEXT:
        return plain_no(40058, f"text.content exceed max length {WECOM_TEXT}. invalid Request Parameter")
    return Verdict(0, {"errcode": 0, "errmsg": "ok"}, text)


def generic(call: Call) -> Verdict:
    """Anybody's webhook that takes our JSON: refusals are HTTP statuses (our choice)."""
    if len(call.body) > GENERIC_BODY:
        return Verdict(413, {"error": "too large"}, status=413)
    found = _object(call.body)
    text = (found or {}).get("text")
    if found is None or not _is_text(text):
        return Verdict(400, {"error": "no text"}, status=400)
    sign = call.headers.get("x-dropship-signature")
    expected = "sha256=" + hmac.new(SECRET.encode(), call.body, hashlib.sha256).hexdigest()
    if (call.signed or sign) and not (_same(sign, expected) and _recent(found.get("sent_at"), call.now)):
        return Verdict(401, {"error": "signature"}, status=401)
    return Verdict(0, {"ok": True}, str(text))


def feishu_no(code: int, msg: str) -> Verdict:
    """飞书's form of a refusal."""
    return Verdict(code, {"code": code, "data": {}, "msg": msg})


def plain_no(code: int, msg: str) -> Verdict:
    """The form of 钉钉 and 企业微信."""
    return Verdict(code, {"errcode": code, "errmsg": msg})


FORMATS: Mapping[str, Callable[[Call], Verdict]] = {
    "feishu": feishu,
    "dingtalk": dingtalk,
    "wecom": wecom,
    "generic": generic,
}


def _plain_text(body: bytes) -> str | None:
    found = _object(body)
    text = (found or {}).get("text")
    content = text.get("content") if isinstance(text, dict) else None
    is_text = found is not None and found.get("msgtype") == "text" and isinstance(content, str)
    return str(content) if is_text else None


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _near(stamp: str, unit: int, now: float) -> bool:
    return stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and abs(int(stamp) / unit - now) <= HOUR


def _recent(moment: object, now: float) -> bool:
    try:
        return abs(datetime.fromisoformat(str(moment)).timestamp() - now) <= HOUR
    except ValueError:
        return False


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())


def _hmac(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
