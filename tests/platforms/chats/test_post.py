"""One message over a real socket: what leaves, what every end of it proves, and that no key is in any trace of it."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable

import pytest

from dropship_cli.domain.chat import Chat, ChatKind
from dropship_cli.domain.settings import settings_of
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.chats.post import ChatPost
from dropship_cli.platforms.chats.wire import ChatRefused
from tests.platforms.peers import Peer, listening, read_request, reset

KEY, SECRET = "canary-key-51c2e0", "SECcanary-secret-99"
POST = ChatPost(
    settings_of({"read_timeout": "0.3", "connect_timeout": "0.5"}), lambda: None, lambda: 1_700_000_000.0
)
Act = Callable[[socket.socket, Peer], None]


def answering(body: bytes, status: str = "200 OK") -> Act:
    def act(connection: socket.socket, peer: Peer) -> None:
        read_request(connection, peer)
        connection.sendall(
            b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            % (status.encode(), len(body), body)
        )

    return act


def silent(connection: socket.socket, peer: Peer) -> None:
    read_request(connection, peer)
    peer.done.wait(3)


def broken(connection: socket.socket, peer: Peer) -> None:
    read_request(connection, peer)
    reset(connection)


def dingtalk(url: str) -> Chat:
    return Chat("team", ChatKind.DINGTALK, f"{url}/robot/send?access_token={KEY}", SECRET)


def test_the_message_leaves_once_with_key_and_signature_escaped_in_the_query() -> None:
    with listening(answering(b'{"errcode":0,"errmsg":"ok"}')) as peer:
        POST(dingtalk(peer.url), "超时 3")
    (request,) = peer.requests
    line, *_ = request.decode().splitlines()
    assert line == (
        f"POST /robot/send?access_token={KEY}&timestamp=1700000000000"
        "&sign=F%2BhV2CJmIh4PgL%2BUIaHTDDsbFwxXctfGvt2djbwfuCk%3D HTTP/1.1"
    )
    assert request.endswith('{"msgtype": "text", "text": {"content": "超时 3"}}'.encode())


ENDS: dict[str, tuple[Act, type[Exception]]] = {
    "refused": (
        answering(f'{{"errcode":310000,"errmsg":"sign of {KEY} by {SECRET}"}}'.encode()),
        ChatRefused,
    ),
    "limited": (answering(b'{"errcode":130101,"errmsg":"too fast"}'), NotSent),
    "429": (answering(b"", "429 Too Many Requests"), NotSent),
    "400": (
        answering(f'{{"errcode":300001,"errmsg":"token {KEY}"}}'.encode(), "400 Bad Request"),
        ChatRefused,
    ),
    "404": (answering(KEY.encode(), "404 Not Found"), ChatRefused),
    "500": (answering(b"", "500 Oops"), NoAnswer),
    "redirect": (answering(b"", f"302 Found\r\nLocation: https://example.com/{KEY}"), NoAnswer),
    "html": (answering(b"<html>"), NoAnswer),
    "silent": (silent, NoAnswer),
    "broken": (broken, NoAnswer),
}


@pytest.mark.parametrize("end", ENDS)
def test_every_end_is_told_for_what_it_proves_and_nothing_of_the_key_with_it(
    end: str, caplog: pytest.LogCaptureFixture
) -> None:
    act, expected = ENDS[end]
    with caplog.at_level(logging.DEBUG), listening(act) as peer, pytest.raises(expected) as caught:
        POST(dingtalk(peer.url), "x")
    traces = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value)) + caplog.text
    assert not [part for part in (KEY, SECRET, "sign=") if part in traces]
    assert peer.connections == 1  # never sent twice by itself


def test_a_chat_that_is_not_there_did_not_get_it() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent):
        POST(dingtalk(f"http://127.0.0.1:{port}"), "x")


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
def test_a_generic_webhook_says_yes_in_its_own_way(status: str) -> None:
    with listening(answering(b"" if status.startswith("204") else b"thanks", status)) as peer:
        POST(Chat("any", ChatKind.GENERIC, f"{peer.url}/hook/{KEY}", SECRET), "x", [{"kind": "late"}])
    head = peer.requests[0].decode()
    assert head.startswith(f"POST /hook/{KEY} HTTP/1.1")
    assert "\r\nX-Dropship-Signature: sha256=" in head.replace("x-dropship-signature", "X-Dropship-Signature")
