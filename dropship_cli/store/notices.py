"""Which cases each chat was told, so that each is told once; a case that is over is forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from dropship_cli.store.connection import Connection


class Notices:
    """The told cases of one shop, chat by chat; the caller holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, chat: str) -> frozenset[str]:
        """The keys of the cases that this chat was told."""
        rows = self._connection.execute("SELECT case_key FROM notices WHERE chat = ?", (chat,))
        return frozenset(str(key) for (key,) in rows.fetchall())

    def add(self, chat: str, keys: Iterable[str], at: float) -> None:
        """Remember that the chat was told of these, at a Unix second."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO notices (chat, case_key, at) VALUES (?, ?, ?)",
            [(chat, key, at) for key in keys],
        )

    def drop(self, chat: str, keys: Iterable[str]) -> None:
        """Forget these: when they come again, they are news."""
        self._connection.executemany(
            "DELETE FROM notices WHERE chat = ? AND case_key = ?", [(chat, key) for key in keys]
        )

    def forget(self, chat: str) -> None:
        """Forget the chat."""
        self._connection.execute("DELETE FROM notices WHERE chat = ?", (chat,))
