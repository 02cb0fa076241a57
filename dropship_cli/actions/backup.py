"""Keep a copy of the shop's store, or put one back."""

from __future__ import annotations

from pathlib import Path

from dropship_cli.actions.context import Shop
from dropship_cli.domain.shop import Profile
from dropship_cli.store.backup import Restored, check_backup, put_back, write_backup


def backup(shop: Shop, file: str, *, force: bool) -> str:
    """Copy the store while it is in use; the copy's SHA-256."""
    digest = write_backup(shop.store, Path(file), force=force)
    with shop.store.transaction():
        shop.store.log.add(
            "backup", who=shop.who, at=shop.now(), target=str(Path(file).absolute()), detail=digest
        )
    return digest


def check(file: str, profile: Profile) -> bool:
    """Look at a backup before anybody is asked to restore it; whether it says that it is this shop's.

    Another shop's is refused: it would send that shop's shipments in this one's name.
    """
    return check_backup(Path(file), profile.owner)


def restore(place: Path, file: str, profile: Profile, who: str) -> Restored:
    """Put a backup in the place of the store, whose lock the caller holds."""
    return put_back(place, Path(file), owner=profile.owner, who=who)
