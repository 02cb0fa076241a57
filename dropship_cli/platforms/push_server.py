"""The server under the receiver of pushes: waitress, with limits on size, time and number; it knows no message.

A body is read whole before a worker sees it, so that a slow sender costs a socket and no thread.
"""

from __future__ import annotations

import logging
import resource
import socket
import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from dropship_cli.domain.errors import UsageError
from dropship_cli.platforms.receiving import MOST_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LONGEST = 10.0
"""Seconds in which a request has to be here, headers and body (evidence, section 7 row 16)."""
MOST_CONNECTIONS = 800
"""Behind a proxy a dozen are in use; where a process may open fewer files, fewer are taken."""
_OTHER_FILES = 60
_MOST_HEADER = 16 * 1024
_LAST_ANSWERS = 5.0
_REASONS = {413: "push.too_large"}


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """What waitress itself refuses is counted as the rest is."""

    def execute(self) -> None:
        self.channel.server.refuse(_REASONS.get(self.request.error.code, "push.bad_request"))
        super().execute()


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when its request has been coming in."""

    error_task_class = _Refusal

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.begun: float | None = time.monotonic()

    def received(self, data: bytes) -> bool:
        if self.begun is None:
            self.begun = time.monotonic()
        taken = bool(super().received(data))
        if self.request is None:
            self.begun = None
        return taken


class _Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    channel_class = _Channel
    refuse: Callable[[str], None]

    def maintenance(self, now: float) -> None:
        """Close who has been sending for too long, byte by byte; waitress closes only who is silent."""
        super().maintenance(now)
        latest = time.monotonic() - LONGEST
        for channel in self.active_channels.values():
            if channel.begun is not None and channel.begun < latest and not channel.will_close:
                channel.will_close = True
                self.refuse("push.slow")


class PushServer:
    """One address. `run` is a thread's whole life; `stop` lets what was received be answered first."""

    def __init__(
        self, app: WSGIApplication, address: str, port: int, *, workers: int, refuse: Callable[[str], None]
    ) -> None:
        """Raises `UsageError` where the address can't be had."""
        logging.getLogger("waitress.queue").setLevel(
            logging.ERROR
        )  # that requests wait their turn is no news
        listener = _listener(address, port)
        self._stopping = Event()
        self._server = _Server(
            app,
            _sock=listener,
            bind_socket=False,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            threads=workers,
            max_request_body_size=MOST_BODY + 1,
            max_request_header_size=_MOST_HEADER,
            connection_limit=_most_connections(),
            cleanup_interval=1,
            channel_timeout=60,
            asyncore_use_poll=True,
            ident=None,
        )
        self._server.refuse = refuse
        self.port = int(listener.getsockname()[1])

    def run(self) -> None:
        """Serve until `stop`."""
        server, sockets = self._server, self._server._map
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1.0, use_poll=True, map=sockets, count=1)
        server.accepting = False
        until = time.monotonic() + _LAST_ANSWERS
        while self._is_answering() and time.monotonic() < until:
            wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)

    def stop(self) -> None:
        """Take no more connections, answer what is here, end."""
        self._stopping.set()
        self._server.pull_trigger()

    def _is_answering(self) -> bool:
        channels = list(self._server.active_channels.values())
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _most_connections() -> int:
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        MOST_CONNECTIONS
        if allowed == resource.RLIM_INFINITY
        else min(MOST_CONNECTIONS, allowed - _OTHER_FILES)
    )


def _listener(address: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][0]
        return socket.create_server((address, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise UsageError("listen.address", address=address, port=port, detail=str(error)) from None
