"""`dropship listen` in a process of its own, and a platform that pushes to it over real sockets; no assertions."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from typing import Any

from program import Program

from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET

SUCCESS = (200, {"code": 0, "msg": "success"})
CUT_OFF = (0, None)
_NUMBERS = count(1)


def message(tag: str = "501", msg_id: str | None = None, **data: Any) -> dict[str, Any]:
    """One message as the platform writes it."""
    return {
        "tag": tag,
        "msg_id": msg_id or f"{next(_NUMBERS)}::{tag}:1700000000:{APP_KEY}",
        "data": json.dumps(data),
    }


def signed(body: bytes, method: str = "hmac-sha256", **others: str) -> dict[str, str]:
    """The headers of a body that the platform signed."""
    sign = push_sign(APP_KEY, body, APP_SECRET, method)
    return {"app-id": APP_KEY, "event-sign": sign, "sign-method": method, **others}


class Listener:
    """A running `dropship listen`."""

    def __init__(self, world: Program, profile: str, *words: str) -> None:
        self.world, self.profile = world, profile
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dropship_cli", "listen", "--port", "0", "--json", "-p", profile, *words],
            env=world.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(self.process.communicate()[1])
            said += line
        self.ready: dict[str, Any] = json.loads(said)
        self.port = int(self.ready["url"].rpartition(":")[2])

    def post(
        self, body: bytes, headers: dict[str, str] | None = None, method: str = "POST"
    ) -> tuple[int, Any]:
        """Status and answer, as JSON where it is; `CUT_OFF` where the listener hung up before it had all."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, "/pushes", body, signed(body) if headers is None else headers)
            answer = line.getresponse()
            text = answer.read()
        except (ConnectionResetError, BrokenPipeError):
            return CUT_OFF
        finally:
            line.close()
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, text

    def push(self, *messages: object) -> tuple[int, Any]:
        """A signed body with these messages."""
        return self.post(json.dumps(messages).encode())

    def open(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def inbox(self) -> list[tuple[str, str, str]]:
        """Tag, items and outcome of every message in the store."""
        return rows(self.world, self.profile, "SELECT tag, item_ids, outcome FROM inbox ORDER BY seq")

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Its exit status and all it said."""
        self.process.send_signal(number)
        _, told = self.process.communicate(timeout=60)
        return self.process.returncode, told


@contextmanager
def listening(world: Program, profile: str = "merchant", *words: str) -> Iterator[Listener]:
    listener = Listener(world, profile, *words)
    try:
        yield listener
    finally:
        if listener.process.poll() is None:
            os.kill(listener.process.pid, signal.SIGKILL)
        listener.process.communicate()


def rows(world: Program, profile: str, query: str) -> list[Any]:
    """What a profile's store says, asked beside the program."""
    with sqlite3.connect(world.home / "profiles" / profile / "store.db", timeout=30) as store:
        return store.execute(query).fetchall()


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
