"""The chats' signatures against vectors that openssl computed (`openssl dgst -sha256 -hmac KEY -binary | base64`)."""

from __future__ import annotations

import pytest

from dropship_cli.platforms.chats.signing import body_sign, dingtalk_sign, feishu_sign


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        ("this-is-a-secret", "Y1b6Qc7zcuLi0Jkj/ZaNPj1R2bROA5USAWOr5KGlUY8="),
        ("密钥+/=", "V06puEcejpjkn2Ypg8hgWdAxeg7Ij1DZTfLL3H885fc="),
    ],
)
def test_feishu_takes_time_and_secret_as_the_key_of_an_empty_message(secret: str, expected: str) -> None:
    assert feishu_sign(secret, 1_700_000_000) == expected


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        ("this-is-a-secret", "b2bp1C/GWpMWxMyzGOAoppiUWshCYDWxkpb05ZTuddw="),
        ("密钥+/=", "06eHW+fxHwbr2PyXsPJ6Jyt+m3ajLg+Q3cWOH3fGubk="),
    ],
)
def test_dingtalk_signs_time_and_secret_with_the_secret(secret: str, expected: str) -> None:
    """In milliseconds, and not yet escaped for the query."""
    assert dingtalk_sign(secret, 1_700_000_000_123) == expected


def test_the_generic_signature_is_of_the_bytes_of_the_body() -> None:
    expected = "sha256=968193e1e57b1ea9349eb33f5292c0387eab24f272513c337219e86cdb779449"
    assert body_sign("this-is-a-secret", b'{"text":"x"}') == expected
