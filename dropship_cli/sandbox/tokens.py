"""Access and refresh tokens of the sandbox's apps, their life as doudian.md section 2 tells it."""

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dropship_cli.sandbox import ledger, settings, shops

_CODE_LIFE = 600
_LAST_HOUR = settings.HOUR
# A second refresh in the very second of the first one counts as running beside it.
_SAME_TIME = 1.0


class TokenTrouble(StrEnum):
    """Why a token, a code or a refresh is not taken."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    OF_ANOTHER_APP = "of another app"
    USED = "used"
    AT_THE_SAME_TIME = "at the same time"


class BadToken(Exception):
    """A token or code is refused."""

    def __init__(self, trouble: TokenTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token with its refresh token and the seconds that the first has left."""

    access: str
    refresh: str
    shop_id: int
    expires_in: int


def register_app(path: Path, app_key: str, secret: str) -> None:
    """Let one more app call the sandbox."""
    with ledger.transaction(path) as tx:
        tx.execute("INSERT OR REPLACE INTO apps VALUES (?, ?)", (app_key, secret))


def issue_code(path: Path, app_key: str, shop_id: str, clock: Callable[[], float] = time.time) -> str:
    """The code that a shop's click on "authorise" gives a tool app: good for ten minutes, once."""
    with ledger.transaction(path) as tx:
        return new_code(tx, app_key, shops.number(shop_id), clock())


def new_code(tx: sqlite3.Connection, app_key: str, shop_id: int, now: float) -> str:
    """The same as ``issue_code``, inside a transaction that is open already."""
    shops.find(tx, shop_id)
    code = secrets.token_hex(16)
    tx.execute(
        "INSERT INTO codes (code, app_key, shop_id, ends) VALUES (?, ?, ?, ?)",
        (code, app_key, shop_id, now + _CODE_LIFE),
    )
    return code


def redeem_code(tx: sqlite3.Connection, app_key: str, code: str, now: float) -> int:
    """The shop behind a code, which is then used up; raises ``BadToken``."""
    row = tx.execute("SELECT * FROM codes WHERE code = ? AND app_key = ?", (code, app_key)).fetchone()
    if row is None:
        raise BadToken(TokenTrouble.UNKNOWN)
    if row["used"]:
        raise BadToken(TokenTrouble.USED)
    if now >= row["ends"]:
        raise BadToken(TokenTrouble.EXPIRED)
    tx.execute("UPDATE codes SET used = 1 WHERE code = ?", (code,))
    return int(row["shop_id"])


def current_or_new(tx: sqlite3.Connection, app_key: str, shop_id: int, now: float) -> Pair:
    """The shop's current pair with what is left of it, or a new one when that has ended (section 2)."""
    row = tx.execute(
        "SELECT * FROM tokens WHERE shop_id = ? AND app_key = ? AND successor IS NULL AND access_ends > ?"
        " ORDER BY access_ends DESC LIMIT 1",
        (shop_id, app_key, now),
    ).fetchone()
    return _pair(row, now) if row is not None else _new_pair(tx, app_key, shop_id, now)


def shop_of(tx: sqlite3.Connection, app_key: str, access: str, now: float) -> int:
    """The shop that an access token speaks for; raises ``BadToken``."""
    row = tx.execute("SELECT * FROM tokens WHERE access = ?", (access,)).fetchone()
    if row is None:
        raise BadToken(TokenTrouble.UNKNOWN)
    if row["app_key"] != app_key:
        raise BadToken(TokenTrouble.OF_ANOTHER_APP)
    if now >= row["access_ends"]:
        raise BadToken(TokenTrouble.EXPIRED)
    return int(row["shop_id"])


def expire(tx: sqlite3.Connection, access: str, now: float) -> None:
    """Let an access token end now."""
    tx.execute("UPDATE tokens SET access_ends = ? WHERE access = ?", (now, access))


def refresh(tx: sqlite3.Connection, app_key: str, refresh_token: str, now: float) -> Pair:
    """The answer to a refresh, by the three cases of section 2; raises ``BadToken``.

    Within the hour in which a replaced pair is still good, its refresh token answers the pair that replaced
    it (our decision, so that a lost answer can be asked for again).
    """
    row = tx.execute(
        "SELECT * FROM tokens WHERE refresh = ? AND app_key = ?", (refresh_token, app_key)
    ).fetchone()
    if row is None:
        raise BadToken(TokenTrouble.UNKNOWN)
    if row["successor"] is not None:
        return _successor(tx, row, now)
    if now >= row["refresh_ends"]:
        raise BadToken(TokenTrouble.EXPIRED)
    if now < row["access_ends"] - _LAST_HOUR:
        return _pair(row, now)
    return _replace(tx, row, now)


def _replace(tx: sqlite3.Connection, row: sqlite3.Row, now: float) -> Pair:
    fresh = _new_pair(tx, row["app_key"], row["shop_id"], now)
    in_time = now < row["access_ends"]
    old_ends = now + _LAST_HOUR if in_time else row["access_ends"]
    tx.execute(
        "UPDATE tokens SET successor = ?, superseded_at = ?, access_ends = ? WHERE access = ?",
        (fresh.access, now, old_ends, row["access"]),
    )
    return fresh


def _successor(tx: sqlite3.Connection, row: sqlite3.Row, now: float) -> Pair:
    if now >= row["access_ends"]:
        raise BadToken(TokenTrouble.UNKNOWN)
    if now - row["superseded_at"] < _SAME_TIME:
        raise BadToken(TokenTrouble.AT_THE_SAME_TIME)
    fresh = tx.execute("SELECT * FROM tokens WHERE access = ?", (row["successor"],)).fetchone()
    return _pair(fresh, now)


def _new_pair(tx: sqlite3.Connection, app_key: str, shop_id: int, now: float) -> Pair:
    life = settings.read(tx, "access_life")
    values = (secrets.token_hex(18), secrets.token_hex(18), app_key, shop_id)
    tx.execute(
        "INSERT INTO tokens (access, refresh, app_key, shop_id, access_ends, refresh_ends)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*values, now + life, now + settings.read(tx, "refresh_life")),
    )
    return Pair(access=values[0], refresh=values[1], shop_id=shop_id, expires_in=life)


def _pair(row: sqlite3.Row, now: float) -> Pair:
    return Pair(row["access"], row["refresh"], row["shop_id"], max(0, int(row["access_ends"] - now)))
