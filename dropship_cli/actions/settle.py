"""Unknown outcomes: ask the platform what became of each, late enough and twice where needed (rule 3)."""

from __future__ import annotations

from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.actions.observe import observe
from dropship_cli.actions.record import LOOK_FIRST, refuse_orphans
from dropship_cli.domain.allocation import why_not_cancel
from dropship_cli.domain.capability import Can
from dropship_cli.domain.effect import Finding, Judgement, judge_binding, judge_item, judge_role
from dropship_cli.domain.errors import UnavailableError
from dropship_cli.domain.item import Item, Origin
from dropship_cli.domain.operation import Fence, Kind, Operation, State
from dropship_cli.domain.shipment import Way, why_not_ship
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import ItemRef

UNREADABLE = frozenset({Kind.WAYBILL, Kind.WAYBILL_CANCEL})
"""E-waybills can't be read back (doudian.md section 6 names no such call), and a second one costs money."""


@dataclass
class Settled:
    """How many unknown outcomes ended how; `due_in` are the seconds until the next may be asked about."""

    done: int = 0
    requeued: int = 0
    refused: int = 0
    waiting: int = 0
    due_in: float | None = None

    def wait_for(self, seconds: float) -> None:
        self.waiting += 1
        self.due_in = seconds if self.due_in is None else min(self.due_in, seconds)


def settle(shop: Shop) -> Settled:
    """Ask about every unknown outcome whose quiet time is over; the caller holds the lock.

    A platform that does not answer leaves the rest unknown; they are asked about in the next run.
    """
    settled = Settled()
    for operation in shop.store.operations.in_state(State.UNKNOWN):
        if operation.kind in UNREADABLE:
            settled.wait_for(float("inf"))  # a person decides: `queue retry` or `queue drop`
            continue
        due_in = _due_in(shop, operation)
        if due_in > 0 or not shop.in_time:
            settled.wait_for(due_in)
            continue
        try:
            reading = _ask(shop, operation)
        except UnavailableError:
            settled.wait_for(0)
            break
        _judge(shop, operation, reading, settled)
    return settled


def _due_in(shop: Shop, operation: Operation) -> float:
    """Seconds until this one may be asked about.

    A whole answer ("done already") was trustworthy: there is nothing late to wait for, only a value to read.
    """
    now, sent_at = shop.now(), operation.sent_at or 0.0
    if operation.asked_at is not None and operation.asked_at <= now:
        return operation.asked_at + shop.settings.reread - now
    if operation.error_code in LOOK_FIRST:
        return 0.0
    if sent_at > now:  # the clock went backwards: count again from now
        with shop.store.transaction():
            shop.store.operations.sent_anew(operation, now)
        return shop.settings.quiet
    return sent_at + shop.settings.quiet - now


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one question brought: the judgement, and the role and item as they are now."""

    judgement: Judgement
    role: Role | None
    item: Item | None = None


def _ask(shop: Shop, operation: Operation) -> _Reading:
    """One reading, by identifier. All calls are made here: none within the transaction that writes the end."""
    if operation.kind is Kind.ROLE:
        role = shop.read(lambda platform: platform.role())
        return _Reading(judge_role(operation, role), role)
    role = shop.require_any("settle")
    if operation.kind in (Kind.APPLY, Kind.ACCEPT, Kind.REJECT, Kind.UNBIND):
        listed = shop.read(lambda platform: platform.bindings(role))
        return _Reading(judge_binding(operation, listed), role)
    item = shop.read(lambda platform: platform.item(role, ref_of(operation)))
    known = shop.store.items.get(operation.target)
    if item is None and known is not None and known.source is Origin.FILE:  # never in the dropship list
        item = shop.read(lambda platform: platform.ordinary(known))
    return _Reading(judge_item(operation, item), role, item)


def ref_of(operation: Operation) -> ItemRef:
    """How to ask for the item of an operation; a factory's wish names the merchant."""
    merchant_id = operation.wish.get("merchant_id")
    return ItemRef(operation.target, operation.order_id, None if merchant_id is None else str(merchant_id))


def _judge(shop: Shop, operation: Operation, reading: _Reading, settled: Settled) -> None:
    judgement, item = reading.judgement, reading.item
    with shop.store.transaction():
        if item is not None:
            observe(shop, [item])
        if judgement.finding is Finding.AS_WANTED and operation.kind is not Kind.ROLE:
            shop.store.operations.done([operation], shop.now(), found=True)
            settled.done += 1
        elif judgement.finding is Finding.AS_WANTED:
            # A role takes two calls, and only the first can be read; again, both change nothing.
            _as_before(shop, operation, reading.role, settled)
        elif operation.error_code in LOOK_FIRST or judgement.finding is Finding.OTHER:
            _refuse(shop, operation, reading)
            settled.refused += 1
        else:
            _as_before(shop, operation, reading.role, settled)
        shop.store.log.add(
            "settle", who=shop.who, at=shop.now(), target=operation.target,
            outcome=judgement.finding, detail=f"{operation.kind} {operation.op_id} {judgement.seen}".rstrip(),
        )  # fmt: skip
        refuse_orphans(shop)


def _refuse(shop: Shop, operation: Operation, reading: _Reading) -> None:
    """Somebody else's value stands there, or the platform's refusal was meant: say which, overwrite nobody."""
    code = "conflict.changed_elsewhere"
    facts: dict[str, object] = {"wanted": _wanted(operation), "seen": reading.judgement.seen}
    reason = _reason(operation, reading.item, reading.role)
    if reason is not None:
        code, facts = reason
    elif reading.judgement.finding is Finding.AS_BEFORE:
        code, facts = operation.error_code or code, dict(operation.facts)
    shop.store.operations.refuse([(operation, code, facts)], shop.now())


def _reason(
    operation: Operation, item: Item | None, role: Role | None
) -> tuple[str, dict[str, object]] | None:
    """The rule that forbids a shipment, or taking back what left, told from what was just read."""
    if item is None or role is None:
        return None
    if operation.kind is Kind.CANCEL:
        return why_not_cancel(item)
    if operation.kind is not Kind.SHIP:
        return None
    way = Way(role, partial=True, reject_refund=bool(operation.wish.get("reject_refund")))
    return why_not_ship(item, (), way)


def _wanted(operation: Operation) -> str:
    wish = operation.wish
    if operation.kind is Kind.SHIP:
        packages = wish.get("packages")
        rows = packages if isinstance(packages, list) else []
        return ", ".join(f"{row['carrier']} {row['tracking_number']}" for row in rows)
    return ", ".join(str(value) for value in wish.values() if value is not None) or str(operation.kind)


def _as_before(shop: Shop, operation: Operation, role: Role | None, settled: Settled) -> None:
    """The first such reading is remembered; the second sends it again where a repeat is harmless."""
    if operation.asked_at is None:
        shop.store.operations.asked(operation, shop.now())
        settled.wait_for(shop.settings.reread)
    elif _fence(shop, operation, role) is Fence.NONE:
        settled.wait_for(float("inf"))  # a person decides: `queue retry` or `queue drop`
    else:
        shop.store.operations.requeue([operation])
        settled.requeued += 1


def _fence(shop: Shop, operation: Operation, role: Role | None) -> Fence:
    able = shop.platform().capabilities(role or Role.MERCHANT).acts.get(operation.kind)
    return able.fence if isinstance(able, Can) else Fence.NONE
