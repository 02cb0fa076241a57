"""The wire between the program and the sandbox in this process: it delivers calls, and spoils those it is told to.

What it records (calls, overlaps) is seen from outside the program; it knows none of its rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from threading import Lock
from typing import Any

import httpx

from dropship_cli.sandbox.app import create_app
from tests.faults.clock import Clock
from tests.faults.fault import CLOCKS, WAYS, Fault, Way, Work
from tests.faults.token_fault import shops_of, spoil_token

CHANGES = frozenset(
    {
        "iop.sellerDistribute", "iop.sellerCancleDistribute", "iop.waybillReturn", "iop.waybillUpdate",
        "order.logisticsAddMultiPack", "order.logisticsEditByPack", "console.role.choose",
        "console.role.switch", "console.shop.open", "console.binding.apply", "console.binding.answer",
        "console.binding.unbind",
    }
)  # fmt: skip
LATE = 45.0
"""Seconds until a call that we gave up is committed: after the read time-out, before the quiet time ends."""


@dataclass
class Plan:
    """The call numbered `at` (from 0) of those that `fits` suffers the fault; `fired` once it did."""

    fault: Fault
    at: int = 0
    fits: Callable[[str], bool] = CHANGES.__contains__
    seen: int = 0
    fired: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A call that the program gave up and the platform will still commit."""

    due: float
    request: httpx.Request
    targets: frozenset[str]


@dataclass
class Wire(httpx.BaseTransport):
    """`httpx.BaseTransport` on a sandbox; may be used by several threads."""

    ledger: Path
    clock: Clock
    plans: list[Plan] = field(default_factory=list)
    late: float = LATE
    before_change: Callable[[str], None] = lambda method: None
    """Called before a change is delivered: a buyer who acts between our check and our call."""

    def __post_init__(self) -> None:
        self.calls: list[tuple[str, frozenset[str]]] = []
        self.overlaps: list[str] = []
        self.held: list[Held] = []
        self.answers: dict[str, bytes] = {}
        self._lock = Lock()
        self._app = httpx.WSGITransport(app=create_app(self.ledger, clock=self.clock.platform))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Deliver, or fail as the next plan says."""
        request.read()
        method = request.url.path.strip("/").replace("/", ".")
        self.commit_late()
        fault = self._note(method, targets_of(request.content), request)
        if method in CHANGES:
            self.before_change(method)
        if fault is None:
            body = self._deliver(request)
            self.answers[method] = body
            return self._response(200, body)
        return self._spoilt(fault, WAYS[fault], method, request)

    def commit_late(self) -> None:
        """What was given up and is due now is committed now; nobody hears its answer."""
        with self._lock:
            due = [one for one in self.held if one.due <= self.clock.platform()]
            self.held = [one for one in self.held if one not in due]
        for one in due:
            self._deliver(one.request)

    def changes(self) -> int:
        """How many changing calls have arrived."""
        return sum(1 for method, _ in self.calls if method in CHANGES)

    def _note(self, method: str, targets: frozenset[str], request: httpx.Request) -> Fault | None:
        with self._lock:
            self.calls.append((method, targets))
            if method in CHANGES:
                mine = [
                    one
                    for one in self.held
                    if one.targets & targets and self._same_shop(one.request, request)
                ]
                self.overlaps += [f"{method} {', '.join(sorted(one.targets & targets))}" for one in mine]
            return next((plan.fault for plan in self.plans if _takes(plan, method)), None)

    def _same_shop(self, *requests: httpx.Request) -> bool:
        """Whether both calls come from one shop: the other side may well act in between."""
        tokens = [one.url.params.get("access_token", "") for one in requests]
        return len(shops_of(self.ledger, tokens)) == 1

    def _spoilt(self, fault: Fault, way: Way, method: str, request: httpx.Request) -> httpx.Response:
        spoil_token(fault, self.ledger, request, self.clock.platform())
        body = self._worked(way.work, request)
        self.clock.off = CLOCKS.get(fault, self.clock.off)
        self.clock.advance(way.seconds)
        if way.error is not None:
            raise way.error("injected", request=request)
        if fault is Fault.OTHER_ANSWER:
            body = self.answers.get(method, self.answers.get("iop.roleGet", body))
        return self._response(*way.answer(body))

    def _worked(self, work: Work, request: httpx.Request) -> bytes:
        if work is Work.LATER:
            held = Held(self.clock.platform() + self.late, request, targets_of(request.content))
            with self._lock:
                self.held.append(held)
        if work is Work.TWICE:
            self._deliver(request)
        return self._deliver(request) if work in (Work.ONCE, Work.TWICE) else b""

    def _deliver(self, request: httpx.Request) -> bytes:
        response = self._app.handle_request(request)
        try:
            return response.read()
        finally:
            response.close()

    def _response(self, status: int, body: bytes) -> httpx.Response:
        # The date is what every web server adds; the program corrects its clock by it.
        headers = {"content-type": "application/json", "date": formatdate(self.clock.platform(), usegmt=True)}
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


def _takes(plan: Plan, method: str) -> bool:
    if not plan.fits(method):
        return False
    plan.seen += 1
    fires = plan.seen == plan.at + 1
    plan.fired += fires
    return fires


def targets_of(body: bytes) -> frozenset[str]:
    """The items, or the partner shop, that a call's parameters name."""
    found: set[str] = set()
    _collect(json.loads(body or b"{}"), found)
    return frozenset(found)


_NAMES = ("distr_order_id", "shipped_order_id", "factory_shop_id", "merchant_shop_id", "pack_id")


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, dict):
        found.update(str(value[name]) for name in _NAMES if name in value)
        found.update(map(str, value.get("distr_order_ids", ())))
        for inner in value.values():
            _collect(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, found)
