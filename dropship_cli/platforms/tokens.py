"""The token of one shop: kept in a 0600 file, refreshed early and once, by whichever process comes first.

It knows when a token is due and who may fetch a new one; how a platform hands tokens out is its own
(`TokenSource`).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from dropship_cli.domain.errors import BusyError, SetupError
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.private_file import read_private, remove_private, write_private

LAST_HOUR = 3600.0
"""Earlier than in its last hour nothing happens to a token, later a racing call fails (doudian.md section 2)."""

LOCK_PATIENCE = 60.0
"""Seconds to wait for another process that is at the token; it makes one call of at most 30 s."""

_log = logging.getLogger("dropship.tokens")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One pair. Times are Unix seconds by our clock; the texts are secrets and never shown."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float
    refresh_expires_at: float
    got_at: float
    shop_id: str = ""

    def is_due(self, now: float) -> bool:
        """In its last hour, or past half of what it had when it came, where that was less than two hours."""
        return now >= self.expires_at - min(LAST_HOUR, (self.expires_at - self.got_at) / 2)


class Refused(Exception):
    """The platform does not take this refresh token (any more)."""


class TokenSource(Protocol):
    """How a platform hands tokens out. Both calls may be repeated safely.

    Both raise `NotSent` or `NoAnswer`; `create` also a `SetupError`, `refresh` also `Refused`.
    """

    def create(self, code: str | None) -> Tokens: ...
    def refresh(self, tokens: Tokens) -> Tokens: ...


class TokenKeeper:
    """Gives the access token to sign with. Right for several threads, and for several processes on one file."""

    def __init__(self, path: Path, source: TokenSource, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._source = source
        self._clock = clock
        self._tokens: Tokens | None = None
        self._lock = Lock()

    def current(self) -> str:
        """A token that is good now; fetched, refreshed or adopted if need be.

        Raises `NotSent`, `NoAnswer` or `SetupError` where there is none to be had.
        """
        with self._lock:
            tokens = self._tokens = self._tokens or self._read()
            if tokens is None or tokens.is_due(self._clock()):
                tokens = self._tokens = self._renewed_or_still_good(tokens)
            return tokens.access_token

    def renew(self, stale: str) -> str:
        """Another token than `stale`, which the platform has just refused."""
        with self._lock:
            if self._tokens is None or self._tokens.access_token == stale:
                self._tokens = self._replaced(stale)
            return self._tokens.access_token

    def log_in(self, code: str | None) -> Tokens:
        """A token by the shop's authorization (`code`), or by the app's own right without one."""
        with self._lock, self._file_lock():
            return self._keep(self._source.create(code))

    def forget(self) -> None:
        """Remove the file."""
        with self._lock, self._file_lock():
            self._tokens = None
            remove_private(self._path)

    def _renewed_or_still_good(self, tokens: Tokens | None) -> Tokens:
        try:
            return self._renewed(tokens.access_token if tokens else None)
        except (NotSent, NoAnswer) as error:
            if tokens is None or self._clock() >= tokens.expires_at:
                raise
            _log.warning("token not refreshed (%s); the present one still holds", error.reason)
            return tokens

    def _renewed(self, stale: str | None) -> Tokens:
        with self._file_lock():
            written = self._read()
            if written and written.access_token != stale and not written.is_due(self._clock()):
                return written  # another process was here first
            return self._keep(self._fetched(written))

    def _replaced(self, stale: str) -> Tokens:
        found = self._renewed(stale)
        if found.access_token != stale:
            return found
        # More than an hour before its end a refresh answers the same pair, and the platform has just refused it.
        with self._file_lock():
            return self._keep(self._source.create(None))

    def _fetched(self, written: Tokens | None) -> Tokens:
        if written is None or self._clock() >= written.refresh_expires_at:
            return self._source.create(None)
        try:
            return self._source.refresh(written)
        except Refused:
            pass
        # Read again before giving up: somebody without our lock may have used the refresh token.
        again = self._read()
        if again and again.access_token != written.access_token:
            return again
        return self._source.create(None)

    def _keep(self, tokens: Tokens) -> Tokens:
        write_private(self._path, json.dumps(asdict(tokens)).encode())
        self._tokens = tokens
        return tokens

    def _read(self) -> Tokens | None:
        content = read_private(self._path, "token.file_open")
        return None if content is None else _parsed(content, self._path)

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(f"{self._path}.lock", mode=0o600)
        try:
            lock.acquire(timeout=LOCK_PATIENCE)
        except Timeout:
            raise BusyError("token.busy", file=self._path.name) from None
        try:
            yield
        finally:
            lock.release()


def login_end(path: Path) -> float | None:
    """The Unix second when the login kept in this file can't be renewed any more; `None` without a login.

    Raises `SetupError` where others could read the file, or where it is damaged.
    """
    content = read_private(path, "token.file_open")
    return None if content is None else _parsed(content, path).refresh_expires_at


def _parsed(content: bytes, path: Path) -> Tokens:
    try:
        found = json.loads(content)
        return Tokens(
            access_token=_text(found["access_token"]),
            refresh_token=_text(found["refresh_token"]),
            expires_at=float(found["expires_at"]),
            refresh_expires_at=float(found["refresh_expires_at"]),
            got_at=float(found["got_at"]),
            shop_id=_text(found["shop_id"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    # Outside the handler: a parser's error carries the text, and the text is the token.
    raise SetupError("token.file_bad", file=path.name)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
