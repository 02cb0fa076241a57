"""One signed call to Doudian: paced, stamped, signed, sent, its envelope judged; no method's meaning is known here."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from dropship_cli.domain.errors import SetupError, UsageError
from dropship_cli.platforms import strict_json
from dropship_cli.platforms.base import NoAnswer, NotSent, Raw
from dropship_cli.platforms.doudian.codes import Ruling, judge, setup_code
from dropship_cli.platforms.doudian.signing import canonical, sign
from dropship_cli.platforms.doudian.wire import Envelope, read
from dropship_cli.platforms.limits import Limiter
from dropship_cli.platforms.transport import Incoming, Transport, retry_after

VERSION, SIGN_METHOD = "2", "hmac-sha256"
MASK = "***"
_METHOD = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", re.ASCII)

_log = logging.getLogger("dropship.doudian")


@dataclass(frozen=True, slots=True)
class Reply:
    """A trustworthy answer: what it says as a whole, its data, its sub code and words."""

    ruling: Ruling
    code: int
    data: Any
    sub_code: str
    said: str
    log_id: str
    whole: Mapping[str, Any]


class Line:
    """Signs and sends. Thread safe; knows by how much the platform's clock differs from ours."""

    def __init__(
        self,
        transport: Transport,
        limiter: Limiter,
        *,
        app_key: str,
        secret: Callable[[], str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._transport = transport
        self._limiter = limiter
        self._app_key = app_key
        self._secret = secret
        self._clock = clock
        self._last_date: tuple[str, float] | None = None
        self._correction = 0.0

    @property
    def skew(self) -> float | None:
        """Seconds the platform's clock is ahead of ours, from its last dated answer."""
        if self._last_date is None:
            return None
        date, here = self._last_date
        there = _seconds(date)
        return None if there is None else there - here

    def now(self) -> float:
        """Unix seconds by the platform's clock, as far as it told."""
        return self._clock() + (self.skew or 0.0)

    def raw(self, method: str, params: Mapping[str, Any], timestamp: str | None) -> Raw:
        """The request as it would go out, the token masked."""
        body = canonical(params)
        query = self._query(method, body, MASK, timestamp)
        return Raw(self._transport.base + _path(method), query, body)

    def send(self, method: str, params: Mapping[str, Any], token: str, timestamp: str | None = None) -> Reply:
        """One call. Raises `NotSent`, `NoAnswer`, or `SetupError` for what a person has to set right.

        A refused time stamp is corrected by the server's own clock, once: it was refused before any work.
        """
        reply, incoming = self._once(method, params, token, timestamp)
        if reply.ruling is Ruling.CLOCK and timestamp is None and self._correct(incoming):
            reply, incoming = self._once(method, params, token, None)
        return self._certain(method, reply, incoming)

    def _once(
        self, method: str, params: Mapping[str, Any], token: str, timestamp: str | None
    ) -> tuple[Reply, Incoming]:
        self._limiter.wait(method)
        body = canonical(params)
        try:
            incoming = self._transport.post(
                _path(method),
                body.encode(),
                lambda sent: self._query(method, sent.decode(), token, timestamp),
            )
        except NotSent as error:
            if error.reason == "platform.limited":
                self._limiter.slow_down(method, error.retry_after)
            raise
        self._remember_clock(incoming)
        return _read(method, incoming.body), incoming

    def _certain(self, method: str, reply: Reply, incoming: Incoming) -> Reply:
        """What can be worked with; limits, set-up troubles and doubts leave as exceptions."""
        if reply.ruling is Ruling.LIMITED:
            seconds = retry_after(incoming.headers)
            self._limiter.slow_down(method, seconds)
            raise NotSent("platform.limited", reply.said, retry_after=seconds)
        if reply.ruling is Ruling.UNKNOWN:
            raise NoAnswer("platform.busy", reply.said, log_id=reply.log_id)
        if reply.ruling in (Ruling.SETUP, Ruling.CLOCK):
            code = setup_code(reply.code, reply.sub_code)
            raise SetupError(code, method=method, said=reply.said, log_id=reply.log_id)
        return reply

    def _query(self, method: str, body: str, token: str, timestamp: str | None) -> dict[str, str]:
        stamp = timestamp or str(int(self._clock() + self._correction))
        return {
            "app_key": self._app_key,
            "method": method,
            "access_token": token,
            "timestamp": stamp,
            "v": VERSION,
            "sign": sign(self._secret(), self._app_key, method, body, stamp, SIGN_METHOD),
            "sign_method": SIGN_METHOD,
        }

    def _remember_clock(self, incoming: Incoming) -> None:
        # Read only when somebody asks: a date costs as much as half an answer.
        self._last_date = (incoming.headers.get("date", ""), self._clock())

    def _correct(self, incoming: Incoming) -> bool:
        there = _seconds(incoming.headers.get("date", ""))
        if there is None:
            return False
        self._correction = there - self._clock()
        _log.warning(
            "our clock is off by %d s; the platform's is used for its time stamps", round(-self._correction)
        )
        return True


def _path(method: str) -> str:
    if not _METHOD.fullmatch(method):
        raise UsageError("platform.method_off", method=method)
    return "/" + method.replace(".", "/")


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _read(method: str, body: bytes) -> Reply:
    """The envelope, or the doubt that there is none."""
    try:
        whole = strict_json.loads(body)
        envelope = read(Envelope, whole)
    except ValueError:
        whole, envelope = None, Envelope()
    code = envelope.err_no if envelope.code is None else envelope.code
    if not isinstance(whole, dict) or code is None:
        raise NoAnswer("answer.unreadable", method)
    said = envelope.sub_msg or envelope.msg or envelope.message
    # %a: what the platform writes is data in a log too, never a line of its own or a broken character.
    _log.debug("%s answered %s %a log_id=%a", method, code, envelope.sub_code, envelope.log_id)
    ruling = judge(method, code, envelope.sub_code)
    return Reply(ruling, code, envelope.data, envelope.sub_code, said, envelope.log_id, whole)
