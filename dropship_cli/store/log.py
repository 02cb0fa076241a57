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

    def last(self) -> int:
        """The number of the newest entry; 0 before the first."""
        (number,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()
        return int(number)

    def after(self, number: int, act: str) -> list[tuple[str, str, str]]:
        """Target, outcome and detail of the entries of this act that came after another, the oldest first."""
        rows = self._connection.execute(
            "SELECT target, outcome, detail FROM log WHERE seq > ? AND act = ? ORDER BY seq", (number, act)
        )
        return [(row[0], row[1], row[2]) for row in rows.fetchall()]

    def recent(self, limit: int, *, since: float = 0.0) -> list[dict[str, Any]]:
        """The last entries, the newest first."""
        rows = self._connection.execute(
            "SELECT at, who, act, target, outcome, detail FROM log WHERE at >= ? ORDER BY seq DESC LIMIT ?",
            (since, limit),
        )
        names = ("at", "who", "act", "target", "outcome", "detail")
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]

    def targets(self, act: str) -> list[str]:
        """What an act was done to, each once, in the order of the first time."""
        rows = self._connection.execute(
            "SELECT target FROM log WHERE act = ? GROUP BY target ORDER BY min(seq)", (act,)
        )
        return [str(target) for (target,) in rows.fetchall()]
