"""Placing buyers' orders into the ledger, many at once; where they come from is not its business."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dropship_cli.sandbox.items import DistrStatus, OrderStatus, Refund
from dropship_cli.sandbox.receivers import Receiver, Region, receiver_id, region_id

_ITEM_COLUMNS = (
    "item_id, order_id, shop_id, product_name, product_id, price, quantity, sku_spec, out_sku_id,"
    " seller_words, buyer_words, paid_at, exp_ship_time, updated_at, order_status, refund, distr_status,"
    " cancel_reason, shipped, ship_time"
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many orders and lines were placed, and how many lines were there already."""

    orders: int
    items: int
    skipped: int

    def __add__(self, other: "Seeded") -> "Seeded":
        """Both together."""
        return Seeded(self.orders + other.orders, self.items + other.items, self.skipped + other.skipped)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order as a buyer places it; times in seconds, money in fen."""

    order_id: str
    shop_id: int
    created_at: int
    paid_at: int | None
    post_amount: int
    receiver: Receiver
    region: Region


@dataclass(frozen=True, slots=True)
class NewItem:
    """One line of a new order."""

    item_id: str
    order_id: str
    shop_id: int
    product_name: str
    product_id: str
    price: int
    quantity: int
    sku_spec: str
    out_sku_id: str
    seller_words: str
    buyer_words: str
    paid_at: int | None
    exp_ship_time: int
    status: OrderStatus = OrderStatus.TO_SHIP
    refund: Refund = Refund.NONE
    cancel_reason: str = ""
    ship_time: int = 0


def place(tx: sqlite3.Connection, now: int, orders: Iterable[NewOrder], items: Sequence[NewItem]) -> Seeded:
    """Insert what is not there yet; a line that is there already stays untouched and is counted."""
    before = tx.total_changes
    tx.executemany(
        f"INSERT OR IGNORE INTO orders VALUES ({', '.join('?' * 15)})",
        (_order_row(order, now) for order in orders),
    )
    between = tx.total_changes
    tx.executemany(
        f"INSERT OR IGNORE INTO items ({_ITEM_COLUMNS}) VALUES ({', '.join('?' * 20)})",
        (_item_row(item, now) for item in items),
    )
    placed = tx.total_changes - between
    return Seeded(between - before, placed, len(items) - placed)


def _order_row(order: NewOrder, now: int) -> tuple[str | int | None, ...]:
    region, receiver = order.region, order.receiver
    return (
        order.order_id,
        order.shop_id,
        order.created_at,
        order.paid_at,
        now,
        order.post_amount,
        receiver.name,
        receiver.phone,
        receiver.detail,
        receiver_id(receiver, region),
        region.province,
        region_id(region.province),
        region.city,
        region.district,
        region.street,
    )


def _item_row(item: NewItem, now: int) -> tuple[str | int | None, ...]:
    closed = item.status is OrderStatus.CLOSED
    shipped = item.status in (OrderStatus.SHIPPED, OrderStatus.DONE)
    return (
        item.item_id,
        item.order_id,
        item.shop_id,
        item.product_name,
        item.product_id,
        item.price,
        item.quantity,
        item.sku_spec,
        item.out_sku_id,
        item.seller_words,
        item.buyer_words,
        item.paid_at,
        item.exp_ship_time,
        now,
        item.status.value,
        item.refund.value,
        (DistrStatus.CANCELLED if closed else DistrStatus.NOT_ALLOCATED).value,
        item.cancel_reason,
        item.quantity if shipped else 0,
        item.ship_time,
    )
