"""Pushing as the platform does: signed, one try each, never again; loss, repeats, disorder and forgery on request."""

import json
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from dropship_cli.platforms.doudian.signing import push_sign
from dropship_cli.sandbox import ledger, outbox, shops
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.outbox import Outgoing
from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET

SIGN_METHODS = ("MD5", "hmac-sha256")
_PATIENCE = 5.0
# How many messages a body holds is not found (section 8).
_AT_ONCE = 10
_PROBE = '{"tag":"0","msg_id":"0","data":"0"}'


@dataclass(frozen=True, slots=True)
class Mischief:
    """What goes wrong: shares of messages lost and sent twice, disorder, so many forged ones; ``seed`` repeats it."""

    lose: float = 0.0
    repeat: float = 0.0
    shuffle: bool = False
    forge: int = 0
    seed: int = 1


@dataclass(slots=True)
class Pushed:
    """What became of a round: messages ``sent`` (answered with success) and ``lost``, how many of the lost were meant
    to arrive and got no success (``unanswered``), the second copies, the forged ones, and how many of those were
    ``believed`` (which none should be)."""

    sent: int = 0
    lost: int = 0
    unanswered: int = 0
    repeated: int = 0
    forged: int = 0
    believed: int = 0


def push(
    path: Path, url: str, shop_id: str | int, mischief: Mischief, sign_method: str = "hmac-sha256"
) -> Pushed:
    """Push to ``url`` what a shop has to hear since the last time."""
    outbox.require_url(url)
    if sign_method not in SIGN_METHODS:
        raise SandboxError(f"There is no sign method {sign_method}; known are {', '.join(SIGN_METHODS)}.")
    with ledger.transaction(path) as tx:
        outbox.write(tx)
        taken = outbox.take(tx, shops.number(shop_id), url, APP_KEY)
    return _send(path, taken, url, mischief, sign_method)


def push_at_once(path: Path) -> None:
    """Push to every shop that has an address what it has not heard yet; whatever fails is lost."""
    with ledger.transaction(path) as tx:
        taken = outbox.take_at_once(tx, APP_KEY)
    deliver(path, taken)


def deliver(path: Path, taken: Sequence[Outgoing]) -> None:
    """Send messages, each to the address of its shop."""
    for url in dict.fromkeys(one.url for one in taken):
        _send(path, [one for one in taken if one.url == url], url, Mischief(), "hmac-sha256")


def probe(url: str) -> bool:
    """What the console sends when an address is saved: whether it was answered with success."""
    outbox.require_url(url)
    return _post(url, [_PROBE], SIGN_METHODS[1])


def _send(path: Path, taken: Sequence[Outgoing], url: str, mischief: Mischief, sign_method: str) -> Pushed:
    rng = random.Random(mischief.seed)  # noqa: S311 - must be repeatable, guards nothing
    kept = [one for one in taken if rng.random() >= mischief.lose]
    twice = [one for one in kept if rng.random() < mischief.repeat]
    sending = [*kept, *twice]
    if mischief.shuffle:
        rng.shuffle(sending)
    done: set[int] = set()
    for start in range(0, len(sending), _AT_ONCE):
        bodies = sending[start : start + _AT_ONCE]
        if _post(url, [one.body for one in bodies], sign_method):
            done.update(one.push_id for one in bodies)
    outbox.arrived(path, sorted(done))
    believed = sum(_post(url, [_forged(rng, taken)], sign_method, secret="") for _ in range(mischief.forge))
    lost, unanswered = len(taken) - len(done), len(kept) - len(done)
    return Pushed(len(done), lost, unanswered, len(twice), mischief.forge, believed)


def _forged(rng: random.Random, taken: Sequence[Outgoing]) -> str:
    """What somebody without the secret might send: a true message about another item, or an invented one."""
    if taken and rng.random() < 0.5:
        return rng.choice(taken).body.replace("1", "2")
    data = {"distr_order_id": str(rng.randrange(10**18)), "shop_id": 1, "user_id": 2}
    return json.dumps({"tag": "501", "msg_id": f"f{rng.randrange(10**9)}", "data": json.dumps(data)})


def _post(url: str, messages: Sequence[str], sign_method: str, *, secret: str = APP_SECRET) -> bool:
    """One POST of a body with these messages; whether the answer was the success that the platform wants."""
    parts = urlsplit(url)
    body = f"[{','.join(messages)}]".encode()
    headers = {
        "Content-Type": "application/json",
        "app-id": APP_KEY,
        "event-sign": push_sign(APP_KEY, body, secret, sign_method),
        "sign-method": sign_method,
    }
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
    with suppress(OSError, HTTPException, ValueError):
        try:
            line.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", body, headers)
            answer = line.getresponse()
            said = json.loads(answer.read(65536))
            return answer.status == 200 and isinstance(said, dict) and said.get("code") == 0
        finally:
            line.close()
    return False
