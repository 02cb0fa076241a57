"""Keep a copy of the shop's store, or put one back."""

from __future__ import annotations

from pathlib import Path

from dropship_cli.actions.context import Shop
from dropship_cli.domain.shop import Profile
from dropship_cli.store.backup import put_back, write_backup
from dropship_cli.store.facts import Owner


def backup(shop: Shop, file: str, *, force: bool) -> str:
    """Copy the store, which says whose it is, while it is in use; the copy's SHA-256."""
    with shop.store.transaction():
        shop.own()
    digest = write_backup(shop.store, Path(file), force=force)
    with shop.store.transaction():
        shop.store.log.add(
            "backup", who=shop.who, at=shop.now(), target=str(Path(file).absolute()), detail=digest
        )
    return digest


def restore(place: Path, file: str, profile: Profile) -> str:
    """Put a backup in the place of the store, whose lock the caller holds; where the replaced one is kept.

    Another shop's backup is refused: it would send that shop's shipments in this one's name.
    """
    return str(put_back(place, Path(file), owner=Owner(profile.platform, profile.shop_id)))
