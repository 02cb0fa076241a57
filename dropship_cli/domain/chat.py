"""A group chat that hears of what needs a person: what kind, when it wants quiet; not how one talks to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dropship_cli.domain.moment import BEIJING

_QUIET = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")
_NAME = re.compile(r"\w[\w.-]{0,31}")


class ChatKind(StrEnum):
    """Whose webhook it is: 飞书, 钉钉, 企业微信, or anybody's that takes JSON."""

    FEISHU = "feishu"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Minutes of the day in Beijing, the platforms' one time zone; the end is not quiet any more."""

    start: int
    end: int

    def covers(self, now: float) -> bool:
        """Whether it is quiet at this Unix second; hours may go over midnight."""
        day = datetime.fromtimestamp(now, BEIJING)
        minute = day.hour * 60 + day.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Chat:
    """One webhook. The address holds a key and is as secret as `secret`; neither is ever shown."""

    name: str
    kind: ChatKind
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    quiet: QuietHours | None = None
    lang: str = "en"


def parse_quiet(text: str) -> QuietHours:
    """`22:00-07:00`. Raises `ValueError` for anything else, and for hours that never end."""
    found = _QUIET.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hours = [int(part) for part in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start == end:
        raise ValueError(text)
    return QuietHours(start, end)


def is_name(text: str) -> bool:
    """Whether a chat may be called so: up to 32 letters of any script, digits, `.`, `_`, `-`."""
    return _NAME.fullmatch(text) is not None
