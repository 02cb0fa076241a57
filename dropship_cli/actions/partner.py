"""Whom a person means by a partner: a shop by its number, or a factory off the platform by its name."""

from __future__ import annotations

from dropship_cli.actions.context import Shop
from dropship_cli.domain.local import key


def partner_of(shop: Shop, text: str) -> str:
    """The partner as items name it: a local factory's name in its own spelling, anything else as it was said."""
    return shop.store.local.names().get(key(text), text.strip())
