"""One call from the gate to its answer, in one transaction: the order of checks, faults, and the logs.

A refused call is rolled back to where its work began; what stays is its line in the log of calls, the rate
it used up, and a fault that was spent on it.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropship_cli.sandbox import faults, ledger, outbox, pushing, shops, tokens
from dropship_cli.sandbox.dialects.doudian import gate
from dropship_cli.sandbox.dialects.doudian.answers import LIMIT, OFF, PERMISSION, SERVICE, SUCCESS, Fail
from dropship_cli.sandbox.dialects.doudian.call import Call, Method
from dropship_cli.sandbox.dialects.doudian.gate import Received
from dropship_cli.sandbox.dialects.doudian.methods import METHODS
from dropship_cli.sandbox.dialects.doudian.params import Params, parse
from dropship_cli.sandbox.errors import Refused
from dropship_cli.sandbox.faults import Fault
from dropship_cli.sandbox.ledger import Actor
from dropship_cli.sandbox.pages import Pager
from dropship_cli.sandbox.schema import APP_KEY

_ROWS = {Fault.DROP_ROW, Fault.DOUBLE_ROW, Fault.STRANGE_ROW}
_BUSY = Fail(SERVICE, "isp.service-error:20000", "系统繁忙")
_BEFORE = {
    Fault.BUSY_BEFORE: _BUSY,
    Fault.ERROR_500_BEFORE: _BUSY,
    Fault.LIMIT: Fail(LIMIT, "isv.traffic-limited", "调用太频繁,请稍后再试"),
}


@dataclass(slots=True)
class Reply:
    """The outcome of a call (``None`` = success), its data, and the fault that must still spoil the wire."""

    outcome: Fail | None = None
    data: Any = None
    fault: Fault | None = None


@dataclass(slots=True)
class _Visit:
    """What is known about a call so far; grows as the checks pass."""

    received: Received
    now: float
    app_key: str = ""
    shop_id: int = 0
    rows: int = 0
    fault: Fault | None = None

    def actor(self) -> Actor:
        return Actor(self.shop_id, self.received.method, int(self.now))


class Desk:
    """Answers calls on one ledger; used by all threads of an application."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        self._pager = Pager()

    def now(self) -> float:
        """The clock of this sandbox."""
        return self._clock()

    def answer(self, received: Received) -> Reply:
        """Do what a call asks, or refuse it; every call leaves one line in the log of calls."""
        with ledger.transaction(self._path) as tx:
            # The clock is read inside: whoever waited for the lock must not write an older time.
            visit = _Visit(received, self._clock())
            reply = self._reply(tx, visit)
            code = SUCCESS if reply.outcome is None else reply.outcome.code
            ledger.record_call(tx, visit.actor(), code=code, rows=visit.rows)
            pushes = outbox.take_at_once(tx, APP_KEY)
        pushing.deliver(self._path, pushes)
        return reply

    def _reply(self, tx: sqlite3.Connection, visit: _Visit) -> Reply:
        try:
            method, params = _admit(tx, visit)
            data = _work(tx, visit, method, params, self._pager)
        except Fail as fail:
            return Reply(fail, fail.data, visit.fault)
        if visit.fault is Fault.BUSY_AFTER:
            return Reply(_BUSY)
        if visit.fault in _ROWS:
            data = faults.spoil_rows(data, visit.fault)
        return Reply(None, data, visit.fault)


def _admit(tx: sqlite3.Connection, visit: _Visit) -> tuple[Method, Params]:
    received = visit.received
    visit.app_key = gate.require_signed(tx, received, visit.now)
    method = METHODS.get(received.method)
    if method is None:
        raise Fail(OFF, "isp.api-service-off", "接口不存在或已下线")
    params = parse(received.param_json)
    visit.rows = params.longest_list()
    visit.fault = faults.take(tx, received.method)
    if visit.fault is Fault.EXPIRE_TOKEN:
        tokens.expire(tx, received.query.get("access_token", ""), visit.now)
    if method.token:
        _recognise(tx, visit, method)
    if visit.fault in _BEFORE:
        raise _BEFORE[visit.fault]
    return method, params


def _recognise(tx: sqlite3.Connection, visit: _Visit, method: Method) -> None:
    visit.shop_id = gate.require_token(tx, visit.app_key, visit.received, visit.now)
    gate.require_rate(tx, visit.shop_id, visit.received.method, visit.now)
    try:
        role = shops.role_of(tx, visit.shop_id)
    except Refused as refused:
        # A token can outlive its shop, after a reset.
        raise Fail(PERMISSION, "dop.authorization-no-existed", "店铺不存在") from refused
    gate.require_role(role, method.role)


def _work(tx: sqlite3.Connection, visit: _Visit, method: Method, params: Params, pager: Pager) -> Any:
    tx.execute("SAVEPOINT work")
    call = Call(tx, visit.actor(), params, pager, visit.app_key, visit.now)
    try:
        return method.answer(call)
    except Fail as fail:
        # A partial failure carries the rows that did succeed, and those stay.
        if fail.data is None:
            tx.execute("ROLLBACK TO work")
        raise
    finally:
        tx.execute("RELEASE work")
