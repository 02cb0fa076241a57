"""The carriers that may be named: the platform's own list as last read, else the table that ships with us."""

from __future__ import annotations

from collections.abc import Sequence

from dropship_cli.actions.context import Shop
from dropship_cli.domain.carrier import CARRIERS, Carrier, find


def known_carriers(shop: Shop) -> Sequence[Carrier]:
    """The platform's list wins; it is read with every `sync`."""
    return shop.store.facts.carriers() or CARRIERS


def find_carriers(shop: Shop, word: str | None) -> list[Carrier]:
    """All of them, or those whose name or code fits the word."""
    listed = known_carriers(shop)
    return list(listed) if not word else find(word, listed)
