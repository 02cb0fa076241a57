"""A power cut: what was acknowledged is there again, whatever the disk kept of what it was not told to keep.

SQLite writes through a file system that notes every write and every sync. Disks as a cut may leave them are built
from the notes: what was synced is there, each later write is there, lost, or torn into sectors. It shows that the
right syncs are asked for, not that a disk obeys them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dropship_cli.store import connection as door
from dropship_cli.store import schema
from dropship_cli.store.db import open_store

from .conftest import numbers_in, write_numbers

apsw: Any = pytest.importorskip("apsw")
SECTOR = 512
SYNCED, DELETED = -1, -2
Write = tuple[int, bytes | None]
"""An offset and bytes, or a length and nothing: cut the file there."""


@dataclass
class Disk:
    """What was asked of it, in order, and after how much of that each commit returned."""

    notes: list[tuple[str, int, bytes | None]] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)

    def after_cut(self, at: int, rng: random.Random) -> dict[str, bytearray]:
        """The files after a cut behind the first `at` notes."""
        files: dict[str, bytearray] = {}
        waiting: dict[str, list[Write]] = {}
        for name, offset, content in self.notes[:at]:
            if offset == DELETED:
                files.pop(name, None)
                waiting.pop(name, None)
            elif offset == SYNCED:
                _write(files.setdefault(name, bytearray()), waiting.pop(name, []))
            else:
                waiting.setdefault(name, []).append((offset, content))
        for name, writes in waiting.items():
            survivors = [piece for write in writes for piece in _survivors(write, rng)]
            _write(files.setdefault(name, bytearray()), survivors)
        return files


def _write(file: bytearray, writes: list[Write]) -> None:
    for offset, content in writes:
        if content is None:
            del file[offset:]
        else:
            file.extend(bytes(max(0, offset + len(content) - len(file))))
            file[offset : offset + len(content)] = content


def _survivors(write: Write, rng: random.Random) -> Iterator[Write]:
    """All of a write, none of it, or some of its sectors."""
    offset, content = write
    fate = rng.choice(["kept", "lost", "torn"])
    if fate == "kept":
        yield write
    elif fate == "torn" and content is not None:
        for start in range(0, len(content), SECTOR):
            if rng.random() < 0.5:
                yield offset + start, content[start : start + SECTOR]


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._notes = disk.notes
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "none").name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._notes.append((self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._notes.append((self._name, size, None))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._notes.append((self._name, SYNCED, None))
        super().xSync(flags)


class _Files(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__("noting", "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.notes.append((Path(filename).name, DELETED, None))
        super().xDelete(filename, syncdir)


class _Connection(apsw.Connection):
    """As much of the standard library's connection as the store asks for."""

    synchronous = "FULL"

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        return super().execute(sql.replace("synchronous=FULL", f"synchronous={self.synchronous}"), parameters)

    def rollback(self) -> None:
        self.execute("ROLLBACK")


class _Steps:
    """The migrations without the library's own table of them, which asks for more of a connection."""

    def apply(self, database: Any) -> None:
        schema.m001_first(database)


def _record(place: Path, monkeypatch: pytest.MonkeyPatch, synchronous: str) -> Disk:
    """Make a store and commit to it, every commit acknowledged; the log folded in once on the way."""
    disk = Disk()
    files = _Files(disk)
    monkeypatch.setattr(_Connection, "synchronous", synchronous)
    monkeypatch.setattr(schema, "migrations", _Steps())
    monkeypatch.setattr(door.sqlite3, "connect", lambda path, **_: _Connection(str(path), vfs="noting"))
    store = open_store(place)
    for number in range(40):
        write_numbers(store, range(number, number + 1))
        disk.acknowledged.append(len(disk.notes))
        if number == 25:
            store.connection.execute("PRAGMA wal_checkpoint")
    monkeypatch.undo()
    store.close()
    files.unregister()
    return disk


def _losses(disk: Disk, folder: Path, cuts: int) -> int:
    """In how many of so many cuts an acknowledged commit was missing; a damaged store fails the test."""
    rng = random.Random(20261125)
    lost = 0
    for cut in range(cuts):
        at = rng.randrange(len(disk.notes))
        place = folder / f"{cut}.db"
        for name, content in disk.after_cut(at, rng).items():
            (folder / name.replace("store.db", place.name)).write_bytes(content)
        with open_store(place) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            lost += numbers_in(store) < sum(moment <= at for moment in disk.acknowledged)
        for file in folder.glob(f"{cut}.db*"):
            file.unlink()
    return lost


@pytest.mark.parametrize("cuts", [120, pytest.param(1500, marks=pytest.mark.nightly)])
def test_no_power_cut_loses_an_acknowledged_commit(
    place: Path, monkeypatch: pytest.MonkeyPatch, cuts: int
) -> None:
    """Neither while the store is made, nor in a commit, nor while the log is folded in."""
    assert _losses(_record(place, monkeypatch, "FULL"), place.parent, cuts) == 0


def test_the_same_cuts_lose_commits_where_less_is_synced(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test above would prove nothing."""
    assert _losses(_record(place, monkeypatch, "NORMAL"), place.parent, 40) > 10
