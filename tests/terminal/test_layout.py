"""Columns fit every width: cut, then left out by importance, ids whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.terminal.layout import GAP, fit
from dropship_cli.terminal.tables import ITEMS, TABLES

widths = st.lists(st.integers(1, 60), min_size=len(ITEMS), max_size=len(ITEMS))


def total(fitted: list[tuple[object, int]]) -> int:
    return sum(width for _, width in fitted) + GAP * (len(fitted) - 1)


@given(natural=widths, width=st.integers(10, 300))
def test_the_table_fits_unless_only_what_must_stay_is_left(natural: list[int], width: int) -> None:
    fitted = fit(ITEMS, natural, width)
    assert total(fitted) <= width or all(column.drop == 0 for column, _ in fitted)


@given(natural=widths, width=st.integers(10, 300))
def test_ids_and_states_are_never_cut_and_the_item_never_leaves(natural: list[int], width: int) -> None:
    wanted = dict(zip(ITEMS, natural, strict=True))
    fitted = dict(fit(ITEMS, natural, width))
    for column in ITEMS:
        if column in fitted:
            assert fitted[column] <= wanted[column]
            assert column.least is not None or fitted[column] == wanted[column]
    assert {column.key for column in fitted} >= {"item_id", "state"}


@given(natural=widths, width=st.integers(10, 300))
def test_what_is_left_out_matters_less_than_what_stays(natural: list[int], width: int) -> None:
    kept = [column for column, _ in fit(ITEMS, natural, width)]
    left = [column.drop for column in ITEMS if column not in kept]
    assert not left or min(left) > max(column.drop for column in kept)


def test_no_id_may_be_cut_in_any_table() -> None:
    ids = {"order_id", "item_id", "partner", "op_id", "target", "factory_id", "shop_id", "parcel", "code"}
    cut = [(kind, one.key) for kind, table in TABLES.items() for one in table if one.key in ids and one.least]
    assert cut == []


def test_drop_orders_are_told_apart() -> None:
    for table in TABLES.values():
        drops = [column.drop for column in table if column.drop]
        assert len(drops) == len(set(drops))
