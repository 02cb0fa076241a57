"""The gate of the Doudian dialect: who calls, whether the signature and the time hold, whether it is too often.

Everything of doudian.md section 1 that is checked before a method runs. It runs no method.
"""

import hmac
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from dropship_cli.platforms.doudian.signing import sign, variants
from dropship_cli.sandbox import settings, tokens
from dropship_cli.sandbox.dialects.doudian.answers import INVALID, LIMIT, MISSING, PERMISSION, Fail
from dropship_cli.sandbox.shops import Role
from dropship_cli.sandbox.tokens import BadToken, TokenTrouble

_BEIJING = timezone(timedelta(hours=8))
_TOKEN_TROUBLES = {
    TokenTrouble.UNKNOWN: "isv.access-token-no-existed",
    TokenTrouble.EXPIRED: "isv.access-token-expired",
    TokenTrouble.OF_ANOTHER_APP: "isv.access-token-invalid",
}
# Nobody's client has a clock with more digits; a longer text is refused before it becomes a number.
_STAMP = re.compile(r"[0-9]{1,16}")


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came: the method its path names, its query, and the text of its parameters."""

    method: str
    query: Mapping[str, str]
    param_json: str


def require_signed(tx: sqlite3.Connection, received: Received, now: float) -> str:
    """Check app, time stamp and signature; answers the app key, raises ``Fail``."""
    query = received.query
    app_key, secret = _app(tx, query.get("app_key", ""))
    signature = _required(query, "sign", "isv.signature-missing")
    _require_method(received)
    stamp = _required(query, "timestamp", "isv.parameter-missing")
    if abs(_moment(stamp) - now) > settings.read(tx, "skew_seconds"):
        raise Fail(INVALID, "isv.timestamp-invalid", "时间戳与平台时间相差太大")
    if not _signature_holds(secret, app_key, received, signature):
        raise Fail(INVALID, "isv.signature-invalid", "签名校验失败")
    return app_key


def require_token(tx: sqlite3.Connection, app_key: str, received: Received, now: float) -> int:
    """The shop that the call's token speaks for; raises ``Fail``."""
    access = _required(received.query, "access_token", "isv.access-token-missing")
    try:
        return tokens.shop_of(tx, app_key, access, now)
    except BadToken as bad:
        raise Fail(INVALID, _TOKEN_TROUBLES[bad.trouble], "access_token 无效") from bad


def require_rate(tx: sqlite3.Connection, shop_id: int, method: str, now: float) -> None:
    """Take one call out of the bucket of this shop and method, which all processes share; raises ``Fail``."""
    rate = settings.read(tx, "rate_per_second")
    if rate == 0:
        return
    row = tx.execute(
        "SELECT tokens, at FROM buckets WHERE shop_id = ? AND method = ?", (shop_id, method)
    ).fetchone()
    tokens_left = rate if row is None else min(rate, row["tokens"] + max(0.0, now - row["at"]) * rate)
    if tokens_left < 1:
        raise Fail(LIMIT, "isv.traffic-limited", "调用太频繁,请稍后再试")
    tx.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?, ?, ?)", (shop_id, method, tokens_left - 1, now))


def require_role(role: Role, wanted: Role | None) -> None:
    """Refuse a method of the other role (section 0, point 4: the code is our decision)."""
    if wanted is not None and role is not wanted:
        raise Fail(PERMISSION, "dop.no-permissions", "该店铺的代发角色不能调用此接口")


def _app(tx: sqlite3.Connection, app_key: str) -> tuple[str, str]:
    if not app_key:
        raise Fail(MISSING, "isv.app-id-missing", "缺少app_key")
    row = tx.execute("SELECT secret FROM apps WHERE app_key = ?", (app_key,)).fetchone()
    if row is None:
        raise Fail(INVALID, "isv.app-id-invalid", "app_key不存在")
    return app_key, row["secret"]


def _required(query: Mapping[str, str], name: str, sub_code: str) -> str:
    value = query.get(name, "")
    if not value:
        raise Fail(MISSING, sub_code, f"缺少{name}")
    return value


def _require_method(received: Received) -> None:
    if _required(received.query, "method", "isv.parameter-missing") != received.method:
        raise Fail(INVALID, "isv.parameter-invalid", "method与请求路径不一致")
    if _required(received.query, "v", "isv.parameter-missing") != "2":
        raise Fail(INVALID, "isv.parameter-invalid", "v只能是2")


def _moment(stamp: str) -> float:
    """Seconds, milliseconds, or text that is read as Beijing time (section 1)."""
    if _STAMP.fullmatch(stamp):
        return int(stamp) / 1000 if len(stamp) > 11 else int(stamp)
    try:
        return datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_BEIJING).timestamp()
    except (ValueError, OverflowError) as error:
        raise Fail(INVALID, "isv.timestamp-format-error", "timestamp格式错误") from error


def _signature_holds(secret: str, app_key: str, received: Received, signature: str) -> bool:
    sign_method = received.query.get("sign_method", "") or "md5"
    stamp = received.query["timestamp"]
    try:
        accepted = [
            sign(secret, app_key, received.method, text, stamp, sign_method)
            for text in variants(received.param_json)
        ]
    except ValueError as error:
        raise Fail(INVALID, "isv.parameter-invalid", "sign_method不支持") from error
    given = signature.lower().encode("utf-8", "replace")
    return any(hmac.compare_digest(text.encode(), given) for text in accepted)
