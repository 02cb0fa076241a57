"""One HTTP exchange and what its failure proves; the only user of httpx, and it knows no platform's rules.

Two questions are asked of every failure: did the request leave, and is the answer to be trusted
(reliability-evidence.md section 2)? Nothing is ever sent a second time here.
"""

from __future__ import annotations

import logging
import ssl
import urllib.request
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import httpx

from dropship_cli import __version__
from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms import deadline
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.base_url import EMBEDDED, EMBEDDED_HOST, check_base_url, is_loopback
from dropship_cli.platforms.deadline import BoundedBackend

MOST_BYTES = 32 * 1024 * 1024
"""Decoded bytes of one answer; a hundred rows take about 200 kB (our decision)."""

DEADLINE = 1.5
"""How many read time-outs one exchange may take in all: 30 s with the usual 20 s (evidence, section 1)."""

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_log = logging.getLogger("dropship.transport")

# They write whole addresses, and the platform wants its token in the query (evidence, finding 4).
for _name in ("httpx", "httpcore", "hpack"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A whole answer, with status 200 unless others were asked for. `headers` have lower-case names."""

    headers: Mapping[str, str]
    body: bytes
    status: int = 200


Query = Callable[[bytes], Mapping[str, str]]
"""Makes the query from the very bytes of the body: the signature is the last thing before the wire."""


class Transport:
    """One platform's address. May be used by several threads at once; connections are kept and shared."""

    def __init__(
        self,
        base_url: str,
        *,
        connect_timeout: float,
        read_timeout: float,
        inner: httpx.BaseTransport | None = None,
        headers: Mapping[str, str] | None = None,
        answers: Collection[int] = (200,),
    ) -> None:
        """`inner` replaces the network; the base URL `sandbox:` needs one. Time-outs in seconds. `answers` are the
        statuses whose body is to be read; 429 and redirects never are."""
        check_base_url(base_url)
        if base_url == EMBEDDED and inner is None:
            raise SetupError("sandbox.absent")
        self.base = EMBEDDED_HOST if base_url == EMBEDDED else base_url.rstrip("/")
        self._answers = answers
        self._inner = inner or _network(self.base)
        self._seconds = DEADLINE * read_timeout
        self._timeouts = httpx.Timeout(read_timeout, connect=connect_timeout, pool=connect_timeout).as_dict()
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": f"dropship/{__version__}",
            **(headers or {}),
        }

    def post(self, path: str, body: bytes, query: Query) -> Incoming:
        """Send once, read the whole answer. Raises `NotSent` or `NoAnswer`, both without any address in them."""
        request = self._build(path, body, query)
        failure: Exception
        try:
            with deadline.within(self._seconds):
                return self._exchange(request)
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            failure = failure_of(error)
        # Outside the handler, so that httpx's error (its request holds the token) is not carried along.
        raise failure

    def close(self) -> None:
        """Let the connections go."""
        self._inner.close()

    def _build(self, path: str, body: bytes, query: Query) -> httpx.Request:
        try:
            return httpx.Request(
                "POST",
                f"{self.base}{path}?{urlencode(query(body))}".removesuffix("?"),
                headers=self._headers,
                content=body,
                extensions={"timeout": self._timeouts},
            )
        except (httpx.InvalidURL, UnicodeError):
            pass
        raise NotSent("request.bad")

    def _exchange(self, request: httpx.Request) -> Incoming:
        response = self._inner.handle_request(request)
        try:
            _check_status(response, self._answers)
            return Incoming(dict(response.headers), _body(response), response.status_code)
        finally:
            response.close()


def failure_of(error: Exception) -> NotSent | NoAnswer:
    """What an httpx error proves: only what never left is `NotSent`; all else may have worked."""
    if not isinstance(error, _NEVER_LEFT):
        return NoAnswer("network.no_answer", type(error).__name__)
    tls = any(isinstance(cause, ssl.SSLError) for cause in _causes(error))
    return NotSent("network.tls" if tls else "network.unreachable", type(error).__name__)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that the platform asks us to wait, an hour at most; the form with a date would need two clocks
    that agree."""
    text = headers.get("retry-after", "").strip()
    return min(float(text), 3600.0) if text.isascii() and text.isdigit() else None


def _check_status(response: httpx.Response, answers: Collection[int]) -> None:
    status = response.status_code
    if status == 429:
        raise NotSent("platform.limited", "429", retry_after=retry_after(response.headers))
    if 300 <= status < 400:
        _log.warning("the platform's address answered with a redirect (%d), which is never followed", status)
        raise NoAnswer("answer.redirect", str(status))
    if status not in answers:
        raise NoAnswer("answer.status", str(status))


def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in _decoded(response):
        body += chunk
        if len(body) > MOST_BYTES:
            raise NoAnswer("answer.too_big")
        if deadline.over():
            raise NoAnswer("network.no_answer", "deadline")
    return bytes(body)


def _decoded(response: httpx.Response) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport in place of the network may hand over what it has in memory
        yield response.content
        return
    # We ask for identity; who compresses all the same is inflated under the limit (evidence, finding 5).
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        yield from response.iter_raw()
        return
    if coding not in ("gzip", "deflate"):
        raise NoAnswer("answer.coding")
    inflate = zlib.decompressobj(wbits=47)
    try:
        for chunk in response.iter_raw():
            yield inflate.decompress(chunk, MOST_BYTES + 1)
    except zlib.error:
        raise NoAnswer("answer.coding") from None
    if not inflate.eof:
        raise NoAnswer("answer.coding")


def _network(base: str) -> httpx.BaseTransport:
    network = httpx.HTTPTransport(trust_env=True, proxy=_proxy(base))
    # httpx has no public door for its socket layer; a test with a dripping header holds this line.
    pool = network._pool
    pool._network_backend = BoundedBackend(pool._network_backend)
    return network


def _proxy(base: str) -> str | None:
    # A proxy sees tokens in plain http, and has no business on this machine (evidence, section 6 row 21).
    parts = urlsplit(base)
    host = parts.hostname or ""
    if parts.scheme != "https" or is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get("https") or proxies.get("all")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
