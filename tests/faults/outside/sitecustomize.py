"""Counts what a run of the program does to the world (commits, sends, answers, renames) and kills it at the n-th.

Python loads this by itself where `PYTHONPATH` names this folder: the program knows nothing of it. `FAULTS_EVENTS`
names the file that gets one line an event, `FAULTS_KILL_AT` the event at which SIGKILL falls, `FAULTS_AHEAD` the
seconds by which this process believes to be later than it is, `FAULTS_BROKEN` a rule that is to be broken, so that
the harnesses can show that they see it.
"""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from typing import Any


class Events:
    """The events of this process; disarmed until told where to write them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: int | None = None
        self._count = 0
        self._kill_at = 0
        self.ahead = 0.0

    def arm(self, environ: dict[str, str]) -> None:
        """Begin to count, as the environment says."""
        self.ahead = float(environ.get("FAULTS_AHEAD", "0"))
        if "FAULTS_BROKEN" in environ:
            BREAKS[environ["FAULTS_BROKEN"]]()
        if "FAULTS_EVENTS" in environ:
            self._file = os.open(environ["FAULTS_EVENTS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._kill_at = int(environ.get("FAULTS_KILL_AT", "0"))

    def happens(self, kind: str) -> None:
        """One more event; perhaps the last."""
        if self._file is None:
            return
        with self._lock:
            self._count += 1
            os.write(self._file, f"{kind}\n".encode())
            if self._count == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)


def _forget_what_was_sending() -> None:
    from dropship_cli.actions import act, sync

    act.recover = sync.recover = lambda shop: None


def _take_no_lock() -> None:
    from contextlib import nullcontext

    from dropship_cli.store import lock

    lock.shop_lock = lambda path, wait=0.0: nullcontext()


BREAKS = {"recover": _forget_what_was_sending, "lock": _take_no_lock}
EVENTS = Events()


def _watch_sqlite() -> None:
    connect = sqlite3.connect

    def watched(*words: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*words, **options)
        connection.set_trace_callback(lambda sql: EVENTS.happens("commit") if sql == "COMMIT" else None)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = watched  # type: ignore[assignment] - the same call, watched


def _watch_sockets() -> None:
    send, receive = socket.socket.send, socket.socket.recv

    def sending(self: socket.socket, data: Any, *flags: int) -> int:
        if self.family == socket.AF_INET:
            EVENTS.happens("send" if bytes(data[:4]) == b"POST" else "body")
        return send(self, data, *flags)

    def receiving(self: socket.socket, size: int, *flags: int) -> bytes:
        data = receive(self, size, *flags)
        if self.family == socket.AF_INET and data[:4] == b"HTTP":
            EVENTS.happens("answer")
        return data

    socket.socket.send = sending  # type: ignore[method-assign] - the same call, watched
    socket.socket.recv = receiving  # type: ignore[method-assign] - the same call, watched


def _watch_files() -> None:
    replace, fsync = os.replace, os.fsync

    def replacing(*words: Any, **options: Any) -> None:
        EVENTS.happens("rename")
        replace(*words, **options)
        EVENTS.happens("renamed")

    def syncing(handle: Any) -> None:
        EVENTS.happens("fsync")
        fsync(handle)

    os.replace, os.fsync = replacing, syncing


def _shift_clock() -> None:
    now = time.time
    time.time = lambda: now() + EVENTS.ahead


_watch_sqlite()
_watch_sockets()
_watch_files()
_shift_clock()
if "dropship" in " ".join(sys.argv) or "FAULTS_EVENTS" in os.environ:
    EVENTS.arm(dict(os.environ))
