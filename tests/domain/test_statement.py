"""What is owed for a month: prices of the day, freight once a package, deductions by agreement, sums to the cent."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.calendar import day, month
from dropship_cli.domain.comparison import Differing, TheirLine, compare, merged
from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.price import ANY, Price, PriceList
from dropship_cli.domain.statement import (
    SAME_PACKAGE,
    Deductions,
    Line,
    Period,
    statement,
    totals,
)

F = "880011"
NOVEMBER = Period(*month("2026-11"))
MIDDLE = day("2026-11-16")
PRICES = PriceList([Price(F, "A", 1200, 300), Price(F, "A", 1300, 300, MIDDLE), Price(F, ANY, 2000, 500)])
NOTHING = Deductions()


def item(
    item_id: str, sku: str = "A", *, at: int = MIDDLE, pieces: int = 1, numbers: str = "", **changes: object
) -> Item:
    """One shipped item; `numbers` are its packages, one a word."""
    packages = tuple(Package("zhongtong", number) for number in (numbers or f"ZT{item_id}").split())
    made = Item(
        order_id=item_id, item_id=item_id, quantity=pieces, shipped_quantity=pieces, sku_code=sku, shipped_at=at,
        shipment=ShipmentState.SHIPPED, allocation=AllocationState.ALLOCATED, packages=packages, factory_id=F,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names fields


def lines(*items: Item, prices: PriceList = PRICES, deductions: Deductions = NOTHING) -> list[Line]:
    return statement(items, prices, F, NOVEMBER, deductions)


def test_the_price_of_the_shipping_day_counts() -> None:
    before, after = lines(item("1", at=MIDDLE - 1, pieces=3), item("2", at=MIDDLE))
    assert (before.price, before.goods, before.freight, before.total) == (1200, 3600, 300, 3900)
    assert (after.price, after.total) == (1300, 1600)


def test_the_month_begins_and_ends_at_midnight_in_beijing() -> None:
    edges = [NOVEMBER.start - 1, NOVEMBER.start, NOVEMBER.end - 1, NOVEMBER.end]
    found = lines(*(item(str(number), at=at) for number, at in enumerate(edges)))
    assert [one.item_id for one in found] == ["1", "2"]


def test_a_package_pays_freight_once_the_highest_of_what_is_in_it() -> None:
    first, second, third = lines(
        item("1", numbers="ZT1"), item("2", "B", numbers=" zt1 "), item("3", numbers="ZT1")
    )
    assert [first.freight, second.freight, third.freight] == [300, 200, 0]


def test_an_item_in_several_packages_pays_for_each() -> None:
    (line,) = lines(item("1", pieces=4, numbers="ZT1 ZT2 ZT2"))
    assert (line.freight, line.total) == (600, 4 * 1300 + 600)
    assert line.tracking_numbers == ("ZT1", "ZT2")


def test_an_item_whose_package_nobody_knows_pays_freight() -> None:
    (line,) = lines(item("1", packages=()))
    assert line.freight == 300


def test_what_an_earlier_month_paid_for_a_package_is_not_paid_again() -> None:
    shipped = [item("1", at=NOVEMBER.start - 60, numbers="ZT1"), item("2", at=NOVEMBER.start, numbers="ZT1")]
    assert [(one.item_id, one.freight) for one in lines(*shipped)] == [("2", 0)]
    assert SAME_PACKAGE > 7 * 86_400


def test_a_number_that_comes_again_after_a_month_is_another_package() -> None:
    first, again, anew = (
        item(str(number), at=NOVEMBER.start - SAME_PACKAGE + seconds, numbers="ZT1")
        for number, seconds in enumerate((0, SAME_PACKAGE, SAME_PACKAGE + 1), 1)
    )
    assert [one.freight for one in lines(first, again)] == [0]
    assert [one.freight for one in lines(first, anew)] == [300]


def test_seconds_that_two_sides_know_differently_change_no_line() -> None:
    """Only the day counts, for the price and for which of two items pays the freight."""
    here = lines(item("1", at=MIDDLE + 5, numbers="ZT1"), item("2", "B", at=MIDDLE + 4, numbers="ZT1"))
    there = lines(item("1", at=MIDDLE + 4, numbers="ZT1"), item("2", "B", at=MIDDLE + 5, numbers="ZT1"))
    assert [one.freight for one in here] == [one.freight for one in there]


def test_without_a_price_nothing_is_known_and_no_sum_holds_it() -> None:
    priced, unpriced = lines(
        item("1"), item("2", "C", numbers="ZT1"), prices=PriceList([Price(F, "A", 100, 50)])
    )
    assert (unpriced.price, unpriced.goods, unpriced.total) == (None, None, None)
    sums = totals([priced, unpriced])
    assert (sums.total, sums.quantity, sums.unpriced) == (150, 2, 1)


def test_a_refund_changes_nothing_until_both_agree() -> None:
    refunded = item("1", refund=RefundState.REFUNDED)
    (line,) = lines(refunded)
    assert (line.refund, line.deduction, line.total) == (RefundState.REFUNDED, 0, 1600)
    (line,) = lines(refunded, deductions=Deductions(refunded=True))
    assert (line.deduction, line.total) == (1300, 300)  # the package went its way
    assert lines(item("1", refund=RefundState.OPEN), deductions=Deductions(refunded=True))[0].deduction == 0


def test_an_agreed_amount_goes_before_the_worth_of_the_goods() -> None:
    found = lines(
        item("1", refund=RefundState.REFUNDED),
        item("2"),
        deductions=Deductions({"1": 500, "2": None}, refunded=True),
    )
    assert [one.deduction for one in found] == [500, 1300]


def test_an_item_of_an_earlier_month_is_taken_off_without_being_paid_again() -> None:
    early = item("1", at=NOVEMBER.start - 60, pieces=2)
    (line,) = lines(early, deductions=Deductions({"1": None}))
    assert (line.quantity, line.goods, line.freight, line.deduction, line.total) == (0, 0, 0, 2400, -2400)
    assert lines(replace(early, shipped_at=NOVEMBER.end), deductions=Deductions({"1": None})) == []


def theirs(line: Line) -> TheirLine:
    return TheirLine(
        line.item_id, line.quantity, line.price, line.goods, line.freight if line.price is not None else 0,
        line.deduction, line.total, unpriced=line.price is None,
    )  # fmt: skip


def test_only_what_differs_is_named_with_what_it_costs() -> None:
    ours = lines(*(item(str(number)) for number in range(1, 7)))
    there = [theirs(line) for line in ours]
    there[1] = replace(there[1], price=1250, goods=1250, total=1550)
    there[2] = replace(there[2], quantity=2, goods=2600, total=2900)
    there[3] = replace(there[3], freight=0, total=1300)
    there[4] = replace(there[4], deduction=100, total=1500)
    there[5] = replace(there[5], item_id="9")
    found = {one.item_id: one for one in compare(ours, there)}
    assert {item_id: (one.kinds, one.amount) for item_id, one in found.items()} == {
        "2": ((Differing.PRICE,), 50),
        "3": ((Differing.QUANTITY,), -1300),
        "4": ((Differing.FREIGHT,), 300),
        "5": ((Differing.DEDUCTION,), 100),
        "6": ((Differing.ONLY_HERE,), 1600),
        "9": ((Differing.ONLY_THERE,), -1600),
    }


def test_a_sheet_that_says_less_is_compared_as_far_as_it_goes() -> None:
    ours = lines(item("1", pieces=2), item("2"))
    assert compare(ours, [TheirLine("1", total=2900), TheirLine("2", 1, 1300)]) == []
    (off,) = compare(ours, [TheirLine("1", total=2800), TheirLine("2", 1, goods=1300)])
    assert (off.item_id, off.kinds, off.amount) == ("1", (Differing.TOTAL,), 100)


def test_goods_that_were_altered_alone_are_named_though_the_total_was_left() -> None:
    ours = lines(item("1"))
    (off,) = compare(ours, [replace(theirs(ours[0]), goods=1200)])
    assert (off.kinds, off.amount) == ((Differing.GOODS,), 0)


def test_rows_of_one_item_are_added_up() -> None:
    rows = [TheirLine("1", 1, 1300, freight=300, rows=(2,)), TheirLine("1", 1, 1300, freight=0, rows=(3,))]
    assert merged(rows) == [TheirLine("1", 2, 1300, freight=300, rows=(2, 3))]
    assert compare(lines(item("1", pieces=2)), rows) == []
    two = [rows[0], replace(rows[1], price=1250)]
    (off,) = compare(lines(item("1", pieces=2)), two)
    assert (off.kinds, off.amount) == ((Differing.GOODS,), 50)
    (off,) = compare(lines(item("1", pieces=1)), rows)
    assert (off.kinds, off.amount) == ((Differing.QUANTITY,), -1300)


def test_a_price_that_only_one_side_has_is_a_difference_and_one_that_nobody_has_is_none() -> None:
    ours = lines(item("1", "C"), item("2", "A"), prices=PriceList([Price(F, "A", 100)]))
    assert compare(ours, [theirs(line) for line in ours]) == []
    there = [TheirLine("1", 1, 500, freight=0, total=500), TheirLine("2", 1, unpriced=True)]
    assert [(one.item_id, one.kinds, one.amount) for one in compare(ours, there)] == [
        ("1", (Differing.PRICE,), -500), ("2", (Differing.PRICE,), 100),
    ]  # fmt: skip


ITEMS = st.lists(
    st.builds(
        item,
        item_id=st.integers(1, 40).map(str),
        sku=st.sampled_from(["A", "B", ""]),
        at=st.integers(NOVEMBER.start - 3 * 86_400, NOVEMBER.end + 86_400),
        pieces=st.integers(1, 12),
        numbers=st.lists(st.sampled_from(["ZT1", "ZT2", "ZT3"]), min_size=1, max_size=3).map(" ".join),
        refund=st.sampled_from(RefundState),
    ),
    max_size=12,
    unique_by=lambda one: one.item_id,
)
AGREED = st.dictionaries(st.integers(1, 40).map(str), st.none() | st.integers(0, 5000), max_size=4)


@given(ITEMS, AGREED, st.randoms())
def test_both_sides_compute_the_same_whatever_their_order(
    items: list[Item], agreed: dict[str, int | None], chance: Random
) -> None:
    """The factory knows no refund; its items come as they come."""
    known_there = [replace(one, refund=RefundState.NONE) for one in items]
    chance.shuffle(known_there)
    here = lines(*items, deductions=Deductions(agreed))
    there = lines(*known_there, deductions=Deductions(agreed))
    assert compare(here, [theirs(line) for line in there]) == []
    assert totals(here).total == totals(there).total == sum(line.total or 0 for line in here)


@given(ITEMS)
def test_months_add_up_to_the_whole(items: list[Item]) -> None:
    """However a time is cut, nothing is paid twice and nothing is left out."""
    year = Period(NOVEMBER.start - 30 * 86_400, NOVEMBER.end + 30 * 86_400)
    items = [
        one for one in items if (one.shipped_at or 0) < NOVEMBER.start + 26 * 86_400
    ]  # no number comes anew
    edges = [year.start, NOVEMBER.start, MIDDLE, year.end]
    cut = [Period(*pair) for pair in pairwise(edges)]
    whole = totals(statement(items, PRICES, F, year, NOTHING))
    parts = [totals(statement(items, PRICES, F, period, NOTHING)) for period in cut]
    assert whole.total == sum(part.total for part in parts)
    assert whole.quantity == sum(part.quantity for part in parts)
    packages = {number for one in items for number in (package.tracking_number for package in one.packages)}
    assert whole.freight <= 500 * len(packages)


@given(ITEMS, st.randoms())
def test_the_differences_add_up_to_the_difference(items: list[Item], chance: Random) -> None:
    ours = lines(*items)
    there = []
    for line in ours:
        change = chance.randint(0, 5)
        price = (line.price or 0) + (change == 1) * 7
        freight = line.freight + (change == 2) * 9
        if change != 3:
            there.append(TheirLine(line.item_id, line.quantity, price, freight=freight, deduction=0))
    found = compare(ours, there)
    theirs_total = sum(one.said_total({}) or 0 for one in there)
    assert totals(ours).total - theirs_total == sum(one.amount for one in found)
