"""What a Doudian answer code means for us: done, refused (with our code), not executed, unknown, or set-up.

Texts of the platform vary and decide nothing; only `code`, `sub_code` and its number do. Source: doudian.md
sections 1, 3-5 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

SHIP = ("iop.waybillReturn", "order.logisticsAddMultiPack")
ALLOCATE, CANCEL = "iop.sellerDistribute", "iop.sellerCancleDistribute"
AMEND = ("iop.waybillUpdate", "order.logisticsEditByPack")


class Ruling(StrEnum):
    """What an answer as a whole says."""

    DONE = "done"
    PARTLY = "partly"  # read the rows
    REFUSED = "refused"  # nothing was done, and asking again gives the same
    LIMITED = "limited"  # not executed: later
    TOKEN = "token"  # not executed: a new token first  # noqa: S105 (no secret)
    CLOCK = "clock"  # not executed: our time stamp is off
    SETUP = "setup"  # not executed: a person has to do something
    UNKNOWN = "unknown"  # executed or not


_BUSY = frozenset(
    {
        1000,
        8888,
        10005,
        10006,
        10008,
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
    }
)
"""50002 that says no more than 系统繁忙 (section 1)."""

_BUSY_READING = {
    "iop.sellerOrderInfo": frozenset({20000}),
    "order.orderDetail": frozenset({20004, 20045, 20055}),
}

_BUSY_SHIPPING = _BUSY | {9999, 99997, 99998, 99999, 70002, 70008, 70014}

_TOKEN_GONE = ("isv.access-token-expired", "isv.access-token-no-existed", "isv.access-token-missing")

_LOGIN_FAILED = "dop.token-generate-failed"

_SETUP_SUBS: Mapping[str, str] = {
    "dop.no-permissions": "auth.permission",
    "isv.app-permissions-insufficient": "auth.package",
    "dop.authorization-no-existed": "auth.lapsed",
    "dop.authorization-closed": "auth.closed",
    "dop.app-forbidden": "auth.app_forbidden",
    "isv.invalid_ip": "auth.ip",
    "isv.signature-invalid": "auth.signature",
    "isv.signature-missing": "auth.signature",
    "isv.app-id-invalid": "auth.app_key",
    "isv.app-id-expired": "auth.app_key",
    "isv.app-id-missing": "auth.app_key",
    "isv.access-token-invalid": "auth.token",
    "isv.access-token-expired": "auth.token",
    "isv.access-token-no-existed": "auth.token",
    "isv.access-token-missing": "auth.token",
    "isv.authorization-type-invalid": "auth.token",
    "isv.timestamp-invalid": "clock.wrong",
    "isv.timestamp-format-error": "clock.wrong",
    _LOGIN_FAILED: "auth.login",
    "isp.api-service-off": "platform.method_off",
    "isv.env-suspected": "platform.suspected",
}

_SETUP_CODES: Mapping[int, str] = {
    30001: "auth.permission",
    30002: "auth.ip",
    40001: "platform.bad_call",
    40003: "platform.bad_call",
    50001: "auth.login",
    70000: "platform.method_off",
    80000: "platform.suspected",
}

_MERCHANT_SHIPS: Mapping[int, str] = {
    **dict.fromkeys((60110, 70023), "ship.shipped_already"),
    **dict.fromkeys((60040, 60120), "ship.refund_open"),
    60068: "ship.refunded",
    **dict.fromkeys((60021, 60113, 60137), "ship.closed"),
    60109: "ship.under_review",
    **dict.fromkeys((60033, 60101, 60102, 50001, 50049, 60016), "item.none"),
    60123: "ship.supply_chain",
    60116: "ship.platform_warehouse",
    **dict.fromkeys((60011, 60083, 60018, 60026), "carrier.unknown"),
    **dict.fromkeys((60017, 60014, 60127, 60128, 70013), "tracking.invalid"),
    **dict.fromkeys((70018, 70019, 70020, 70022), "tracking.used"),
    70021: "ship.other_receiver",
    **dict.fromkeys((60027, 60072, 60070, 60071, 60134, 70016, 700029), "ship.no_sender_address"),
    **dict.fromkeys((60047, 60056, 60062, 60046), "ship.serial_number"),
    60080: "ship.wrong_sum",
    10007: "amend.state",
}

_CONSOLE: Mapping[int, str] = {
    90001: "role.chosen_already",
    90002: "role.fixed",
    90003: "binding.no_such_shop",
    90004: "binding.not_a_factory",
    90005: "binding.itself",
    90006: "binding.applied_already",
    90007: "role.wrong",
    90008: "binding.not_pending",
    90009: "binding.not_active",
    90010: "binding.shop_not_open",
    90011: "role.not_chosen",
}
"""The console's numbers are our sandbox's own (section 9 leaves them to us)."""

_NUMBERS: Mapping[str, Mapping[int, str]] = {
    "iop.waybillReturn": {
        **dict.fromkeys((41000, 41001, 41004), "ship.state"),
        41002: "item.none",
        41003: "ship.no_sender_address",
        41007: "ship.wrong_sum",
    },
    "iop.waybillUpdate": {41000: "amend.state", 41002: "item.none", 41005: "amend.failed"},
    "iop.waybillCancel": {41000: "waybill.used", 88888: "waybill.share"},
    "iop.orderInfo": {40000: "item.none"},
    "iop.sellerOrderInfo": {40000: "item.none"},
    "order.orderDetail": dict.fromkeys((20015, 20014, 20001), "order.none"),
    "order.logisticsAddMultiPack": _MERCHANT_SHIPS,
    "order.logisticsEditByPack": {**_MERCHANT_SHIPS, 70011: "amend.state"},
    "token.refresh": {31009: "token.none", 31012: "token.racing"},
}

_ROWS: Mapping[int, str] = {
    40000: "item.none",
    40100: "allocate.not_bound",
    40101: "allocate.allocated_already",
    40102: "allocate.shipped",
    40103: "allocate.refund_open",
    40104: "allocate.closed",
    40105: "allocate.before_binding",
}
"""Row numbers of `iop.sellerDistribute`: not listed by the platform, these are our sandbox's (section 4, D)."""


_EBILL_ROWS: Mapping[int, str] = {
    10701: "waybill.none_left",
    10014: "waybill.no_contract",
    41000: "waybill.shipped",
    41001: "pick.taken_back",
    41002: "item.none",
}
"""Rows of `iop.waybillGet`: only 10701 is the platform's (section 6), the others are our sandbox's."""


def number_of(sub_code: str) -> int | None:
    """The number after the colon of `isv.business-failed:41000`."""
    tail = sub_code.rpartition(":")[2]
    return int(tail) if tail.isascii() and tail.isdigit() and len(tail) < 10 else None


def judge(method: str, code: int, sub_code: str) -> Ruling:
    """What a whole answer to `method` says. A code that no page lists is unknown, not refused."""
    kind = sub_code.partition(":")[0]
    match code:
        case 0 | 10000:
            return Ruling.DONE
        case 10001:
            return Ruling.PARTLY
        case 60000:
            return Ruling.LIMITED
        case 40001 | 40003:
            return _gateway(kind)
        case 40002 | 40004 | 50002:
            return Ruling.UNKNOWN if _is_busy(method, number_of(sub_code)) else Ruling.REFUSED
        case 50001 if not method.startswith("token.") and kind != _LOGIN_FAILED:
            return Ruling.UNKNOWN  # "platform failed": only of tokens does the page say what did not happen
        case _ if code in _SETUP_CODES:
            return Ruling.SETUP
    return Ruling.UNKNOWN


def refusal(method: str, sub_code: str) -> str:
    """Our code for a business refusal; `platform.refused` where the platform's words are all there is."""
    number = number_of(sub_code)
    numbers = _CONSOLE if method.startswith("console.") else _NUMBERS.get(method, {})
    return numbers.get(number or 0, "platform.refused")


def setup_code(code: int, sub_code: str) -> str:
    """Our code for what a person has to set right."""
    return _SETUP_SUBS.get(sub_code.partition(":")[0], _SETUP_CODES.get(code, "platform.bad_call"))


def row_refusal(number: int) -> str:
    """Our code for one refused row of an allocation."""
    return _ROWS.get(number, "platform.refused")


def ebill_refusal(text: str) -> str | None:
    """Our code for a row without an e-waybill; nothing for one that says no more than "busy": it may have one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if number in _BUSY:
        return None
    return _EBILL_ROWS.get(number or 0, "platform.refused")


def is_busy_row(number: int) -> bool:
    """Whether a row's number says no more than "busy": its outcome is unknown."""
    return number in _BUSY


def _gateway(kind: str) -> Ruling:
    if kind in _TOKEN_GONE:
        return Ruling.TOKEN
    if kind == "isv.idempotent-id-existed":  # the first call with this id may have worked
        return Ruling.UNKNOWN
    return Ruling.CLOCK if kind == "isv.timestamp-invalid" else Ruling.SETUP


def _is_busy(method: str, number: int | None) -> bool:
    if number is None or number in _NUMBERS.get(method, {}):
        return False
    if method in SHIP or method in AMEND:
        return number in _BUSY_SHIPPING
    return number in _BUSY or number in _BUSY_READING.get(method, frozenset())
