"""Makes a shop's token due: in its last half hour, for the file and for the platform alike."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

from tests.faults.program import Place


def make_due(place: Place, profile: str = "merchant", seconds: float = 1800.0) -> None:
    """The next run must refresh it first."""
    ends = time.time() + seconds
    file = place.home / "profiles" / profile / "token.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "expires_at": ends, "got_at": ends - 7 * 86_400}))
    with closing(sqlite3.connect(place.ledger)) as ledger, ledger:
        ledger.execute("UPDATE tokens SET access_ends = ? WHERE access = ?", (ends, kept["access_token"]))
