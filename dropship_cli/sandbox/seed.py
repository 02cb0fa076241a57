"""Seeds: buyers' orders from a merchant's console export, or invented ones; told in the judge's log.

The receivers are always invented: an export shows them masked or ciphered, and no real person's data belongs
here.
"""

import sqlite3
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from dropship_cli.sandbox import export_file, ledger, random_orders, receivers, shops
from dropship_cli.sandbox.errors import SandboxError
from dropship_cli.sandbox.export_file import Line
from dropship_cli.sandbox.items import OrderStatus
from dropship_cli.sandbox.ledger import Act, Actor
from dropship_cli.sandbox.placing import NewItem, NewOrder, Seeded, place

METHOD = "seed"
_PROMISE = 48 * 3600
_THINKING = 60
_ORDERS_AT_ONCE = 4_000
_BATCHES_A_TRANSACTION = 25


def seed_export(
    ledger_path: Path,
    rows_file: Path,
    *,
    shop_id: str,
    paid_at: float | None = None,
    clock: Callable[[], float] = time.time,
) -> Seeded:
    """Place the orders of an export for ``shop_id``, all or nothing.

    All are paid at ``paid_at``, or now: one instant for the whole seed; promised times keep their distance
    from the payment. The dropship order id of a line is its 子订单编号; a line that is there already is
    skipped. Raises ``SandboxError`` when the file cannot be used.
    """
    lines = export_file.read(rows_file)
    actor = Actor(shops.number(shop_id), METHOD, int(clock()))
    paid = actor.now if paid_at is None else int(paid_at)
    with ledger.transaction(ledger_path) as tx:
        shops.register(tx, actor.shop_id)
        _require_own(tx, actor, lines)
        fresh = {line.item_id: line for line in lines if not _exists(tx, line.item_id)}
        orders = {line.order_id: _order(line, actor, paid) for line in reversed(lines)}
        seeded = place(tx, actor.now, orders.values(), [_item(line, actor, paid) for line in lines])
        for line in fresh.values():
            _add_packages(tx, line, actor, paid)
        _tell(tx, actor, seeded)
    return seeded


def seed_random(
    ledger_path: Path,
    count: int,
    *,
    seed: int,
    shop_id: str,
    paid_at: float | None = None,
    clock: Callable[[], float] = time.time,
) -> Seeded:
    """Place ``count`` invented lines (dropship orders) for ``shop_id``, the same ones for the same ``seed``.

    Raises ``SandboxError`` for a count below 0.
    """
    if count < 0:
        raise SandboxError(f"{count} orders cannot be placed.")
    actor = Actor(shops.number(shop_id), METHOD, int(clock()))
    paid = actor.now if paid_at is None else int(paid_at)
    invented = random_orders.orders(count, seed=seed, shop_id=actor.shop_id, paid_at=paid)
    seeded, more = Seeded(0, 0, 0), True
    while more:
        with ledger.transaction(ledger_path) as tx:
            shops.register(tx, actor.shop_id)
            placed = Seeded(0, 0, 0)
            for _ in range(_BATCHES_A_TRANSACTION):
                batch = list(islice(invented, _ORDERS_AT_ONCE))
                lines = [line for _, own in batch for line in own]
                placed += place(tx, actor.now, (order for order, _ in batch), lines)
                more = len(batch) == _ORDERS_AT_ONCE
                if not more:
                    break
            _tell(tx, actor, placed)
        seeded += placed
    return seeded


def _tell(tx: sqlite3.Connection, actor: Actor, seeded: Seeded) -> None:
    if seeded.items:
        ledger.record(tx, actor, Act.SEEDED, orders=seeded.orders, items=seeded.items)


def _require_own(tx: sqlite3.Connection, actor: Actor, lines: list[Line]) -> None:
    for order_id in {line.order_id for line in lines}:
        row = tx.execute("SELECT shop_id FROM orders WHERE order_id = ?", (order_id,)).fetchone()
        if row is not None and row["shop_id"] != actor.shop_id:
            raise SandboxError(f"Order {order_id} belongs to shop {row['shop_id']}, not to {actor.shop_id}.")


def _exists(tx: sqlite3.Connection, item_id: str) -> bool:
    return tx.execute("SELECT 1 FROM items WHERE item_id = ?", (item_id,)).fetchone() is not None


def _order(line: Line, actor: Actor, paid: int) -> NewOrder:
    known = line.paid is not None and line.submitted is not None and line.paid >= line.submitted
    thinking = line.paid - line.submitted if known and line.paid and line.submitted else _THINKING
    return NewOrder(
        order_id=line.order_id,
        shop_id=actor.shop_id,
        created_at=paid - thinking,
        paid_at=_paid(line, paid),
        post_amount=line.post_amount,
        receiver=receivers.invent(line.order_id),
        region=line.region,
    )


def _item(line: Line, actor: Actor, paid: int) -> NewItem:
    promise = line.promised - line.paid if line.promised and line.paid else _PROMISE
    return NewItem(
        item_id=line.item_id,
        order_id=line.order_id,
        shop_id=actor.shop_id,
        product_name=line.product_name,
        product_id=line.product_id,
        price=line.price,
        quantity=line.quantity,
        sku_spec=line.sku_spec,
        out_sku_id=line.out_sku_id,
        seller_words=line.seller_words,
        buyer_words=line.buyer_words,
        paid_at=_paid(line, paid),
        exp_ship_time=paid + max(promise, 0),
        status=line.status,
        refund=line.refund,
        cancel_reason=line.cancel_reason,
        ship_time=_ship_time(line, paid),
    )


def _paid(line: Line, paid: int) -> int | None:
    return None if line.status is OrderStatus.TO_PAY else paid


def _ship_time(line: Line, paid: int) -> int:
    if line.status not in (OrderStatus.SHIPPED, OrderStatus.DONE):
        return 0
    waited = line.shipped - line.paid if line.shipped and line.paid else 0
    return paid + max(waited, 0)


def _add_packages(tx: sqlite3.Connection, line: Line, actor: Actor, paid: int) -> None:
    """The parcels of a line that the merchant shipped before; the first holds what the others do not."""
    if line.status not in (OrderStatus.SHIPPED, OrderStatus.DONE):
        return
    parcels = line.parcels[: line.quantity]
    for number, (company_code, track_no) in enumerate(parcels):
        package_id = tx.execute(
            "INSERT INTO packages (shop_id, way, company_code, track_no, ship_time) VALUES (?, ?, ?, ?, ?)",
            (actor.shop_id, actor.method, company_code, track_no, _ship_time(line, paid)),
        ).lastrowid
        pieces = 1 if number else line.quantity - len(parcels) + 1
        tx.execute("INSERT INTO package_items VALUES (?, ?, ?)", (package_id, line.item_id, pieces))
