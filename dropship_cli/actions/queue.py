"""What has not reached the platform yet, and what a person may decide about it; the log of all acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dropship_cli.actions.act import Report, outcome_of, send_now
from dropship_cli.actions.bars import told_why
from dropship_cli.actions.context import Shop
from dropship_cli.actions.record import dropped
from dropship_cli.actions.withdraw import WHO
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.operation import LIVE, Operation, State
from dropship_cli.domain.outcome import Outcome


def waiting(shop: Shop) -> list[Operation]:
    """Everything that is on its way, oldest first; what a mark keeps back says which."""
    found = shop.store.operations.in_state(State.QUEUED, State.SENDING, State.UNKNOWN)
    return list(told_why(shop, {one.op_id: one for one in found}).values())


def retry(shop: Shop, op_ids: list[str]) -> Report:
    """Send again. An unknown one that is named is sent on the person's word: it may have been done already."""
    shop.may_change()
    named = [_named(shop, op_id) for op_id in op_ids]
    with shop.lock(shop.wait):
        with shop.store.transaction():
            shop.store.operations.requeue([one for one in named if one.state is State.UNKNOWN])
            shop.store.operations.take_over(named, shop.who, of=WHO)
            for one in named:
                shop.store.log.add("retry", who=shop.who, at=shop.now(), target=one.target, detail=one.op_id)
        before = named or waiting(shop)
    error = send_now(shop)
    states = told_why(shop, shop.store.operations.by_ids(one.op_id for one in before))
    return Report([outcome_of(states[one.op_id]) for one in before], error)


def drop(shop: Shop, op_ids: list[str]) -> list[Outcome]:
    """Give up operations that wait or are unknown; one that is being sent can't be."""
    shop.may_change()
    named = [_named(shop, op_id) for op_id in op_ids]
    for one in named:
        if one.state not in (State.QUEUED, State.UNKNOWN):
            raise RefusedError("operation.not_droppable", op_id=one.op_id, state=one.state)
    with shop.lock(shop.wait), shop.store.transaction():
        dropped(shop, named, who=shop.who)
    return [
        outcome_of(replace(one, state=State.DROPPED, error_code="operation.dropped", facts={}))
        for one in named
    ]


def log(shop: Shop, limit: int, *, since: float = 0.0) -> list[dict[str, Any]]:
    """Every act, the newest first: operations with what came of them, and all other entries."""
    operations = [
        {
            "at": one["created_at"], "who": one["who"], "act": one["kind"], "target": one["target"],
            "outcome": one["error_code"] or one["state"], "detail": one["wish"], "op_id": one["op_id"],
        }
        for one in shop.store.operations.recent(limit, since=since)
    ]  # fmt: skip
    entries = [{**one, "op_id": None} for one in shop.store.log.recent(limit, since=since)]
    return sorted([*operations, *entries], key=lambda one: -float(one["at"]))[:limit]


def _named(shop: Shop, op_id: str) -> Operation:
    operation = shop.store.operations.get(op_id)
    if operation is None:
        raise RefusedError("operation.unknown", op_id=op_id)
    if operation.state not in LIVE:
        raise RefusedError("operation.ended", op_id=op_id, state=operation.state)
    return operation
