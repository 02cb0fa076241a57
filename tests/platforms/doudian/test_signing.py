"""The signatures of doudian.md, held by vectors computed with other people's SDKs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.platforms.doudian.signing import canonical, push_sign, sign, string_to_sign, variants

APP_KEY = "7043675397937989128"
SECRET = "3c7a9b1e-5d2f-4a86-9e0b-1f2d3c4b5a69"

VECTORS: list[tuple[str, str, dict[str, Any], str, str, str]] = [
    (
        "iop.roleGet",
        "1700000000",
        {},
        "{}",
        "8ead6f9e1d00654266d6d72edab390ae307de6f2ecb5999678ba4a43b09fbcd2",
        "156e66c6ec0afb0aa34b234eb8668e15",
    ),
    (
        "iop.sellerDistribute",
        "2023-11-15 06:13:01",
        {"distribute_order_list": [{"supplier_shop_id": 77977, "distr_order_id": "77878786688878787"}]},
        '{"distribute_order_list":[{"distr_order_id":"77878786688878787","supplier_shop_id":77977}]}',
        "1d635a8864eb675ac2de36f031994ce0060e6f04d18e3abdb1fc1786a92345d7",
        "35197f7147bdfe60d643baed96d68eef",
    ),
    (
        "iop.waybillReturn",
        "1700000002",
        {
            "user_id": 884334435345,
            "pack_list": [{"track_no": "SF1234567890123", "ship_num": 2, "company_code": "shunfeng"}],
            "is_refund_reject": False,
            "distr_order_id": "6923011223344556677",
        },
        '{"distr_order_id":"6923011223344556677","is_refund_reject":false,"pack_list":[{"company_code":'
        '"shunfeng","ship_num":2,"track_no":"SF1234567890123"}],"user_id":884334435345}',
        "9db0df748116e61a459e88b7bfd70b1f5332020634176c01db16f11023e15988",
        "108876e780f9ed3aff930f998c66e8df",
    ),
    (
        "order.searchList",
        "1700000010",
        {
            "tags": [],
            "size": 100,
            "page": 0,
            "product": "<b>A&B</b> 'x'=\"加厚/黑\" 🧣𠮷",
            "order_asc": True,
            "combine_status": [{"order_status": "2", "main_status": ""}],
        },
        '{"combine_status":[{"main_status":"","order_status":"2"}],"order_asc":true,"page":0,'
        '"product":"<b>A&B</b> \'x\'=\\"加厚/黑\\" 🧣𠮷","size":100,"tags":[]}',
        "62bcc9919760114a00e1732342cc7ea2835047f3db707f7b266481187398e269",
        "98614b1abc4fe051d40b11b291a99073",
    ),
    (
        "logistics.newCreateOrder",
        "1700000011",
        {
            "user_id": 9223372036854775807,
            "order_infos": [
                {
                    "weight": 0.1,
                    "volume": 12.5,
                    "pay_amount": 9007199254740993,
                    "is_sign_back": 0,
                    "delta": -3,
                }
            ],
            "delivery_req": {"is_pickup_self": False, "is_center_delivery": True},
        },
        '{"delivery_req":{"is_center_delivery":true,"is_pickup_self":false},"order_infos":[{"delta":-3,'
        '"is_sign_back":0,"pay_amount":9007199254740993,"volume":12.5,"weight":0.1}],'
        '"user_id":9223372036854775807}',
        "a8b7c666acfe7963cb2c08f3f61f048a00a68469eec7fa20638ae6aaeb48826e",
        "8eb621b83263d22c11db4b21d8a667c6",
    ),
]
PUSH = (
    '[{"tag":"501","msg_id":"0443477::501:1700000000:7043675397937989128",'
    '"data":"{\\"distr_order_id\\":\\"77878786688878787\\",\\"shop_id\\":880011,\\"user_id\\":660001}"}]'
)

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters())
)
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
_objects = st.dictionaries(st.text(), _values, max_size=5)


@pytest.mark.parametrize(("method", "at", "params", "text", "hmac_hex", "md5_hex"), VECTORS)
def test_the_vectors_hold(
    method: str, at: str, params: dict[str, Any], text: str, hmac_hex: str, md5_hex: str
) -> None:
    """The canonical text and both signatures agree with the SDKs that computed the vectors."""
    assert canonical(params) == text
    assert sign(SECRET, APP_KEY, method, text, at) == hmac_hex
    assert sign(SECRET, APP_KEY, method, text, at, "md5") == md5_hex


def test_the_string_to_sign_is_the_pages() -> None:
    assert string_to_sign(SECRET, APP_KEY, "iop.roleGet", "{}", "1700000000") == (
        "3c7a9b1e-5d2f-4a86-9e0b-1f2d3c4b5a69app_key7043675397937989128methodiop.roleGetparam_json{}"
        "timestamp1700000000v23c7a9b1e-5d2f-4a86-9e0b-1f2d3c4b5a69"
    )


def test_a_push_is_signed_both_ways() -> None:
    body = PUSH.encode()
    assert push_sign(APP_KEY, body, SECRET, "MD5") == "06630c6b1b78c0bae836e867e791f8e6"
    assert push_sign(APP_KEY, body, SECRET, "hmac-sha256") == (
        "adf5c77748ee47ffd19e787a79c3fc61dbd25b3da8731cea96b99b1f501839da"
    )


def test_an_unknown_sign_method_is_an_error() -> None:
    with pytest.raises(ValueError, match="sha1"):
        sign(SECRET, APP_KEY, "iop.roleGet", "{}", "1700000000", "sha1")


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({}, "{}"),
        ({"a": 1.0, "b": -2.0, "c": 0.1, "d": -0.0}, '{"a":1,"b":-2,"c":0.1,"d":0}'),
        ({"a": None, "b": {"c": None}, "d": [None, {"e": None}]}, '{"b":{},"d":[null,{}]}'),
        ({"b": 1, "a": [{"z": 1, "y": 2}]}, '{"a":[{"y":2,"z":1}],"b":1}'),
        ({"é": 1, "z": 2, "𠮷": 3, "\uff5e": 4}, '{"z":2,"é":1,"\uff5e":4,"𠮷":3}'),
        ({"a": "/<>&'= 加\x7f"}, '{"a":"/<>&\'= 加\x7f"}'),
        ({"a": '"\\\n\r\t'}, '{"a":"\\"\\\\\\n\\r\\t"}'),
        ({"a": "\b\f\x00\x1f"}, '{"a":"\\u0008\\u000c\\u0000\\u001f"}'),
        ({"a": "\\b \\f"}, '{"a":"\\\\b \\\\f"}'),
        ({"a": "\u2028\u2029"}, '{"a":"\\u2028\\u2029"}'),
        ({"a": "\ud800"}, '{"a":"\\ud800"}'),
        ({"a": 2**64 + 1}, '{"a":18446744073709551617}'),
        ({"a": (1, 2)}, '{"a":[1,2]}'),
    ],
)
def test_canonical_corner_cases(params: dict[str, Any], text: str) -> None:
    assert canonical(params) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_has_not_is_an_error(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": value})


@given(_objects)
def test_canonical_is_stable_under_reading_again(params: dict[str, Any]) -> None:
    """What a server re-writes from our text is our text, so both sign the same bytes."""
    text = canonical(params)
    assert canonical(json.loads(text)) == text


@given(_objects)
def test_the_order_of_members_never_matters(params: dict[str, Any]) -> None:
    assert canonical(dict(reversed(params.items()))) == canonical(params)


@given(_objects)
def test_every_canonical_text_can_be_signed(params: dict[str, Any]) -> None:
    assert len(sign(SECRET, APP_KEY, "iop.roleGet", canonical(params), "1")) == 64


def test_a_server_accepts_raw_canonical_go_and_gson_texts() -> None:
    raw = '{"b": "\\u52a0<\'=", "a": 1.0}'
    assert list(variants(raw)) == [
        raw,
        '{"a":1,"b":"加<\'="}',
        '{"a":1,"b":"加\\u003c\'="}',
        '{"a":1,"b":"加\\u003c\\u0027\\u003d"}',
    ]


@pytest.mark.parametrize("text", ["", " ", "[]", "{}"])
def test_no_parameters_are_signed_as_an_empty_object_too(text: str) -> None:
    assert "{}" in list(variants(text))


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', '{"a":NaN}', '{"a":1e999}', "[" * 100_000, "9" * 5_000])
def test_a_text_without_an_object_has_only_its_raw_form(text: str) -> None:
    assert list(variants(text)) == [text]


@given(st.text())
def test_any_received_text_has_its_raw_variant_first(text: str) -> None:
    assert next(variants(text)) == text
    assert list(variants(text))
