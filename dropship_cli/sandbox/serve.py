"""The sandbox on a loopback port, for other programs; it stops cleanly on SIGTERM and SIGINT."""

import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from waitress.server import create_server

from dropship_cli.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_HOST = "127.0.0.1"
_THREADS = 8


def serve(app: "WSGIApplication", port: int, *, on_ready: Callable[[int], None]) -> None:
    """Serve until a signal comes; port 0 takes a free one, ``on_ready`` hears which.

    Raises ``SandboxError`` when the port cannot be had.
    """
    # More callers than threads wait their turn here; that is no news for whoever reads stderr.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        listener = socket.create_server((_HOST, port))
    except (OSError, OverflowError) as error:
        raise SandboxError(f"Port {port} on {_HOST} cannot be used: {error}.") from error
    with listener:
        server = create_server(app, sockets=[listener], threads=_THREADS)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _stop)
            signal.signal(signal.SIGINT, _stop)
        try:
            # A signal may come before the loop that waits for calls, too.
            with contextlib.suppress(SystemExit):
                on_ready(listener.getsockname()[1])
                # Ends on SystemExit by itself, after the calls in flight.
                server.run()
        finally:
            server.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
