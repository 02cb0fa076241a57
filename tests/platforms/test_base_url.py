"""Which addresses tokens may go to."""

from __future__ import annotations

import pytest

from dropship_cli.domain.errors import UsageError
from dropship_cli.platforms.base_url import check_base_url


@pytest.mark.parametrize(
    "url",
    [
        "https://openapi-fxg.jinritemai.com",
        "https://platform.example:8443/gateway",
        "http://127.0.0.1:8700",
        "http://127.9.9.9",
        "http://[::1]:8700",
        "http://localhost:8700",
        "sandbox:",
    ],
)
def test_https_anywhere_and_plain_http_on_this_machine_are_taken(url: str) -> None:
    check_base_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://openapi-fxg.jinritemai.com",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://0.0.0.0",
    ],
)
def test_plain_http_to_anywhere_else_is_insecure(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_base_url(url)
    assert caught.value.code == "base_url.insecure"


@pytest.mark.parametrize(
    "url",
    [
        "", "openapi-fxg.jinritemai.com", "ftp://a.example", "file:///etc/passwd", "https://", "https://:443",
        "https://a.example:99999", "https://a.example:x", "https://[::1", "https://user:pass-canary@a.example",
        "https://a.example/?b=c", "https://a.example/#b", " https://a.example", "sandbox:x", "//a.example",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_base_url(url)
    assert caught.value.code == "base_url.bad"
    assert "canary" not in str(caught.value)
