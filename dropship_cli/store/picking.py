"""The items that a bench works on, each with whether a shipment is on its way; one statement a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dropship_cli.domain import mark
from dropship_cli.domain.picking import RECENT, Candidate
from dropship_cli.domain.shop import Role
from dropship_cli.store.connection import Connection
from dropship_cli.store.items import COLUMNS, item_of
from dropship_cli.store.marks import Marks

_SELECT = (
    f"SELECT {', '.join(f'items.{name}' for name in COLUMNS)}, EXISTS ("
    "SELECT 1 FROM operations WHERE target = items.item_id AND state IN ('queued', 'sending', 'unknown') "
    "AND kind IN ('ship', 'allocate', 'cancel')) "
    "FROM items"
)
_OPEN = "shipment <> 'shipped' AND closed = 0"
_ENDED = "shipment <> 'shipped' AND (closed = 1 OR refund = 'refunded' OR allocation = 'cancelled')"
_OWN = {Role.FACTORY: "allocation = 'allocated'", Role.MERCHANT: "allocation <> 'allocated'"}
_CHUNK = 500


class BenchFilter(NamedTuple):
    """What the bench is asked for; `due_before` in Unix seconds keeps what was promised before it."""

    merchant_id: str | None = None
    due_before: int | None = None


def candidates(connection: Connection, role: Role, wanted: BenchFilter, *, now: float) -> list[Candidate]:
    """What waits to be shipped by this shop, the most urgent first; then what was ended or taken back lately."""
    conditions, values = _conditions(wanted)
    waiting = f"{_OPEN} AND refund <> 'refunded' AND {_OWN[role]}{conditions}"
    ended = f"{_ENDED} AND ship_by >= ?{conditions}"
    if role is Role.MERCHANT:  # a cancelled allocation is the merchant's own item again
        ended += f" AND {_OWN[role]} AND (closed = 1 OR refund = 'refunded')"
    found = [*_read(connection, waiting, *values), *_read(connection, ended, int(now) - RECENT, *values)]
    return _barred(connection, found, now=now, shipping=True)


def candidates_of(
    connection: Connection, item_ids: Iterable[str], *, now: float, shipping: bool = True
) -> dict[str, Candidate]:
    """These items, as far as they are known, whatever their state. Without `shipping` only a hold bars them."""
    distinct = list(dict.fromkeys(item_ids))
    found: list[Candidate] = []
    for start in range(0, len(distinct), _CHUNK):
        chunk = distinct[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        found += _read(connection, f"items.item_id IN ({marks})", *chunk)
    barred = _barred(connection, found, now=now, shipping=shipping)
    return {one.item.item_id: one for one in barred}


def _barred(
    connection: Connection, found: Sequence[Candidate], *, now: float, shipping: bool
) -> list[Candidate]:
    """Each with the hold, or the change that nobody has acknowledged, that keeps it here."""
    marked = Marks(connection).of([one.item.item_id for one in found], now=now)
    bars = mark.bars(marked, shipping=shipping)
    return [replace(one, bar=bars.get(one.item.item_id)) for one in found]


def _conditions(wanted: BenchFilter) -> tuple[str, list[object]]:
    pairs = (("merchant_id = ?", wanted.merchant_id), ("ship_by < ?", wanted.due_before))
    chosen = [(text, value) for text, value in pairs if value is not None]
    return "".join(f" AND {text}" for text, _ in chosen), [value for _, value in chosen]


def _read(connection: Connection, where: str, *values: object) -> Iterator[Candidate]:
    rows = connection.execute(f"{_SELECT} WHERE {where} ORDER BY ship_by NULLS LAST, items.item_id", values)
    width = len(COLUMNS)
    for row in rows:
        yield Candidate(item_of(row), going=bool(row[width]))
