"""Which price holds when, and what a wished one makes of those there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.calendar import day
from dropship_cli.domain.money import MOST
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.price import ALWAYS, ANY, Price, PriceList, described
from dropship_cli.domain.price_change import PriceOutcome, PriceWish, judge

F, G = "880011", "880022"
FIRST, MIDDLE, TODAY = day("2026-11-01"), day("2026-11-16"), day("2026-11-25")


def told(outcomes: list[PriceOutcome]) -> list[tuple[str, str | None]]:
    return [(one.result.value, one.error_code) for one in outcomes]


def test_a_price_holds_from_the_first_second_of_its_day_until_the_next() -> None:
    old, new = Price(F, "A", 1200, 300), Price(F, "A", 1300, 300, MIDDLE)
    known = PriceList([new, old])
    assert known.at(F, "A", MIDDLE - 1) == old
    assert known.at(F, "A", MIDDLE) == new
    assert (known.until(old), known.until(new)) == (MIDDLE, None)


def test_before_its_first_day_there_is_no_price() -> None:
    known = PriceList([Price(F, "A", 1200, 0, FIRST)])
    assert known.at(F, "A", FIRST - 1) is None
    assert known.at(G, "A", FIRST) is None


def test_the_sku_goes_before_the_partner_and_both_before_every_other() -> None:
    prices = [Price(F, "A", 1), Price(ANY, "A", 2), Price(F, ANY, 3), Price(ANY, ANY, 4)]
    for number, expected in enumerate(prices):
        assert PriceList(prices[number:]).at(F, "A", TODAY) == expected
    assert PriceList(prices).at(F, "B", TODAY) == prices[2]
    assert PriceList(prices).at(G, "B", TODAY) == prices[3]
    assert PriceList(prices).at(F, "", TODAY) == prices[2]


def test_case_and_width_of_a_sku_do_not_matter() -> None:
    known = PriceList([Price(F, "xd-ｆr1", 1250)])
    assert known.at(F, "XD-FR1", TODAY) == Price(F, "xd-ｆr1", 1250)


def test_the_first_price_of_a_sku_holds_always_and_the_next_from_today() -> None:
    (first,) = judge([PriceWish(F, "A", 1200)], PriceList([]), today=TODAY)
    assert (first.result, first.price) == (Result.WOULD, Price(F, "A", 1200, 0, ALWAYS))
    (second,) = judge([PriceWish(F, "A", 1300)], PriceList([first.price]), today=TODAY)
    assert second.price.valid_from == TODAY
    assert second.before is None


def test_freight_that_is_not_said_stays_as_it_is() -> None:
    there = PriceList([Price(F, "A", 1200, 300), Price(F, "A", 1250, 500, MIDDLE)])
    (early, now, said) = judge(
        [
            PriceWish(F, "A", 1300, valid_from=FIRST),
            PriceWish(F, "A", 1300),
            PriceWish(F, "A", 1300, 0, MIDDLE),
        ],
        there,
        today=TODAY,
    )
    assert [one.price.freight for one in (early, now, said)] == [300, 500, 0]
    assert said.before == Price(F, "A", 1250, 500, MIDDLE)


def test_two_rows_with_two_prices_for_one_day_contradict_and_the_same_twice_is_once() -> None:
    wishes = [
        PriceWish(F, "A", 1200, row=2),
        PriceWish(F, "a", 1300, row=3),
        PriceWish(F, "A", 1200, row=4),
        PriceWish(F, "A", 1300, valid_from=MIDDLE, row=5),
        PriceWish(G, "A", 1300, row=6),
    ]
    assert told(judge(wishes, PriceList([]), today=TODAY)) == [
        ("would", None), ("refused", "price.repeated_row"), ("unchanged", None), ("would", None), ("would", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("price", "freight"), [(-1, 0), (100, -1), (MOST + 1, 0), (100, MOST + 1)])
def test_what_no_piece_costs_is_refused(price: int, freight: int) -> None:
    assert told(judge([PriceWish(F, "A", price, freight)], PriceList([]), today=TODAY)) == [
        ("refused", "price.range")
    ]
    assert told(judge([PriceWish(F, "A", MOST, 0)], PriceList([]), today=TODAY)) == [("would", None)]


def test_the_log_tells_what_was_there_before() -> None:
    line = described(Price(F, "A", 1300, 0, MIDDLE), Price(F, "A", 1250, 500, MIDDLE))
    assert line == "price=13.00 freight=0.00 valid_from=2026-11-16 (before: 12.50, 5.00)"


WISHES = st.lists(
    st.builds(
        PriceWish,
        partner_id=st.sampled_from([F, G, ANY]),
        sku_code=st.sampled_from(["A", "B", ANY]),
        price=st.integers(0, 3),
        freight=st.none() | st.integers(0, 2),
        valid_from=st.none() | st.sampled_from([ALWAYS, FIRST, MIDDLE, TODAY + 86_400]),
    ),
    max_size=8,
)


@given(WISHES, WISHES)
def test_the_same_sheet_once_more_changes_nothing(before: list[PriceWish], sheet: list[PriceWish]) -> None:
    """Rows with all said, or without a day for a key that the sheet names once; else a later row of the same sheet
    may rightly be news to an earlier one."""

    def kept(prices: list[Price], outcomes: list[PriceOutcome]) -> list[Price]:
        found = {(one.key, one.valid_from): one for one in prices}
        found |= {
            (one.price.key, one.price.valid_from): one.price for one in outcomes if one.result is Result.WOULD
        }
        return list(found.values())

    there = kept([], judge(before, PriceList([]), today=TODAY))
    keys = [(wish.partner_id, wish.sku_code) for wish in sheet]
    plain = [
        wish
        for wish, key in zip(sheet, keys, strict=True)
        if keys.count(key) == 1 or (wish.freight is not None and wish.valid_from is not None)
    ]
    once = judge(plain, PriceList(there), today=TODAY)
    again = judge(plain, PriceList(kept(there, once)), today=TODAY)
    assert all(
        second.result in (Result.UNCHANGED, Result.REFUSED)
        for first, second in zip(once, again, strict=True)
        if first.result is not Result.REFUSED
    )
