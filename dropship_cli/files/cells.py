"""One cell: mended where nothing is lost, refused with the reason otherwise; what the value names, others decide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dropship_cli.files.headers import Kind

MAX_CELL = 32_767  # what a spreadsheet cell can hold
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_SHOWN = 40

_PLAIN = re.compile(r"[\t ]*([0-9A-Za-z]{1,64})[\t ]*")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r'="([^"]*)"')  # the way around Excel's rounding that many exports take
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+[eE]\+?-?\d{1,3}|[eE]\+\d{1,3})")
_POINT_ZERO = re.compile(r"(\d+)\.0+")
_CELL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
_GAP = re.compile(r"\s|[\x00-\x1f\x7f-\x9f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_COUNT = re.compile(r"0*([1-9]\d{0,8})(?:\.0+)?", re.ASCII)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_EMPTY = frozenset({"-", "--", "—", "——"})  # Doudian's exports write an empty cell as "-"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row can't be used: `code` as in errors, `values` fill its sentence (always `column` and `given`)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def mend(text: str, kind: Kind, column: str) -> str | Problem:
    """The cell's value as we keep it (empty when there is none), or why it can't be read. `column` is its heading.

    Taken off: spaces, tabs, invisible marks, a `'` before it, `="…"` around it, full width, a trailing `.0`.
    """
    if kind is not Kind.TEXT and (plain := _PLAIN.fullmatch(text)):
        return plain[1] if kind is not Kind.QUANTITY else _quantity(plain[1], column)
    if "\0" in text:
        return problem("row.nul", column, text)
    if len(text) > MAX_CELL:
        return problem("row.too_long", column, text, length=len(text), limit=MAX_CELL)
    bare = _INVISIBLE.sub("", text).strip()
    if kind is Kind.TEXT:
        return bare
    return _value(_bare(bare), kind, column)


def problem(code: str, column: str, given: str, **values: object) -> Problem:
    """A Problem with its column and a shortened cell."""
    shown = given.strip().replace("\0", "�")
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return Problem(code, {"column": column, "given": shown, **values})


def number_text(value: float) -> str:
    """A spreadsheet's number as a person sees it; one of more than 15 digits is kept visibly broken (`1.2E+18`)."""
    if not value.is_integer():
        return repr(value)
    return str(int(value)) if is_exact(value) else f"{value:.14E}"


def is_exact(value: float) -> bool:
    """Whether a spreadsheet keeps every digit of it."""
    return abs(value) < _EXACT


def _value(bare: str, kind: Kind, column: str) -> str | Problem:
    if bare in _EMPTY:
        return ""
    if _CELL_ERROR.fullmatch(bare):
        return problem("row.cell_error", column, bare)
    if kind is Kind.QUANTITY:
        return _quantity(bare, column)
    if _SCIENTIFIC.fullmatch(bare):
        return problem("row.scientific", column, bare)
    return _name(bare, kind, column)


def _bare(text: str) -> str:
    """Without width, quotes of a spreadsheet, and the spaces that were inside them."""
    narrow = text.translate(_NARROW).strip()
    quoted = _QUOTED.fullmatch(narrow)
    return (quoted[1] if quoted else narrow.removeprefix("'")).strip()


def _name(bare: str, kind: Kind, column: str) -> str | Problem:
    if point_zero := _POINT_ZERO.fullmatch(bare):
        digits = point_zero[1]
        return problem("row.float_id", column, bare) if _was_float(digits) else digits
    unfit = _GAP if kind is Kind.IDENTIFIER else _CONTROL
    return problem("row.identifier", column, bare) if unfit.search(bare) else bare


def _was_float(digits: str) -> bool:
    """Whether these digits may be rounded: long, and a number that a float can be.

    Of a float's 19 digits the last three are not free; digits that no float has can't have gone through one.
    """
    return len(digits) > 15 and (len(digits) > 300 or float(digits) == int(digits))


def _quantity(bare: str, column: str) -> str | Problem:
    if not bare:
        return ""
    count = _COUNT.fullmatch(bare)
    return count[1] if count else problem("row.quantity", column, bare)
