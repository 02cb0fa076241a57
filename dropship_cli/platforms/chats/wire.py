"""The chats' own formats: what a text looks like on the wire of each, how much fits, and what an answer says.

Sources: the public pages on custom robots of 飞书 and 钉钉 (自定义机器人) and 企业微信 (群机器人), and the error
numbers that their users report. The generic format is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dropship_cli.domain.chat import Chat, ChatKind
from dropship_cli.domain.moment import BEIJING
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.chats import signing
from dropship_cli.platforms.strict_json import loads

MOST_BYTES: Mapping[ChatKind, int] = {
    ChatKind.FEISHU: 4096,  # the body may have 20 kB; more is not read on a telephone (our decision)
    ChatKind.DINGTALK: 4096,  # 20,000 bytes, likewise
    ChatKind.WECOM: 2048,  # the content of a text
    ChatKind.GENERIC: 4096,
}
"""UTF-8 bytes of one text."""

SIGNATURE = "X-Dropship-Signature"
"""The generic webhook's header."""

_LIMITED = frozenset({130101, 45009, 11232, 99991400, -1})
"""钉钉, 企业微信, 飞书 "too often" (11232 also under load), and "busy": the same message goes through later."""

_TOLD = ("errmsg", "msg", "StatusMessage", "message")


class ChatRefused(Exception):
    """The chat took nothing and said why; `said` is its own words and number."""

    def __init__(self, said: str) -> None:
        super().__init__("the chat refused")
        self.said = said


@dataclass(frozen=True, slots=True)
class Request:
    """One message as it goes out; query and headers beside those of the address."""

    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


Facts = Sequence[Mapping[str, Any]]


def request(chat: Chat, text: str, now: float, facts: Facts = ()) -> Request:
    """The text in the chat's format, signed where the chat has a secret. `facts` go to the generic webhook only."""
    return _WRITERS[chat.kind](chat, text, now, facts)


def check(kind: ChatKind, status: int, body: bytes) -> None:
    """Nothing where the chat took the message.

    Raises `ChatRefused`, `NotSent("platform.limited")`, or `NoAnswer` where the answer can't be understood.
    """
    if kind is ChatKind.GENERIC and status < 300:  # whoever answers 2xx has it; what else they say is theirs
        return
    found = {} if kind is ChatKind.GENERIC else _document(body)
    number = _number(found)
    if number in _LIMITED:
        raise NotSent("platform.limited", str(number))
    if number is None and status >= 400:  # it answered, and not with a yes
        raise ChatRefused(f"HTTP {status}")
    if number is None:
        raise NoAnswer("answer.unreadable")
    if number != 0:
        told = next((str(found[name]) for name in _TOLD if found.get(name)), "")
        raise ChatRefused(f"{number} {told}".strip())


def _document(body: bytes) -> dict[str, Any]:
    """The answer's members; none where it is no such answer."""
    try:
        found = loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(found: Mapping[str, Any]) -> int | None:
    """`errcode` of 钉钉 and 企业微信, `code` of 飞书 (older ones `StatusCode`)."""
    number = next((found[name] for name in ("errcode", "code", "StatusCode") if name in found), None)
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _feishu(chat: Chat, text: str, now: float, _facts: Facts) -> Request:
    document: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if chat.secret:
        seconds = int(now)
        document |= {"timestamp": str(seconds), "sign": signing.feishu_sign(chat.secret, seconds)}
    return Request(_json(document))


def _dingtalk(chat: Chat, text: str, now: float, _facts: Facts) -> Request:
    body = _json({"msgtype": "text", "text": {"content": text}})
    if not chat.secret:
        return Request(body)
    moment = int(now * 1000)
    return Request(body, {"timestamp": str(moment), "sign": signing.dingtalk_sign(chat.secret, moment)})


def _wecom(_chat: Chat, text: str, _now: float, _facts: Facts) -> Request:
    return Request(_json({"msgtype": "text", "text": {"content": text}}))


def _generic(chat: Chat, text: str, now: float, facts: Facts) -> Request:
    sent_at = datetime.fromtimestamp(int(now), BEIJING).isoformat()
    body = _json({"text": text, "sent_at": sent_at, "cases": list(facts)})
    return Request(body, headers={SIGNATURE: signing.body_sign(chat.secret, body)} if chat.secret else {})


def _json(document: Mapping[str, Any]) -> bytes:
    # Half a character can't be written as UTF-8; the texts are clean, the facts are as they came.
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


_WRITERS: Mapping[ChatKind, Callable[[Chat, str, float, Facts], Request]] = {
    ChatKind.FEISHU: _feishu,
    ChatKind.DINGTALK: _dingtalk,
    ChatKind.WECOM: _wecom,
    ChatKind.GENERIC: _generic,
}
