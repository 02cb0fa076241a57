"""The journal: every act wished on the platform and its way; each step is a method of its own.

A step names the state it leaves (compare and set), so that not even two programs can take an illegal one.
The caller holds the transaction.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.operation import HOLDABLE, REFUND_GONE, STEPS, Kind, Operation, State, wish_text
from dropship_cli.store.connection import Connection, sound
from dropship_cli.store.kept_json import mapping
from dropship_cli.store.marks import CHANGED_STOPS, HELD

if TYPE_CHECKING:
    from dropship_cli.domain.decision import Draft

COLUMNS = (
    "op_id", "kind", "target", "wish", "before", "order_id", "state", "attempts", "created_at", "sent_at",
    "asked_at", "settled_at", "error_code", "error", "waits_for", "found",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM operations"
_LIVE = "state IN ('queued', 'sending', 'unknown')"
_FREE = (
    "(waits_for IS NULL OR EXISTS "
    "(SELECT 1 FROM operations AS first WHERE first.op_id = operations.waits_for AND first.state = 'done'))"
)
HERE = """instr(wish, '"local":true') > 0"""
"""Of a local factory (`operation.is_local`), in the one spelling of a wish; the index `operations_local` is of this
very text. Quotes inside a name are escaped there, so that no name can say it."""
_LOOSE = (
    f"(kind NOT IN ({', '.join(repr(kind.value) for kind in sorted(HOLDABLE))}) OR target NOT IN ({HELD})) "
    f"AND (kind <> 'ship' OR target NOT IN ({CHANGED_STOPS}))"
)
"""Kept back neither by a hold at a Unix second (one parameter) nor by a change that nobody has acknowledged."""
_CHUNK = 500
_DUE = "coalesce((SELECT ship_by FROM items WHERE item_id = {}), 9223372036854775807)"
"""When an item is promised; what nobody promised comes after everything else."""


Doubt = tuple[Operation, str, Mapping[str, object]]
"""An operation, the code of what came of it, the facts that the code's sentence needs."""


class IllegalStep(Exception):
    """An operation was not in the state that a step leaves: a defect, or another program at work."""


class Operations:
    """The journal of one shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, drafts: Sequence[Draft], *, who: str, at: float) -> list[Operation]:
        """Journal one wish: its drafts become `queued`, each waiting for the one before it."""
        return self.add_all([drafts], who=who, at=at)[0]

    def add_all(self, wishes: Sequence[Sequence[Draft]], *, who: str, at: float) -> list[list[Operation]]:
        """Journal many wishes. The caller planned them in this transaction, so none is on its way already: one
        that is breaks the table's own rule (one live operation a wish) and nothing at all is journalled."""
        numbers = count()
        added = [self._chain(drafts, at, numbers) for drafts in wishes]
        self._connection.executemany(
            "INSERT INTO operations "
            "(op_id, kind, target, order_id, wish, before, state, who, created_at, waits_for, due) "
            f"VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7, ?8, ?9, "
            f"CASE ?2 WHEN 'ship' THEN {_DUE.format('?3')} ELSE 0 END)",
            (
                (one.op_id, one.kind, one.target, one.order_id, wish_text(one.wish), wish_text(one.before),
                 who, at, one.waits_for)
                for chain in added for one in chain
            ),
        )  # fmt: skip
        return added

    def get(self, op_id: str) -> Operation | None:
        """One operation by its id or an unambiguous beginning of it; nothing is no beginning."""
        if not op_id:
            return None
        rows = self._connection.execute(
            f"{_SELECT} WHERE op_id >= ? AND op_id < ? LIMIT 2", (op_id, op_id + "\U0010ffff")
        ).fetchall()
        return operation_of(rows[0]) if len(rows) == 1 else None

    def by_ids(self, op_ids: Iterable[str]) -> dict[str, Operation]:
        return {one.op_id: one for one in self._in("op_id", op_ids, "1")}

    def live_of(self, targets: Iterable[str]) -> dict[str, tuple[Operation, ...]]:
        """What is on its way for these items or shops, oldest first."""
        found: dict[str, tuple[Operation, ...]] = {}
        for one in self._in("target", targets, _LIVE):
            found[one.target] = (*found.get(one.target, ()), one)
        return found

    def rank(self) -> None:
        """Put the queued shipments in the order of their items' promised times as they are known now: a `sync`
        may have read others since the wish."""
        self._connection.execute(
            f"UPDATE operations SET due = {_DUE.format('target')} "
            f"WHERE state = 'queued' AND kind = 'ship' AND due <> {_DUE.format('target')}"
        )

    def ready(self, kind: Kind, limit: int, now: float) -> list[Operation]:
        """Queued operations of this kind whose predecessor, if any, is done: shipments by their items' promised
        time, the most urgent first; everything else, and what is equally urgent, in the order of the wishes.

        What somebody holds back since it was asked for waits on, and so does the shipment of what changed. A hold
        keeps nothing from being taken back or put right.
        """
        rows = self._connection.execute(
            f"{_SELECT} WHERE state = 'queued' AND kind = ? AND NOT {HERE} AND {_FREE} "
            f"AND {_LOOSE} ORDER BY due, op_id LIMIT ?",
            (kind, now, limit),
        )
        return [operation_of(row) for row in rows.fetchall()]

    def ready_here(self, now: float) -> list[Operation]:
        """Queued operations about local factories, as `ready`: there is nothing to send of them. What is held back
        may still be taken from one."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE state = 'queued' AND {HERE} AND {_FREE} AND {_LOOSE} ORDER BY op_id",
            (now,),
        )
        return [operation_of(row) for row in rows.fetchall()]

    def vain_cancels(self, since: float) -> dict[str, float]:
        """The items whose allocation was asked back in vain since then, and when last: the platform refused it, or
        a person gave it up. One whose refund had gone was none: the buyer may ask again."""
        rows = self._connection.execute(
            "SELECT target, max(created_at) FROM operations WHERE created_at >= ? AND kind = 'cancel' "
            "AND state IN ('refused', 'dropped') AND error_code IS NOT ? GROUP BY target",
            (since, REFUND_GONE),
        )
        return {str(target): float(at) for target, at in rows.fetchall()}

    def queued_by(self, who: str, kind: Kind) -> list[Operation]:
        """What waits to be sent on somebody's wish, oldest first."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE state = 'queued' AND kind = ? AND who = ? ORDER BY op_id", (kind, who)
        )
        return [operation_of(row) for row in rows.fetchall()]

    def take_over(self, operations: Iterable[Operation], who: str, *, of: str) -> None:
        """Make what `of` wished the wish of `who`, who asked for the same."""
        self._connection.executemany(
            "UPDATE operations SET who = ? WHERE op_id = ? AND who = ?",
            [(who, one.op_id, of) for one in operations],
        )

    def orphans(self) -> list[Operation]:
        """Queued operations whose predecessor will never be done."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE state = 'queued' AND waits_for IS NOT NULL AND EXISTS (SELECT 1 FROM operations AS first "
            "WHERE first.op_id = operations.waits_for AND first.state IN ('refused', 'dropped'))"
        )
        return [operation_of(row) for row in rows.fetchall()]

    def in_state(self, *states: State, limit: int = -1) -> list[Operation]:
        """Operations in these states, oldest first."""
        marks = ", ".join("?" * len(states))
        rows = self._connection.execute(
            f"{_SELECT} WHERE {_LIVE} AND state IN ({marks}) ORDER BY created_at, op_id LIMIT ?",
            (*states, limit),
        )
        return [operation_of(row) for row in rows.fetchall()]

    def counts(self) -> dict[State, int]:
        """How many are live, by state."""
        rows = self._connection.execute(
            f"SELECT state, count(*) FROM operations WHERE {_LIVE} GROUP BY state"
        )
        return {State(state): int(number) for state, number in rows.fetchall()}

    def queued(self, now: float) -> dict[Kind, int]:
        """How many a run may send, by kind; what is kept back is none of them."""
        rows = self._connection.execute(
            f"SELECT kind, count(*) FROM operations WHERE state = 'queued' AND {_LOOSE} GROUP BY kind", (now,)
        )
        return {Kind(kind): int(number) for kind, number in rows.fetchall()}

    def kept_back(self, now: float) -> int:
        """How many are queued that no run sends before somebody says `release` or `ack`."""
        (number,) = self._connection.execute(
            f"SELECT count(*) FROM operations WHERE state = 'queued' AND NOT ({_LOOSE})", (now,)
        ).fetchone()
        return int(number)

    def recent(self, limit: int, *, since: float = 0.0) -> list[dict[str, Any]]:
        """The last operations for `log`, the newest first."""
        rows = self._connection.execute(
            "SELECT op_id, created_at, settled_at, who, kind, target, order_id, wish, state, attempts, error_code, "
            "error, found FROM operations WHERE created_at >= ? ORDER BY op_id DESC LIMIT ?",
            (since, limit),
        )
        names = ("op_id", "created_at", "settled_at", "who", "kind", "target", "order_id", "wish", "state",
                 "attempts", "error_code", "error", "found")  # fmt: skip
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]

    def send(self, operations: Sequence[Operation], at: float) -> None:
        """`queued → sending`, durable before the call leaves (rule 1)."""
        self._step(
            "UPDATE operations SET state = 'sending', attempts = attempts + 1, sent_at = ?, asked_at = NULL "
            "WHERE op_id = ? AND state = 'queued'",
            [(at, one.op_id) for one in operations],
        )

    def done(self, operations: Sequence[Operation], at: float, *, found: bool = False) -> None:
        """`sending → done`, or `unknown → done` when a reading found it."""
        self._step(
            "UPDATE operations SET state = 'done', settled_at = ?, found = ?, error_code = NULL, error = NULL "
            f"WHERE op_id = ? AND state IN ({_from(State.DONE)})",
            [(at, found, one.op_id) for one in operations],
        )

    def refuse(self, refusals: Sequence[Doubt], at: float) -> None:
        """To `refused`, each with its code and facts."""
        self._step(
            "UPDATE operations SET state = 'refused', settled_at = ?, error_code = ?, error = ? "
            f"WHERE op_id = ? AND state IN ({_from(State.REFUSED)})",
            [(at, code, _facts(facts), one.op_id) for one, code, facts in refusals],
        )

    def doubt(self, doubts: Sequence[Doubt]) -> None:
        """`sending → unknown`, with the reason."""
        self._step(
            "UPDATE operations SET state = 'unknown', error_code = ?, error = ? "
            "WHERE op_id = ? AND state = 'sending'",
            [(code, _facts(facts), one.op_id) for one, code, facts in doubts],
        )

    def requeue(self, operations: Sequence[Operation], code: str | None = None, **facts: object) -> None:
        """Back to `queued`: proven not done, or read twice as before."""
        self._step(
            "UPDATE operations SET state = 'queued', asked_at = NULL, error_code = ?, error = ? "
            f"WHERE op_id = ? AND state IN ({_from(State.QUEUED)})",
            [(code, _facts(facts), one.op_id) for one in operations],
        )

    def drop(self, operations: Sequence[Operation], at: float, code: str | None = None) -> None:
        """To `dropped`: a person gave it up, or for the reason `code`."""
        self._step(
            "UPDATE operations SET state = 'dropped', settled_at = ?, error_code = ?, error = NULL "
            f"WHERE op_id = ? AND state IN ({_from(State.DROPPED)})",
            [(at, code, one.op_id) for one in operations],
        )

    def asked(self, operation: Operation, at: float) -> None:
        """Remember a first reading "still as before"; the second must come later (rule 3)."""
        self._step(
            "UPDATE operations SET asked_at = ? WHERE op_id = ? AND state = 'unknown'",
            [(at, operation.op_id)],
        )

    def sent_anew(self, operation: Operation, at: float) -> None:
        """The clock went backwards since the sending: count the quiet time from now."""
        self._step(
            "UPDATE operations SET sent_at = ? WHERE op_id = ? AND state = 'unknown'", [(at, operation.op_id)]
        )

    def _step(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        moved = self._connection.executemany(statement, rows).rowcount
        if moved != len(rows):
            raise IllegalStep(
                f"{len(rows) - moved} of {len(rows)} operations were not where this step begins"
            )

    def _chain(self, drafts: Sequence[Draft], at: float, numbers: Iterator[int]) -> list[Operation]:
        chain: list[Operation] = []
        for draft in drafts:
            before = chain[-1].op_id if chain else None
            chain.append(
                Operation(
                    new_id(at, next(numbers)), draft.kind, draft.target, draft.wish, draft.before, draft.order_id,
                    created_at=at, waits_for=before,
                )
            )  # fmt: skip
        return chain

    def _in(self, column: str, values: Iterable[str], condition: str) -> list[Operation]:
        found: list[Operation] = []
        distinct = list(dict.fromkeys(values))
        for start in range(0, len(distinct), _CHUNK):
            chunk = distinct[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._connection.execute(
                f"{_SELECT} WHERE {column} IN ({marks}) AND {condition} ORDER BY op_id", chunk
            )
            found.extend(operation_of(row) for row in rows.fetchall())
        return found


def new_id(at: float, number: int) -> str:
    """An id that sorts in the order of the wishes: 11 hex digits of milliseconds, 6 of its place, 7 at random."""
    return f"{int(at * 1000):011x}{number:06x}{os.urandom(4).hex()[:7]}"


def _from(state: State) -> str:
    """The states from which the table of legal steps leads to this one, as a list for SQL."""
    return ", ".join(f"'{one}'" for one, steps in STEPS.items() if state in steps)


def _facts(facts: Mapping[str, object]) -> str | None:
    return json.dumps(facts, ensure_ascii=False, default=str) if facts else None


@sound
def operation_of(row: Sequence[Any]) -> Operation:
    """The journal's entry of a row of `COLUMNS`."""
    return Operation(
        op_id=row[0], kind=Kind(row[1]), target=row[2], wish=mapping(row[3]), before=mapping(row[4]),
        order_id=row[5], state=State(row[6]), attempts=row[7], created_at=row[8], sent_at=row[9],
        asked_at=row[10], settled_at=row[11], error_code=row[12], facts=mapping(row[13] or "{}"),
        waits_for=row[14], found=bool(row[15]),
    )  # fmt: skip
