"""One round with the platform: settle what is unknown, send what waits, read what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dropship_cli.actions.act import outcome_of
from dropship_cli.actions.bars import told_why
from dropship_cli.actions.catch_up import Caught, catch_up
from dropship_cli.actions.conflicts import untold
from dropship_cli.actions.context import Shop
from dropship_cli.actions.deliver import deliver, recover
from dropship_cli.actions.pull import Pulled, pull
from dropship_cli.actions.settle import settle
from dropship_cli.actions.withdraw import look_again, withdraw
from dropship_cli.domain.errors import DropshipError, ExitStatus, RefusedError
from dropship_cli.domain.operation import REFUND_GONE, Operation, State
from dropship_cli.domain.outcome import Outcome, Result, exit_status
from dropship_cli.store.backup import RESTORED

ON_PURPOSE = frozenset({"run.stopped", "profile.read_only"})
"""Why nothing was sent, by somebody's own word: the reading was whole all the same."""


@dataclass
class Synced:
    """What a round did: what was read, what became of each operation that was on its way, how many allocations it
    took back after refunds, and what became of those that it could not.

    `conflicts` are items that a local factory had until the platform said otherwise: item, code, factory.
    """

    caught: Caught = field(default_factory=Caught)
    outcomes: list[Outcome] = field(default_factory=list)
    withdrawn: int = 0
    error: DropshipError | None = None
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def pulled(self) -> Pulled:
        """What was read."""
        return self.caught.pulled

    @property
    def failure(self) -> DropshipError | None:
        """The error, where the round itself failed."""
        return None if self.error is None or self.error.code in ON_PURPOSE else self.error

    @property
    def stay(self) -> int:
        """How many allocations that were to be taken back stay: their refunds were closed meanwhile."""
        return sum(1 for one in self.outcomes if one.error_code == REFUND_GONE)

    @property
    def exit_status(self) -> ExitStatus:
        """The operations' worst; a failed reading is 5 (or 3), a round can't be "all refused" (4)."""
        status = exit_status(outcome.result for outcome in self.outcomes)
        if status is ExitStatus.UNKNOWN or self.error is None:
            return ExitStatus.PARTLY if status is ExitStatus.REFUSED else status
        return self.error.exit_status


def sync(shop: Shop, *, since: int | None = None) -> Synced:
    """Safe from cron: no prompt, a deadline, one line in the log.

    Raises `BusyError` when another run holds the shop. A platform that is away is answered in `error`.
    """
    synced = Synced()
    with shop.lock(shop.wait):
        recover(shop)
        on_its_way = shop.store.operations.in_state(State.QUEUED, State.UNKNOWN)
        withdrawals: list[Operation] = []
        try:
            _round(shop, synced, since, withdrawals)
        except DropshipError as error:
            synced.error = synced.error or error
        taken = _ends(shop, withdrawals)
        synced.withdrawn = sum(1 for one in taken if one.result is Result.DONE)
        synced.outcomes = [*_ends(shop, on_its_way), *(one for one in taken if one.result is not Result.DONE)]
        with shop.store.transaction():
            synced.conflicts = untold(shop)
        _remember(shop, synced)
    return synced


def _round(shop: Shop, synced: Synced, since: int | None, withdrawals: list[Operation]) -> None:
    if shop.store.facts.get(RESTORED):  # after a restore nothing is sent before everything was read
        pull(shop, since=since)
        with shop.store.transaction():
            shop.store.facts.put(RESTORED, None)
    settle(shop)
    look_again(shop)
    synced.error = deliver(shop)
    refused: RefusedError | None = None
    try:
        synced.caught = catch_up(shop, since=since)
    except RefusedError as error:  # a shop without a role has nothing to read, but its choice to settle
        refused = error
    if refused is None:
        withdrawals += withdraw(shop)
    if _settle_twice(shop) + len(withdrawals):
        synced.error = deliver(shop)
    settle(shop)
    synced.error = synced.error or refused


def _settle_twice(shop: Shop) -> int:
    """Settle, and wait for the second of two readings: worth a few seconds, not another run. How many to send again.

    Each waiting ends with an operation settled or requeued, or the platform away (due at once, not later).
    """
    settled = settle(shop)
    requeued = settled.requeued
    while settled.due_in is not None and 0 < settled.due_in <= shop.settings.reread:
        shop.sleep(settled.due_in)
        settled = settle(shop)
        requeued += settled.requeued
    return requeued


def _ends(shop: Shop, operations: Sequence[Operation]) -> list[Outcome]:
    """What became of everything that was on its way when the round began."""
    states = told_why(shop, shop.store.operations.by_ids(one.op_id for one in operations))
    return [outcome_of(states[one.op_id]) for one in operations]


def _remember(shop: Shop, synced: Synced) -> None:
    """`last_sync_at` is of the last whole round; a failed one leaves its reason for `status`."""
    now = shop.now()
    pulled, error = synced.pulled, synced.failure
    with shop.store.transaction():
        if error is None:
            shop.store.facts.put("last_sync_at", repr(now))
        shop.store.facts.put("sync_error", error.code if error else None)
        shop.store.log.add(
            "sync", who=shop.who, at=now, outcome=error.code if error else "done",
            detail=f"items={pulled.items} windows={pulled.windows} operations={len(synced.outcomes)}{_pushes(synced)}",
        )  # fmt: skip


def _pushes(synced: Synced) -> str:
    """What the log says of them, where there is something to say."""
    caught = synced.caught
    return f" looked={caught.looked} lost={caught.lost or 0}" if caught.looked or caught.lost else ""
