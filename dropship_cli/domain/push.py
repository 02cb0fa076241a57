"""What a push says: which items somebody should look at; never a state (reliability.md, rule 13)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dropship_cli.domain.item import Item
from dropship_cli.domain.shop import Role


@dataclass(frozen=True, slots=True)
class Push:
    """One message: `key` tells repeats, `tag` is the platform's word for its kind, the rest what it is about.

    `shop_ids` are the shops it names (empty: it names none); `merchant_id` is what a factory needs to read an
    item. Nothing else of a message is kept, receivers least of all.
    """

    key: str
    tag: str
    item_ids: tuple[str, ...] = ()
    order_id: str = ""
    merchant_id: str = ""
    shop_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A push as it lies in the inbox; `received_at` is in Unix seconds."""

    seq: int
    tag: str
    received_at: float
    item_ids: tuple[str, ...]
    order_id: str
    merchant_id: str


@dataclass(frozen=True, slots=True)
class Listening:
    """How the shop's listener is doing. Times are Unix seconds; `since` is none after a clean end; `waiting` counts
    messages whose items were not read yet, `refused` bodies that were not taken, `lost` what `sync` found lost."""

    since: float | None
    alive_at: float
    last_push_at: float | None
    waiting: int
    refused: int
    lost: int

    def is_up(self, now: float) -> bool:
        """Whether it gave a sign of life just now."""
        return self.since is not None and now - self.alive_at < 3 * BEAT


BEAT = 10.0
"""Seconds between two signs of life of a listener."""


def outcome_at_once(push: Push, shop_id: str) -> str:
    """What becomes of a message that needs no look: it is about another shop of the app, or names nothing."""
    if push.shop_ids and shop_id not in push.shop_ids:
        return "other_shop"
    return "" if push.item_ids or push.order_id else "nothing"


def is_announced(role: Role, before: Item | None, after: Item) -> bool:
    """Whether the platform pushes this change to this role (doudian.md section 8; who gets what is D there).

    To a merchant: paid, shipped or amended, refund, closed, remark, address. To a factory: allocated or taken
    back, remark, address. The rest (promised times, prices, our own allocation at the merchant's) comes unsaid.
    """
    if before is None:
        return not after.closed
    told = _TO_MERCHANT if role is Role.MERCHANT else _TO_FACTORY
    return any(getattr(before, name) != getattr(after, name) for name in told) or (
        role is Role.MERCHANT and _numbers(before) != _numbers(after)
    )


def is_named(item: Item, item_ids: Collection[str], order_ids: Collection[str]) -> bool:
    """Whether one of the messages spoke of this item, or of its order as a whole."""
    return item.item_id in item_ids or item.order_id in order_ids


_TO_MERCHANT = ("shipment", "shipped_quantity", "refund", "closed", "remark", "receiver_id")
_TO_FACTORY = ("allocation", "remark", "receiver_id")


def _numbers(item: Item) -> set[tuple[str, str]]:
    return {(one.carrier, one.tracking_number) for one in item.packages}
