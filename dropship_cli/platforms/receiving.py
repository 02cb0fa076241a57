"""The WSGI application that takes pushes: success is answered only after they are kept. No server, no platform."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dropship_cli.domain.errors import DropshipError
from dropship_cli.domain.push import Push
from dropship_cli.platforms.pushes import Pushes, Rejected

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

MOST_BODY = 1024 * 1024
_STATUS = {
    "push.app": "401 Unauthorized",
    "push.signature": "401 Unauthorized",
    "push.unreadable": "400 Bad Request",
}

_log = logging.getLogger("dropship.pushes")


def application(
    pushes: Pushes, *, keep: Callable[[Sequence[Push]], None], refuse: Callable[[str], None]
) -> WSGIApplication:
    """`keep` returns when messages are durable, or raises a `DropshipError`; `refuse` hears why a body is not taken.

    Any path is ours: which one the console was given is nobody's secret. The server has read the whole body, of at
    most `MOST_BODY` bytes, before it calls.
    """

    def answer(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        status, body = _answered(pushes, keep, refuse, environ)
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start(status, [*headers, ("Allow", "POST")] if status.startswith("405") else headers)
        return [body]

    return answer


def _answered(
    pushes: Pushes,
    keep: Callable[[Sequence[Push]], None],
    refuse: Callable[[str], None],
    environ: Mapping[str, Any],
) -> tuple[str, bytes]:
    if environ["REQUEST_METHOD"] != "POST":
        return "405 Method Not Allowed", pushes.rejected("push.unreadable")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        found = pushes.read(_headers(environ), body)
        if found:
            keep(found)
    except Rejected as rejected:
        _log.warning(
            "not taken: %s, %d bytes from %a", rejected.reason, len(body), environ.get("REMOTE_ADDR")
        )
        refuse(rejected.reason)
        return _STATUS[rejected.reason], pushes.rejected(rejected.reason)
    except DropshipError as error:
        _log.error("not kept: %s", error.code)
        refuse("push.not_kept")
        return "503 Service Unavailable", pushes.rejected("push.not_kept")
    return "200 OK", pushes.accepted


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    return {
        name[5:].lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
