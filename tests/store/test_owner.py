"""A backup goes back to the shop it came from, and takes back nothing that was said of the shop since."""

from __future__ import annotations

from pathlib import Path

import pytest

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.standstill import Standstill
from dropship_cli.store.backup import put_back, write_backup
from dropship_cli.store.db import Store, open_store
from dropship_cli.store.facts import Owner

MINE, OTHER = Owner("sandbox", "660001"), Owner("sandbox", "880011")


def written(store: Store, file: Path, owner: Owner | None) -> Path:
    if owner is not None:
        with store.transaction():
            store.facts.own(owner)
    write_backup(store, file, force=True)
    return file


@pytest.mark.parametrize("stranger", [OTHER, Owner("doudian", "660001")])
def test_another_shops_backup_is_refused_and_the_store_untouched(
    place: Path, store: Store, tmp_path: Path, stranger: Owner
) -> None:
    """Also the same number on another platform."""
    file = written(store, tmp_path / "other.db", stranger)
    before = place.read_bytes()
    with pytest.raises(RefusedError, match=r"restore\.other_shop") as caught:
        put_back(place, file, owner=MINE)
    assert caught.value.values["found"] == " ".join(stranger)
    assert place.read_bytes() == before
    assert not list(tmp_path.glob("*replaced*"))


@pytest.mark.parametrize("owner", [MINE, None])
def test_ones_own_and_one_that_says_nothing_are_taken(
    place: Path, store: Store, tmp_path: Path, owner: Owner | None
) -> None:
    put_back(place, written(store, tmp_path / "mine.db", owner), owner=MINE)
    with open_store(place) as restored:
        assert restored.facts.owner() == owner


def test_a_stopped_shop_stays_stopped_and_what_was_purged_stays_away(
    place: Path, store: Store, tmp_path: Path
) -> None:
    file = written(store, tmp_path / "before.db", MINE)
    said = Standstill(5.0, "me", "wrong sheet")
    with store.transaction():
        store.facts.stand_still(said)
        store.facts.purge_reached(77)
    put_back(place, file, owner=MINE)
    with open_store(place) as restored:
        assert (restored.facts.standstill(), restored.facts.purged_before()) == (said, 77)


def test_what_only_the_backup_says_counts_too(place: Path, store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.facts.purge_reached(77)
    file = written(store, tmp_path / "later.db", MINE)
    with store.transaction():
        store.facts.put("purged_before", None)
    put_back(place, file, owner=MINE)
    with open_store(place) as restored:
        assert restored.facts.purged_before() == 77
