"""Every code of the pages, and what it proves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.platforms.doudian import codes
from dropship_cli.platforms.doudian.codes import Ruling, judge, number_of, refusal, row_refusal, setup_code

BUSY = [
    1000,
    10005,
    10006,
    10008,
    8888,
    88888,
    60106,
    60114,
    60118,
    60121,
    60124,
    60125,
    60132,
    70009,
    70011,
    120032,
]


@pytest.mark.parametrize(
    ("code", "sub", "ruling"),
    [
        (10000, "", Ruling.DONE), (0, "", Ruling.DONE), (10001, "isv.business-part-failed", Ruling.PARTLY),
        (20000, "isp.service-error:88888", Ruling.UNKNOWN), (20000, "dop.service-error", Ruling.UNKNOWN),
        (20001, "", Ruling.UNKNOWN), (30001, "dop.no-permissions", Ruling.SETUP),
        (30002, "isv.invalid_ip", Ruling.SETUP), (40001, "isv.parameter-missing", Ruling.SETUP),
        (40002, "isv.missing-parameter:20000", Ruling.REFUSED), (40003, "isv.signature-invalid", Ruling.SETUP),
        (40003, "isv.access-token-expired", Ruling.TOKEN), (40003, "isv.access-token-no-existed", Ruling.TOKEN),
        (40003, "isv.access-token-invalid", Ruling.SETUP), (40003, "isv.timestamp-invalid", Ruling.CLOCK),
        (40003, "isv.timestamp-format-error", Ruling.SETUP), (40004, "isv.parameter-invalid:10000", Ruling.REFUSED),
        (50001, "dop.token-generate-failed:code-expired", Ruling.SETUP), (50001, "", Ruling.UNKNOWN),
        (40003, "isv.idempotent-id-existed", Ruling.UNKNOWN), (40003, "", Ruling.SETUP),
        (50002, "isv.business-failed:41000", Ruling.REFUSED), (50002, "", Ruling.REFUSED),
        (60000, "isv.traffic-limited", Ruling.LIMITED), (60000, "isp.traffic-limited:1", Ruling.LIMITED),
        (70000, "isp.api-service-off", Ruling.SETUP), (80000, "isv.env-suspected", Ruling.SETUP),
        (90000, "dop.unknown-error", Ruling.UNKNOWN),
    ],
)  # fmt: skip
def test_the_table_of_section_1(code: int, sub: str, ruling: Ruling) -> None:
    assert judge("iop.waybillReturn", code, sub) is ruling


@pytest.mark.parametrize("number", BUSY)
def test_a_busy_number_is_unknown_though_it_comes_as_a_refusal(number: int) -> None:
    assert judge("iop.waybillReturn", 50002, f"isv.business-failed:{number}") is Ruling.UNKNOWN


@pytest.mark.parametrize("number", [8888, 9999, 99997, 99998, 99999, 70002, 70008, 70014])
def test_busy_numbers_of_the_shipping_calls_are_unknown(number: int) -> None:
    assert judge("order.logisticsAddMultiPack", 50002, f"isv.business-failed:{number}") is Ruling.UNKNOWN


def test_what_is_busy_for_one_method_is_a_refusal_for_another() -> None:
    """70011 is "busy", but at the edit "the state forbids it" (section 7)."""
    assert judge("order.logisticsEditByPack", 50002, "isv.business-failed:70011") is Ruling.REFUSED
    assert judge("order.logisticsAddMultiPack", 50002, "isv.business-failed:70011") is Ruling.UNKNOWN


@pytest.mark.parametrize(
    ("method", "number", "code"),
    [
        ("iop.waybillReturn", 41000, "ship.state"), ("iop.waybillReturn", 41001, "ship.state"),
        ("iop.waybillReturn", 41003, "ship.no_sender_address"), ("iop.waybillReturn", 41007, "ship.wrong_sum"),
        ("order.logisticsAddMultiPack", 60110, "ship.shipped_already"),
        ("order.logisticsAddMultiPack", 70023, "ship.shipped_already"),
        ("order.logisticsAddMultiPack", 60040, "ship.refund_open"),
        ("order.logisticsAddMultiPack", 60026, "carrier.unknown"),
        ("order.logisticsAddMultiPack", 60017, "tracking.invalid"),
        ("order.logisticsAddMultiPack", 70019, "tracking.used"),
        ("iop.waybillReturn", 55555, "platform.refused"), ("iop.sellerDistribute", 10000, "platform.refused"),
        ("some.method", 41000, "platform.refused"),
    ],
)  # fmt: skip
def test_numbers_have_our_code_and_unknown_ones_only_the_platforms_words(
    method: str, number: int, code: str
) -> None:
    assert refusal(method, f"isv.business-failed:{number}") == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(40100, "allocate.not_bound"), (40101, "allocate.allocated_already"), (40102, "allocate.shipped"),
     (40103, "allocate.refund_open"), (40104, "allocate.closed"), (40105, "allocate.before_binding"),
     (7, "platform.refused")],
)  # fmt: skip
def test_row_numbers_of_an_allocation(number: int, code: str) -> None:
    assert row_refusal(number) == code


@given(st.text(max_size=30))
def test_any_sub_code_has_a_number_or_none(sub: str) -> None:
    assert number_of(sub) is None or number_of(f"isv.business-failed:{number_of(sub)}") == number_of(sub)


@given(st.text(max_size=20), st.integers(), st.text(max_size=40))
def test_no_code_without_a_page_is_ever_taken_for_an_answer(method: str, code: int, sub: str) -> None:
    """Only listed codes may prove that nothing was done; everything else is a doubt."""
    listed = {0, 10000, 10001, 60000, 40001, 40002, 40003, 40004, 50002, *codes._SETUP_CODES}
    ruling = judge(method, code, sub)
    assert ruling is Ruling.UNKNOWN or code in listed
    assert setup_code(code, sub)
