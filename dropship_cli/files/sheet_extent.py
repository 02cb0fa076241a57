"""How far a sheet's cells reach, and where its formulas stand, read from its XML without making cells of it.

python-calamine reserves the box around all cells: two far ones ask for 512 GB (reliability-evidence.md section 0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.xml_walk import walk_xml

MAX_ROWS = 1_048_576
MAX_COLUMNS = 256
MAX_BOX = 20_000_000

# Every cell that is not plainly <c r="A1"> to <c r="Z99999">: its letters and digits, or two empty groups.
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z][1-9][0-9]{0,4}+")(?=[\s/>])(?: r="([A-Z]{1,3})([1-9][0-9]{0,6})")?')
_ALL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_USUAL = (99_999, 26)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?c\s([^>]*)>\s*<(?:[\w.-]+:)?f[\s/>]")
_ERROR = re.compile(rb"""<(?:[\w.-]+:)?c(?=\s)(?=[^>]*\st\s*=\s*["']e["'])([^>]*)>""")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")

Places = dict[int, frozenset[int]]  # rows (from 1) by column (from 0)

_WINDOW = 4 << 20
_LOOKS = 256


def check_extent(xml: bytes, *, file: str) -> None:
    """Raises UsageError `file.unsafe_xlsx` when the cells reach beyond what is sensible to hold."""
    rows, columns = _extent(xml, file)
    for reason, reach, limit in (
        ("rows", rows, MAX_ROWS),
        ("columns", columns, MAX_COLUMNS),
        ("cells", rows * columns, MAX_BOX),
    ):
        if reach > limit:
            raise UsageError("file.unsafe_xlsx", file=file, reason=reason, limit=limit)


def formula_rows(xml: bytes, columns: frozenset[int], *, file: str) -> Places:
    """The cells with a formula in the columns asked for: what is shown may be stale, or 0."""
    if not (_has(xml, b"<f", b"f") or _has(xml, b":f", b"f")):
        return {}
    return _places(_FORMULA, xml, columns, file)


def error_rows(xml: bytes, columns: frozenset[int], *, file: str) -> Places:
    """The cells that hold an error such as #N/A, which python-calamine gives as an empty text."""
    if b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    return _places(_ERROR, xml, columns, file)


def _places(pattern: re.Pattern[bytes], xml: bytes, columns: frozenset[int], file: str) -> Places:
    found: dict[int, set[int]] = {}
    for attributes in pattern.findall(xml):
        place = _PLACE.search(attributes)
        if place is None:
            raise UsageError("file.broken_xlsx", file=file)
        at = column_number(place[1].decode()) - 1
        if at in columns:
            found.setdefault(at, set()).add(int(place[2]))
    return {at: frozenset(rows) for at, rows in found.items()}


def column_number(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _extent(xml: bytes, file: str) -> tuple[int, int]:
    """The last row and column, exactly where it matters: the quick look takes 99,999 rows for granted."""
    quick = _quick(xml, _UNUSUAL, _USUAL)
    if quick is None:
        return _walked(xml, file)
    if quick[0] * quick[1] <= MAX_BOX:
        return quick
    return _quick(xml, _ALL, (0, 0)) or quick


def _quick(xml: bytes, pattern: re.Pattern[bytes], least: tuple[int, int]) -> tuple[int, int] | None:
    """The last row and column, at least `least`; None when the XML is not written as programs write it."""
    if _has(xml, b"<!", b"!") or _has(xml, b":c", b":"):
        return None
    rows, columns = least
    for found in _windows(xml, pattern):
        letters = {pair[0] for pair in found}
        if b"" in letters:
            return None
        if found:
            rows = max(rows, max(int(pair[1]) for pair in found))
            columns = max(columns, max(column_number(word.decode()) for word in letters))
    return rows, columns


def _windows(xml: bytes, pattern: re.Pattern[bytes]) -> Iterator[list[tuple[bytes, bytes]]]:
    """All matches, some megabytes at a time, cut where a tag begins."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<", start + _WINDOW)
        end = len(xml) if end < 0 else end
        yield pattern.findall(xml, start, end)
        start = end


def _has(xml: bytes, token: bytes, rare: bytes) -> bool:
    """`token in xml`; looks for its rare byte first, because one byte is found twenty times as fast as two."""
    before = token.index(rare)
    at = xml.find(rare)
    for _ in range(_LOOKS):
        if at < 0:
            return False
        if xml.startswith(token, max(at - before, 0)):
            return True
        at = xml.find(rare, at + 1)
    return xml.find(token, max(at - before, 0)) >= 0 if at >= 0 else False


class _Reach:
    """The extent by every reading at once: a cell's own reference, or its place in the order of things."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.row = self.column = self.rows = self.columns = 0

    def visit(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = self._number(attributes.get("r"), self.row + 1), 0
        elif name == "c":
            self.column += 1
            if reference := attributes.get("r"):
                self._refer(reference)
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)

    def _refer(self, reference: str) -> None:
        place = _REFERENCE.fullmatch(reference)
        if place is None:
            raise UsageError("file.broken_xlsx", file=self._file)
        self.rows = max(self.rows, int(place[2]))
        self.column = max(self.column, column_number(place[1]))

    def _number(self, text: str | None, otherwise: int) -> int:
        if text is None:
            return otherwise
        if not text.isdecimal() or len(text) > 7:
            raise UsageError("file.broken_xlsx", file=self._file)
        return max(int(text), otherwise)


def _walked(xml: bytes, file: str) -> tuple[int, int]:
    reach = _Reach(file)
    walk_xml(xml, reach.visit, file=file)
    return reach.rows, reach.columns
