"""The faults by name, each as a row of one table: what the platform still does, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

import httpx

STRANGER = "9999999999999999999"
PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
BUSY = {"code": 20000, "msg": "", "sub_code": "isp.service-error:20000", "sub_msg": "系统繁忙", "log_id": "B"}
LIMIT = {"code": 60000, "msg": "", "sub_code": "isv.traffic-limited", "sub_msg": "调用太频繁", "log_id": "L"}


class Work(Enum):
    """What the platform does with the call."""

    NOTHING = "nothing"
    ONCE = "once"
    TWICE = "twice"
    LATER = "later"


class Fault(StrEnum):
    """Every way in which a call goes wrong (reliability-evidence.md section 2 and the fault matrix)."""

    NO_CONNECTION = "no_connection"
    CONNECT_TIMEOUT = "connect_timeout"
    POOL_TIMEOUT = "pool_timeout"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    CLOSED_BEFORE = "closed_before"
    CLOSED_AFTER = "closed_after"
    SILENT_BEFORE = "silent_before"
    SILENT_AFTER = "silent_after"
    LATE_COMMIT = "late_commit"
    ERROR_500_BEFORE = "error_500_before"
    ERROR_500_AFTER = "error_500_after"
    REDIRECT = "redirect"
    HALF_JSON = "half_json"
    EMPTY = "empty"
    HTML_BEFORE = "html_before"
    HTML_AFTER = "html_after"
    NO_DATA = "no_data"
    ROWS_MISSING = "rows_missing"
    ROWS_DOUBLED = "rows_doubled"
    ROWS_OF_STRANGERS = "rows_of_strangers"
    BUSY_BEFORE = "busy_before"
    BUSY_AFTER = "busy_after"
    LIMITED = "limited"
    LIMITED_429 = "limited_429"
    TOKEN_EXPIRED = "token_expired"
    TOKEN_REFRESHED_HERE = "token_refreshed_here"
    TOKEN_REFRESHED_ELSEWHERE = "token_refreshed_elsewhere"
    CLOCK_AHEAD = "clock_ahead"
    CLOCK_BEHIND = "clock_behind"
    OTHER_ANSWER = "other_answer"
    TWICE = "twice"


Answer = Callable[[bytes], tuple[int, bytes]]
"""From the true body to the status and body that arrive."""


@dataclass(frozen=True, slots=True)
class Way:
    """One fault: the platform's work, then an error at our end or a (spoilt) answer. `seconds` pass meanwhile."""

    work: Work
    error: type[httpx.TransportError] | None = None
    answer: Answer = lambda body: (200, body)
    seconds: float = 0.0


def _data(change: Callable[[Any], Any]) -> Answer:
    def spoil(body: bytes) -> tuple[int, bytes]:
        whole = json.loads(body)
        whole["data"] = change(whole.get("data"))
        return 200, json.dumps(whole, ensure_ascii=False).encode()

    return spoil


def _without_data(body: bytes) -> tuple[int, bytes]:
    whole = json.loads(body)
    whole.pop("data", None)
    return 200, json.dumps(whole, ensure_ascii=False).encode()


def _rows(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    """Spoil every list of the answer's data, at its first level."""

    def spoil(data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: change(value) if isinstance(value, list) and value else value
            for name, value in data.items()
        }

    return spoil


def _stranger(row: Any) -> Any:
    if not isinstance(row, dict):
        return STRANGER
    strange = {name: STRANGER for name in row if name.endswith(("order_id", "pack_id", "deliver_id"))}
    return {**row, **strange}


def _told(answer: Mapping[str, Any]) -> Answer:
    return lambda body: (200, json.dumps(answer).encode())


SILENCE = 20.0
"""Seconds of silence: the read time-out of the settings."""

WAYS: Mapping[Fault, Way] = {
    Fault.NO_CONNECTION: Way(Work.NOTHING, httpx.ConnectError),
    Fault.CONNECT_TIMEOUT: Way(Work.NOTHING, httpx.ConnectTimeout, seconds=5),
    Fault.POOL_TIMEOUT: Way(Work.NOTHING, httpx.PoolTimeout, seconds=5),
    Fault.RESET_BEFORE: Way(Work.NOTHING, httpx.ReadError),
    Fault.RESET_AFTER: Way(Work.ONCE, httpx.ReadError),
    Fault.CLOSED_BEFORE: Way(Work.NOTHING, httpx.RemoteProtocolError),
    Fault.CLOSED_AFTER: Way(Work.ONCE, httpx.RemoteProtocolError),
    Fault.SILENT_BEFORE: Way(Work.NOTHING, httpx.ReadTimeout, seconds=SILENCE),
    Fault.SILENT_AFTER: Way(Work.ONCE, httpx.ReadTimeout, seconds=SILENCE),
    Fault.LATE_COMMIT: Way(Work.LATER, httpx.ReadTimeout, seconds=SILENCE),
    Fault.ERROR_500_BEFORE: Way(Work.NOTHING, answer=lambda body: (500, PAGE)),
    Fault.ERROR_500_AFTER: Way(Work.ONCE, answer=lambda body: (502, PAGE)),
    Fault.REDIRECT: Way(Work.ONCE, answer=lambda body: (302, b"")),
    Fault.HALF_JSON: Way(Work.ONCE, answer=lambda body: (200, body[: len(body) // 2])),
    Fault.EMPTY: Way(Work.ONCE, answer=lambda body: (200, b"")),
    Fault.HTML_BEFORE: Way(Work.NOTHING, answer=lambda body: (200, PAGE)),
    Fault.HTML_AFTER: Way(Work.ONCE, answer=lambda body: (200, PAGE)),
    Fault.NO_DATA: Way(Work.ONCE, answer=_without_data),
    Fault.ROWS_MISSING: Way(Work.ONCE, answer=_data(_rows(lambda rows: rows[1:]))),
    Fault.ROWS_DOUBLED: Way(Work.ONCE, answer=_data(_rows(lambda rows: [*rows, rows[0]]))),
    Fault.ROWS_OF_STRANGERS: Way(
        Work.ONCE, answer=_data(_rows(lambda rows: [_stranger(rows[0]), *rows[1:]]))
    ),
    Fault.BUSY_BEFORE: Way(Work.NOTHING, answer=_told(BUSY)),
    Fault.BUSY_AFTER: Way(Work.ONCE, answer=_told(BUSY)),
    Fault.LIMITED: Way(Work.NOTHING, answer=_told(LIMIT)),
    Fault.LIMITED_429: Way(Work.NOTHING, answer=lambda body: (429, b"")),
    Fault.TOKEN_EXPIRED: Way(Work.ONCE),
    Fault.TOKEN_REFRESHED_HERE: Way(Work.ONCE),
    Fault.TOKEN_REFRESHED_ELSEWHERE: Way(Work.ONCE),
    Fault.CLOCK_AHEAD: Way(Work.ONCE),
    Fault.CLOCK_BEHIND: Way(Work.ONCE),
    Fault.OTHER_ANSWER: Way(Work.ONCE),
    Fault.TWICE: Way(Work.TWICE),
}

CLOCKS = {Fault.CLOCK_AHEAD: 86_400.0, Fault.CLOCK_BEHIND: -86_400.0}
"""What our clock is wrong by from this call on."""
