"""What buyers do to their orders: refunds, cancelling, another address; and the merchant's remark.

These acts reach a shop from outside its API. Each moves the update times of what it touches; each raises
``SandboxError`` where it cannot be done. An item may be named ``ITEM`` or ``ORDER/ITEM``.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dropship_cli.sandbox import allocation, items, ledger, places, receivers, schema, settings
from dropship_cli.sandbox.errors import Refused, SandboxError, Why
from dropship_cli.sandbox.items import DistrStatus, OrderStatus, Refund
from dropship_cli.sandbox.ledger import Act, Actor
from dropship_cli.sandbox.receivers import Receiver, Region

METHOD = "buyer"
_REFUNDED = "买家退款"
_CANCELLED = "买家取消订单"

Clock = Callable[[], float]


def refund(ledger_path: Path, item_id: str, clock: Clock = time.time) -> None:
    """The buyer asks for the money back; the allocation stays, shipping is blocked (section 0, point 7)."""
    with _item(ledger_path, item_id, clock) as (tx, actor, row):
        if row["order_status"] in (OrderStatus.CLOSED, OrderStatus.TO_PAY):
            raise Refused(Why.CLOSED if row["order_status"] == OrderStatus.CLOSED else Why.NOT_PAID)
        if row["refund"] == Refund.OPEN:
            raise Refused(Why.REFUND_OPEN)
        items.change(tx, actor.now, row["item_id"], refund=Refund.OPEN.value)
        ledger.record(tx, actor, Act.REFUND_OPENED, row["item_id"])


def refund_close(ledger_path: Path, item_id: str, clock: Clock = time.time) -> None:
    """The buyer takes the wish back, or it is closed; the goods may go out."""
    with _item(ledger_path, item_id, clock) as (tx, actor, row):
        _require_open_refund(row)
        items.change(tx, actor.now, row["item_id"], refund=Refund.NONE.value)
        ledger.record(tx, actor, Act.REFUND_CLOSED, row["item_id"], rejected=False)


def refund_finish(ledger_path: Path, item_id: str, clock: Clock = time.time) -> None:
    """The money goes back; before shipping this closes the line for both sides."""
    with _item(ledger_path, item_id, clock) as (tx, actor, row):
        _require_open_refund(row)
        items.change(tx, actor.now, row["item_id"], refund=Refund.REFUNDED.value)
        if not row["shipped"] and settings.read(tx, "refund_withdraws"):
            _close(tx, actor, row["item_id"], _REFUNDED)
        elif not row["shipped"]:
            items.change(tx, actor.now, row["item_id"], order_status=OrderStatus.CLOSED.value)
        ledger.record(tx, actor, Act.REFUND_FINISHED, row["item_id"])


def cancel(ledger_path: Path, order_id: str, clock: Clock = time.time) -> None:
    """The buyer cancels an order: its lines of which nothing was shipped are closed."""
    with _order(ledger_path, order_id, clock) as (tx, actor, lines):
        waiting = [
            line
            for line in lines
            if not line["shipped"] and line["order_status"] in (OrderStatus.TO_SHIP, OrderStatus.TO_PAY)
        ]
        if not waiting:
            raise Refused(_why_not_waiting(lines))
        for line in waiting:
            # With the order the wish for the money back is settled too.
            items.change(tx, actor.now, line["item_id"], refund=Refund.NONE.value)
            _close(tx, actor, line["item_id"], _CANCELLED)
            ledger.record(tx, actor, Act.ORDER_CANCELLED, line["item_id"])


def change_remark(ledger_path: Path, order_id: str, remark: str, clock: Clock = time.time) -> None:
    """The merchant writes another remark on all lines of an order."""
    with _order(ledger_path, order_id, clock) as (tx, actor, lines):
        for line in lines:
            items.change(tx, actor.now, line["item_id"], seller_words=remark)
            ledger.record(tx, actor, Act.REMARK_CHANGED, line["item_id"], remark=remark)


def change_address(ledger_path: Path, order_id: str, clock: Clock = time.time, *, move: bool = False) -> None:
    """The buyer changes the receiver of an order to somebody else, in the same region or (`move`) in another."""
    with _order(ledger_path, order_id, clock) as (tx, actor, lines):
        order = tx.execute("SELECT * FROM orders WHERE order_id = ?", (lines[0]["order_id"],)).fetchone()
        here = Region(order["province"], order["city"], order["district"], order["street"])
        there = places.another(here) if move else here
        _set_receiver(
            tx, order["order_id"], receivers.invent(f"{order_id} after {order['receiver_id']}"), there
        )
        for line in lines:
            items.change(tx, actor.now, line["item_id"])
            ledger.record(tx, actor, Act.ADDRESS_CHANGED, line["item_id"])


def reset(ledger_path: Path, clock: Clock = time.time) -> None:
    """Begin the world anew: the first shops without roles, no orders; apps and tokens stay valid."""
    with ledger.transaction(ledger_path) as tx:
        schema.clear(tx)
        schema.begin(tx)
        ledger.record(tx, Actor(0, METHOD, int(clock())), Act.RESET)


@contextlib.contextmanager
def _item(path: Path, item_id: str, clock: Clock) -> Iterator[tuple[sqlite3.Connection, Actor, sqlite3.Row]]:
    name = item_id.rpartition("/")[2]
    with _told(item_id), ledger.transaction(path) as tx:
        row = items.find(tx, name)
        yield tx, Actor(row["shop_id"], METHOD, int(clock())), row


@contextlib.contextmanager
def _order(
    path: Path, order_id: str, clock: Clock
) -> Iterator[tuple[sqlite3.Connection, Actor, list[sqlite3.Row]]]:
    with _told(order_id), ledger.transaction(path) as tx:
        lines = items.of_order(tx, order_id)
        yield tx, Actor(lines[0]["shop_id"], METHOD, int(clock())), lines


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise SandboxError(f"{name}: {refused}.") from refused


def _require_open_refund(row: sqlite3.Row) -> None:
    if row["refund"] != Refund.OPEN:
        raise Refused(Why.NO_REFUND_OPEN)


def _why_not_waiting(lines: list[sqlite3.Row]) -> Why:
    closed = all(line["order_status"] == OrderStatus.CLOSED for line in lines)
    return Why.CLOSED if closed else Why.SHIPPED


def _close(tx: sqlite3.Connection, actor: Actor, item_id: str, reason: str) -> None:
    items.change(
        tx,
        actor.now,
        item_id,
        order_status=OrderStatus.CLOSED.value,
        distr_status=DistrStatus.CANCELLED.value,
        cancel_reason=reason,
    )
    allocation.withdraw(tx, actor.now, item_id, reason)


def _set_receiver(tx: sqlite3.Connection, order_id: str, receiver: Receiver, region: Region) -> None:
    tx.execute(
        "UPDATE orders SET receiver_name = ?, receiver_phone = ?, receiver_detail = ?, receiver_id = ?,"
        " province = ?, city = ?, district = ?, street = ?, province_id = ? WHERE order_id = ?",
        (
            receiver.name,
            receiver.phone,
            receiver.detail,
            receivers.receiver_id(receiver, region),
            region.province,
            region.city,
            region.district,
            region.street,
            receivers.region_id(region.province),
            order_id,
        ),
    )
