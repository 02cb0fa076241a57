"""The log of acts that are not operations (sync, look-ups, restores, findings): append only."""

from __future__ import annotations

from typing import Any

from dropship_cli.store.connection import Connection


class Log:
    """Who did what, when, and what came of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, act: str, *, who: str, at: float, target: str = "", outcome: str = "done", detail: str = ""
    ) -> None:
        self._connection.execute(
            "INSERT INTO log (at, who, act, target, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
            (at, who, act, target, outcome, detail),
        )

    def recent(self, limit: int, *, since: float = 0.0) -> list[dict[str, Any]]:
        """The last entries, the newest first."""
        rows = self._connection.execute(
            "SELECT at, who, act, target, outcome, detail FROM log WHERE at >= ? ORDER BY seq DESC LIMIT ?",
            (since, limit),
        )
        names = ("at", "who", "act", "target", "outcome", "detail")
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
