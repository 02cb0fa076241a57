"""Bindings as the platform last told them; one row a partner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.store.connection import Connection, sound

_COLUMNS = "partner_id, partner_name, state, applied_at, bound_at, refused_at"


class Bindings:
    """The bindings of one shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, bindings: Iterable[Binding]) -> None:
        """Take over the platform's list (newest first): of several applications to one partner the newest counts."""
        newest: dict[str, Binding] = {}
        for binding in bindings:
            newest.setdefault(binding.partner_id, binding)
        self._connection.executemany(
            f"INSERT OR REPLACE INTO bindings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (one.partner_id, one.partner_name, one.state, one.applied_at, one.bound_at, one.refused_at)
                for one in newest.values()
            ),
        )

    def all(self) -> dict[str, Binding]:
        """Every binding by the partner's shop id, the newest application first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM bindings ORDER BY coalesce(applied_at, bound_at) DESC, partner_id"
        )
        return {row[0]: _binding(row) for row in rows.fetchall()}


@sound
def _binding(row: Sequence[Any]) -> Binding:
    return Binding(row[0], row[1], BindingState(row[2]), row[3], row[4], row[5])
