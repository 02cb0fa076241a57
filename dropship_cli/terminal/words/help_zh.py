"""Help texts in Chinese; the English text is the key, so that a changed one is seen as missing."""

from __future__ import annotations

HELP: dict[str, str] = {}
