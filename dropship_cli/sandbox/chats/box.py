"""What arrived at the chats: kept in the ledger file, counted for the rate limits, shown by ``sandbox chats``."""

import sqlite3
from pathlib import Path
from typing import Any

from dropship_cli.sandbox import ledger


def add(tx: sqlite3.Connection, kind: str, bot: str, *, at: float, code: int, text: str) -> None:
    """Keep one call, refused ones too; a refused one without its text."""
    tx.execute(
        "INSERT INTO chat_messages (at, kind, bot, code, text) VALUES (?, ?, ?, ?, ?)",
        (at, kind, bot, code, text if code == 0 else ""),
    )


def taken_since(tx: sqlite3.Connection, kind: str, bot: str, since: float) -> int:
    """How many messages this robot took after ``since``."""
    query = "SELECT count(*) FROM chat_messages WHERE kind = ? AND bot = ? AND at > ? AND code = 0"
    return int(tx.execute(query, (kind, bot, since)).fetchone()[0])


def arrived(path: Path) -> list[dict[str, Any]]:
    """All calls, oldest first: ``seq``, ``at``, ``kind``, ``code``, ``text``. A robot's key is not shown."""
    with ledger.transaction(path) as tx:
        rows = tx.execute("SELECT seq, at, kind, code, text FROM chat_messages ORDER BY seq")
        return [dict(row) for row in rows]
