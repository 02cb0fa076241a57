"""The items that a bench works on: unshipped, with holds and shipments on their way; one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dropship_cli.domain.picking import RECENT, Candidate
from dropship_cli.domain.shop import Role
from dropship_cli.store.connection import Connection
from dropship_cli.store.items import COLUMNS, item_of

_SELECT = (
    f"SELECT {', '.join(f'items.{name}' for name in COLUMNS)}, holds.reason, EXISTS ("
    "SELECT 1 FROM operations WHERE target = items.item_id AND state IN ('queued', 'sending', 'unknown') "
    "AND kind IN ('ship', 'allocate', 'cancel')) "
    "FROM items LEFT JOIN holds ON holds.item_id = items.item_id AND (holds.until IS NULL OR holds.until > ?)"
)
_OPEN = "shipment <> 'shipped' AND closed = 0"
_ENDED = "shipment <> 'shipped' AND (closed = 1 OR refund = 'refunded' OR allocation = 'cancelled')"
_OWN = {Role.FACTORY: "allocation = 'allocated'", Role.MERCHANT: "allocation <> 'allocated'"}
_CHUNK = 500


class BenchFilter(NamedTuple):
    """What the bench is asked for; `due_before` in Unix seconds keeps what was promised before it."""

    merchant_id: str | None = None
    due_before: int | None = None


def candidates(connection: Connection, role: Role, wanted: BenchFilter, *, now: float) -> Iterator[Candidate]:
    """What waits to be shipped by this shop, the most urgent first; then what was ended or taken back lately."""
    conditions, values = _conditions(wanted)
    waiting = f"{_OPEN} AND refund <> 'refunded' AND {_OWN[role]}{conditions}"
    yield from _read(connection, waiting, now, *values)
    ended = f"{_ENDED} AND ship_by >= ?{conditions}"
    if role is Role.MERCHANT:  # a cancelled allocation is the merchant's own item again
        ended += f" AND {_OWN[role]} AND (closed = 1 OR refund = 'refunded')"
    yield from _read(connection, ended, now, int(now) - RECENT, *values)


def candidates_of(connection: Connection, item_ids: Iterable[str], *, now: float) -> dict[str, Candidate]:
    """These items, as far as they are known, whatever their state."""
    distinct = list(dict.fromkeys(item_ids))
    found: dict[str, Candidate] = {}
    for start in range(0, len(distinct), _CHUNK):
        chunk = distinct[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        for one in _read(connection, f"items.item_id IN ({marks})", now, *chunk):
            found[one.item.item_id] = one
    return found


def _conditions(wanted: BenchFilter) -> tuple[str, list[object]]:
    pairs = (("merchant_id = ?", wanted.merchant_id), ("ship_by < ?", wanted.due_before))
    chosen = [(text, value) for text, value in pairs if value is not None]
    return "".join(f" AND {text}" for text, _ in chosen), [value for _, value in chosen]


def _read(connection: Connection, where: str, now: float, *values: object) -> Iterator[Candidate]:
    rows = connection.execute(
        f"{_SELECT} WHERE {where} ORDER BY ship_by NULLS LAST, items.item_id", (int(now), *values)
    )
    width = len(COLUMNS)
    for row in rows:
        yield Candidate(item_of(row), row[width], bool(row[width + 1]))
