"""JSON in columns: a few texts (states, wishes) stand in very many rows, so each is read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def mapping(text: str) -> Mapping[str, Any]:
    """What a column's text says. Rows with the same text share it: it is not to be changed.

    Raises `ValueError` where the text is no JSON.
    """
    found: dict[str, Any] = json.loads(text)
    return found
