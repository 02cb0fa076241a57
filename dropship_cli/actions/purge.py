"""Remove what is over and older than the shop's retention, from every file of the program that holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dropship_cli.actions.context import Shop
from dropship_cli.domain.retention import DAY, horizon
from dropship_cli.store import purge as store_purge
from dropship_cli.store.backup import digest_path
from dropship_cli.store.copies import made_before, own_copies

COPY_DAYS = 7
"""How long the copies stay that a migration or a restore leaves: long enough to see that all is well (our
decision). They hold what was removed since."""


@dataclass
class Purged:
    """What left, or would leave: rows, copies of the store, bytes. `before` is the Unix second up to which.

    `elsewhere` are backups outside the program's folder that may still hold what was removed: they are the
    person's. `younger` are copies in it that the next purge takes.
    """

    before: int
    counts: store_purge.Counts
    copies: list[Path] = field(default_factory=list)
    younger: list[Path] = field(default_factory=list)
    elsewhere: list[Path] = field(default_factory=list)
    freed: int = 0


def plan(shop: Shop, days: float | None, *, home: Path) -> Purged:
    """What `purge` would do; nothing is written."""
    before = horizon(shop.now(), shop.settings.retention if days is None else days)
    backups = _backups(shop)
    inside = [path for path in backups if path.is_relative_to(home)]
    own = own_copies(shop.store.path)
    copies = [*made_before(own, shop.now() - COPY_DAYS * DAY), *made_before(inside, before)]
    return Purged(
        before=before,
        counts=store_purge.count(shop.store, before, kept=[str(path) for path in backups]),
        copies=copies,
        younger=[path for path in (*own, *inside) if path not in copies],
        elsewhere=[path for path in backups if path not in inside],
    )


def purge(shop: Shop, planned: Purged) -> Purged:
    """Do it. Under the shop's lock: no run may bring back or lose a row meanwhile.

    What became live since the plan stays. The log keeps that it happened, with the counts.
    """
    kept = [str(path) for path in _backups(shop)]
    with shop.lock(shop.wait):
        with store_purge.unleashed(shop.store), shop.store.transaction():
            counts = store_purge.remove(shop.store, planned.before, kept=kept)
            told = " ".join(f"{name}={number}" for name, number in counts._asdict().items())
            shop.store.log.add(
                "purge", who=shop.who, at=shop.now(), detail=f"{told} copies={len(planned.copies)}"
            )
        freed = store_purge.shrink(shop.store)
        for path in planned.copies:
            freed += path.stat().st_size if path.exists() else 0
            path.unlink(missing_ok=True)
            digest_path(path).unlink(missing_ok=True)
    planned.counts, planned.freed = counts, freed
    return planned


def _backups(shop: Shop) -> list[Path]:
    """Every backup that the log knows of and that is still where it was written."""
    paths = (Path(target) for target in shop.store.log.targets("backup"))
    return [path for path in paths if path.is_absolute() and path.is_file()]
