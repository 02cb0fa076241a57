"""A cell is mended where nothing is lost, and refused with its reason otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.files.cells import Problem, is_exact, mend, number_text
from dropship_cli.files.headers import Kind


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("6923007000000001326", "6923007000000001326"),
        ("\t6923007000000001326", "6923007000000001326"),
        ("  6923007000000001326\u3000\xa0", "6923007000000001326"),
        ("\ufeff6923\u200b007", "6923007"),
        ("６９２３００７", "6923007"),
        ("ＳＦ１２３－４", "SF123-4"),
        ("'6923007000000001326", "6923007000000001326"),
        ('="6923007000000001326"', "6923007000000001326"),
        ("880011.0", "880011"),
        ("880011.000", "880011"),
        ("6923007000000001327.0", "6923007000000001327"),  # no float has these digits: nothing can be lost
        ("201126-123456789", "201126-123456789"),
        ("0012", "0012"),
        ("1E10", "1E10"),
        ("SF2E12", "SF2E12"),
        ("", ""),
        (" \t ", ""),
        ("-", ""),
    ],
)
def test_an_identifier_is_mended_where_nothing_is_lost(given_text: str, kept: str) -> None:
    assert mend(given_text, Kind.IDENTIFIER, "c") == kept


@pytest.mark.parametrize(
    ("given_text", "code"),
    [
        ("6.92301E+17", "row.scientific"),
        ("6.92301e17", "row.scientific"),
        ("6,92301E+18", "row.scientific"),
        ("７E+18", "row.scientific"),
        ("\t6.92301E+17 ", "row.scientific"),
        ("'6.92301E+17", "row.scientific"),
        ('="6.92301E+17"', "row.scientific"),
        ("6923007000000001024.0", "row.float_id"),
        ("9" * 400 + ".0", "row.float_id"),
        ("6923\x00007", "row.nul"),
        ("6" * 32_768, "row.too_long"),
        ("6923 007", "row.identifier"),
        ("6923\n007", "row.identifier"),
        ("69\x1b[31m", "row.identifier"),
        ("#N/A", "row.cell_error"),
        ("#REF!", "row.cell_error"),
    ],
)
def test_an_identifier_that_may_be_damaged_is_refused(given_text: str, code: str) -> None:
    found = mend(given_text, Kind.IDENTIFIER, "订单编号")
    assert isinstance(found, Problem)
    assert found.code == code
    assert found.values["column"] == "订单编号"
    assert len(str(found.values["given"])) <= 41


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [("义乌 小马", "义乌 小马"), ("中通快递（常用）", "中通快递(常用)"), ("ＳＦ", "SF")],
)
def test_a_name_may_hold_spaces(given_text: str, kept: str) -> None:
    assert mend(given_text, Kind.NAME, "c") == kept


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [("1", "1"), (" ２ ", "2"), ("3.0", "3"), ("007", "7"), ("'4", "4"), ("", ""), ("-", "")],
)
def test_a_quantity_is_a_positive_whole_number_or_nothing(given_text: str, kept: str) -> None:
    assert mend(given_text, Kind.QUANTITY, "c") == kept


@pytest.mark.parametrize(
    "given_text", ["0", "-1", "1.5", "1e3", "二", "1,000", "1 2", "9" * 12, "²", "٣", "TRUE", "=1+1"]
)
def test_any_other_quantity_is_refused(given_text: str) -> None:
    found = mend(given_text, Kind.QUANTITY, "数量")
    assert isinstance(found, Problem)
    assert found.code == "row.quantity"


def test_plain_text_keeps_its_words() -> None:
    assert mend(" 6.92301E+17 \ufeff", Kind.TEXT, "c") == "6.92301E+17"
    assert isinstance(mend("a\0b", Kind.TEXT, "c"), Problem)


@given(st.text(), st.sampled_from(Kind))
def test_any_text_is_a_value_or_a_problem_and_mending_twice_changes_nothing(text: str, kind: Kind) -> None:
    value = mend(text, kind, "c")
    if isinstance(value, str) and kind is not Kind.TEXT:
        again = mend(value, kind, "c")
        assert again == value or value.startswith("'")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_lost_digits_never_becomes_an_identifier(number: float) -> None:
    value = mend(number_text(number), Kind.IDENTIFIER, "c")
    if isinstance(value, str) and value.isdecimal():
        assert is_exact(number)
        assert int(value) == number
