"""What can be set about the sandbox, kept in its ledger file so that every process obeys the same."""

import sqlite3
from pathlib import Path

from dropship_cli.sandbox import ledger
from dropship_cli.sandbox.errors import SandboxError

HOUR = 3600
DAY = 24 * HOUR
DEFAULTS: dict[str, int] = {
    # Calls a second for each shop and method; 0 = no limit. The platform's figure is not found (section 10).
    "rate_per_second": 20,
    # How far a time stamp may be off, seconds (our decision, section 1).
    "skew_seconds": 600,
    "access_life": 7 * DAY,
    "refresh_life": 14 * DAY,
    # Texts a shop may have decrypted a day (our decision; that a quota exists: section 7).
    "decrypt_quota": 2000,
    # 1 = phones are decrypted to virtual numbers, which end after so many seconds (our decision; form: section 7).
    "virtual_numbers": 0,
    "virtual_life": 7 * DAY,
    # Whether the chats' robots ask for a signature, as 飞书 and 钉钉 do where it is switched on: 1 or 0.
    "chat_signed": 1,
    # 1: a refund that ended before shipping takes the line back from its factory; 0: the line stays with it until
    # the merchant takes it back (not found; a refund that is only asked for never does: section 0, point 7).
    "refund_withdraws": 1,
}


def get(path: Path, name: str) -> int:
    """The value of one setting; raises ``SandboxError`` for a name that is not in ``DEFAULTS``."""
    with ledger.transaction(path) as tx:
        return read(tx, _known(name))


def put(path: Path, name: str, value: int) -> None:
    """Set one setting from the next call on; raises ``SandboxError`` for a name that is not known."""
    if value < 0:
        raise SandboxError(f"{name} cannot be below 0.")
    with ledger.transaction(path) as tx:
        tx.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_known(name), value))


def read(tx: sqlite3.Connection, name: str) -> int:
    """The same as ``get``, inside a transaction that is open already."""
    row = tx.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return DEFAULTS[name] if row is None else int(row[0])


def _known(name: str) -> str:
    if name not in DEFAULTS:
        raise SandboxError(f"There is no setting {name}; known are {', '.join(DEFAULTS)}.")
    return name
