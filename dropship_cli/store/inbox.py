"""The pushes that were received, each once, until somebody has looked at what they name; the caller holds the
transaction. Nothing of a message is kept but its key, its tag and ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dropship_cli.store.connection import Connection

if TYPE_CHECKING:
    from dropship_cli.domain.push import Message, Push

_ADD = (
    "INSERT OR IGNORE INTO inbox (msg_key, tag, received_at, item_ids, order_id, merchant_id, looked_at, outcome) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class Inbox:
    """The inbox of one shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pushes: Iterable[tuple[Push, str]], at: float) -> int:
        """Keep messages, each with its outcome where it needs no look; how many were no repeats."""
        before = self._connection.total_changes
        self._connection.executemany(
            _ADD,
            (
                (one.key, one.tag, at, " ".join(one.item_ids), one.order_id, one.merchant_id,
                 at if outcome else None, outcome)
                for one, outcome in pushes
            ),
        )  # fmt: skip
        return self._connection.total_changes - before

    def waiting(self, limit: int) -> list[Message]:
        """The oldest messages whose items were not read yet."""
        from dropship_cli.domain.push import Message

        rows = self._connection.execute(
            "SELECT seq, tag, received_at, item_ids, order_id, merchant_id FROM inbox WHERE looked_at IS NULL "
            "ORDER BY seq LIMIT ?",
            (limit,),
        )
        return [
            Message(row[0], row[1], row[2], tuple(row[3].split()), row[4], row[5]) for row in rows.fetchall()
        ]

    def count_waiting(self) -> int:
        (number,) = self._connection.execute("SELECT count(*) FROM inbox WHERE looked_at IS NULL").fetchone()
        return int(number)

    def looked(self, seqs: Iterable[int], at: float, outcome: str) -> None:
        """What these messages name was read."""
        self._connection.executemany(
            "UPDATE inbox SET looked_at = ?, outcome = ? WHERE seq = ? AND looked_at IS NULL",
            [(at, outcome, seq) for seq in seqs],
        )

    def looked_until(self, received_at: float, at: float, outcome: str) -> int:
        """Everything received up to this moment was read in another way; how many messages that are."""
        return self._connection.execute(
            "UPDATE inbox SET looked_at = ?, outcome = ? WHERE looked_at IS NULL AND received_at <= ?",
            (at, outcome, received_at),
        ).rowcount

    def named_since(self, received_at: float) -> tuple[set[str], set[str]]:
        """The items and the whole orders (messages that name no item) that were spoken of from this moment on."""
        rows = self._connection.execute(
            "SELECT item_ids, order_id FROM inbox WHERE received_at >= ?", (received_at,)
        ).fetchall()
        items = {item_id for item_ids, _ in rows for item_id in item_ids.split()}
        return items, {order_id for item_ids, order_id in rows if order_id and not item_ids}

    def last_at(self) -> float | None:
        """When the last message came."""
        (at,) = self._connection.execute("SELECT max(received_at) FROM inbox").fetchone()
        return None if at is None else float(at)

    def forget(self, before: float) -> None:
        """Remove messages that were looked at and came before this moment: nobody repeats them any more."""
        self._connection.execute(
            "DELETE FROM inbox WHERE received_at < ? AND looked_at IS NOT NULL", (before,)
        )
