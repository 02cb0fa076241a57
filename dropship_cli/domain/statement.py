"""What a merchant owes a factory for a month, line by line: both sides compute it alike from what both can see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dropship_cli.domain.item import Item, RefundState
from dropship_cli.domain.moment import midnight
from dropship_cli.domain.price import Price, PriceList

SAME_PACKAGE = 30 * 86_400
"""A tracking number that comes again within so many seconds of the first time is the same package; carriers use them
anew after months. (No page says how soon: our decision.)"""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not with, `end`, in Unix seconds of the platform's shipping time."""

    start: int
    end: int

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Deductions:
    """What both sides agreed to take off, in cents by item; nothing for an item means the worth of its goods.

    `refunded` takes off the goods of every item of the month whose money went back as well.
    """

    agreed: Mapping[str, int | None] = field(default_factory=dict)
    refunded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One item that the factory shipped. Amounts are cents; without a `price` nothing is known but the item.

    `freight` is what this item adds to that of its packages. `deduction` is taken off. An item of an earlier month
    that is here only to be deducted has no quantity.
    """

    item_id: str
    shipped_at: int
    sku_code: str
    title: str
    spec: str
    quantity: int
    price: int | None
    freight: int
    refund: RefundState
    deduction: int
    tracking_numbers: tuple[str, ...]

    @property
    def goods(self) -> int | None:
        """Pieces times price."""
        return None if self.price is None else self.price * self.quantity

    @property
    def total(self) -> int | None:
        """What is owed for it."""
        return None if self.goods is None else self.goods + self.freight - self.deduction


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a statement; items without a price are only counted."""

    quantity: int
    goods: int
    freight: int
    deduction: int
    total: int
    unpriced: int
    refunded: int


def statement(
    items: Iterable[Item], prices: PriceList, partner_id: str, period: Period, deductions: Deductions
) -> list[Line]:
    """The lines of a period, by the day on which the items left, then by item: two sides may differ by seconds.

    `items` are those that the one side shipped for the other (`is_owed`), in the period and `SAME_PACKAGE` before
    it; of still older ones only those that are to be deducted. The price is the one of the shipping day. A package
    pays freight once, the highest that holds for what is in it: the first item pays its own, a later one no more
    than what it has above it.
    """
    paid: dict[str, _Paid] = {}
    lines = []
    for item in sorted(items, key=lambda one: (midnight(one.shipped_at or 0), one.item_id)):
        price = prices.at(partner_id, item.sku_code, item.shipped_at or 0)
        is_near = (item.shipped_at or 0) >= period.start - SAME_PACKAGE
        freight = _freight(item, price, paid) if is_near else 0
        if period.holds(item.shipped_at or 0):
            lines.append(_line(item, price, freight, deductions))
        elif item.item_id in deductions.agreed and (item.shipped_at or 0) < period.start:
            lines.append(_earlier(item, price, deductions.agreed[item.item_id]))
    return lines


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of lines."""
    known = list(lines)
    priced = [one for one in known if one.price is not None]
    goods = sum(one.goods or 0 for one in priced)
    freight = sum(one.freight for one in priced)
    deduction = sum(one.deduction for one in priced)
    return Totals(
        quantity=sum(one.quantity for one in known),
        goods=goods,
        freight=freight,
        deduction=deduction,
        total=goods + freight - deduction,
        unpriced=len(known) - len(priced),
        refunded=sum(1 for one in known if one.refund is RefundState.REFUNDED),
    )


@dataclass(slots=True)
class _Paid:
    """A package: when the first of it left, and what has been paid for it."""

    first_at: int
    freight: int = 0


def _freight(item: Item, price: Price | None, paid: dict[str, _Paid]) -> int:
    """What the item adds to its packages. Numbers, not carriers, tell packages apart: two sides may know a carrier
    by two names, but read one number."""
    if price is None:
        return 0
    added = 0
    for number in dict.fromkeys(one.tracking_number.strip().upper() for one in item.packages):
        before = paid.get(number)
        if before is None or (item.shipped_at or 0) - before.first_at > SAME_PACKAGE:
            before = paid[number] = _Paid(item.shipped_at or 0)
        more = max(price.freight - before.freight, 0)
        before.freight += more
        added += more
    return added if item.packages else price.freight


def _line(item: Item, price: Price | None, freight: int, deductions: Deductions) -> Line:
    goods = price.price * item.shipped_quantity if price else 0
    off = 0
    if item.item_id in deductions.agreed:
        agreed = deductions.agreed[item.item_id]
        off = goods if agreed is None else agreed
    elif deductions.refunded and item.refund is RefundState.REFUNDED:
        off = goods
    return _made(item, item.shipped_quantity, price.price if price else None, freight, off)


def _earlier(item: Item, price: Price | None, agreed: int | None) -> Line:
    """An item that an earlier statement had, here to be taken off; what it costs was said there."""
    amount = agreed if agreed is not None else price.price * item.shipped_quantity if price else 0
    unknown = price is None and agreed is None
    return _made(item, 0, None if unknown else price.price if price else 0, 0, amount)


def _made(item: Item, quantity: int, price: int | None, freight: int, deduction: int) -> Line:
    return Line(
        item_id=item.item_id,
        shipped_at=item.shipped_at or 0,
        sku_code=item.sku_code,
        title=item.title,
        spec=item.spec,
        quantity=quantity,
        price=price,
        freight=freight,
        refund=item.refund,
        deduction=deduction,
        tracking_numbers=tuple(dict.fromkeys(one.tracking_number for one in item.packages)),
    )
