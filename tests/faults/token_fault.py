"""What happens to a token in the middle of a batch: it ends, or somebody else refreshes it. No call is made here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import httpx

from dropship_cli.sandbox import ledger, tokens
from dropship_cli.sandbox.schema import APP_KEY
from tests.faults.fault import Fault

_OURS = (Fault.TOKEN_EXPIRED, Fault.TOKEN_REFRESHED_HERE, Fault.TOKEN_REFRESHED_ELSEWHERE)


def spoil_token(fault: Fault, path: Path, request: httpx.Request, now: float) -> None:
    """Let the token of this call end now; with a successor that our file has, or that only the platform knows."""
    if fault not in _OURS:
        return
    access = request.url.params.get("access_token", "")
    with ledger.transaction(path) as tx:
        row = tx.execute("SELECT * FROM tokens WHERE access = ?", (access,)).fetchone()
        tokens.expire(tx, access, now)
        if fault is Fault.TOKEN_EXPIRED:
            return
        pair = tokens.refresh(tx, APP_KEY, row["refresh"], now)
    if fault is Fault.TOKEN_REFRESHED_HERE:
        _write(_file_of(path.parent, access), pair, now)


def _file_of(folder: Path, access: str) -> Path:
    """The token file of the profile that uses this token."""
    return next(one for one in folder.glob("*/token.json") if access in one.read_text())


def _write(file: Path, pair: tokens.Pair, now: float) -> None:
    """As another process of the program would: the whole file, replaced."""
    kept = json.loads(file.read_text())
    kept |= {"access_token": pair.access, "refresh_token": pair.refresh, "got_at": now}
    kept |= {"expires_at": now + pair.expires_in}
    new = file.with_suffix(".other")
    new.touch(mode=0o600)
    new.write_text(json.dumps(kept))
    new.replace(file)


def shops_of(path: Path, tokens: Collection[str]) -> set[int]:
    """The shops that these tokens speak for."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT access, shop_id FROM tokens").fetchall()
    return {shop_id for access, shop_id in rows if access in tokens}


def tokens_known(path: Path) -> list[str]:
    """Every token there is, to look for them where they must not be."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT access, refresh FROM tokens").fetchall()
    return [text for row in rows for text in row]
