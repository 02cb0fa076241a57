"""English sentences about files that people exchange and their rows."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {}
