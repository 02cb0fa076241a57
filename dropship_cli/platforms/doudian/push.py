"""Doudian's pushes: is the signature ours, and what do the messages name (doudian.md section 8). Pure: no call, no
clock, no store."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dropship_cli.domain.push import Push
from dropship_cli.platforms import strict_json
from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.platforms.pushes import Rejected

SIGN_METHODS = ("MD5", "hmac-sha256")
PROBE = "0"
DEEPEST = 32
"""Levels of nesting in a body or in a message's data (evidence, section 7 row 16); real ones have five."""

_WHITE_SPACE = re.compile(rb"\s+")
_ID = re.compile(r"[0-9]{1,20}", re.ASCII)
_LONGEST_TAG = 32
_LONGEST_PROBE = 1024


class DoudianPushes:
    """The pushes of one app, as `platforms.pushes.Pushes`. `secret` is asked at each body."""

    accepted = b'{"code":0,"msg":"success"}'

    def __init__(self, app_key: str, secret: Callable[[], str]) -> None:
        self._app_key = app_key
        self._secret = secret

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Push]:
        """Signature first, then the messages; the probe of the console is answered even unsigned."""
        try:
            verify(self._app_key, self._secret(), headers, body)
        except Rejected:
            if is_probe(body):
                return ()
            raise
        return [push for push in parse(body) if push.tag != PROBE]

    def rejected(self, reason: str) -> bytes:
        """Without a detail: whoever forges learns nothing."""
        return b'{"code":1,"msg":"fail"}'


def verify(app_key: str, secret: str, headers: Mapping[str, str], body: bytes) -> None:
    """Raise `Rejected` unless `event-sign` covers these very bytes, or the same without white space (one SDK's way).

    Without `sign-method` both methods are tried; every comparison takes the same time whatever is given.
    """
    if not _same(headers.get("app-id", ""), app_key):
        raise Rejected("push.app")
    given = headers.get("event-sign", "").strip().lower()
    named = headers.get("sign-method", "").strip().lower()
    methods = [one for one in SIGN_METHODS if named in ("", one.lower())]
    tried = ((text, method) for text in _texts(body) for method in methods)
    if not any(_same(given, push_sign(app_key, text, secret, method)) for text, method in tried):
        raise Rejected("push.signature")


def parse(body: bytes) -> list[Push]:
    """Every message of the array. One that names nothing we know is kept with its tag alone: it was received.

    Raises `Rejected` for what is no JSON array.
    """
    found = _document(body)
    if not isinstance(found, list):
        raise Rejected("push.unreadable")
    return [_push(one) for one in found]


def is_probe(body: bytes) -> bool:
    """Whether it is what the console sends when an address is saved: one message with tag "0" and nothing more."""
    if len(body) > _LONGEST_PROBE:  # nobody without a signature has us read a large body
        return False
    try:
        found = _document(body)
    except Rejected:
        return False
    return (
        isinstance(found, list) and len(found) == 1 and isinstance(found[0], dict) and _tag(found[0]) == PROBE
    )


def _texts(body: bytes) -> Iterator[bytes]:
    yield body
    bare = _WHITE_SPACE.sub(b"", body)
    if bare != body:
        yield bare


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _document(body: bytes) -> Any:
    try:
        found = strict_json.loads(body)
    except ValueError:
        raise Rejected("push.unreadable") from None
    if _is_deep(found):
        raise Rejected("push.unreadable")
    return found


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            member
            for one in level
            if isinstance(one, list | dict)
            for member in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _push(message: Any) -> Push:
    if not isinstance(message, dict):
        return Push(_key("", message), "")
    data = _data(message.get("data"))
    item_ids = [_id(data.get("distr_order_id")), _id(data.get("s_id")), *_ids(data.get("s_ids"))]
    shops = [_id(data.get("shop_id")), _id(data.get("user_id"))]
    return Push(
        key=_key(_text(message.get("msg_id", message.get("msgId"))), message),
        tag=_tag(message),
        item_ids=_distinct(item_ids),
        order_id=_id(data.get("p_id")),
        merchant_id=_id(data.get("user_id")),
        shop_ids=_distinct(shops),
    )


def _key(msg_id: str, message: Any) -> str:
    """The platform's id, and what was said under it: two messages under one id are two (samples are careless)."""
    said = json.dumps(message, sort_keys=True).encode()
    return f"{msg_id[:80]}:{hashlib.sha256(said).hexdigest()[:24]}"


def _data(value: Any) -> dict[str, Any]:
    """JSON text or the object itself; anything else says nothing."""
    if isinstance(value, str):
        try:
            value = _document(value.encode("utf-8", "surrogatepass"))
        except Rejected:
            return {}
    return value if isinstance(value, dict) else {}


def _tag(message: Mapping[str, Any]) -> str:
    return _text(message.get("tag"))[:_LONGEST_TAG]


def _ids(value: Any) -> list[str]:
    if isinstance(value, str):  # a list that was written as text
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return [_id(one) for one in value] if isinstance(value, list) else []


def _id(value: Any) -> str:
    """Digits, from text or from a whole number of any size; 0 and anything else is no id."""
    text = _text(value).strip()
    return text if _ID.fullmatch(text) and text.strip("0") else ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _distinct(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in ids if one))
