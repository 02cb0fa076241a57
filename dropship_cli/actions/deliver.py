"""The only way out: queued operations go to the platform, and each answer into the journal and the items.

Threads make the calls and never touch the store; the main thread writes and never waits for the network alone.
The order of commits is rule 1: `sending` is durable before the call leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from math import ceil

from dropship_cli.actions.context import Forecast, Shop
from dropship_cli.actions.here import do_here
from dropship_cli.actions.interruption import finishing
from dropship_cli.actions.record import answered, not_sent, stranded, without_answer
from dropship_cli.actions.withdraw import drop_pointless
from dropship_cli.domain.capability import Can
from dropship_cli.domain.errors import (
    DropshipError,
    Interrupted,
    RefusedError,
    SetupError,
    UnavailableError,
)
from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import Answer, NoAnswer, NotSent

ORDER = (
    Kind.ROLE, Kind.APPLY, Kind.ACCEPT, Kind.REJECT, Kind.UNBIND, Kind.CANCEL, Kind.ALLOCATE, Kind.WAYBILL,
    Kind.SHIP, Kind.AMEND, Kind.WAYBILL_CANCEL,
)  # fmt: skip
"""What is sent first when several kinds wait."""

TRIES = 3
"""Sendings of one operation in one run; more is a matter for the next run."""

PATIENCE = 3
"""Calls in a row without an answer after which the run sends nothing new: the platform is not well."""


def recover(shop: Shop) -> None:
    """With the lock in hand, a row that says `sending` was left by a run that died: its outcome is unknown."""
    left = shop.store.operations.in_state(State.SENDING)
    if left:
        with shop.store.transaction():
            stranded(shop, left)


def deliver(shop: Shop) -> DropshipError | None:
    """Send what is queued, as far as the platform takes it now; the caller holds the lock.

    What could not be sent stays queued, and the reason is answered (never raised: the journal is right, and the
    caller has rows to show).
    """
    drop_pointless(shop)
    role = shop.role()
    delivery = _Delivery(shop, role)
    with ThreadPoolExecutor(max_workers=shop.settings.workers) as pool:
        try:
            delivery.run(pool)
        except Interrupted as interrupt:
            delivery.stop()
            delivery.drain()  # what is in flight gets its answer
            delivery.count(interrupt)
            raise
    if delivery.defect is not None:
        raise delivery.defect
    return delivery.error


@dataclass
class _Delivery:
    """One run's calls in flight and what it has learned of the platform; `tries` counts sendings in vain."""

    shop: Shop
    role: Role | None
    in_flight: dict[Future[list[Answer]], list[Operation]] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    stopped: bool = False
    error: DropshipError | None = None
    defect: BaseException | None = None
    finished: int = 0

    def run(self, pool: ThreadPoolExecutor) -> None:
        waiting = self.shop.store.operations.queued(self.shop.now())
        total = sum(waiting.values())
        if waiting.get(Kind.SHIP):
            with self.shop.store.transaction():
                self.shop.store.operations.rank()
        if total and self.shop.store.facts.standstill() is None:
            self.shop.foretell(self._forecast(waiting))
        while True:
            while not self.stopped and len(self.in_flight) < self.shop.settings.workers and self._start(pool):
                pass
            if not self.in_flight:
                return
            self._finish_some()
            self.shop.progress(self.finished, total)

    def stop(self) -> None:
        self.stopped = True

    def drain(self) -> None:
        while self.in_flight:
            self._finish_some()

    def count(self, interrupt: Interrupted) -> None:
        """Tell what is left on its way."""
        live = self.shop.store.operations.counts()
        interrupt.queued, interrupt.unknown = live.get(State.QUEUED, 0), live.get(State.UNKNOWN, 0)

    def _forecast(self, waiting: Mapping[Kind, int]) -> Forecast:
        """By count and rate alone: kinds are sent one after another, each at the rate of its own method."""
        able = self.shop.platform().capabilities(self.role or Role.MERCHANT).acts
        calls = sum(
            ceil(number / act.batch)
            for kind, number in waiting.items()
            if isinstance(act := able.get(kind), Can)
        )
        ends_in = self.shop.deadline_at - self.shop.now()
        return Forecast(sum(waiting.values()), calls, calls / self.shop.settings.rate, ends_in)

    def _start(self, pool: ThreadPoolExecutor) -> bool:
        """Mark the next batch `sending`, durably, and let a thread make its call."""
        if not self.shop.in_time:
            self._halt(UnavailableError("run.deadline"))
            return False
        self._do_here()
        batch = self._next_batch()
        if not batch:
            return False
        role = self.role or Role(str(batch[0].wish.get("role", Role.MERCHANT)))
        platform = self.shop.platform()
        with finishing():
            forbidden = self._mark(batch)
            if forbidden is None:
                self.in_flight[pool.submit(platform.change, role, batch[0].kind, batch)] = batch
                return True
        self._halt(forbidden)
        return False

    def _mark(self, batch: Sequence[Operation]) -> DropshipError | None:
        """`sending`, durably; or why nothing may leave. Asked in the same transaction, so that a `stop` said
        in another terminal is obeyed before the next call."""
        if self.shop.profile.read_only:
            return RefusedError("profile.read_only", profile=self.shop.profile.name)
        with self.shop.store.transaction():
            standstill = self.shop.store.facts.standstill()
            if standstill is not None:
                return standstill.error()
            self.shop.store.operations.send(batch, self.shop.now())
        return None

    def _do_here(self) -> None:
        """What waited for the platform's word and goes to a local factory now."""
        if self.shop.store.operations.ready_here(self.shop.now()):
            with self.shop.store.transaction():
                do_here(self.shop)

    def _next_batch(self) -> list[Operation]:
        for kind in ORDER:
            ready = self._ready(kind)
            if ready:
                return ready
        return []

    def _ready(self, kind: Kind) -> list[Operation]:
        """Up to a call's worth of operations that this run has not tried too often."""
        if not self.shop.store.operations.ready(kind, 1, self.shop.now()):
            return []
        size = self._batch_size(kind)
        waiting = self.shop.store.operations.ready(kind, size + len(self.tries), self.shop.now())
        return [one for one in waiting if self.tries[one.op_id] < TRIES][:size]

    def _batch_size(self, kind: Kind) -> int:
        role = self.role or Role.MERCHANT
        return self.shop.platform().capabilities(role).can(kind).batch

    def _finish_some(self) -> None:
        done, _ = wait(self.in_flight, return_when=FIRST_COMPLETED)
        for future in done:
            with finishing():
                self._record(future, self.in_flight[future])
                self.finished += len(self.in_flight.pop(future))

    def _record(self, future: Future[list[Answer]], batch: Sequence[Operation]) -> None:
        """Write what the call told; without a trustworthy answer its rows are unknown."""
        error = future.exception()
        with self.shop.store.transaction():
            if error is None:
                answered(self.shop, self.role, batch, future.result())
            elif isinstance(error, NotSent):
                self.tries.update(one.op_id for one in batch)
                not_sent(self.shop, batch, error.reason, error.detail)
            elif isinstance(error, SetupError):
                not_sent(self.shop, batch, error.code, "")
            elif isinstance(error, NoAnswer):
                without_answer(self.shop, batch, error)
            else:
                without_answer(self.shop, batch, NoAnswer("answer.unreadable"))
        self._learn(error)

    def _learn(self, error: BaseException | None) -> None:
        """Decide from one call's end whether to go on."""
        self.silent = self.silent + 1 if isinstance(error, NoAnswer) else 0
        if isinstance(error, SetupError):
            self._halt(error)
        elif isinstance(error, NotSent) and error.reason != "platform.limited":
            self._halt(UnavailableError(error.reason, detail=error.detail))
        elif self.silent >= PATIENCE and isinstance(error, NoAnswer):
            self._halt(UnavailableError("platform.silent", detail=error.detail))
        elif error is not None and not isinstance(error, NotSent | NoAnswer):
            self.defect = self.defect or error
            self.stop()

    def _halt(self, error: DropshipError) -> None:
        self.error = self.error or error
        self.stop()
