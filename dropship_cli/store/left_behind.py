"""What only the replaced store's journal has after a restore: what has to be asked for again, and what had ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dropship_cli.domain.operation import Operation, State, is_local
from dropship_cli.store.db import Store
from dropship_cli.store.operations import COLUMNS, HERE, operation_of

_SINCE = """
    FROM old.operations AS op
    WHERE NOT EXISTS (SELECT 1 FROM main.operations AS mine WHERE mine.op_id = op.op_id)
"""
_FORGOTTEN = f"""
    state = 'done' AND {HERE} AND (SELECT factory FROM old.local_allocations WHERE item_id = target)
    IS NOT (SELECT factory FROM main.local_allocations WHERE item_id = target)
"""
_A_STRANGER = """
    SELECT EXISTS (SELECT 1 FROM main.log)
    AND NOT EXISTS (SELECT 1 FROM main.log AS mine JOIN old.log AS theirs USING (seq, at))
"""
"""Nothing that the backup's log tells is in the other: a store made anew, on another machine say."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The wishes that the restored journal does not have, as far as the replaced one tells.

    `again` no reading will bring back: what was queued, and what was decided about local factories; oldest first.
    `ended` counts the others by how they ended; those that were done, a reading finds. `whole` is false where the
    replaced store was missing, another shop's, not the one that the backup was made of, or could not be read to the
    end: there may be more.
    """

    again: tuple[Operation, ...] = ()
    ended: Mapping[State, int] = field(default_factory=dict)
    whole: bool = True


def left_behind(store: Store) -> LeftBehind:
    """Compare the restored journal with the replaced one, which is attached as `old`."""
    rows = store.connection.execute(
        f"SELECT {', '.join(COLUMNS)} {_SINCE} AND (state = 'queued' OR ({_FORGOTTEN})) ORDER BY op_id"
    ).fetchall()
    found = [operation_of(row) for row in rows]
    counted = store.connection.execute(
        f"SELECT state, count(*) {_SINCE} AND state IN ('done', 'refused', 'dropped') GROUP BY state"
    ).fetchall()
    ended = {State(state): int(number) for state, number in counted}
    ended[State.DONE] = ended.get(State.DONE, 0) - sum(one.state is State.DONE for one in found)
    (stranger,) = store.connection.execute(_A_STRANGER).fetchone()
    told = {state: number for state, number in ended.items() if number}
    return LeftBehind(_last_of_each(found), told, whole=not stranger)


def _last_of_each(found: list[Operation]) -> tuple[Operation, ...]:
    """Of several decisions about one item's local factory only the last still says something."""
    last = {one.target: one for one in found if is_local(one)}
    return tuple(one for one in found if not is_local(one) or last[one.target] is one)
