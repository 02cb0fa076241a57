"""What the Doudian dialect answers: the envelope in both its forms and the refusals with their codes.

Codes from doudian.md section 1; numbers of ``isv.business-failed`` from the sections of the methods.
"""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

SUCCESS = 10000
SERVICE = 20000
PERMISSION = 30001
MISSING = 40001
MISSING_BUSINESS = 40002
INVALID = 40003
INVALID_BUSINESS = 40004
PLATFORM = 50001
BUSINESS = 50002
LIMIT = 60000
OFF = 70000

_TEXTS = {
    SUCCESS: "success",
    SERVICE: "服务不可用",
    PERMISSION: "没有权限",
    MISSING: "缺少必选参数",
    MISSING_BUSINESS: "缺少必选参数",
    INVALID: "非法参数",
    INVALID_BUSINESS: "非法参数",
    PLATFORM: "平台处理失败",
    BUSINESS: "业务处理失败",
    LIMIT: "调用太频繁",
    OFF: "接口不存在或已下线",
}


class Fail(Exception):
    """A call that is refused, or that failed for some of its rows: ``data`` then holds them."""

    def __init__(self, code: int, sub_code: str, text: str = "", data: Any = None) -> None:
        super().__init__(sub_code)
        self.code = code
        self.sub_code = sub_code
        self.text = text or sub_code
        self.data = data


def business(number: int, text: str, data: Any = None) -> Fail:
    """A refusal by the rules of the business."""
    return Fail(BUSINESS, f"isv.business-failed:{number}", text, data)


def invalid(number: int, text: str) -> Fail:
    """A parameter that the method cannot take."""
    return Fail(INVALID_BUSINESS, f"isv.parameter-invalid:{number}", text)


def missing(number: int, text: str) -> Fail:
    """A parameter that the method wants and did not get."""
    return Fail(MISSING_BUSINESS, f"isv.missing-parameter:{number}", text)


def new_log_id(now: float) -> str:
    """An id for one answer, in the platform's shape: a time stamp and random digits."""
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d%H%M%S")
    return f"{moment}{secrets.token_hex(9).upper()}"


def envelope(outcome: Fail | None, data: Any, log_id: str, *, new_only: bool) -> bytes:
    """The JSON body of an answer; the old members are left out when the caller asked for the new alone."""
    code = SUCCESS if outcome is None else outcome.code
    text = _TEXTS[code]
    sub_code, sub_msg = ("", "") if outcome is None else (outcome.sub_code, outcome.text)
    members: dict[str, Any] = {"code": code, "msg": text, "sub_code": sub_code, "sub_msg": sub_msg}
    if not new_only:
        members |= {"err_no": 0 if outcome is None else code, "message": sub_msg or text}
    members |= {"log_id": log_id, "data": data if outcome is None else outcome.data}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()
