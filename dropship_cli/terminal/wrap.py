"""Breaks running text into lines by what a terminal shows: a Chinese character is two columns wide, and a line may
end after it."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_OPENING = "（《“「"
_CLOSING = "，。；：、）》”」！？…"
_PIECE = re.compile(
    rf"\s*\[[^\[\]]{{1,30}}\]|\s*[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*"
)
"""What stays together: a short `[…]`; a word or one Chinese character, with marks that may not end or begin a line."""


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; a word that is longer has a line for itself."""
    lines = [""]
    for piece in filter(None, _PIECE.findall(text.rstrip())):
        if lines[-1] and columns(lines[-1] + piece) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines
