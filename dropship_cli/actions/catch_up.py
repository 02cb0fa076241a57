"""Read all that pushes told and all that they did not: first what they name, then the windows; and count the lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from dropship_cli.actions.context import Shop
from dropship_cli.actions.hearing import ALIVE, LOST, SINCE
from dropship_cli.actions.look import look
from dropship_cli.actions.pull import Pulled, pull
from dropship_cli.domain.item import Item
from dropship_cli.domain.push import BEAT, is_announced, is_named
from dropship_cli.domain.shop import Role

MOST_LOOKS = 200
"""Messages whose items are read one by one; the windows, a hundred items a call, bring the rest."""
GRACE = 2.0
"""Seconds to wait for the push of a change that was read before it came."""
KEPT = 30 * 86_400.0
"""Seconds for which a message is remembered, so that a replay of it is seen as one."""
BEGAN = "round_began_at"
"""Fact: when the last whole reading began."""


@dataclass
class Caught:
    """What was read, messages that were looked at one by one, and lost pushes (none: not counted this time)."""

    pulled: Pulled = field(default_factory=Pulled)
    looked: int = 0
    lost: int | None = None


def catch_up(shop: Shop, *, since: int | None) -> Caught:
    """The caller holds the lock. Raises as `pull` does.

    Lost is an order with an item that the windows bring changed, in a way that the platform pushes to this role, and
    that no message named since the last whole round. It is counted only when one listener was up all the time from
    before that round until now (before, nobody was there to be told), and once a first push has come (else the
    platform's console may not know of us). So the number is a floor: of several lost
    pushes about one order one is counted (a message may name a whole order), and none of a change that another
    message made us see. A message that comes more than a moment after its change was read counts as lost; it is
    looked at all the same.
    """
    began = shop.now()
    caught = Caught(looked=look(shop, most=MOST_LOOKS).messages)
    watch = None if since is not None else _watch(shop, began)
    caught.pulled = pull(shop, since=since, watch=watch)
    caught.lost = None if watch is None else watch.lost()
    with shop.store.transaction():
        shop.store.inbox.looked_until(began, shop.now(), "window")
        shop.store.inbox.forget(began - KEPT)
        shop.store.facts.put(BEGAN, repr(began))
        if caught.lost:
            shop.store.facts.put(LOST, str(int(shop.store.facts.get(LOST) or 0) + caught.lost))
    return caught


class Watch:
    """The changes that the windows bring."""

    def __init__(self, shop: Shop, since: float) -> None:
        self._shop = shop
        self._since = since
        self._changed: dict[str, Item] = {}

    def see(self, role: Role, page: list[Item]) -> None:
        """Compare a page with what is known, before it is written."""
        known = self._shop.store.items.by_ids(item.item_id for item in page)
        for item in page:
            if is_announced(role, known.get(item.item_id), item):
                self._changed[item.item_id] = item

    def lost(self) -> int:
        """How many orders have one that no message has named."""
        if self._unnamed():
            self._shop.sleep(GRACE)
        return self._unnamed()

    def _unnamed(self) -> int:
        item_ids, order_ids = self._shop.store.inbox.named_since(self._since)
        unnamed = [item for item in self._changed.values() if not is_named(item, item_ids, order_ids)]
        return len({item.order_id for item in unnamed})


def _watch(shop: Shop, now: float) -> Watch | None:
    """Somebody to watch, where a listener was up since before the last whole round began, and ever heard a push."""
    facts = shop.store.facts
    before, since, alive = facts.get(BEGAN), facts.get(SINCE), facts.get(ALIVE)
    if before is None or since is None or alive is None or shop.store.inbox.last_at() is None:
        return None
    is_up = now - float(alive) < 3 * BEAT
    return Watch(shop, float(before)) if is_up and float(since) <= float(before) else None
