"""JSON read so strictly that a half, doubled or mixed-up document never passes for an answer; knows no platform."""

from __future__ import annotations

import json
from typing import Any


def loads(body: bytes) -> Any:
    """The document in `body`.

    Half a character (`\\ud800` alone), which nothing can store or print, is read as �. Raises `ValueError` for
    anything but one whole UTF-8 document without duplicate keys, NaN or infinities.
    """
    try:
        found = _DECODER.decode(body.decode("utf-8"))
        return _whole_characters(found) if b"\\ud" in body or b"\\uD" in body else found
    except RecursionError:
        raise ValueError("nested too deep") from None


def _whole_characters(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_characters(one) for one in value]
    if isinstance(value, dict):
        return _no_doubles([(_whole_characters(name), _whole_characters(one)) for name, one in value.items()])
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_doubles, parse_constant=_no_constant)
