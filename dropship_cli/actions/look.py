"""Look at what pushes name: read these items from the platform and write them; the message itself changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from dropship_cli.actions.context import Shop
from dropship_cli.actions.observe import observe
from dropship_cli.actions.pull import without_forgotten
from dropship_cli.actions.refunds import with_refunds
from dropship_cli.domain.errors import SetupError
from dropship_cli.domain.item import Item
from dropship_cli.domain.push import Message
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import ItemRef


@dataclass
class Looked:
    """How many messages were looked at, and how many items were read because of them."""

    messages: int = 0
    items: int = 0


def look(shop: Shop, *, most: int) -> Looked:
    """Read the items of the oldest `most` messages; the caller holds the lock.

    An item is read once for all of these messages: it is read after they came. Raises `UnavailableError`,
    `SetupError`, and `RefusedError` for a shop without a role; the messages not reached wait for the next time.
    """
    looked = Looked()
    messages = shop.store.inbox.waiting(most)
    if not messages:
        return looked
    role = shop.require_any("sync")
    found: dict[str, Item | None] = {}
    for message in messages:
        if not shop.in_time:
            break
        outcome, fresh = _read(shop, role, message, found)
        fresh = with_refunds(shop, fresh)
        with shop.store.transaction():
            observe(shop, without_forgotten(shop, fresh))
            shop.store.inbox.looked([message.seq], shop.now(), outcome)
        looked.messages += 1
        looked.items += len(fresh)
    return looked


def _read(shop: Shop, role: Role, message: Message, found: dict[str, Item | None]) -> tuple[str, list[Item]]:
    """What became of the message, and the items that were read for it just now."""
    refs = _refs(shop, role, message)
    fresh: list[Item] = []
    for ref in refs:
        if ref.item_id in found:
            continue
        try:
            item = shop.read(lambda platform, ref=ref: platform.item(role, ref))  # type: ignore[misc]  # bound now
        except SetupError as error:
            if error.code != "platform.bad_call":
                raise
            item = None  # an id that the platform can't even read is none of its items
        found[ref.item_id] = item
        if item is not None:
            fresh.append(item)
    if not refs:
        return "nothing", fresh
    return ("read" if any(found[ref.item_id] for ref in refs) else "absent"), fresh


def _refs(shop: Shop, role: Role, message: Message) -> list[ItemRef]:
    """The items of a message; of a whole order those that are known, else the one that has the order's number."""
    item_ids = list(message.item_ids)
    if not item_ids and message.order_id:
        known = shop.store.items.of_order(message.order_id)
        item_ids = [item.item_id for item in known] or [message.order_id]
    if role is Role.MERCHANT:
        return [ItemRef(item_id, message.order_id) for item_id in item_ids]
    refs = []
    for item_id in item_ids:
        known_item = None if message.merchant_id else shop.store.items.get(item_id)
        merchant_id = message.merchant_id or (known_item.merchant_id if known_item else None)
        if merchant_id:  # without it a factory can't ask (doudian.md section 5)
            refs.append(ItemRef(item_id, message.order_id, merchant_id))
    return refs
