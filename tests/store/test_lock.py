"""One run at a time, by a lock that dies with its holder and is never taken from a living one."""

from __future__ import annotations

import json
import os
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dropship_cli.domain.errors import BusyError, StoreError
from dropship_cli.store.lock import shop_lock

from .conftest import Child, release, start


def _hold(path: Path, *, brief: bool = False) -> Child:
    """A living child that holds the lock until it is killed, or this process is gone."""
    wait, open_while_we_live = os.pipe()

    def work(ready: Callable[[], None]) -> None:
        os.close(open_while_we_live)
        with shop_lock(path, brief=brief):
            ready()
            os.read(wait, 1)

    child = start(work)
    release(child)
    child.wait_ready()
    return child


def test_the_lock_is_held_and_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with shop_lock(tmp_path / "lock"):
            assert json.loads((tmp_path / "lock.holder").read_text())["pid"] == os.getpid()
        assert not (tmp_path / "lock.holder").exists()


def test_it_is_let_go_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), shop_lock(tmp_path / "lock"):
        raise KeyboardInterrupt
    with shop_lock(tmp_path / "lock"):
        pass


def test_a_second_run_is_told_at_once_who_is_busy_and_for_how_long(tmp_path: Path) -> None:
    child = _hold(tmp_path / "lock")
    started = time.monotonic()
    with pytest.raises(BusyError) as busy, shop_lock(tmp_path / "lock"):
        pass
    assert time.monotonic() - started < 1
    assert busy.value.code == "lock.busy"
    assert busy.value.values["pid"] == str(child.pid)
    assert busy.value.values["seconds"] in range(60)
    child.kill()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    """And its note, which nobody could take away, fools nobody."""
    for _ in range(5):
        _hold(tmp_path / "lock").kill()
        with shop_lock(tmp_path / "lock"):
            pass


def test_a_stopped_holder_keeps_its_lock(tmp_path: Path) -> None:
    child = _hold(tmp_path / "lock")
    os.kill(child.pid, signal.SIGSTOP)
    with pytest.raises(BusyError), shop_lock(tmp_path / "lock", wait=0.1):
        pass
    child.kill()


def test_who_waits_gets_it_when_the_holder_dies(tmp_path: Path) -> None:
    child = _hold(tmp_path / "lock")

    def waiter(ready: Callable[[], None]) -> str:
        with shop_lock(tmp_path / "lock", wait=30):
            return "got it"

    waiting = start(waiter)
    release(waiting)
    child.kill()
    assert waiting.result() == "got it"


def test_a_brief_holder_sends_nobody_away(tmp_path: Path) -> None:
    """A listener reads a few items under the lock: whoever comes without `--wait` gets it when that is done."""
    child = _hold(tmp_path / "lock", brief=True)

    def comer(ready: Callable[[], None]) -> str:
        ready()
        with shop_lock(tmp_path / "lock"):
            return "got it"

    coming = start(comer)
    release(coming)
    coming.wait_ready()
    child.kill()
    assert coming.result() == "got it"


def test_a_brief_holder_that_stays_is_busy_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dropship_cli.store.lock.BRIEF", 0.1)
    child = _hold(tmp_path / "lock", brief=True)
    with pytest.raises(BusyError), shop_lock(tmp_path / "lock"):
        pass
    child.kill()


def test_of_two_at_one_moment_exactly_one_works(tmp_path: Path) -> None:
    def work(ready: Callable[[], None]) -> str:
        try:
            with shop_lock(tmp_path / "lock"):
                ready()
                os.read(wait, 1)
                return "worked"
        except BusyError:
            ready()
            return "busy"

    for _ in range(20):
        wait, go_on = os.pipe()
        children = [start(work), start(work)]
        release(*children)
        for child in children:
            child.wait_ready()
        os.write(go_on, b"!")
        assert sorted(child.result() for child in children) == ["busy", "worked"]
        os.close(wait)
        os.close(go_on)


@pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "since": "x"}', "\udcff", "null"])
def test_a_damaged_note_costs_the_name_of_the_holder_and_nothing_else(tmp_path: Path, note: str) -> None:
    child = _hold(tmp_path / "lock")
    (tmp_path / "lock.holder").write_bytes(note.encode("utf-8", "surrogateescape"))
    with pytest.raises(BusyError) as busy, shop_lock(tmp_path / "lock"):
        pass
    assert busy.value.values == {"pid": "?", "seconds": 0}
    child.kill()


def test_a_note_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "lock.holder").mkdir()
    with shop_lock(tmp_path / "lock"):
        pass


def test_a_place_that_takes_no_lock_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(StoreError, match=r"home\.read_only"), shop_lock(tmp_path / "lock"):
        pass


def test_lock_and_note_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with shop_lock(tmp_path / "lock"):
            modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("lock*")}
    finally:
        os.umask(before)
    assert modes == {0o600}
