"""What a wished price makes of those there are: new, another amount, unchanged, or refused; nothing is kept here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dropship_cli.domain.money import MOST
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.price import ALWAYS, Key, Price, PriceList, key


@dataclass(frozen=True, slots=True)
class PriceWish:
    """One price as somebody wrote it. No `freight` leaves it as it is, no `valid_from` means from now on.

    `row` is its number in the file it came from; `code` says why a row that could not be read is refused.
    """

    partner_id: str
    sku_code: str
    price: int = 0
    freight: int | None = None
    valid_from: int | None = None
    row: int | None = None
    code: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PriceOutcome:
    """What becomes of one wish; `before` is the price of the same day that it replaces."""

    price: Price
    result: Result
    before: Price | None = None
    row: int | None = None
    error_code: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def judge(wishes: Sequence[PriceWish], there: PriceList, *, today: int) -> list[PriceOutcome]:
    """One outcome a wish. `today` is the second in which this day began.

    A wish without a day holds always where its key has no price yet, else from today, unless it says what holds
    anyway: so the same sheet once more changes nothing. Two rows that give one key and day two prices are a
    contradiction: the later one is refused.
    """
    taken: dict[tuple[Key, int], Price] = {}
    outcomes = []
    for wish in wishes:
        outcome = _judge(wish, there, today)
        price = outcome.price
        earlier = taken.get((price.key, price.valid_from))
        if outcome.result is Result.REFUSED:
            pass
        elif earlier is None:
            taken[price.key, price.valid_from] = price
        elif (earlier.price, earlier.freight) != (price.price, price.freight):
            outcome = _refused(wish, "price.repeated_row", {})
        else:
            outcome = replace(outcome, result=Result.UNCHANGED)
        outcomes.append(outcome)
    return outcomes


def _judge(wish: PriceWish, there: PriceList, today: int) -> PriceOutcome:
    if wish.code is not None:
        return _refused(wish, wish.code, wish.values)
    for name, amount in (("price", wish.price), ("freight", wish.freight or 0)):
        if not 0 <= amount <= MOST:
            return _refused(wish, "price.range", {"column": name, **wish.values})
    price = _settled(wish, there, today)
    before = next((one for one in there.of(price.key) if one.valid_from == price.valid_from), None)
    holding = before if wish.valid_from is not None else there.own(price.key, today) or before
    same = holding is not None and (holding.price, holding.freight) == (price.price, price.freight)
    if same and holding is not None:
        return PriceOutcome(holding, Result.UNCHANGED, row=wish.row)
    return PriceOutcome(price, Result.WOULD, before, wish.row)


def _settled(wish: PriceWish, there: PriceList, today: int) -> Price:
    """The wish with everything said that it leaves open."""
    wanted = key(wish.partner_id, wish.sku_code)
    start = wish.valid_from
    if start is None:
        start = today if there.of(wanted) else ALWAYS
    freight = wish.freight
    if freight is None:
        holding = there.own(wanted, start)
        freight = holding.freight if holding else 0
    return Price(wish.partner_id, wish.sku_code, wish.price, freight, start)


def _refused(wish: PriceWish, code: str, values: Mapping[str, object]) -> PriceOutcome:
    price = Price(wish.partner_id, wish.sku_code, wish.price, wish.freight or 0, wish.valid_from or ALWAYS)
    return PriceOutcome(price, Result.REFUSED, None, wish.row, code, values)
