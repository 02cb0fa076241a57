"""What people and readings pinned to items: holds, notes, changes that wait for somebody; not the items themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dropship_cli.domain.change import STOPPING, Change, Field
from dropship_cli.domain.hold import Hold
from dropship_cli.domain.mark import Marked
from dropship_cli.store.connection import Connection

HELD = "SELECT item_id FROM holds WHERE until IS NULL OR until > ?"
"""The items held back at a Unix second (one parameter)."""

CHANGED_STOPS = (
    "SELECT item_id FROM changes WHERE acked_at IS NULL "
    f"AND field IN ({', '.join(repr(field.value) for field in sorted(STOPPING))})"
)
"""The items whose change has to be acknowledged before they may leave."""

CHANGED = "SELECT item_id FROM changes WHERE acked_at IS NULL"
"""The items with a change that waits for somebody."""

_CHANGE = "item_id, field, before, after, at, acked_at, acked_by"
_CHUNK = 500


class Marks:
    """The marks of one shop's items; who writes holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, holds: Iterable[Hold]) -> None:
        """Hold items back; a new hold takes the place of an older one."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO holds (item_id, reason, until, who, at) VALUES (?, ?, ?, ?, ?)",
            ((one.item_id, one.reason, one.until, one.who, one.at) for one in holds),
        )

    def held(self, now: float) -> set[str]:
        """The items held back at this second."""
        return {str(item_id) for (item_id,) in self._connection.execute(HELD, (now,)).fetchall()}

    def release(self, item_ids: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM holds WHERE item_id = ?", ((one,) for one in item_ids))

    def note(self, item_ids: Iterable[str], text: str, *, who: str, at: float) -> None:
        """Pin a text of our own to items; an empty one takes it off. No reading touches it."""
        ids = [(one,) for one in item_ids]
        self._connection.executemany("DELETE FROM notes WHERE item_id = ?", ids)
        if text:
            self._connection.executemany(
                "INSERT INTO notes (item_id, text, who, at) VALUES (?, ?, ?, ?)",
                ((item_id, text, who, at) for (item_id,) in ids),
            )

    def add(self, changes: Iterable[Change]) -> None:
        """Keep what readings showed."""
        self._connection.executemany(
            f"INSERT INTO changes ({_CHANGE}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (one.item_id, one.field, one.before, one.after, one.at, one.acked_at, one.acked_by)
                for one in changes
            ),
        )

    def ack(self, item_ids: Iterable[str], *, who: str, at: float) -> int:
        """Mark every open change of these items as seen; how many there were."""
        return self._connection.executemany(
            "UPDATE changes SET acked_at = ?, acked_by = ? WHERE item_id = ? AND acked_at IS NULL",
            [(at, who, item_id) for item_id in item_ids],
        ).rowcount

    def settle_returned(self, at: float) -> None:
        """What nobody has any more and nothing left of needs no acknowledgement: the next factory gets it as it is."""
        self._connection.execute(
            "UPDATE changes SET acked_at = ?, acked_by = '' WHERE acked_at IS NULL AND field <> 'withdrawn' "
            "AND item_id IN (SELECT item_id FROM items WHERE allocation <> 'allocated' AND shipment = 'none')",
            (at,),
        )

    def open_items(self) -> list[str]:
        """The items with a change that waits for somebody, in the order of their first one."""
        rows = self._connection.execute(
            "SELECT item_id FROM changes WHERE acked_at IS NULL GROUP BY item_id ORDER BY min(seq)"
        )
        return [str(item_id) for (item_id,) in rows.fetchall()]

    def of(self, item_ids: Sequence[str], *, now: float) -> dict[str, Marked]:
        """What is pinned to these items, as far as anything is; a hold that ended does not count."""
        holds = {one.item_id: one for one in self._holds(item_ids) if one.in_force(now)}
        notes = dict(self._rows("SELECT item_id, text FROM notes WHERE", "", item_ids))
        found: dict[str, list[Change]] = {}
        for row in self._rows(
            f"SELECT {_CHANGE} FROM changes WHERE acked_at IS NULL AND", "ORDER BY seq", item_ids
        ):
            found.setdefault(row[0], []).append(_change(row))
        return {
            item_id: Marked(holds.get(item_id), notes.get(item_id, ""), tuple(found.get(item_id, ())))
            for item_id in {*holds, *notes, *found}
        }

    def history(self, item_id: str) -> list[Change]:
        """Every change of one item, acknowledged or not, the oldest first."""
        rows = self._connection.execute(
            f"SELECT {_CHANGE} FROM changes WHERE item_id = ? ORDER BY seq", (item_id,)
        )
        return [_change(row) for row in rows.fetchall()]

    def _holds(self, item_ids: Sequence[str]) -> Iterator[Hold]:
        for row in self._rows("SELECT item_id, reason, until, who, at FROM holds WHERE", "", item_ids):
            yield Hold(*row)

    def _rows(self, select: str, order: str, item_ids: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(item_ids), _CHUNK):
            chunk = item_ids[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            yield from self._connection.execute(f"{select} item_id IN ({marks}) {order}", chunk).fetchall()


def _change(row: Sequence[Any]) -> Change:
    return Change(row[0], Field(row[1]), row[2], row[3], row[4], row[5], row[6])
