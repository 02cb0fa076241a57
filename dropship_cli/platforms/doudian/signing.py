"""The signatures of the Doudian wire and the text they cover: pure functions, no network and no clock.

The client and the embedded sandbox share this file and nothing else. Source: doudian.md sections 1 and 8.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_VERSION = "2"
_AFTER_JSON = re.compile("\\\\(.)|[\u2028\u2029\ud800-\udfff]")
_GO_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_GSON_ESCAPES = _GO_ESCAPES | {"=": "\\u003d", "'": "\\u0027"}


def canonical(params: Mapping[str, Any]) -> str:
    """The one text of ``params`` that our client sends and signs (doudian.md section 1).

    Keys are sorted by bytes at every level; members that are ``None`` count as absent; integers keep every
    digit; a whole float is written without its point. Raises ``ValueError`` for NaN and infinities and
    ``TypeError`` for what JSON cannot carry.
    """
    text = json.dumps(
        _plain(params), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return _AFTER_JSON.sub(_escape, text)


def variants(text: str) -> Iterator[str]:
    """Every text whose signature a server must accept for a received ``param_json`` (section 1, a to d).

    The SDKs in use disagree: some sign what they send, some sign a sorted form with Go's or Gson's escapes.
    The raw text comes first; a text that is no JSON object has no other variant.
    """
    yield text
    params = _object_in(text)
    if params is None:
        return
    plain = canonical(params)
    yield plain
    yield _escaped(plain, _GO_ESCAPES)
    yield _escaped(plain, _GSON_ESCAPES)


def sign(
    secret: str,
    app_key: str,
    method: str,
    param_json: str,
    timestamp: str,
    sign_method: str = "hmac-sha256",
) -> str:
    """Sign one call, lower-case hex; ``sign_method`` is ``hmac-sha256`` or ``md5``, else ``ValueError``.

    ``timestamp`` is the very text of the query, decoded.
    """
    text = string_to_sign(secret, app_key, method, param_json, timestamp)
    return _digest(sign_method)(secret, _utf8(text))


def string_to_sign(secret: str, app_key: str, method: str, param_json: str, timestamp: str) -> str:
    """The text under a call's signature (doudian.md section 1)."""
    middle = f"app_key{app_key}method{method}param_json{param_json}timestamp{timestamp}v{_VERSION}"
    return f"{secret}{middle}{secret}"


def push_sign(app_key: str, body: bytes, secret: str, sign_method: str) -> str:
    """Sign one push body as its ``event-sign`` header does (section 8); ``MD5`` or ``hmac-sha256``."""
    text = app_key.encode() + body + secret.encode()
    return _digest(sign_method.lower())(secret, text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _escape(found: re.Match[str]) -> str:
    # json.dumps writes \b and \f; the SDKs agree on neither, so both go out as any other control character.
    match found[0]:
        case "\\b":
            return "\\u0008"
        case "\\f":
            return "\\u000c"
        case escape if escape.startswith("\\"):
            return escape
        case character:
            return f"\\u{ord(character):04x}"


def _object_in(text: str) -> dict[str, Any] | None:
    if text.strip() in ("", "[]"):
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and _writable(value) else None


def _writable(value: dict[str, Any]) -> bool:
    # Python reads NaN and 1e999 where JSON has none: such a text has no canonical form.
    try:
        canonical(value)
    except (ValueError, RecursionError):
        return False
    return True


def _escaped(text: str, table: Mapping[str, str]) -> str:
    for character, escape in table.items():
        text = text.replace(character, escape)
    return text


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _digest(sign_method: str) -> Callable[[str, bytes], str]:
    match sign_method:
        case "hmac-sha256":
            return lambda secret, text: hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
        case "md5":
            return lambda _, text: hashlib.md5(text, usedforsecurity=False).hexdigest()
    raise ValueError(f"unknown sign method: {sign_method}")
