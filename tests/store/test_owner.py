"""A backup goes back to the shop it came from, and takes back nothing that was said of the shop since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dropship_cli.domain.errors import RefusedError, StoreError
from dropship_cli.domain.shop import Owner
from dropship_cli.domain.standstill import Standstill
from dropship_cli.store import db
from dropship_cli.store.backup import check_backup, put_back, write_backup
from dropship_cli.store.db import Store, open_store

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
    """Which of the two it is, is answered before anybody is asked; afterwards the store says whose it is."""
    file = written(store, tmp_path / "mine.db", owner)
    assert check_backup(file, MINE) == (owner is not None)
    put_back(place, file, owner=MINE)
    with open_store(place) as restored:
        assert restored.facts.owner() == MINE


def test_a_new_store_says_whose_it_is_and_opens_for_no_other_shop(tmp_path: Path) -> None:
    """So does a plain copy of it; one that says nothing is taken."""
    place = tmp_path / "new.db"
    open_store(place, MINE).close()
    shutil.copyfile(place, tmp_path / "copy.db")
    with pytest.raises(StoreError, match=r"store\.other_shop") as caught:
        open_store(tmp_path / "copy.db", OTHER)
    assert caught.value.values["found"] == " ".join(MINE)
    open_store(place, MINE).close()
    open_store(tmp_path / "unsaid.db").close()
    open_store(tmp_path / "unsaid.db", OTHER).close()


def test_another_shops_older_store_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before it is brought up to date: it may be moved back to a program that is older."""
    place = tmp_path / "theirs.db"
    open_store(place, OTHER).close()
    before = place.read_bytes()
    monkeypatch.setattr(db, "VERSION", db.VERSION + 1)
    with pytest.raises(StoreError, match=r"store\.other_shop"):
        open_store(place, MINE)
    assert place.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["theirs.db"]


def test_nothing_is_taken_along_from_another_shops_store(place: Path, store: Store, tmp_path: Path) -> None:
    """It stood in the place by mistake."""
    file = written(store, tmp_path / "mine.db", MINE)
    with store.transaction():
        store.facts.own(OTHER)
        store.facts.stand_still(Standstill(5.0, "them"))
    left = put_back(place, file, owner=MINE).left
    assert left.whole is False
    with open_store(place, MINE) as restored:
        assert restored.facts.standstill() is None


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
