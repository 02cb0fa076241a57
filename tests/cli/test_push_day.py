"""A day with pushes, some of them lost: what arrives is read at once, `sync` reads the rest and says how many."""

from __future__ import annotations

import json
import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from filelock import FileLock
from inside import Inside
from listener import SUCCESS, Listener, listening, message, rows, until
from program import Program, copy_of


@pytest.fixture(scope="module")
def world(bound_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = copy_of(bound_once, tmp_path_factory.mktemp("day") / "world")
    for profile in ("merchant", "factory-1"):
        program.ok("sync", "-p", profile)
    return program


def settle(at: Listener) -> None:
    """Until every message was looked at."""
    until(lambda: not rows(at.world, at.profile, "SELECT 1 FROM inbox WHERE looked_at IS NULL"))


def lost_items(world: Program, shop: int) -> set[str]:
    """The items of messages that the sandbox lost, by its own ledger."""
    with sqlite3.connect(world.home / "sandbox" / "ledger.db") as ledger:
        found = ledger.execute(
            "SELECT data FROM pushes WHERE state = 'lost' AND shop_id = ?", (shop,)
        ).fetchall()
    lost = [json.loads(data) for (data,) in found]
    return {
        str(one)
        for data in lost
        for one in (data.get("s_ids") or [data.get("s_id") or data["distr_order_id"]])
    }


def push(at: Listener, shop: str, *mischief: str) -> dict[str, Any]:
    pushed = at.world.ok(
        "sandbox", "push", "--url", f"http://127.0.0.1:{at.port}", "--shop", shop, "--json", *mischief
    )
    found: dict[str, Any] = pushed.json
    return found


def synced(world: Program, profile: str = "merchant") -> dict[str, Any]:
    found: dict[str, Any] = world.ok("sync", "--json", "--wait", "30", "-p", profile).json
    return found


def test_a_day_with_lost_repeated_shuffled_and_forged_pushes(world: Program) -> None:
    """What arrived is in the store without a `sync`; the next one finds exactly what was lost, and nothing is missing
    then that a fresh reading of everything would bring."""
    with listening(world) as at, listening(world, "factory-1") as factory:
        assert synced(world)["pushes_lost"] is None  # the listener is younger than the last whole round
        assert synced(world)["pushes_lost"] is None  # no push ever came: perhaps nobody sends any
        synced(world, "factory-1")
        assert factory.push(message("777")) == SUCCESS

        world.ok("sandbox", "seed", "--random", "60", "--seed", "5")
        pushed = push(
            at, "660001", "--lose", "0.3", "--repeat", "0.3", "--shuffle", "--forge", "4", "--seed", "3"
        )
        assert (pushed["believed"], pushed["forged"]) == (0, 4)
        assert min(pushed["sent"], pushed["lost"], pushed["repeated"]) > 2
        settle(at)
        lost = lost_items(world, 660001)
        assert set(world.items()) == {row[0] for row in _ledger(world, "SELECT item_id FROM items")} - lost
        assert len(at.inbox()) == pushed["sent"]

        assert synced(world)["pushes_lost"] == pushed["lost"]
        assert synced(world)["pushes_lost"] == 0
        assert world.ok("status", "--json", "-p", "merchant").json["listen"]["lost"] == pushed["lost"]
        everything = world.items()
        hour_ago = datetime.fromtimestamp(time.time() - 3600, UTC).isoformat()
        world.ok("sync", "--since", hour_ago, "--wait", "30", "-p", "merchant")
        assert world.items() == everything
        assert len(everything) == 60

        _allocate_and_take_back(world, factory)
        assert at.end()[0] == 143
    assert synced(world)["pushes_lost"] is None


def _allocate_and_take_back(world: Program, factory: Listener) -> None:
    """Pushed as it happens: the factory has the items by themselves; our own acts are no lost pushes."""
    world.ok("sandbox", "set", "push_url", f"http://127.0.0.1:{factory.port}", "--shop", "880011")
    mine = [one["item_id"] for one in world.items().values() if one["refund"] == "none"][:12]
    world.ok("allocate", *mine, "--to", "880011", "--wait", "30", "-p", "merchant")
    until(lambda: set(mine) == set(world.items("factory-1")))
    world.ok("unallocate", mine[0], "--wait", "30", "-p", "merchant")
    until(lambda: world.items("factory-1")[mine[0]]["allocation"] == "cancelled")
    assert synced(world, "factory-1")["pushes_lost"] == 0
    assert synced(world)["pushes_lost"] == 0
    assert {
        state for state, *_ in _ledger(world, "SELECT DISTINCT state FROM pushes WHERE shop_id = 880011")
    } == {"sent"}


def _ledger(world: Program, query: str) -> list[Any]:
    with sqlite3.connect(world.home / "sandbox" / "ledger.db") as ledger:
        return ledger.execute(query).fetchall()


def test_a_push_that_should_arrive_and_does_not_is_no_success(bound: Program) -> None:
    """Status 1 and the address; what is lost on request, and nothing to push, are a success."""
    world, url = Inside(bound.home), ("--url", "http://127.0.0.1:9", "--json")
    world.ok("sandbox", "seed", "--random", "3")
    pushed = world.ok("sandbox", "push", *url, "--lose", "1").json
    assert (pushed["lost"] > 0, pushed["unanswered"]) == (True, 0)
    world.ok("sandbox", "seed", "--random", "3", "--seed", "2")
    ran = world("sandbox", "push", *url)
    assert (ran.status, ran.json["unanswered"], "127.0.0.1:9" in ran.err) == (1, ran.json["lost"], True)
    assert world.ok("sandbox", "push", *url).json["lost"] == 0
    ran = world("sandbox", "push", *url, "--probe")
    assert (ran.status, ran.json["answered"]) == (1, False)


def test_what_was_missed_while_nobody_listened_is_caught_up(bound: Program) -> None:
    """Messages kept and not looked at, and those that never came: the next `sync` has both."""
    bound.ok("sync", "-p", "merchant")
    bound.ok("sandbox", "seed", "--random", "8", "--seed", "2")
    ids = [row[0] for row in _ledger(bound, "SELECT item_id FROM items ORDER BY item_id")]
    with listening(bound) as at, FileLock(bound.home / "profiles" / "merchant" / "lock"):
        # Another run has the shop: kept, answered, not looked at.
        assert at.push(message("101", s_ids=[int(ids[0])], shop_id=660001)) == SUCCESS
        at.process.kill()
        at.process.wait()
    waiting = bound.ok("status", "--json", "-p", "merchant").json["listen"]
    assert (waiting["waiting"], waiting["since"] is None) == (1, False)
    found = synced(bound)
    assert (found["pushes_looked"], found["pushes_lost"]) == (1, None)
    assert sorted(bound.items()) == ids
    assert at.inbox() == [("101", ids[0], "read")]


def test_a_look_that_is_killed_goes_on_where_it_stopped(bound: Program) -> None:
    """SIGKILL among the readings, again and again: every message is looked at in the end, nothing is made up."""
    bound.ok("sync", "-p", "merchant")
    bound.ok("sandbox", "seed", "--random", "60", "--seed", "4")
    with listening(bound) as at:
        push(at, "660001")
        until(lambda: _looked(bound))
        at.process.kill()
        at.process.wait()
    for _ in range(2):
        seen = _looked(bound)
        with listening(bound) as at:
            until(lambda seen=seen: _looked(bound) > seen or not _waiting(bound))  # type: ignore[misc]  # bound now
            at.process.kill()
            at.process.wait()
    with listening(bound) as at:
        settle(at)
    assert {outcome for _, _, outcome in at.inbox()} == {"read"}
    assert set(bound.items()) == {row[0] for row in _ledger(bound, "SELECT item_id FROM items")}


def _looked(world: Program) -> int:
    return int(rows(world, "merchant", "SELECT count(*) FROM inbox WHERE looked_at IS NOT NULL")[0][0])


def _waiting(world: Program) -> int:
    return int(rows(world, "merchant", "SELECT count(*) FROM inbox WHERE looked_at IS NULL")[0][0])


def test_a_run_does_not_find_the_shop_busy_because_of_a_look(bound: Program) -> None:
    """A listener holds the lock for a few readings; a person's command waits for that without being told to."""
    bound.ok("sync", "-p", "merchant")
    bound.ok("sandbox", "seed", "--random", "24", "--seed", "2")
    with listening(bound) as at:
        push(at, "660001")
        results = {bound("sync", "-q", "-p", "merchant").status for _ in range(2)}
        settle(at)
    assert results == {0}


def test_doctor_tells_how_the_listener_is_doing(bound: Program) -> None:
    """Up, and gone without a word: its signs of life tell."""

    def check() -> tuple[str, str]:
        checks = bound.ok("doctor", "--json", "-p", "merchant").json
        return next((one["state"], one["code"]) for one in checks if one["name"] == "listener")

    with listening(bound) as at:
        assert at.push(message("777")) == SUCCESS
        assert check() == ("good", "check.listening")
        at.process.kill()
        at.process.wait()
    with sqlite3.connect(bound.home / "profiles" / "merchant" / "store.db") as store:  # as if an hour ago
        store.execute("UPDATE facts SET value = '1000000.0' WHERE name = 'listen_alive_at'")
    assert check() == ("advice", "check.listen_away")
