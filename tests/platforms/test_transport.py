"""One exchange: what every failure proves, what is never trusted, and what is never told."""

from __future__ import annotations

import gzip
import logging
import ssl
import time
import tracemalloc
from collections.abc import Mapping

import httpx
import pytest

from dropship_cli.domain.errors import SetupError, UsageError
from dropship_cli.platforms import transport as module
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.transport import Transport, failure_of

from . import peers
from .peers import listening

CANARY = "token-canary-51c2"
REQUEST = httpx.Request("POST", f"https://example.invalid/?access_token={CANARY}")

NEVER_LEFT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "InvalidURL"}
MAYBE = {
    "CloseError", "DecodingError", "HTTPError", "LocalProtocolError", "NetworkError", "ProtocolError",
    "ProxyError", "ReadError", "ReadTimeout", "RemoteProtocolError", "RequestError", "TimeoutException",
    "TooManyRedirects", "TransportError", "WriteError", "WriteTimeout", "HTTPStatusError", "CookieConflict",
    "StreamError", "StreamConsumed", "StreamClosed", "ResponseNotRead", "RequestNotRead",
}  # fmt: skip


def query(body: bytes) -> Mapping[str, str]:
    return {"access_token": CANARY}


def client(url: str = "https://platform.invalid", inner: httpx.BaseTransport | None = None) -> Transport:
    return Transport(url, connect_timeout=0.5, read_timeout=0.4, inner=inner)


def answering(response: httpx.Response) -> Transport:
    return client(inner=httpx.MockTransport(lambda request: response))


def failing(error: Exception) -> Transport:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    return client(inner=httpx.MockTransport(fail))


def classes() -> dict[str, type[Exception]]:
    public = {name: getattr(httpx, name) for name in httpx.__all__}
    return {n: c for n, c in public.items() if isinstance(c, type) and issubclass(c, Exception)}


def test_every_error_class_of_httpx_is_in_the_table() -> None:
    """A new class of a new httpx must be judged by a person first."""
    assert set(classes()) == NEVER_LEFT | MAYBE


@pytest.mark.parametrize("name", sorted(NEVER_LEFT | MAYBE))
def test_only_what_never_left_counts_as_not_sent(name: str) -> None:
    error = classes()[name].__new__(classes()[name])
    assert type(failure_of(error)) is (NotSent if name in NEVER_LEFT else NoAnswer)


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (httpx.ConnectError("x"), NotSent),
        (httpx.ConnectTimeout("x"), NotSent),
        (httpx.PoolTimeout("x"), NotSent),
        (httpx.ReadError("x"), NoAnswer),
        (httpx.RemoteProtocolError("x"), NoAnswer),
        (httpx.ReadTimeout("x"), NoAnswer),
        (httpx.WriteTimeout("x"), NoAnswer),
        (ConnectionResetError("x"), NoAnswer),
    ],
)
def test_the_call_raises_what_the_error_proves(error: Exception, wanted: type[Exception]) -> None:
    with pytest.raises(wanted):
        failing(error).post("/iop/orderList", b"{}", query)


def test_a_bad_certificate_is_told_from_an_absent_platform() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError("self signed")
    with pytest.raises(NotSent) as caught:
        failing(error).post("/a", b"{}", query)
    assert caught.value.reason == "network.tls"


def test_an_error_in_building_the_request_proves_that_nothing_left() -> None:
    sent: list[httpx.Request] = []
    inner = httpx.MockTransport(lambda request: sent.append(request) or httpx.Response(200))
    with pytest.raises(NotSent):
        client(inner=inner).post("/a\x00b", b"{}", query)
    assert sent == []


def test_the_query_is_made_from_the_very_bytes_that_are_sent() -> None:
    seen: list[httpx.Request] = []

    def keep(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b"{}")

    client(inner=httpx.MockTransport(keep)).post("/a", b'{"x":1}', lambda body: {"of": body.decode()})
    assert seen[0].content == b'{"x":1}'
    assert dict(seen[0].url.params) == {"of": '{"x":1}'}
    assert seen[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 400, 401, 403, 404, 500, 502, 503, 504])
def test_any_status_but_200_is_no_answer(status: int) -> None:
    response = httpx.Response(
        status, headers={"location": "http://169.254.169.254/"}, content=b'{"code":10000}'
    )
    with pytest.raises(NoAnswer):
        answering(response).post("/a", b"{}", query)


def test_a_redirect_is_said_aloud_and_never_followed(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[str] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.host)
        return httpx.Response(302, headers={"location": "http://169.254.169.254/"})

    with pytest.raises(NoAnswer, match="redirect"):
        client(inner=httpx.MockTransport(redirect)).post("/a", b"{}", query)
    assert calls == ["platform.invalid"]
    assert "redirect" in caplog.text


@pytest.mark.parametrize(("header", "seconds"), [("3", 3.0), ("99999", 3600.0), ("soon", None), ("", None)])
def test_429_was_refused_before_work_and_its_seconds_are_kept(header: str, seconds: float | None) -> None:
    response = httpx.Response(429, headers={"retry-after": header}, content=b"<html>")
    with pytest.raises(NotSent) as caught:
        answering(response).post("/a", b"{}", query)
    assert (caught.value.reason, caught.value.retry_after) == ("platform.limited", seconds)


def test_a_compressed_answer_is_read_though_none_was_asked_for() -> None:
    body = gzip.compress(b'{"code":10000}')
    response = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(body))
    assert answering(response).post("/a", b"{}", query).body == b'{"code":10000}'


@pytest.mark.parametrize(
    ("coding", "body"),
    [("br", b"x"), ("gzip", b"no gzip"), ("gzip", gzip.compress(b'{"code":10000}', mtime=0)[:-9])],
    ids=["unknown coding", "no gzip", "half a gzip"],
)
def test_an_answer_that_cannot_be_inflated_is_no_answer(coding: str, body: bytes) -> None:
    response = httpx.Response(200, headers={"content-encoding": coding}, stream=httpx.ByteStream(body))
    with pytest.raises(NoAnswer):
        answering(response).post("/a", b"{}", query)


def test_a_gzip_bomb_is_given_up_at_the_limit_and_not_inflated() -> None:
    bomb = gzip.compress(bytes(256 * 1024 * 1024), 9)
    with listening(peers.answer(bomb, headers="Content-Encoding: gzip\r\n")) as peer:
        tracemalloc.start()
        with pytest.raises(NoAnswer, match="too_big"):
            Transport(peer.url, connect_timeout=1, read_timeout=20).post("/a", b"{}", query)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 4 * module.MOST_BYTES


def test_nothing_listens_proves_that_nothing_was_sent() -> None:
    with listening(peers.silent) as peer:
        url = peer.url
    with pytest.raises(NotSent) as caught:
        client(url).post("/a", b"{}", query)
    assert caught.value.reason == "network.unreachable"


UNKNOWN = {
    "closed on accept": peers.close_at_once,
    "reset, nothing read": peers.reset_unread,
    "committed, then closed": peers.close_after_commit,
    "committed, then reset": peers.reset_after_commit,
    "committed, then silent": peers.silent,
    "half a body, length given": peers.raw(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"code":100'),
    "half a body, chunked": peers.raw(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cod\r\n'),
    "not HTTP": peers.raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "302": peers.answer(b"", status="302 Found", headers="Location: /b\r\n"),
    "500": peers.answer(b'{"code":10000}', status="500 Internal Server Error"),
    "502 page": peers.answer(b"<html>", status="502 Bad Gateway"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_over_a_real_socket_everything_after_the_connection_is_unknown(name: str) -> None:
    """Reliability-evidence.md section 2: the same class comes whether the platform worked or not."""
    with listening(UNKNOWN[name]) as peer, pytest.raises(NoAnswer):
        client(peer.url).post("/a", b"{}", query)
    assert peer.connections == 1, "a change was sent twice"


def test_a_kept_connection_that_breaks_at_the_second_call_sends_nothing_again() -> None:
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    def once_then_reset(connection: peers.socket.socket, peer: peers.Peer) -> None:
        peers.read_request(connection, peer)
        connection.sendall(ok)
        peers.read_request(connection, peer)
        peers.reset(connection)

    with listening(once_then_reset) as peer:
        ours = client(peer.url)
        assert ours.post("/a", b"1", query).body == b"{}"
        with pytest.raises(NoAnswer):
            ours.post("/a", b"2", query)
    assert [request[-1:] for request in peer.requests] == [b"1", b"2"]


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["body", "headers", "chunks"],
)
def test_a_dripping_answer_ends_with_the_deadline_of_the_call(head: bytes, drop: bytes) -> None:
    """Each wait is shorter than the read time-out (0.4 s); the sum may not pass 1.5 of them."""
    with listening(peers.dripping(head, drop)) as peer:
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            client(peer.url).post("/a", b"{}", query)
        assert time.monotonic() - began < 1.0


def test_neither_error_nor_log_holds_the_address_with_its_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with listening(peers.close_after_commit) as peer, pytest.raises(NoAnswer) as caught:
        client(peer.url).post("/a", b"{}", query)
    with listening(peers.answer(b"{}")) as peer:
        client(peer.url).post("/a", b"{}", query)
    with pytest.raises(NoAnswer) as mocked:
        failing(httpx.ReadError("x", request=REQUEST)).post("/a", b"{}", query)
    for error in (caught.value, mocked.value):
        chain = [error, error.__cause__, error.__context__]
        assert chain[1:] == [None, None]
        assert CANARY not in repr(chain)
    assert CANARY not in caplog.text


def test_proxies_are_used_for_https_only_and_never_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert module._proxy("https://openapi-fxg.jinritemai.com") == "http://127.0.0.1:9"
    assert module._proxy("https://127.0.0.1:8443") is None
    with listening(peers.answer(b"{}")) as peer:
        assert client(peer.url).post("/a", b"{}", query).body == b"{}"
    monkeypatch.setenv("NO_PROXY", "jinritemai.com")
    assert module._proxy("https://openapi-fxg.jinritemai.com") is None


def test_cookies_of_one_answer_are_not_sent_with_the_next_call() -> None:
    seen: list[str | None] = []

    def cookie(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"set-cookie": "a=b"}, content=b"{}")

    ours = client(inner=httpx.MockTransport(cookie))
    ours.post("/a", b"{}", query)
    ours.post("/a", b"{}", query)
    assert seen == [None, None]


def test_the_embedded_address_needs_somebody_behind_it() -> None:
    with pytest.raises(SetupError):
        client("sandbox:")
    assert (
        client("sandbox:", httpx.MockTransport(lambda r: httpx.Response(200))).base
        == "http://sandbox.invalid"
    )


def test_plain_http_to_another_machine_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        client("http://openapi-fxg.jinritemai.com")
    assert caught.value.code == "base_url.insecure"
