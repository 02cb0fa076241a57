"""Whatever bytes a platform answers, each call ends in a value or an error of the contract, and tells no secret."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.errors import SetupError
from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import ItemRef, NoAnswer, NotSent, Platform, Verdict
from dropship_cli.platforms.doudian import wire

from .canned import NOW, SECRET, TOKEN, Canned, Said

MERCHANT, FACTORY = Role.MERCHANT, Role.FACTORY
PACKAGES = [{"carrier": "shunfeng", "tracking_number": "SF1", "quantity": 1}]
WISH = {"factory_id": "880011", "merchant_id": "660001", "packages": PACKAGES, "carrier": "yuantong",
        "tracking_number": "YT1", "package_id": "7"}  # fmt: skip
CHANGES = [(MERCHANT, Kind.ALLOCATE), (MERCHANT, Kind.CANCEL), (MERCHANT, Kind.SHIP), (MERCHANT, Kind.AMEND),
           (FACTORY, Kind.SHIP), (FACTORY, Kind.AMEND)]  # fmt: skip
READINGS: list[Callable[[Platform], object]] = [
    lambda platform: platform.role(),
    lambda platform: platform.bindings(MERCHANT),
    lambda platform: platform.bindings(FACTORY),
    lambda platform: list(platform.items(MERCHANT, Window(int(NOW) - 900, int(NOW)))),
    lambda platform: list(platform.items(FACTORY, Window(int(NOW) - 900, int(NOW)))),
    lambda platform: platform.item(MERCHANT, ItemRef("6923")),
    lambda platform: platform.item(FACTORY, ItemRef("6923", "", "660001")),
    lambda platform: platform.order_facts("6900"),
    lambda platform: platform.carriers(),
    lambda platform: platform.log_in(),
]
MEMBERS = sorted({name for model in wire.Wire.__subclasses__() for name in model.model_fields})
PLACES = ["mask_post_receiver", "seller_shop_list", "role_type", "shop_order_detail", "companies"]
CANARY = "receiver-canary-77"
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.integers(0, 5) | st.floats(allow_nan=False) | st.text(max_size=6)
    | st.sampled_from(["6923", "SF1", "880011", "SOMEBODY", 10**30, "9" * 5000, "\u0000", "\ud800", 1e300, "1e400"])
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=10,
)
ROW = st.dictionaries(st.sampled_from(sorted(wire.Line.model_fields)), LEAVES, max_size=4).map(
    lambda odd: {**odd, "distr_order_id": "6923"}
)
WHOLE: dict[str, st.SearchStrategy[Any]] = {
    "role_type": st.just(1), "total": st.just(1), "distr_order_list": st.lists(ROW, min_size=1, max_size=1),
    "order_list": st.lists(ROW, min_size=1, max_size=1), "distr_order_detail": ROW, "distr_order_id": st.just("6923"),
    "shop_order_detail": st.just({"order_id": "6900"}), "data": st.just([{"code": "shunfeng"}]),
    "access_token": st.just("a"), "expires_in": st.just(604_800), "return_result": st.booleans(),
    "distribute_order_reuslts": st.just([{"distr_order_id": "6923", "supplier_shop_id": 880011, "err_no": 0}]),
    "succ_distr_order_ids": st.just(["6923"]), "pack_list": st.just([{"pack_id": "7", "logistics_code": "SF1"}]),
}  # fmt: skip
DATA = st.builds(
    lambda whole, odd: {**whole, **odd},
    st.fixed_dictionaries(WHOLE),
    st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=2),
)
"""What answers any call, with a member or two that are not as they should be."""

CODES = [10000] * 8 + ["10000", 10001, 50002, 40003, 20000, 60000, 10000.5, None, [], "ok", 10**30]
ENVELOPES = st.fixed_dictionaries(
    {"data": DATA | JSON, "code": st.sampled_from(CODES)},
    optional={
        "err_no": st.just(0) | LEAVES,
        "sub_code": st.sampled_from(["isv.business-failed:41000", "isv.business-failed:1000", ""]) | LEAVES,
        "sub_msg": LEAVES,
        "msg": LEAVES,
        "log_id": LEAVES,
    },
)
BODIES = ENVELOPES.map(lambda envelope: json.dumps(envelope).encode()) | JSON.map(
    lambda value: json.dumps(value).encode()
)


class Same(dict[str, list[Said]]):
    """One answer to whatever is called."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    def __missing__(self, method: str) -> list[Said]:
        return [self.body]


@pytest.fixture
def canned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Canned:
    """A shop with a token, whose readings are tried once."""
    monkeypatch.setattr("dropship_cli.platforms.reading.TRIES", 1)
    canned = Canned(tmp_path)
    canned.platform.log_in()
    return canned


def test_a_reading_answers_a_value_or_one_of_the_contracts_errors(canned: Canned) -> None:
    ended: Counter[str] = Counter()

    @given(st.sampled_from(READINGS), BODIES)
    def run(read: Callable[[Platform], object], body: bytes) -> None:
        canned.answers = Same(body)
        try:
            read(canned.platform)
            ended["value"] += 1
        except (NotSent, NoAnswer, SetupError) as error:
            ended[type(error).__name__] += 1

    run()
    assert ended["value"] > 20
    assert ended["NoAnswer"] > 5


def test_a_change_answers_one_verdict_or_one_of_the_contracts_errors(canned: Canned) -> None:
    ended: Counter[str] = Counter()

    @given(st.sampled_from(CHANGES), BODIES)
    def run(act: tuple[Role, Kind], body: bytes) -> None:
        canned.answers = Same(body)
        role, kind = act
        try:
            answers = canned.change(role, kind, Operation("op-1", kind, "6923", WISH, order_id="6900"))
            assert [one.op_id for one in answers] == ["op-1"]
            ended[answers[0].verdict] += 1
        except (NotSent, NoAnswer, SetupError) as error:
            ended[type(error).__name__] += 1

    run()
    assert ended["NoAnswer"] > 20
    assert ended["done"] > 20


def test_no_answer_is_taken_for_done_unless_it_says_so(canned: Canned) -> None:
    """An envelope that is no success, or none at all, never makes a change done."""

    @given(st.sampled_from(CHANGES), BODIES)
    def run(act: tuple[Role, Kind], body: bytes) -> None:
        canned.answers = Same(body)
        said = json.loads(body)
        code = (
            said
            if not isinstance(said, dict)
            else said.get("err_no")
            if not said.get("code")
            else said["code"]
        )
        try:
            answers = canned.change(*act, Operation("op-1", act[1], "6923", WISH, order_id="6900"))
        except (NotSent, NoAnswer, SetupError):
            return
        if answers[0].verdict is Verdict.DONE:
            assert str(code) in ("10000", "10000.0", "0", "-0.0", "0.0", "10001")

    run()


def test_what_a_receiver_or_a_token_is_called_stands_in_no_error_and_no_log(
    canned: Canned, caplog: pytest.LogCaptureFixture
) -> None:
    """Names, phones and tokens in an answer, wherever they stand and however broken it is."""
    caplog.set_level(logging.DEBUG)
    said: list[str] = []

    @given(st.sampled_from(READINGS), ENVELOPES, st.sampled_from(PLACES))
    def run(read: Callable[[Platform], object], envelope: dict[str, Any], place: str) -> None:
        held = {place: CANARY, "post_receiver": CANARY, "encrypt_post_tel": [CANARY]}
        row = {"distr_order_id": {"post_tel": CANARY}, **held}
        data = {
            "order_list": [row],
            "distr_order_list": [row],
            "total": CANARY,
            "access_token": [CANARY],
            **held,
        }
        broken = {**envelope, "data": data}
        broken = {key: value for key, value in broken.items() if key not in ("msg", "sub_msg", "log_id")}
        canned.answers = Same(json.dumps(broken).encode())
        try:
            said.append(repr(read(canned.platform)))
        except (NotSent, NoAnswer, SetupError) as error:
            chain = [error, error.__cause__, error.__context__]
            said.extend(repr((one, vars(one))) for one in chain if one is not None)

    run()
    assert said
    assert not [one for one in [*said, caplog.text] if CANARY in one or SECRET in one]
    assert str(TOKEN["access_token"]) not in caplog.text
