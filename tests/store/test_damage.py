"""A store cut, flipped or emptied behind our back: what was committed, up to some point, or a clear refusal."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dropship_cli.domain.errors import StoreError
from dropship_cli.store.db import open_store

from .conftest import numbers_in, write_numbers

COMMITS = 5
CLEAR = {"store.corrupt", "store.foreign", "store.newer", "store.failed"}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as a killed run leaves it: the first commits in the file, the others in the log beside it."""
    folder = tmp_path_factory.mktemp("killed")
    with open_store(folder / "living.db") as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        write_numbers(store, range(COMMITS))
        shutil.copyfile(folder / "living.db", folder / "store.db")
        shutil.copyfile(folder / "living.db-wal", folder / "store.db-wal")
    return folder / "store.db"


@contextmanager
def damaged(folder: Path, main: bytes, log: bytes) -> Iterator[Path]:
    place = folder / "store.db"
    place.write_bytes(main)
    place.with_name("store.db-wal").write_bytes(log)
    yield place
    for file in folder.glob("store.db*"):
        file.unlink()


def read(place: Path) -> int:
    with open_store(place) as store:
        return numbers_in(store)


def answer(place: Path) -> int | str:
    """How many commits are read, or the code of a refusal that names the file."""
    try:
        return read(place)
    except StoreError as error:
        return error.code if error.values["path"] == str(place) else "which file?"


def test_a_log_cut_anywhere_costs_only_its_last_commits(killed: Path, tmp_path: Path) -> None:
    """At every 512 bytes: a whole prefix, that only grows with the log."""
    main, log = killed.read_bytes(), killed.with_name("store.db-wal").read_bytes()
    found = []
    for length in range(0, len(log) + 512, 512):
        with damaged(tmp_path, main, log[:length]) as place:
            found.append(read(place))
    assert len(found) > 100
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, COMMITS)
    assert set(found) == set(range(COMMITS + 1))


def test_a_bit_flipped_in_the_log_costs_its_commit_and_those_after_it(killed: Path, tmp_path: Path) -> None:
    main, log = killed.read_bytes(), killed.with_name("store.db-wal").read_bytes()
    rng = random.Random(7)
    for _ in range(150):
        flipped = bytearray(log)
        flipped[rng.randrange(len(log))] ^= 1 << rng.randrange(8)
        with damaged(tmp_path, main, bytes(flipped)) as place:
            assert 0 <= read(place) <= COMMITS


def test_a_bit_flipped_in_the_header_is_survived_or_refused_clearly(killed: Path, tmp_path: Path) -> None:
    """Every bit of the first 100 bytes, with the log folded in."""
    with damaged(tmp_path, killed.read_bytes(), killed.with_name("store.db-wal").read_bytes()) as place:
        assert read(place) == COMMITS
        main = place.read_bytes()
    answers = set()
    for bit in range(0, 800, 3):
        flipped = bytearray(main)
        flipped[bit // 8] ^= 1 << bit % 8
        with damaged(tmp_path, bytes(flipped), b"") as place:
            answers.add(answer(place))
    assert answers <= {COMMITS, *CLEAR}
    assert {COMMITS, "store.foreign", "store.newer"} <= answers


def test_a_page_of_garbage_is_never_read_as_orders(killed: Path, tmp_path: Path) -> None:
    """Each page in turn: all is there because nothing needs that page, or the store says that it is damaged."""
    with damaged(tmp_path, killed.read_bytes(), killed.with_name("store.db-wal").read_bytes()) as place:
        read(place)
        main = place.read_bytes()
    answers = []
    rng = random.Random(7)
    for page in range(len(main) // 4096):
        content = main[: page * 4096] + rng.randbytes(4096) + main[(page + 1) * 4096 :]
        with damaged(tmp_path, content, b"") as place:
            answers.append(answer(place))
    assert set(answers) <= {COMMITS, *CLEAR}
    assert len(answers) - answers.count(COMMITS) > 3


def test_a_store_cut_short_is_refused(killed: Path, tmp_path: Path) -> None:
    with damaged(tmp_path, killed.read_bytes(), killed.with_name("store.db-wal").read_bytes()) as place:
        read(place)
        main = place.read_bytes()
    for length in (15, 16, 100, 4095, 4096, len(main) // 2, len(main) - 4096):
        with damaged(tmp_path, main[:length], b"") as place:
            assert answer(place) in CLEAR
