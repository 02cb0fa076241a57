"""A proxy on loopback that spoils calls by chance (seeded): between the installed program and `sandbox serve`.

It knows HTTP as far as one request with a length goes, and nothing of the program.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from tests.faults.transport import CHANGES, targets_of


class Trick(StrEnum):
    """What may happen to a call on its way."""

    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    LATE_COMMIT = "late_commit"
    GARBAGE = "garbage"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    TWICE = "twice"
    SLOW = "slow"
    RESET = "reset"
    SILENCE = "silence"


_ERROR = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """One whole request: its bytes, what it asks for, and whom it names."""

    raw: bytes
    method: str
    targets: frozenset[str]


class Proxy:
    """Listens on a free port. `chance` of each trick on each call is 0 until a test says otherwise."""

    def __init__(self, upstream: str, *, seed: int, late: float, silence: float) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._random = random.Random(seed)
        self._late, self._silence = late, silence
        self.chance = 0.0
        self.tricks: Counter[Trick] = Counter()
        self.overlaps: list[str] = []
        self._held: list[frozenset[str]] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def idle(self) -> None:
        """Wait until nothing is held back any more."""
        ends = time.monotonic() + 30
        while self._held:
            assert time.monotonic() < ends
            time.sleep(0.01)

    def close(self) -> None:
        """Take no more calls."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = _read_request(connection)
                if request is not None:
                    self._handle(connection, request)
            except OSError:
                return  # the program went away: killed, or out of patience

    def _handle(self, connection: socket.socket, request: Request) -> None:
        trick = self._drawn(request)
        match trick:
            case None:
                connection.sendall(self._forward(request))
            case Trick.DROP_BEFORE:
                return
            case Trick.ERROR_BEFORE:
                connection.sendall(_ERROR)
            case Trick.LATE_COMMIT:
                self._later(request)
            case _:
                self._answered(trick, connection, request)

    def _answered(self, trick: Trick, connection: socket.socket, request: Request) -> None:
        """The tricks that are played when the work is done."""
        answer = self._forward(request)
        match trick:
            case Trick.TWICE:
                connection.sendall(self._forward(request))
            case Trick.GARBAGE:
                connection.sendall(b"\x00\x01 what is this\r\n\r\n" + answer[:20])
            case Trick.ERROR_AFTER:
                connection.sendall(_ERROR)
            case Trick.SLOW:
                for start in range(0, len(answer), 1 + len(answer) // 5):
                    connection.sendall(answer[start : start + 1 + len(answer) // 5])
                    time.sleep(0.02)
            case Trick.RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case Trick.SILENCE:
                time.sleep(self._silence)

    def _later(self, request: Request) -> None:
        """Held until the program has given up, then done all the same."""
        with self._lock:
            self._held.append(request.targets)
        time.sleep(self._late)
        self._forward(request)
        with self._lock:
            self._held.remove(request.targets)

    def _drawn(self, request: Request) -> Trick | None:
        with self._lock:
            if request.method in CHANGES:
                self.overlaps += [request.method for targets in self._held if targets & request.targets]
            tricks = list(Trick)
            number = int(self._random.random() / self.chance) if self.chance else len(tricks)
            if number >= len(tricks):
                return None
            self.tricks[tricks[number]] += 1
            return tricks[number]

    def _forward(self, request: Request) -> bytes:
        with socket.create_connection(self._upstream, timeout=20) as upstream:
            upstream.sendall(request.raw)
            answer = bytearray()
            while chunk := upstream.recv(65_536):
                answer += chunk
            return bytes(answer)


def _read_request(connection: socket.socket) -> Request | None:
    """A request with its body; told to close afterwards, so that each call is a connection of its own."""
    raw = bytearray()
    while b"\r\n\r\n" not in raw:
        chunk = connection.recv(65_536)
        if not chunk:
            return None
        raw += chunk
    head, _, body = bytes(raw).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in lines[1:])
    while len(body) < int(fields.get(b"content-length", b"0")):
        chunk = connection.recv(65_536)
        if not chunk:
            return None
        body += chunk
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    method = lines[0].split(b" ")[1].partition(b"?")[0].decode().strip("/").replace("/", ".")
    whole = b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n" + body
    return Request(whole, method, targets_of(body))
