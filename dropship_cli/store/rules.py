"""The rules of one shop, kept with their history: every change has a number and can be undone, the last one first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dropship_cli.domain.rule import Rule
from dropship_cli.store.connection import Connection

_COLUMNS = "rule_id, priority, sku_code, product, spec, region, factory_id, share, capacity"
_SELECT = f"SELECT {_COLUMNS} FROM rules"
KEPT = "removed_in IS NULL AND undone_at IS NULL"
"""Of the rules in force."""


class Change(NamedTuple):
    """What one change, or its undoing, made of the rules."""

    added: tuple[Rule, ...] = ()
    removed: tuple[Rule, ...] = ()


class Rules:
    """The rules of one shop; the caller holds the transaction. A rule is never altered and its number never reused."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Rule]:
        """The rules in force, the oldest first."""
        return self._read(KEPT)

    def change(self, added: Iterable[Rule], removed: Iterable[Rule], *, who: str, at: float) -> Change:
        """Take rules in and out as one change; the added ones come back with their numbers."""
        gone = tuple(removed)
        number = self._last() + 1
        self._connection.executemany(
            "UPDATE rules SET removed_at = ?, removed_in = ? WHERE rule_id = ?",
            [(at, number, rule.rule_id) for rule in gone],
        )
        self._connection.executemany(
            f"INSERT INTO rules ({_COLUMNS}, who, created_at, added_in) VALUES (NULL{', ?' * 11})",
            [(*_row(rule)[1:], who, at, number) for rule in added],
        )
        return Change(tuple(self._read("added_in = ? AND undone_at IS NULL", number)), gone)

    def undo(self, at: float) -> Change | None:
        """Take back the last change that stands; what was taken in goes, what was taken out comes back."""
        number = self._last()
        if number == 0:
            return None
        came = tuple(self._read("added_in = ? AND undone_at IS NULL", number))
        went = tuple(self._read("removed_in = ?", number))
        self._connection.execute(
            "UPDATE rules SET undone_at = ? WHERE added_in = ? AND undone_at IS NULL", (at, number)
        )
        self._connection.execute(
            "UPDATE rules SET removed_at = NULL, removed_in = NULL WHERE removed_in = ?", (number,)
        )
        return Change(added=went, removed=came)

    def _last(self) -> int:
        """The number of the last change that was not undone; 0 before the first."""
        (number,) = self._connection.execute(
            "SELECT max(max(added_in), coalesce(max(removed_in), 0)) FROM rules WHERE undone_at IS NULL"
        ).fetchone()
        return int(number or 0)

    def _read(self, condition: str, *values: object) -> list[Rule]:
        rows = self._connection.execute(f"{_SELECT} WHERE {condition} ORDER BY rule_id", values)
        return [_rule(row) for row in rows.fetchall()]


def _rule(row: Sequence[Any]) -> Rule:
    return Rule(
        rule_id=row[0], priority=row[1], sku_code=row[2], product=row[3], spec=row[4], region=row[5],
        factory_id=row[6], share=row[7], capacity=row[8],
    )  # fmt: skip


def _row(rule: Rule) -> tuple[object, ...]:
    return (
        rule.rule_id, rule.priority, rule.sku_code, rule.product, rule.spec, rule.region, rule.factory_id,
        rule.share, rule.capacity,
    )  # fmt: skip
