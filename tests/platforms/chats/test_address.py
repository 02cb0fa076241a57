"""Which webhook addresses are taken, and that nothing of one is ever repeated."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.chat import ChatKind
from dropship_cli.domain.errors import UsageError
from dropship_cli.platforms.chats.address import address_of, kind_of, masked, without_keys

KEY = "0f1e2d3c-4b5a-6978"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", ChatKind.FEISHU),
        (f"https://open.larksuite.com/open-apis/bot/v2/hook/{KEY}", ChatKind.FEISHU),
        (f"https://oapi.dingtalk.com/robot/send?access_token={KEY}", ChatKind.DINGTALK),
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", ChatKind.WECOM),
        ("sandbox:generic", ChatKind.GENERIC),
    ],
)
def test_the_address_says_whose_it_is_and_is_shown_without_its_key(url: str, kind: ChatKind) -> None:
    assert kind_of(url, None) is kind_of(url, kind.value) is kind
    assert KEY not in masked(url)
    assert KEY not in repr(address_of(url))
    with pytest.raises(UsageError) as refused:
        kind_of(url, "wecom" if kind is not ChatKind.WECOM else "feishu")
    assert refused.value.code == "chat.kind_differs"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"http://oapi.dingtalk.com/robot/send?access_token={KEY}", "chat.url_insecure"),
        (f"http://192.168.1.2/hook/{KEY}", "chat.url_insecure"),
        (f"ftp://open.feishu.cn/{KEY}", "chat.url_bad"),
        (f"https://user:{KEY}@open.feishu.cn/x", "chat.url_bad"),
        (f"https:///{KEY}", "chat.url_bad"),
        (f"https://open.feishu.cn:99999/{KEY}", "chat.url_bad"),
        (f"https://open.feishu.cn/{KEY} and more", "chat.url_bad"),
        (f"https://open.feishu.cn/{KEY}" + "x" * 3000, "chat.url_bad"),
        ("sandbox:telegraph", "chat.url_bad"),
        (KEY, "chat.url_bad"),
        ("", "chat.url_bad"),
    ],
)
def test_other_addresses_are_refused_without_being_repeated(url: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        address_of(url)
    assert (refused.value.code, KEY in str(refused.value)) == (code, False)
    assert refused.value.__cause__ is None


def test_plain_http_goes_to_this_machine_and_keeps_its_query() -> None:
    found = address_of("http://127.0.0.1:8600/chat/wecom/?key=a%2Bb&empty=")
    assert (found.base, found.path, found.query) == (
        "http://127.0.0.1:8600", "/chat/wecom/", {"key": "a+b", "empty": ""},
    )  # fmt: skip


@pytest.mark.parametrize(("told", "code"), [(None, "chat.kind_needed"), ("telegraph", "chat.kind_unknown")])
def test_an_address_that_says_nothing_needs_a_kind(told: str | None, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        kind_of("https://chat.example.com/hook", told)
    assert refused.value.code == code


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_usage_error(text: str) -> None:
    with suppress(UsageError):
        address_of(text)
        masked(text)


def test_what_a_chat_repeats_of_the_key_is_taken_out() -> None:
    url = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
    said = without_keys(f"93000 invalid webhook url {KEY}, SECsecret, more at send", url, "SECsecret")
    assert said == "93000 invalid webhook url …, …, more at send"
