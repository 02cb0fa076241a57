"""From decisions to outcomes: journal what is to be done, send it, tell row by row what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dropship_cli.actions.bars import told_why
from dropship_cli.actions.context import Shop
from dropship_cli.actions.deliver import deliver, recover
from dropship_cli.actions.here import do_here
from dropship_cli.actions.settle import settle
from dropship_cli.actions.withdraw import WHO, look_again
from dropship_cli.domain.decision import Decision
from dropship_cli.domain.errors import BusyError, DropshipError, ExitStatus, RefusedError
from dropship_cli.domain.operation import REFUND_GONE, Operation, State, is_local
from dropship_cli.domain.outcome import Outcome, Result, exit_status
from dropship_cli.store.backup import RESTORED

RESULT_OF = {
    State.QUEUED: Result.QUEUED,
    State.SENDING: Result.UNKNOWN,
    State.UNKNOWN: Result.UNKNOWN,
    State.DONE: Result.DONE,
    State.REFUSED: Result.REFUSED,
    State.DROPPED: Result.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Report:
    """The rows' outcomes, and why not all of them could be sent, where that is so."""

    outcomes: list[Outcome]
    error: DropshipError | None = None

    @property
    def exit_status(self) -> ExitStatus:
        """The rows' worst; a busy shop (7) or a missing login (3) is said where rows wait because of it."""
        status = exit_status(outcome.result for outcome in self.outcomes)
        if status is ExitStatus.QUEUED and self.error is not None:
            return self.error.exit_status
        return status


@dataclass(frozen=True, slots=True)
class Journalled:
    """Decisions with the operations that they became, in the journal for good."""

    decisions: Sequence[Decision]
    chains: Sequence[Sequence[Operation]]

    @property
    def leaves(self) -> bool:
        """Whether something has to be sent; what was asked for before and still waits is gone on with, too."""
        return any(not is_local(one) for chain in self.chains for one in chain) or any(
            decision.waits for decision in self.decisions
        )


def carry_out(shop: Shop, plan: Callable[[], list[Decision]], *, dry_run: bool = False) -> Report:
    """Plan every row before anything is journalled, journal all in one transaction, then send.

    The plan is made inside the transaction that journals it: two terminals with the same wish make one
    operation of it (rule 5). A dry run writes nothing.
    """
    if dry_run:
        return Report([decision.outcome() for decision in plan()])
    kept = journal(shop, plan)
    error = send_now(shop) if kept.leaves else None
    return Report(outcomes_of(shop, kept), error)


def journal(shop: Shop, plan: Callable[[], list[Decision]]) -> Journalled:
    """Plan and journal in one transaction; nothing is sent. When this returns, the wishes outlive the program.

    A withdrawal after a refund that a person asks for, too, is the person's from now on.
    """
    shop.may_change()
    with shop.store.transaction():
        decisions = plan()
        drafts = [decision.drafts for decision in decisions if decision.drafts]
        chains = shop.store.operations.add_all(drafts, who=shop.who, at=shop.now())
        shop.store.operations.take_over([one.waits for one in decisions if one.waits], shop.who, of=WHO)
        do_here(shop)
    return Journalled(decisions, chains)


def send_now(shop: Shop) -> DropshipError | None:
    """Under the shop's lock: what died is unknown, ask about the unknown, send the queued.

    A refusal that may mean "done already" is looked at once more before it counts. The reason why something
    still waits is answered, not raised.
    """
    try:
        with shop.lock(shop.wait):
            return send_locked(shop)
    except BusyError as error:
        return error


def send_locked(shop: Shop) -> DropshipError | None:
    """`send_now` for who holds the lock already."""
    recover(shop)
    if shop.store.facts.get(RESTORED):
        return RefusedError("restore.sync_first")
    try:
        settle(shop)
        look_again(shop)
        error = deliver(shop)
        settle(shop)
    except DropshipError as error:
        return error
    return error


def outcome_of(operation: Operation) -> Outcome:
    """An operation's present state as a row's outcome."""
    facts = dict(operation.facts)
    said = facts.pop("said", None)
    stays = operation.state is State.DROPPED and operation.error_code == REFUND_GONE
    return Outcome(
        order_id=operation.order_id,
        item_id=operation.target,
        result=Result.UNCHANGED if stays else RESULT_OF[operation.state],
        error_code=operation.error_code,
        values=tuple(facts.items()),
        said=None if said is None else str(said),
        op_id=operation.op_id,
    )


def outcomes_of(shop: Shop, kept: Journalled) -> list[Outcome]:
    """Each row's end: its operation's state now; of a chain the first that is not done, else the last."""
    decisions, chains = kept.decisions, kept.chains
    waited = [decision.waits.op_id for decision in decisions if decision.waits]
    ids = [*(one.op_id for chain in chains for one in chain), *waited]
    states = told_why(shop, shop.store.operations.by_ids(ids))
    waiting = iter(chains)
    ends: dict[str, Outcome] = {}
    outcomes = []
    for decision in decisions:
        if decision.drafts:
            chain = [states[one.op_id] for one in next(waiting)]
            ends[decision.item_id] = outcome_of(
                next((one for one in chain if one.state is not State.DONE), chain[-1])
            )
        elif decision.waits:
            ends[decision.item_id] = outcome_of(states[decision.waits.op_id])
        is_told = decision.drafts or decision.follows or decision.waits
        outcomes.append(_end(decision, ends) if is_told else decision.outcome())
    return outcomes


def _end(decision: Decision, ends: Mapping[str, Outcome]) -> Outcome:
    """The end of the item's operation, or of the item that it goes with, as this row's."""
    return replace(
        ends[decision.leader or decision.item_id], order_id=decision.order_id, item_id=decision.item_id,
        row=decision.row, warning=decision.warning,
    )  # fmt: skip
