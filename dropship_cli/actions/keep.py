"""The inbox's one writer: messages of many requests in one commit, and only then a word to those who wait for it.

A commit is a sync of the disk and costs as much for one message as for a hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from queue import Empty, SimpleQueue
from threading import Event, Lock
from time import monotonic

from dropship_cli.actions.hearing import ALIVE, REFUSED, SINCE
from dropship_cli.domain.errors import DropshipError, StoreError
from dropship_cli.domain.push import BEAT, Push, outcome_at_once
from dropship_cli.store.db import Store

PATIENCE = 4.0
"""Seconds a request waits for its commit; the platform waits 5 for its answer (doudian.md section 8)."""

Told = Callable[[Push], None]


class _Batch:
    """The messages of one request and the request that waits for them."""

    __slots__ = ("error", "kept", "pushes")

    def __init__(self, pushes: Sequence[Push]) -> None:
        self.pushes = pushes
        self.kept = Event()
        self.error: DropshipError | None = None


class Keeper:
    """Writes what comes in. `keep` and `refuse` may be called by any thread, `run` is a thread's whole life."""

    def __init__(
        self,
        open_store: Callable[[], AbstractContextManager[Store]],
        *,
        shop_id: str,
        who: str,
        now: Callable[[], float],
        told: Told,
    ) -> None:
        self._open_store = open_store
        self._shop_id = shop_id
        self._who = who
        self._now = now
        self._told = told
        self._queue: SimpleQueue[_Batch | None] = SimpleQueue()
        self._refused: Counter[str] = Counter()
        self._lock = Lock()

    def keep(self, pushes: Sequence[Push]) -> None:
        """Return when all are durable. Raises the store's error, or `StoreError` when it takes too long."""
        batch = _Batch(pushes)
        self._queue.put(batch)
        if not batch.kept.wait(PATIENCE):
            raise StoreError("store.busy", path="inbox", detail="")
        if batch.error is not None:
            raise batch.error

    def refuse(self, reason: str) -> None:
        """Count a body that was not taken; the log gets one line a reason and beat, however many are sent."""
        with self._lock:
            self._refused[reason] += 1

    def stop(self) -> None:
        """Let `run` end after what was given to it."""
        self._queue.put(None)

    def run(self) -> None:
        """Commit what comes, until `stop`; a sign of life each beat."""
        with self._open_store() as store:
            self._note(store, since=self._now())
            going, due = True, monotonic() + BEAT
            while going:
                batches, going = self._next(max(due - monotonic(), 0.0))
                if batches:
                    self._commit(store, batches)
                if monotonic() >= due:
                    due = monotonic() + BEAT
                    self._note(store)
            self._note(store, ended=True)

    def _next(self, patience: float) -> tuple[list[_Batch], bool]:
        """Everything that waits by now, and whether to go on."""
        batches: list[_Batch] = []
        try:
            found = self._queue.get(timeout=patience)
            while found is not None:
                batches.append(found)
                found = self._queue.get_nowait()
        except Empty:
            return batches, True
        return batches, False

    def _commit(self, store: Store, batches: Sequence[_Batch]) -> None:
        """One transaction for all; who waits hears of its end, good or bad."""
        pushes = [push for batch in batches for push in batch.pushes]
        error: DropshipError | None = None
        try:
            with store.transaction():
                kept = [(push, outcome_at_once(push, self._shop_id)) for push in pushes]
                store.inbox.add(kept, self._now())
        except DropshipError as failed:
            error = failed
        for batch in batches:
            batch.error = error
            batch.kept.set()
        if error is None:
            for push in pushes:
                self._told(push)

    def _note(self, store: Store, *, since: float | None = None, ended: bool = False) -> None:
        """The sign of life and what was refused since the last; a store that fails now is told by the next message."""
        with self._lock:
            refused, self._refused = self._refused, Counter()
        now = self._now()
        try:
            with store.transaction():
                store.facts.put(ALIVE, repr(now))
                if since is not None or ended:
                    store.facts.put(SINCE, repr(since) if since is not None else None)
                    store.log.add("listen", who=self._who, at=now, detail="ended" if ended else "began")
                for reason, count in refused.items():
                    store.log.add("listen", who=self._who, at=now, outcome=reason, detail=f"count={count}")
                store.facts.put(REFUSED, str(int(store.facts.get(REFUSED) or 0) + refused.total()))
        except StoreError:
            with self._lock:
                self._refused += refused
