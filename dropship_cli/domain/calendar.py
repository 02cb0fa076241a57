"""Days and months as people name them, in Beijing time; single instants are `moment`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from dropship_cli.domain.moment import BEIJING

_DAY = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?:[T ]00?:00(?::00(?:\.0+)?)?)?"
)
_PLAIN_DAY = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH = re.compile(r"(?P<year>\d{4})[-/.年]?(?P<month>\d{1,2})月?")
_YEARS = range(2000, 2100)


def day(text: str) -> int:
    """The Unix second in which the day `2026-11-01`, `2026/11/1`, `2026年11月1日` or `20261101` begins.

    Raises `ValueError` for anything else, a time of day other than midnight included.
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(bare) or _PLAIN_DAY.fullmatch(bare)
    if found is None:
        raise ValueError(text)
    return _begins(int(found["year"]), int(found["month"]), int(found["day"]))


def month(text: str) -> tuple[int, int]:
    """The Unix seconds in which the month `2026-11` begins, and the next one. Raises `ValueError`."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError(text)
    year, number = int(found["year"]), int(found["month"])
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return _begins(year, number, 1), _begins(*following, 1)


def day_text(seconds: float) -> str:
    """The day of an instant: `2026-11-01`."""
    return datetime.fromtimestamp(seconds, BEIJING).date().isoformat()


def month_text(seconds: float) -> str:
    """The month of an instant: `2026-11`."""
    return day_text(seconds)[:7]


def _begins(year: int, month_: int, day_: int) -> int:
    if year not in _YEARS:
        raise ValueError(year)
    begin = date(year, month_, day_)
    return int(datetime(begin.year, begin.month, begin.day, tzinfo=BEIJING).timestamp())
