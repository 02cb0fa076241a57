"""How the shop's listener is doing, as far as the store tells; no listener is touched."""

from __future__ import annotations

from dropship_cli.actions.context import Shop
from dropship_cli.domain.push import Listening

SINCE, ALIVE, REFUSED, LOST = "listen_since", "listen_alive_at", "listen_refused", "pushes_lost"
"""Facts: when the listener began (none after a clean end), its last sign of life, bodies that were not taken, pushes
that `sync` found lost."""


def listening(shop: Shop) -> Listening | None:
    """`None` where nobody ever listened."""
    facts = shop.store.facts
    since, alive = facts.get(SINCE), facts.get(ALIVE)
    if alive is None:
        return None
    return Listening(
        since=float(since) if since else None,
        alive_at=float(alive),
        last_push_at=shop.store.inbox.last_at(),
        waiting=shop.store.inbox.count_waiting(),
        refused=int(facts.get(REFUSED) or 0),
        lost=int(facts.get(LOST) or 0),
    )
