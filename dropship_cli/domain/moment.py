"""Instants and windows: Unix seconds inside, RFC 3339 with an offset for people and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""The one time zone of these platforms; it has no daylight saving."""

LONGEST = 3660 * 86_400
"""The longest length of time that is understood, in seconds: ten years, no promise reaches further."""

_MILLISECONDS = 10**11  # in seconds the year 5138, in milliseconds 1973
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in Unix seconds, both ends included."""

    start: int
    end: int


def windows(start: int, end: int, width: int) -> Iterator[Window]:
    """Cut `start`..`end` into windows of at most `width` seconds; neighbours share their edge, so that no
    second falls between two of them whatever the platform thinks of an end."""
    while start < end:
        stop = min(start + width, end)
        yield Window(start, stop)
        start = stop


def instant(moment: int) -> int | None:
    """A platform's time as Unix seconds: milliseconds are told by their size; 0 and what no calendar holds are none."""
    whole = moment // 1000 if moment >= _MILLISECONDS else moment
    return whole if 0 < whole < _MILLISECONDS else None


def midnight(seconds: float) -> int:
    """The second in which this day began in Beijing."""
    day = datetime.fromtimestamp(seconds, BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(day.timestamp())


def rfc3339(seconds: float | None) -> str | None:
    """`2026-11-12T00:45:52+08:00`, or nothing for nothing."""
    return None if seconds is None else datetime.fromtimestamp(int(seconds), BEIJING).isoformat()


def minute(seconds: float | None) -> str:
    """`2026-11-12 00:45` in Beijing, as people write it in a sheet; empty for nothing."""
    return "" if seconds is None else f"{datetime.fromtimestamp(int(seconds), BEIJING):%Y-%m-%d %H:%M}"


def parse_moment(text: str) -> int:
    """Unix seconds of `2026-11-12`, `2026-11-12 08:00` or RFC 3339; without an offset it is Beijing time.

    Raises `ValueError` for anything else.
    """
    moment = datetime.fromisoformat(text.strip())
    return int((moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).timestamp())


def parse_span(text: str) -> float:
    """Seconds of `90`, `90s`, `4m`, `6h` or `1d`. Raises `ValueError` for anything else, below 0 or over `LONGEST`."""
    given = text.strip().lower()
    number, unit = (given[:-1], given[-1]) if given[-1:] in _UNITS else (given, "s")
    seconds = float(number) * _UNITS[unit]
    if not 0 <= seconds <= LONGEST:
        raise ValueError(text)
    return seconds
