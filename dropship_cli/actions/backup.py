"""Keep a copy of the shop's store, or put one back."""

from __future__ import annotations

from pathlib import Path

from dropship_cli.actions.context import Shop
from dropship_cli.store.backup import put_back, write_backup


def backup(shop: Shop, file: str, *, force: bool) -> str:
    """Copy the store while it is in use; the copy's SHA-256."""
    digest = write_backup(shop.store, Path(file), force=force)
    with shop.store.transaction():
        shop.store.log.add(
            "backup", who=shop.who, at=shop.now(), target=str(Path(file).absolute()), detail=digest
        )
    return digest


def restore(place: Path, file: str) -> str:
    """Put a backup in the place of the store, whose lock the caller holds; where the replaced one is kept."""
    return str(put_back(place, Path(file)))
