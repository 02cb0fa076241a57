"""The figures of `stats`: what each of them counts, exactly; how they are found is the store's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What the figures are told apart by."""

    DAY = "day"
    FACTORY = "factory"
    SKU = "sku"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True)
class Figures:
    """One group of items, or all of a period. An item belongs to the period in which it *came*: to a merchant when
    it was paid, to a factory when it was allocated (a factory is never told of the payment, doudian.md section 5).

    - `key`, `name`: the day in Beijing (`2026-11-12`), or the id or SKU code and its name; none where nobody has it.
    - `orders`, `items`, `pieces`: distinct order numbers, items, and the sum of their quantities. An order whose items
      are in two groups counts in both.
    - `shipped`: items of which everything has left; `by_merchant` and `by_factory` of these, as the platform tells.
    - `median`, `p90`: seconds from coming to shipment over shipped items with both times, by the nearest rank: half,
      and nine in ten, took no longer. By factory the clock starts with the allocation.
    - `late`: shipped after `ship_by`, or still awaited with `ship_by` past. Awaited: not shipped, not closed, no
      refund, and for a factory not taken back. `decided`: late ones and those shipped in time: what is not due yet
      and what nobody waits for is no part of the late share.
    - `refunds`: items whose refund is open or done, whatever else became of them. `closed`: closed items.
    """

    key: str | None
    name: str | None
    orders: int = 0
    items: int = 0
    pieces: int = 0
    shipped: int = 0
    by_merchant: int = 0
    by_factory: int = 0
    late: int = 0
    decided: int = 0
    refunds: int = 0
    closed: int = 0
    median: int | None = None
    p90: int | None = None

    @property
    def late_share(self) -> float | None:
        """Late ones among those of which it is decided; nothing where none is."""
        return self.late / self.decided if self.decided else None

    @property
    def refund_share(self) -> float | None:
        """Items with a refund among all items."""
        return self.refunds / self.items if self.items else None


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` until before `until` in Unix seconds, and how many days in Beijing the items of it fill: from the
    day of the first one to the last day of the period."""

    since: int
    until: int
    days: int

    def a_day(self, number: int) -> float | None:
        """So many a day, on average."""
        return number / self.days if self.days else None
