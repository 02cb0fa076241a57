"""Text that a spreadsheet would run, made harmless on the way out and given back as it was on the way in.

reliability-evidence.md section 6 row 9. A tab before an identifier is left: platforms write ids so, to keep them
text, and no program runs it (our decision).
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*(?:[=+\-@＝＋－＠\r\n]|\t(?![0-9A-Za-z]+\Z))")
_ESCAPED = re.compile(r"''*(?:[=+\-@＝＋－＠\r\n]|\t(?![0-9A-Za-z]+\Z))")
_EMPTY = "-"  # how Doudian writes an empty cell


def escape(text: str) -> str:
    """`text` with a `'` before it where a spreadsheet would take it for a formula; `unescape` undoes exactly that.

    Numbers are written as numbers and never come here; a lone `-` is no formula.
    """
    return "'" + text if text != _EMPTY and _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """`text` without the one `'` that `escape`, or a person against formulas, put there."""
    return text[1:] if text[:1] == "'" and _ESCAPED.match(text) else text
