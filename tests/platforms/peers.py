"""Servers on loopback that misbehave on purpose, over real sockets; what they were sent is kept."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Act = Callable[[socket.socket, "Peer"], None]


@dataclass
class Peer:
    """One listening socket; `act` is what it does to each connection."""

    act: Act
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def listening(act: Act) -> Iterator[Peer]:
    """A peer that listens while the block runs."""
    peer = Peer(act)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listener, peer), daemon=True)
        thread.start()
        yield peer
        peer.done.set()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(listener: socket.socket, peer: Peer) -> None:
    while not peer.done.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        peer.connections += 1
        with connection:
            try:
                peer.act(connection, peer)
            except OSError:
                continue


def read_request(connection: socket.socket, peer: Peer) -> bytes:
    """The whole request, kept in `peer.requests`: from here on the platform may have done it."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536) or _gone()
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < wanted:
        body += connection.recv(65536) or _gone()
    peer.requests.append(head + b"\r\n\r\n" + body)
    return body


def _gone() -> bytes:
    raise OSError("the caller is gone")


def reset(connection: socket.socket) -> None:
    """Close so that the other side sees a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def answer(body: bytes, *, status: str = "200 OK", headers: str = "") -> Act:
    """Read the request, answer with this, keep the connection no longer."""

    def act(connection: socket.socket, peer: Peer) -> None:
        read_request(connection, peer)
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
        connection.sendall(head.encode() + body)

    return act


def raw(data: bytes) -> Act:
    """Read the request, send these bytes, close."""

    def act(connection: socket.socket, peer: Peer) -> None:
        read_request(connection, peer)
        connection.sendall(data)

    return act


def close_at_once(connection: socket.socket, peer: Peer) -> None:
    """Accept and close."""


def reset_unread(connection: socket.socket, peer: Peer) -> None:
    """The request has come and is thrown away unread (a reset before that shows as a failed connection)."""
    connection.recv(1, socket.MSG_PEEK)
    reset(connection)


def close_after_commit(connection: socket.socket, peer: Peer) -> None:
    read_request(connection, peer)


def reset_after_commit(connection: socket.socket, peer: Peer) -> None:
    read_request(connection, peer)
    reset(connection)


def silent(connection: socket.socket, peer: Peer) -> None:
    read_request(connection, peer)
    peer.done.wait(10)


def dripping(head: bytes, drop: bytes) -> Act:
    """Send `head`, then `drop` again and again, faster than any time-out between two reads."""

    def act(connection: socket.socket, peer: Peer) -> None:
        read_request(connection, peer)
        connection.sendall(head)
        while not peer.done.wait(0.05):
            connection.sendall(drop)

    return act
