"""The figures of `stats` (domain.figures), each set counted by SQLite: no item comes to Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dropship_cli.domain.figures import By, Figures
from dropship_cli.store.connection import Connection
from dropship_cli.store.item_query import awaited

_KEYS = {
    None: ("NULL", "NULL"),
    By.DAY: ("date({came} + 28800, 'unixepoch')", "NULL"),  # Beijing is eight hours ahead, all the year
    By.FACTORY: ("factory_id", "factory_name"),
    By.SKU: ("nullif(sku_code, '')", "title"),
    By.MERCHANT: ("merchant_id", "merchant_name"),
}

_ON_TIME = "shipment = 'shipped' AND shipped_at <= ship_by"
_SHIPPED_LATE = "shipment = 'shipped' AND shipped_at > ship_by"


class Asked(NamedTuple):
    """What is counted: items that came in `since` <= … < `until`, by what, as of `now` (Unix seconds), for whom."""

    by: By | None
    since: int
    until: int
    now: int
    as_factory: bool


def figures(connection: Connection, asked: Asked) -> Iterator[Figures]:
    """One of each group, the days in their order, others the largest first. Without `by` the whole, if it has any."""
    times = {key: (median, p90) for key, median, p90 in connection.execute(*_times(asked)).fetchall()}
    for row in connection.execute(*_counts(asked)).fetchall():
        fields = [*row, *times.get(row[0], (None, None))]
        yield Figures(*fields)


def first_at(connection: Connection, asked: Asked) -> int | None:
    """When the first item of the period came."""
    came = _came(asked)
    (found,) = connection.execute(
        f"SELECT min({came}) FROM items WHERE {came} >= ? AND {came} < ?", (asked.since, asked.until)
    ).fetchone()
    return None if found is None else int(found)


def _came(asked: Asked) -> str:
    return "allocated_at" if asked.as_factory else "paid_at"


def _counts(asked: Asked) -> tuple[str, tuple[int, ...]]:
    key, name = (text.format(came=_came(asked)) for text in _KEYS[asked.by])
    late = f"({_SHIPPED_LATE} OR {awaited(as_factory=asked.as_factory)} AND ship_by < ?)"
    order = "1" if asked.by is By.DAY else "4 DESC, 1"
    sql = f"""
        SELECT {key}, max({name}), count(DISTINCT order_id), count(*), sum(quantity),
            {_number("shipment = 'shipped'")}, {_number("shipment = 'shipped' AND shipped_by = 'merchant'")},
            {_number("shipment = 'shipped' AND shipped_by = 'factory'")},
            {_number(late)}, {_number(f"{late} OR {_ON_TIME}")}, {_number("refund <> 'none'")}, {_number("closed")}
        FROM items WHERE {_came(asked)} >= ? AND {_came(asked)} < ? GROUP BY 1 ORDER BY {order}
    """
    return sql, (asked.now, asked.now, asked.since, asked.until)


def _number(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _times(asked: Asked) -> tuple[str, tuple[int, ...]]:
    key, _ = (text.format(came=_came(asked)) for text in _KEYS[asked.by])
    start = "coalesce(allocated_at, paid_at)" if asked.by is By.FACTORY else _came(asked)
    sql = f"""
        WITH took AS (
            SELECT {key} AS key, max(shipped_at - {start}, 0) AS took FROM items
            WHERE {_came(asked)} >= ? AND {_came(asked)} < ? AND shipment = 'shipped' AND shipped_at IS NOT NULL
        ), ranked AS (
            SELECT key, took, row_number() OVER (PARTITION BY key ORDER BY took) AS rank,
                count(*) OVER (PARTITION BY key) AS number FROM took
        )
        SELECT key, max(took) FILTER (WHERE rank = (number + 1) / 2),
            max(took) FILTER (WHERE rank = (number * 9 + 9) / 10)
        FROM ranked GROUP BY key
    """
    return sql, (asked.since, asked.until)
