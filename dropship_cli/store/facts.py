"""Small things to remember: named facts, the cursors of lists, the platform's carriers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dropship_cli.domain.shop import Owner, Role
from dropship_cli.domain.standstill import Standstill
from dropship_cli.store.connection import Connection, sound

if TYPE_CHECKING:
    from dropship_cli.domain.carrier import Carrier


STOPPED, PURGED_BEFORE, OWNER = "stopped", "purged_before", "owner"


class Facts:
    """Named texts and numbers of one shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, value: str | None) -> None:
        """Remember, or with nothing forget."""
        if value is None:
            self._connection.execute("DELETE FROM facts WHERE name = ?", (name,))
        else:
            self._connection.execute(
                "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value)
            )

    def role(self) -> Role | None:
        """The shop's role as the platform last told it."""
        text = self.get("role")
        return _role(text) if text else None

    def standstill(self) -> Standstill | None:
        """Who stopped the shop and why; nothing while it runs."""
        text = self.get(STOPPED)
        return None if text is None else _standstill(text)

    def stand_still(self, standstill: Standstill | None) -> None:
        """Stop the shop, or with nothing let it go on."""
        self.put(STOPPED, None if standstill is None else json.dumps(standstill, ensure_ascii=False))

    def purged_before(self) -> int | None:
        """How far purges have reached, in Unix seconds: what is older and over is not taken in again."""
        text = self.get(PURGED_BEFORE)
        return None if text is None else _number(text)

    def purge_reached(self, before: int) -> None:
        """Never backwards."""
        self.put(PURGED_BEFORE, str(max(before, self.purged_before() or 0)))

    def owner(self) -> Owner | None:
        """Whose store this is, once somebody has said so."""
        text = self.get(OWNER)
        return None if text is None else _owner(text)

    def own(self, owner: Owner) -> None:
        """Say whose store this is: a backup of it is taken back by no other shop."""
        self.put(OWNER, json.dumps(owner))

    def cursor(self, name: str) -> int | None:
        """Up to which second this list has been read."""
        row = self._connection.execute("SELECT value FROM cursors WHERE name = ?", (name,)).fetchone()
        return None if row is None else _number(row[0])

    def move_cursor(self, name: str, value: int) -> None:
        """Never backwards; in the same transaction as the rows it covers (rule 9)."""
        self._connection.execute(
            "INSERT INTO cursors (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
            (name, value),
        )

    def forget_cursor(self, name: str) -> None:
        """Make the next run read everything again."""
        self._connection.execute("DELETE FROM cursors WHERE name = ?", (name,))

    def carriers(self) -> list[Carrier]:
        """The platform's list as last read; empty before the first `sync`."""
        from dropship_cli.domain.carrier import Carrier

        rows = self._connection.execute("SELECT code, name, platform_code FROM carriers ORDER BY code")
        return [Carrier(code=row[0], name=row[1], platform_code=row[2]) for row in rows.fetchall()]

    def put_carriers(self, carriers: Iterable[Carrier]) -> None:
        self._connection.execute("DELETE FROM carriers")
        self._connection.executemany(
            "INSERT OR REPLACE INTO carriers (code, name, platform_code) VALUES (?, ?, ?)",
            ((one.code, one.name, one.platform_code or one.code) for one in carriers),
        )


@sound
def _role(text: str) -> Role:
    return Role(text)


@sound
def _standstill(text: str) -> Standstill:
    return Standstill(*json.loads(text))


@sound
def _number(text: str) -> int:
    return int(text)


@sound
def _owner(text: str) -> Owner:
    platform, shop_id = json.loads(text)
    return Owner(str(platform), str(shop_id))
