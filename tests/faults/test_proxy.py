"""T3: the installed program against `sandbox serve` through a proxy that plays every trick at once, kills included."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import judge
from tests.faults.figures import Figure
from tests.faults.places import bound
from tests.faults.program import LATER, Nursery, Place, shipment_sheet
from tests.faults.proxy import Proxy

LATE = 0.6
"""Seconds until a held call is committed: after the read time-out (0.4), before the quiet time (0.8) ends."""
KILLED = -9
KILLS = 0.1
"""Of the runs, so many are killed at a random moment."""


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", [1, *(pytest.param(one, marks=pytest.mark.nightly) for one in (2, 3, 4, 5))])
def test_hundreds_of_wishes_through_a_bad_wire(
    seed: int, folder: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """Whatever the wire does: each wish exactly once, none lost, none sent again while it may still be committed."""
    count, chance = (500, 0.05) if request.config.getoption("--nightly") else (120, 0.03)
    rng = random.Random(seed)
    with Nursery() as nursery, _world(folder, nursery, count, seed, LATE) as (place, proxy):
        for profile, commands in _work(place):
            proxy.chance = chance
            for argv in commands:
                _run(nursery, place, argv, rng)
            assert _drained(nursery, proxy, place, profile) <= 2
        assert not proxy.overlaps
        assert not judge.disagreements(place.ledger, place.stores())
        done = sorted(one for name in ("merchant", "factory-1") for one in _done(place, name))
        assert done == sorted((kind, item) for kind in ("allocate", "ship") for item in place.items)
        for trick, times in proxy.tricks.items():
            figure(f"proxy: {trick}", times)
        figure("proxy: wishes", 2 * count)


def test_the_harness_sees_a_quiet_time_that_is_too_short(folder: Path) -> None:
    """A call committed later than the quiet time is asked about too early, and sent again: this must be seen."""
    with Nursery() as nursery, _world(folder, nursery, 1, 1, 3.0) as (place, proxy):
        proxy._random = _Always(2)  # every call is held back
        proxy.chance = 0.05
        sheet = place.sheet("one.csv", [("item_id", "factory_id"), (place.items[0], "880011")])
        assert nursery.run(place.home, ["allocate", "--batch", sheet, "-p", "merchant"]) == 6
        proxy.chance = 0.0
        assert nursery.run(place.home, ["sync", "-p", "merchant"], LATER) == 0
        assert proxy.overlaps
        proxy.idle()


class _Always(random.Random):
    """Draws the trick with this number, at a chance of 0.05 each."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def random(self) -> float:
        return (self._number + 0.5) * 0.05


@contextmanager
def _world(
    folder: Path, nursery: Nursery, count: int, seed: int, late: float
) -> Iterator[tuple[Place, Proxy]]:
    """`sandbox serve` as a process, the proxy before it, a merchant and two factories bound."""
    opened: list[tuple[subprocess.Popen[str], Proxy]] = []

    def serve(place: Place) -> str:
        command = [sys.executable, "-m", "dropship_cli", "--home", str(place.home), "--json"]
        server = subprocess.Popen(
            [*command, "sandbox", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        said = server.stdout.readline()
        while said.count("{") > said.count("}"):
            said += server.stdout.readline()
        proxy = Proxy(json.loads(said)["url"], seed=seed, late=late, silence=0.6)
        opened.append((server, proxy))
        return proxy.url

    try:
        place = bound(folder / "place", serve, nursery, count)
        yield place, opened[0][1]
    finally:
        for server, proxy in opened:
            proxy.close()
            server.terminate()
            server.wait(timeout=20)
            if server.stdout is not None:
                server.stdout.close()


def _work(place: Place) -> Iterator[tuple[str, list[list[str]]]]:
    """Many small allocations, the factory's reading, one large shipment: whose, and the commands."""
    sheets = []
    for start in range(0, len(place.items), 10):
        rows = [("item_id", "factory_id"), *((one, "880011") for one in place.items[start : start + 10])]
        sheets.append(["allocate", "--batch", place.sheet(f"a{start}.csv", rows), "-p", "merchant"])
    yield "merchant", sheets
    yield "factory-1", [["sync", "-p", "factory-1"]] * 2
    yield "factory-1", [["ship", "--batch", shipment_sheet(place, len(place.items)), "-p", "factory-1"]] * 2


def _run(nursery: Nursery, place: Place, argv: list[str], rng: random.Random) -> None:
    """One run, killed now and then and begun again; whatever it says, it is a status of the contract."""
    status = KILLED
    while status == KILLED:
        pid = nursery.start(place.home, argv)
        if rng.random() < KILLS:
            time.sleep(rng.uniform(0.05, 0.4))
            nursery.kill(pid)
        status = nursery.wait()
    assert status in (0, 1, 5, 6), (place.home / "out.txt").read_text()


def _drained(nursery: Nursery, proxy: Proxy, place: Place, profile: str) -> int:
    """Faults end; how many runs of `sync` it takes until all is settled (I7)."""
    proxy.chance = 0.0
    proxy.idle()
    for number in range(1, 5):
        if nursery.run(place.home, ["sync", "-p", profile], LATER) == 0:
            return number
    raise AssertionError((place.home / "out.txt").read_text())


def _done(place: Place, profile: str) -> list[tuple[str, str]]:
    entries = judge.journal(place.store(profile), "")
    return [
        (one.kind, one.target) for one in entries if one.kind in ("allocate", "ship") and one.state == "done"
    ]
