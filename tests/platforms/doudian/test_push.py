"""A push is taken only with our app's signature, and whatever is in it, no more than ids come out (section 8)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dropship_cli.domain.push import Push
from dropship_cli.platforms.doudian.push import DoudianPushes, parse, verify
from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.platforms.pushes import Rejected

APP, SECRET = "7043675397937989128", "9ee3e36e-35f8-42ef-90c3-9ce4ae7c1f2d"
BODY = (
    b'[{"tag":"501","msg_id":"0443477::501:1700000000:7043675397937989128","data":"{\\"distr_order_id\\":'
    b'\\"77878786688878787\\",\\"shop_id\\":880011,\\"user_id\\":660001}"}]'
)
PUSHES = DoudianPushes(APP, lambda: SECRET)


def headers(body: bytes = BODY, method: str | None = "MD5", **others: str) -> dict[str, str]:
    """As the platform sends them; `method` none leaves `sign-method` out."""
    signed = {"app-id": APP, "event-sign": push_sign(APP, body, SECRET, method or "MD5")}
    return {**signed, **({} if method is None else {"sign-method": method}), **others}


def body_of(*messages: object) -> bytes:
    return json.dumps(messages).encode()


def only(**message: Any) -> Push:
    return parse(body_of(message))[0]


@pytest.mark.parametrize("method", ["MD5", "md5", "hmac-sha256", "HMAC-SHA256", None])
def test_a_signed_body_is_read(method: str | None) -> None:
    """Either method, whatever its case; without a name both are tried."""
    assert PUSHES.read(headers(method=method), BODY) == parse(BODY)


def test_without_a_method_hmac_is_tried_too() -> None:
    assert PUSHES.read(
        headers(method=None) | {"event-sign": push_sign(APP, BODY, SECRET, "hmac-sha256")}, BODY
    )


def test_a_named_method_is_the_only_one() -> None:
    """Who says HMAC and sends MD5 is not believed."""
    with pytest.raises(Rejected, match=r"push\.signature"):
        PUSHES.read(headers(method="MD5") | {"sign-method": "hmac-sha256"}, BODY)


def test_white_space_may_be_left_out_of_what_is_signed() -> None:
    """One SDK signs the body without it; raw comes first."""
    spaced = BODY.replace(b",", b", ").replace(b"[", b"[\n\t")
    assert PUSHES.read(headers(BODY), spaced) == parse(spaced)
    assert PUSHES.read(headers(spaced), spaced) == parse(spaced)


@given(at=st.integers(0, len(BODY) * 8 - 1))
def test_any_flipped_bit_is_refused(at: int) -> None:
    """A body changed on its way is none of ours."""
    changed = bytearray(BODY)
    changed[at // 8] ^= 1 << at % 8
    with pytest.raises(Rejected, match=r"push\.signature"):
        verify(APP, SECRET, headers(), bytes(changed))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"app-id": "7043675397937989129"}, "push.app"),
        ({"app-id": ""}, "push.app"),
        ({"event-sign": ""}, "push.signature"),
        ({"event-sign": "0" * 32}, "push.signature"),
        ({"event-sign": "签名\xff"}, "push.signature"),
        ({"sign-method": "none"}, "push.signature"),
        ({"event-sign": push_sign(APP, BODY, "", "MD5")}, "push.signature"),
    ],
)
def test_what_is_not_signed_by_us_is_refused(wrong: dict[str, str], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        PUSHES.read(headers() | wrong, BODY)


def test_the_probe_is_answered_even_unsigned_and_says_nothing() -> None:
    """Only the very probe: another message beside it needs a signature."""
    probe = {"tag": "0", "msg_id": "0"}
    assert PUSHES.read({}, body_of(probe)) == ()
    assert PUSHES.read(headers(body_of(probe)), body_of(probe)) == []
    for body in (body_of(probe, probe), body_of({"tag": "501"}), body_of({**probe, "data": "x" * 2000})):
        with pytest.raises(Rejected, match=r"push\.app"):
            PUSHES.read({}, body)


def test_an_allocation_names_item_factory_and_merchant() -> None:
    assert parse(BODY) == [
        Push(
            key=parse(BODY)[0].key, tag="501", item_ids=("77878786688878787",), merchant_id="660001",
            shop_ids=("880011", "660001"),
        )
    ]  # fmt: skip


@pytest.mark.parametrize("as_text", [True, False])
def test_data_may_be_text_or_an_object_and_ids_numbers_or_text(as_text: bool) -> None:
    """Numbers above 2^53 keep every digit."""
    data = {
        "p_id": 6923007000000001326,
        "s_ids": [6923007000000001326, "6923007000000001327"],
        "shop_id": 660001,
    }
    push = only(tag=101, msgId="1::101:1700000000:7", data=json.dumps(data) if as_text else data)
    assert (push.tag, push.order_id, push.shop_ids) == ("101", "6923007000000001326", ("660001",))
    assert push.item_ids == ("6923007000000001326", "6923007000000001327")


def test_the_same_message_has_the_same_key_and_another_another() -> None:
    """In any order of its members; one id with another content is another message."""
    first, again = only(tag="501", msg_id="7", data={}), only(data={}, msg_id="7", tag="501")
    assert first.key == again.key
    assert (
        len({first.key, only(tag="501", msg_id="8", data={}).key, only(tag="501", msg_id="7", data=[]).key})
        == 3
    )


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "null",
        "[]",
        7,
        None,
        {"p_id": 6.9e18},
        {"s_ids": {}},
        {"s_id": True},
        {"p_id": "0"},
        "[" * 9999,
    ],
)
def test_data_that_says_nothing_is_a_message_all_the_same(data: object) -> None:
    """A half float or a nested bomb is no id; the message was received and is kept."""
    push = only(tag="777", msg_id="1", data=data)
    assert (push.tag, push.item_ids, push.order_id) == ("777", (), "")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"null", b"[", b"[{}]x", b'{"tag":"501"}', b'[{"tag":1,"tag":2}]', b"[NaN]", b"\xff", b"\x00",
        b"[" * 100_000, b"[" * 40 + b"]" * 40, b"[" + b"9" * 5000 + b"]",
    ],
)  # fmt: skip
def test_what_is_no_array_of_messages_is_refused(body: bytes) -> None:
    with pytest.raises(Rejected, match=r"push\.unreadable"):
        PUSHES.read(headers(body), body)


def test_an_odd_element_does_not_cost_its_neighbours() -> None:
    """The platform sends once: the good ones of a body are taken."""
    found = parse(body_of(None, 7, {"tag": "501", "data": {"distr_order_id": "42"}}, []))
    assert [push.item_ids for push in found] == [(), (), ("42",), ()]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["tag", "msg_id", "msgId", "data", "p_id", "s_id", "s_ids", "shop_id", "user_id", "distr_order_id"]
)
MESSAGE = st.dictionaries(NAMES, JSON | st.dictionaries(NAMES, JSON, max_size=5) | st.text(), max_size=5)


@given(messages=st.lists(MESSAGE | JSON, max_size=4))
@example(messages=[{"tag": 1e999}])
@example(messages=[{"msg_id": "\ud800", "tag": "\ud800" * 99}])
def test_no_message_whatever_is_in_it_does_harm(messages: list[Any]) -> None:
    """It is read or refused; what comes out are digits and short texts."""
    body = json.dumps(messages).encode()
    try:
        found = PUSHES.read(headers(body), body)
    except Rejected:
        return
    for push in found:
        ids = (*push.item_ids, *push.shop_ids, *filter(None, (push.order_id, push.merchant_id)))
        assert all(one.isascii() and one.isdigit() and len(one) <= 20 for one in ids)
        assert len(push.key) <= 110
        assert len(push.tag) <= 32
        (push.key + push.tag).encode()


@given(
    body=st.binary(max_size=300), given_headers=st.dictionaries(st.sampled_from(list(headers())), st.text())
)
def test_no_bytes_without_a_signature_are_taken(body: bytes, given_headers: dict[str, str]) -> None:
    try:
        assert PUSHES.read(given_headers, body) == ()  # the probe
    except Rejected as rejected:
        assert rejected.reason in ("push.app", "push.signature")  # noqa: PT017 - either end is right
