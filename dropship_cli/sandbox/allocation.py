"""Allocating a line to a factory and taking it back (doudian.md section 4); it knows no wire format."""

import sqlite3

from dropship_cli.sandbox import bindings, items, ledger
from dropship_cli.sandbox.errors import Refused, Why
from dropship_cli.sandbox.items import DistrStatus, OrderStatus, Refund
from dropship_cli.sandbox.ledger import Act, Actor

_BY_MERCHANT = "商家取消分配"


def allocate(tx: sqlite3.Connection, actor: Actor, item_id: str, factory_id: int) -> None:
    """The merchant ``actor`` gives one of its lines to a factory that is bound to it."""
    row = _own(tx, actor, item_id)
    since = bindings.bound_since(tx, actor.shop_id, factory_id)
    _require_allocatable(row, since)
    items.change(
        tx, actor.now, item_id, distr_status=1, distr_time=actor.now, factory_id=factory_id, cancel_reason=""
    )
    tx.execute(
        "INSERT OR REPLACE INTO allocations VALUES (?, ?, ?, ?, ?, '')",
        (item_id, factory_id, DistrStatus.ALLOCATED.value, actor.now, actor.now),
    )
    ledger.record(tx, actor, Act.ALLOCATED, item_id, factory_id=factory_id)


def cancel(tx: sqlite3.Connection, actor: Actor, item_id: str) -> None:
    """The merchant ``actor`` takes a line back that its factory has not shipped.

    Our decision (section 4): the merchant's row goes back to 0, the factory keeps a row with 3.
    """
    row = _own(tx, actor, item_id)
    if row["order_status"] == OrderStatus.CLOSED and row["distr_status"] != DistrStatus.ALLOCATED:
        raise Refused(Why.CLOSED)
    if row["distr_status"] in (DistrStatus.NOT_ALLOCATED, DistrStatus.CANCELLED):
        raise Refused(Why.NOT_ALLOCATED)
    if not items.left_to_ship(row):
        raise Refused(Why.SHIPPED)
    withdraw(tx, actor.now, item_id, _BY_MERCHANT)
    items.change(tx, actor.now, item_id, distr_status=0, distr_time=0, factory_id=None, cancel_reason="")
    ledger.record(tx, actor, Act.ALLOCATION_CANCELLED, item_id, factory_id=row["factory_id"])


def withdraw(tx: sqlite3.Connection, now: int, item_id: str, reason: str) -> None:
    """Let the factory that holds a line, if any does, see it as cancelled from now on."""
    tx.execute(
        "UPDATE allocations SET distr_status = 3, updated_at = ?, cancel_reason = ?"
        " WHERE item_id = ? AND distr_status != 3",
        (now, reason, item_id),
    )


def find(tx: sqlite3.Connection, factory_id: int, item_id: str) -> sqlite3.Row:
    """A factory's own row of a line; raises ``Refused`` when it was never allocated to that factory."""
    row: sqlite3.Row | None = tx.execute(
        "SELECT * FROM allocations WHERE item_id = ? AND factory_id = ?", (item_id, factory_id)
    ).fetchone()
    if row is None:
        raise Refused(Why.NO_SUCH_ITEM)
    return row


def _own(tx: sqlite3.Connection, actor: Actor, item_id: str) -> sqlite3.Row:
    row = items.find(tx, item_id)
    if row["shop_id"] != actor.shop_id or row["paid_at"] is None:
        raise Refused(Why.NO_SUCH_ITEM)
    return row


def _require_allocatable(row: sqlite3.Row, bound_since: int | None) -> None:
    if bound_since is None:
        raise Refused(Why.NOT_BOUND)
    if row["order_status"] == OrderStatus.CLOSED:
        raise Refused(Why.CLOSED)
    if row["shipped"] or row["order_status"] in (OrderStatus.SHIPPED, OrderStatus.DONE):
        raise Refused(Why.SHIPPED)
    if row["distr_status"] in (DistrStatus.ALLOCATED, DistrStatus.SHIPPED):
        raise Refused(Why.ALLOCATED)
    if row["refund"] == Refund.OPEN:
        raise Refused(Why.REFUND_OPEN)
    if row["paid_at"] < bound_since:
        raise Refused(Why.PAID_BEFORE_BINDING)
