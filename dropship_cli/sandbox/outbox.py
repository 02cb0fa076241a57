"""The messages that the sandbox has to push, each tried once, and what became of it; it sends nothing itself."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dropship_cli.sandbox import ledger, shops
from dropship_cli.sandbox.dialects.doudian.pushes import notices
from dropship_cli.sandbox.errors import SandboxError

_SEEN = "pushes_seen"
"""Up to which effect the messages are written; a row of `settings` that nobody can set."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way: ``body`` is the JSON object, ``url`` where its shop listens (empty: nowhere)."""

    push_id: int
    shop_id: int
    body: str
    url: str


def listen_at(path: Path, shop_id: str | int, url: str) -> None:
    """From now on push what concerns a shop to this address at once; an empty one ends it.

    What happened before waits for somebody to push it by hand. Raises ``SandboxError`` for what is no http or
    https address.
    """
    number = shops.number(shop_id)
    if url:
        require_url(url)
    with ledger.transaction(path) as tx:
        tx.execute("DELETE FROM push_urls WHERE shop_id = ?", (number,))
        if url:
            write(tx)
            tx.execute(
                "INSERT INTO push_urls SELECT ?, ?, coalesce(max(id), 0) FROM pushes WHERE shop_id = ?",
                (number, url, number),
            )


def require_url(url: str) -> None:
    """Refuse what nothing can be pushed to."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise SandboxError(f"{url!r} is not an http or https address.")


def take_at_once(tx: sqlite3.Connection, app_key: str) -> list[Outgoing]:
    """What waits for the shops that have an address, in the transaction that made it true."""
    places = tx.execute("SELECT * FROM push_urls").fetchall()
    if not places:
        return []
    write(tx)
    return [
        one
        for place in places
        for one in take(tx, place["shop_id"], place["url"], app_key, after=place["after"])
    ]


def write(tx: sqlite3.Connection) -> None:
    """Write the messages about everything that happened since the last time."""
    row = tx.execute("SELECT value FROM settings WHERE name = ?", (_SEEN,)).fetchone()
    seen = 0 if row is None else row["value"]
    for effect in tx.execute("SELECT * FROM effects WHERE seq > ? ORDER BY seq", (seen,)).fetchall():
        seen = effect["seq"]
        for one in notices(tx, effect):
            data = json.dumps(one.data, ensure_ascii=False, separators=(",", ":"))
            tx.execute(
                "INSERT INTO pushes (at, shop_id, tag, order_id, data) VALUES (?, ?, ?, ?, ?)",
                (effect["at"], one.shop_id, one.tag, one.order_id, data),
            )
    tx.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_SEEN, seen))


def take(tx: sqlite3.Connection, shop_id: int, url: str, app_key: str, *, after: int = 0) -> list[Outgoing]:
    """A shop's waiting messages, oldest first. They count as lost until ``arrived``: there is no second try."""
    waiting = "WHERE shop_id = ? AND state = 'waiting' AND id > ?"
    rows = tx.execute(f"SELECT * FROM pushes {waiting} ORDER BY id", (shop_id, after)).fetchall()
    tx.execute(f"UPDATE pushes SET state = 'lost' {waiting}", (shop_id, after))
    return [Outgoing(row["id"], shop_id, _message(row, app_key), url) for row in rows]


def arrived(path: Path, push_ids: Sequence[int]) -> None:
    """These were answered with success."""
    with ledger.transaction(path) as tx:
        tx.executemany("UPDATE pushes SET state = 'sent' WHERE id = ?", [(one,) for one in push_ids])


def counts(path: Path, shop_id: int) -> dict[str, int]:
    """How many of a shop's messages were ever sent, lost, or wait."""
    with ledger.transaction(path) as tx:
        rows = tx.execute("SELECT state, count(*) FROM pushes WHERE shop_id = ? GROUP BY state", (shop_id,))
        return {"waiting": 0, "sent": 0, "lost": 0} | {row[0]: row[1] for row in rows}


def _message(row: sqlite3.Row, app_key: str) -> str:
    """As section 8 has it: ``tag`` a text, ``data`` JSON text."""
    msg_id = f"{row['id']:07d}::{row['tag']}:{row['at']}:{app_key}"
    return json.dumps(
        {"tag": row["tag"], "msg_id": msg_id, "data": row["data"]}, ensure_ascii=False, separators=(",", ":")
    )
