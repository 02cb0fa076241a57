"""JSON read so strictly that a half, doubled or mixed-up document never passes for an answer; knows no platform."""

from __future__ import annotations

import json
from typing import Any


def loads(body: bytes) -> Any:
    """The document in `body`.

    Raises `ValueError` for anything but one whole UTF-8 document without duplicate keys, NaN or infinities.
    """
    try:
        return _DECODER.decode(body.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep") from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_doubles, parse_constant=_no_constant)
