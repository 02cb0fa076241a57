"""Faults on command: the next calls of a method, or of any, go wrong in a way that was planned.

A plan lives in the ledger file, so that any process may make it and every server obeys it. The oldest plan
that fits a call is used first. Nothing here decides what a healthy answer is.
"""

import copy
import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import Any

from dropship_cli.sandbox import ledger
from dropship_cli.sandbox.errors import SandboxError

_STRANGER = "9999999999999999999"


class Fault(StrEnum):
    """The ways to fail; *before* means that nothing was done, *after* that the work is committed.

    ``busy_before``, ``busy_after``: answer 20000. ``limit``: 60000, not done. ``error_500_before``,
    ``error_500_after``: HTTP 500. ``html``, ``half``, ``empty``: HTTP 200 after the commit with a web page,
    with half of the JSON text, with nothing. ``drop_row``, ``double_row``, ``strange_row``: after the commit
    the first list of the answer loses its first row, has it twice, or gains one with foreign ids.
    ``expire_token``: the token of this call ends now, so the call is refused as expired.
    """

    BUSY_BEFORE = "busy_before"
    BUSY_AFTER = "busy_after"
    LIMIT = "limit"
    ERROR_500_BEFORE = "error_500_before"
    ERROR_500_AFTER = "error_500_after"
    HTML = "html"
    HALF = "half"
    EMPTY = "empty"
    DROP_ROW = "drop_row"
    DOUBLE_ROW = "double_row"
    STRANGE_ROW = "strange_row"
    EXPIRE_TOKEN = "expire_token"  # noqa: S105 - a name, not a token


def plan(path: Path, method: str | None, fault: Fault | str, times: int = 1) -> None:
    """Let the next ``times`` calls of ``method`` (``iop.orderList``; ``None`` = any) fail as ``fault`` says.

    A well signed call of the method uses one of them up, even if it is refused for another reason.
    Raises ``SandboxError`` for a fault that is not known.
    """
    if fault not in set(Fault):
        raise SandboxError(f"There is no fault {fault}; known are {', '.join(Fault)}.")
    with ledger.transaction(path) as tx:
        tx.execute(
            "INSERT INTO faults (method, fault, times) VALUES (?, ?, ?)", (method, Fault(fault).value, times)
        )


def clear(path: Path) -> None:
    """Forget all plans."""
    with ledger.transaction(path) as tx:
        tx.execute("DELETE FROM faults")


def take(tx: sqlite3.Connection, method: str) -> Fault | None:
    """The fault that this call must suffer, used up once, or ``None``."""
    row = tx.execute(
        "SELECT id, fault FROM faults WHERE times > 0 AND (method IS NULL OR method = ?) ORDER BY id LIMIT 1",
        (method,),
    ).fetchone()
    if row is None:
        return None
    tx.execute("UPDATE faults SET times = times - 1 WHERE id = ?", (row["id"],))
    return Fault(row["fault"])


def spoil_rows(data: Any, fault: Fault) -> Any:
    """A copy of an answer's ``data`` whose first non-empty list is spoilt; without one it stays as it is."""
    spoilt = copy.deepcopy(data)
    rows = _first_rows(spoilt)
    match fault, rows:
        case Fault.DROP_ROW, [_, *_]:
            del rows[0]
        case Fault.DOUBLE_ROW, [first, *_]:
            rows.append(copy.deepcopy(first))
        case Fault.STRANGE_ROW, [first, *_]:
            rows.append(_stranger(first))
    return spoilt


def _first_rows(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    lists = (member for member in data.values() if isinstance(member, list) and member)
    return next(lists, [])


def _stranger(row: Any) -> Any:
    if not isinstance(row, dict):
        return _STRANGER
    return {name: _STRANGER if name.endswith("order_id") else value for name, value in row.items()}
