"""What an answer, or its absence, makes of journal and items; always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dropship_cli.actions.context import Shop
from dropship_cli.domain.effect import applied
from dropship_cli.domain.item import Item
from dropship_cli.domain.operation import Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import Answer, NoAnswer, Verdict
from dropship_cli.store.operations import Doubt

LOOK_FIRST = frozenset(
    {
        "allocate.allocated_already", "allocate.shipped", "allocate.not_allocated",
        "ship.state", "ship.shipped_already", "ship.wrong_sum", "ship.refund_open", "ship.closed",
        "binding.applied_already", "binding.bound_already", "binding.not_pending", "binding.not_active",
        "role.chosen_already", "role.fixed",
    }
)  # fmt: skip
"""Refusals that may mean "done already, by you": the value is read before they count (evidence, section 3)."""


def answered(shop: Shop, role: Role | None, batch: Sequence[Operation], answers: Sequence[Answer]) -> None:
    """Take each operation's own answer, found by id; one that the answer does not mention is unknown (rule 4)."""
    by_id = {answer.op_id: answer for answer in answers}
    done: list[tuple[Operation, Answer]] = []
    refused: list[Doubt] = []
    doubted: list[Doubt] = []
    for operation in batch:
        answer = by_id.get(operation.op_id)
        if answer is None:
            doubted.append((operation, "answer.missing_row", {}))
        elif answer.verdict is Verdict.DONE:
            done.append((operation, answer))
        elif answer.verdict is Verdict.REFUSED and answer.code not in LOOK_FIRST:
            refused.append((operation, answer.code or "platform.refused", _said(answer)))
        else:
            doubted.append((operation, answer.code or "answer.missing_row", _said(answer)))
    shop.store.operations.done([operation for operation, _ in done], shop.now())
    shop.store.operations.refuse(refused, shop.now())
    shop.store.operations.doubt(doubted)
    _keep_numbers(shop, done)
    _apply(shop, role, done)
    refuse_orphans(shop)


def not_sent(shop: Shop, batch: Sequence[Operation], code: str, detail: str) -> None:
    """Proven not done: it waits in the queue."""
    shop.store.operations.requeue(batch, code, **({"said": detail} if detail else {}))


def without_answer(shop: Shop, batch: Sequence[Operation], error: NoAnswer) -> None:
    """Done or not: nobody knows before asking."""
    facts: Mapping[str, object] = {"said": error.detail, "log_id": error.log_id}
    shop.store.operations.doubt([(one, error.reason, {k: v for k, v in facts.items() if v}) for one in batch])


def stranded(shop: Shop, batch: Sequence[Operation]) -> None:
    """Found `sending` by a run that holds the lock: whoever sent it is gone."""
    shop.store.operations.doubt([(one, "run.interrupted", {}) for one in batch])


def dropped(shop: Shop, operations: Sequence[Operation], *, who: str, code: str | None = None) -> None:
    """Given up by `who`, or for the reason `code`: each has its line in the log, and what waited for it is refused."""
    shop.store.operations.drop(operations, shop.now(), code)
    for one in operations:
        shop.store.log.add(
            "drop", who=who, at=shop.now(), target=one.target, outcome=code or "done", detail=one.op_id
        )
    refuse_orphans(shop)


def refuse_orphans(shop: Shop) -> None:
    """What waited for an operation that was refused or dropped will never be sent."""
    orphans = shop.store.operations.orphans()
    shop.store.operations.refuse([(one, "operation.predecessor", {}) for one in orphans], shop.now())


def _said(answer: Answer) -> dict[str, object]:
    return {"said": answer.said} if answer.said else {}


def _keep_numbers(shop: Shop, done: Sequence[tuple[Operation, Answer]]) -> None:
    """E-waybill numbers that came or went, in the transaction that calls them done: a number paid for is kept."""
    for operation, answer in done:
        if operation.kind is Kind.WAYBILL:
            shop.store.waybills.add(operation, answer.given, shop.now())
        elif operation.kind is Kind.WAYBILL_CANCEL:
            shop.store.waybills.cancel(operation, shop.now())


def _apply(shop: Shop, role: Role | None, done: Sequence[tuple[Operation, Answer]]) -> None:
    """The items as they are after what was done."""
    items = shop.store.items.by_ids(operation.target for operation, _ in done)
    at = int(shop.now())
    changed: dict[str, Item] = {}
    for operation, answer in done:
        item = changed.get(operation.target) or items.get(operation.target)
        if item is not None and role is not None:
            changed[operation.target] = applied(operation, item, role, at, answer.package_ids)
    shop.store.items.put(changed.values(), shop.now())
