"""The sandbox as a WSGI application: requests in, the Doudian dialect's answers out, on one ledger file."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from dropship_cli.sandbox.chats.server import PREFIX, respond
from dropship_cli.sandbox.dialects.doudian.answers import (
    INVALID,
    SERVICE,
    Fail,
    envelope,
    new_log_id,
)
from dropship_cli.sandbox.dialects.doudian.desk import Desk, Reply
from dropship_cli.sandbox.dialects.doudian.gate import Received
from dropship_cli.sandbox.faults import Fault

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_MOST_BODY = 8 * 1024 * 1024
_NEW_ONLY = "x-open-no-old-err-code"
_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


def create_app(ledger_path: Path, *, clock: Callable[[], float] = time.time) -> "WSGIApplication":
    """The sandbox on a ledger file, which is created on the first call.

    ``clock`` gives Unix seconds. The application may be called by many threads, and many processes may each
    run one on the same file.
    """
    desk = Desk(ledger_path, clock)

    @Request.application
    def app(request: Request) -> Response:
        if request.path.startswith(PREFIX):
            return respond(ledger_path, clock(), request)
        return _respond(desk, request)

    return app


def _respond(desk: Desk, request: Request) -> Response:
    request.max_content_length = _MOST_BODY
    if request.method not in ("POST", "GET"):
        return MethodNotAllowed(["GET", "POST"]).get_response()
    try:
        reply = desk.answer(_received(request))
    except Fail as fail:
        reply = Reply(fail)
    except HTTPException as refused:
        return Response(_PAGE, status=refused.code, mimetype="text/html")
    except sqlite3.OperationalError:
        # Another process held the ledger for longer than the busy time-out: nothing was done.
        reply = Reply(Fail(SERVICE, "dop.service-error", "系统繁忙"))
    return _written(desk, request, reply)


def _received(request: Request) -> Received:
    """The call as it came; a body wins over ``param_json`` in the query (doudian.md section 1)."""
    method = request.path.strip("/").replace("/", ".")
    body = request.get_data(cache=False)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fail(INVALID, "isv.parameter-format-invalid", "请求体不是UTF-8") from error
    query = request.args.to_dict()
    return Received(method, query, text if text.strip() else query.get("param_json", ""))


def _written(desk: Desk, request: Request, reply: Reply) -> Response:
    log_id = new_log_id(desk.now())
    new_only = request.headers.get(_NEW_ONLY) == "1"
    body = envelope(reply.outcome, reply.data, log_id, new_only=new_only)
    response = _faulty(body, reply.fault) or Response(body, mimetype="application/json")
    response.headers["x-tt-logid"] = log_id
    return response


def _faulty(body: bytes, fault: Fault | None) -> Response | None:
    match fault:
        case Fault.ERROR_500_BEFORE | Fault.ERROR_500_AFTER:
            return Response(_PAGE, status=500, mimetype="text/html")
        case Fault.HTML:
            return Response(_PAGE, mimetype="text/html")
        case Fault.HALF:
            return Response(body[: len(body) // 2], mimetype="application/json")
        case Fault.EMPTY:
            return Response(b"", mimetype="application/json")
    return None
