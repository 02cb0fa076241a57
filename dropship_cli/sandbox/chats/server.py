"""The chat servers' door: ``/chat/KIND/…`` over HTTP, their rate limits, faults on command. Formats are elsewhere."""

import json
import sqlite3
from pathlib import Path

from werkzeug.wrappers import Request, Response

from dropship_cli.sandbox import faults, ledger, settings
from dropship_cli.sandbox.chats import box
from dropship_cli.sandbox.chats.formats import FORMATS, Call, Verdict, feishu_no, plain_no
from dropship_cli.sandbox.faults import Fault

PREFIX = "/chat/"
MINUTE = 60
_PER_MINUTE = {"feishu": 100, "dingtalk": 20, "wecom": 20}
_FEISHU_PER_SECOND = 5
_MOST_BODY = 2 * 1024 * 1024


def respond(path: Path, now: float, request: Request) -> Response:
    """The answer of the chat that the path names; the ledger at ``path`` keeps what arrived."""
    kind, _, rest = request.path.removeprefix(PREFIX).partition("/")
    if kind not in FORMATS or request.method != "POST":
        return Response(status=404 if kind not in FORMATS else 405)
    request.max_content_length = _MOST_BODY
    body = request.get_data(cache=False)
    query = request.args.to_dict()
    bot = query.get("access_token", "") or query.get("key", "") or ("" if query else rest.rpartition("/")[2])
    if kind == "feishu":  # the only one whose key is in the path
        bot = rest.rpartition("/")[2]
    headers = {name.lower(): value for name, value in request.headers.items()}
    with ledger.transaction(path) as tx:
        call = Call(bot, query, headers, body, now, bool(settings.read(tx, "chat_signed")))
        fault = faults.take(tx, f"chat.{kind}")
        if fault is Fault.ERROR_500_BEFORE:
            return Response(status=500)
        verdict = _too_often(kind, bot, taken=_taken(tx, kind, bot, now), forced=fault is Fault.LIMIT)
        verdict = verdict or FORMATS[kind](call)
        box.add(tx, kind, bot, at=now, code=verdict.code, text=verdict.text)
    return _written(verdict, fault)


def _taken(tx: sqlite3.Connection, kind: str, bot: str, now: float) -> tuple[int, int]:
    """How many in the last minute, and in the last second."""
    return box.taken_since(tx, kind, bot, now - MINUTE), box.taken_since(tx, kind, bot, now - 1)


def _too_often(kind: str, bot: str, *, taken: tuple[int, int], forced: bool) -> Verdict | None:
    most = _PER_MINUTE.get(kind)
    a_second = _FEISHU_PER_SECOND if kind == "feishu" else None
    over = (most is not None and taken[0] >= most) or (a_second is not None and taken[1] >= a_second)
    if not bot or not (over or forced):
        return None
    match kind:
        case "feishu":
            return feishu_no(11232, "frequency limited")
        case "dingtalk":
            return plain_no(130101, "send too fast, exceed 20 times per minute")
        case "wecom":
            return plain_no(45009, "api freq out of limit")
    return Verdict(429, {"error": "too often"}, status=429)


def _written(verdict: Verdict, fault: Fault | None) -> Response:
    body = json.dumps(verdict.answer, ensure_ascii=False).encode()
    match fault:
        case Fault.ERROR_500_AFTER:
            return Response(status=500)
        case Fault.HTML:
            return Response(b"<html><body>busy</body></html>", mimetype="text/html")
        case Fault.HALF:
            return Response(body[: len(body) // 2], mimetype="application/json")
        case Fault.EMPTY:
            return Response(b"", mimetype="application/json")
    return Response(body, status=verdict.status, mimetype="application/json")
