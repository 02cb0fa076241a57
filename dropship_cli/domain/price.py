"""What a factory charges a merchant for a piece and for a package, from which day on; which of several prices holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dropship_cli.domain.calendar import day_text
from dropship_cli.domain.matching import fold
from dropship_cli.domain.money import yuan

ANY = "*"
"""As a partner: everyone who has no price of their own. As a SKU: every other one. (Our decisions: an empty cell is
an oversight more often than a wish, so it means neither.)"""

ALWAYS = 0
"""The first day of a price that has none."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Price:
    """`price` a piece and `freight` a package, in cents, from the Beijing day on that begins at `valid_from`.

    `partner_id` is the other side: a merchant's factory, a factory's merchant, or `ANY`.
    """

    partner_id: str
    sku_code: str
    price: int
    freight: int = 0
    valid_from: int = ALWAYS

    @property
    def key(self) -> Key:
        """What prices that follow each other have in common; case and width of a SKU do not matter, as in rules."""
        return key(self.partner_id, self.sku_code)


class PriceList:
    """Answers which price holds. Built once from all prices of a shop."""

    def __init__(self, prices: Iterable[Price]) -> None:
        self._by_key: dict[Key, list[Price]] = {}
        for one in sorted(prices, key=attrgetter("valid_from")):
            self._by_key.setdefault(one.key, []).append(one)

    def of(self, wanted: Key) -> Sequence[Price]:
        """The prices of one key, the oldest first."""
        return self._by_key.get(wanted, ())

    def own(self, wanted: Key, at: float) -> Price | None:
        """The price of exactly this key at an instant."""
        return next((one for one in reversed(self.of(wanted)) if one.valid_from <= at), None)

    def at(self, partner_id: str, sku_code: str, at: float) -> Price | None:
        """The price that holds at an instant: the partner's for this SKU, everyone's for it, the partner's for
        every other SKU, everyone's. A SKU goes before a partner: "every other" is for what has no price."""
        chosen = (sku_code, ANY) if sku_code.strip() else (ANY,)
        for sku in chosen:
            for partner in (partner_id, ANY):
                if found := self.own(key(partner, sku), at):
                    return found
        return None

    def until(self, price: Price) -> int | None:
        """The second in which the next price of the same key takes its place."""
        return next((one.valid_from for one in self.of(price.key) if one.valid_from > price.valid_from), None)


def key(partner_id: str, sku_code: str) -> Key:
    """Partner and SKU as they are compared."""
    return partner_id, ANY if sku_code == ANY else fold(sku_code)


def from_text(valid_from: int) -> str:
    """The first day of a price for the log and for sheets: `2026-11-01`, or `always`."""
    return "always" if valid_from == ALWAYS else day_text(valid_from)


def described(price: Price, before: Price | None = None) -> str:
    """A price in one line for the log: `price=12.50 freight=3.00 valid_from=2026-11-01 (before: 12.00, 3.00)`."""
    old = f" (before: {yuan(before.price)}, {yuan(before.freight)})" if before else ""
    return f"price={yuan(price.price)} freight={yuan(price.freight)} valid_from={from_text(price.valid_from)}{old}"
