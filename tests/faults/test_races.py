"""T5: two runs at the same moment; a factory against its merchant; a buyer between our check and our call."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import allocate, unallocate
from dropship_cli.actions.ship import How, ship
from dropship_cli.domain.outcome import Result
from dropship_cli.sandbox import buyers
from tests.faults import judge
from tests.faults.commands import allocations, references, shipments
from tests.faults.figures import Figure
from tests.faults.places import allocated, bound
from tests.faults.program import LATER, Nursery, Place, allocation_sheet, shipment_sheet
from tests.faults.served import Served
from tests.faults.stages import ITEMS, Stages
from tests.faults.world import SHOPS, World

OK, PARTLY, REFUSED, QUEUED, UNKNOWN, BUSY = 0, 1, 4, 5, 6, 7
ROWS = 6


@dataclass
class Track:
    """A server, two nurseries that start their runs at one moment, and a place to begin from."""

    served: Served
    nurseries: tuple[Nursery, Nursery]
    allocated: Place
    bound: Place

    def race(
        self, place: Place, first: list[str], second: list[str], environ: Mapping[str, str] | None = None
    ) -> tuple[int, int]:
        """Both at once, by a barrier; their exit statuses."""
        barrier = place.folder / "barrier"
        os.mkfifo(barrier)
        pids = [
            nursery.start(place.home, argv, environ, barrier=str(barrier))
            for nursery, argv in zip(self.nurseries, (first, second), strict=True)
        ]
        with barrier.open("wb", buffering=0) as pipe:
            _until(lambda: all(Path(f"{barrier}.{pid}").exists() for pid in pids))
            pipe.write(b"go")
            left, right = (nursery.wait() for nursery in self.nurseries)
        return left, right


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    served, first, second = Served(), Nursery(), Nursery()
    folder = tmp_path_factory.mktemp("track")
    start = bound(folder / "bound", served.put, first, ROWS)
    given = start.copy(folder / "allocated")
    served.use(given.ledger)
    allocated(given, first)
    yield Track(served, (first, second), given, start)
    first.close()
    second.close()
    served.close()


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("kind", ["sync", "allocate", "ship"])
def test_two_runs_at_once_do_each_wish_once(
    kind: str, track: Track, folder: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """One works, the other is busy (7), waits for the same wishes, or comes later and finds nothing to do."""
    statuses: Counter[int] = Counter()
    for number in range(50 if request.config.getoption("--nightly") else 12):
        statuses.update(_race(track, kind, folder / str(number)))
        figure("races of two runs", 1)
    figure("races in which one was busy or waited", statuses[BUSY] + statuses[QUEUED] + statuses[UNKNOWN])


def test_the_harness_sees_runs_without_a_lock(track: Track, folder: Path) -> None:
    """Two runs that know nothing of each other step on each other's operations: this must be seen."""
    with pytest.raises(AssertionError):
        _race_often(track, folder, {"FAULTS_BROKEN": "lock"})


def _race_often(track: Track, folder: Path, environ: Mapping[str, str]) -> None:
    for number in range(12):
        _race(track, "ship", folder / str(number), environ)


@pytest.mark.timeout(1_800)
def test_merchant_and_factory_ship_the_same_items_at_once(
    track: Track, folder: Path, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """Each item leaves once; the other side is refused, and told whose number it is."""
    winners: Counter[str] = Counter()
    for number in range(50 if request.config.getoption("--nightly") else 12):
        place = track.allocated.copy(folder / str(number))
        track.served.use(place.ledger)
        ours = ["ship", "--batch", shipment_sheet(place, ROWS, "SF20"), "-p", "merchant"]
        theirs = ["ship", "--batch", shipment_sheet(place, ROWS, "SF30"), "-p", "factory-1"]
        statuses = track.race(place, ours, theirs)
        assert set(statuses) <= {OK, PARTLY, REFUSED}, statuses
        effects = judge.happened(place.ledger)
        shipped = [effect for effect in effects.elements() if effect[1] == "shipped"]
        assert sorted(effect[2] for effect in shipped) == sorted(place.items)
        assert not judge.disagreements(place.ledger, place.stores())
        assert _refusals(place) == {"ship.shipped_already": ROWS}
        winners.update(effect[0] for effect in shipped)
        figure("races of merchant and factory", 1)
    assert sum(winners.values()) == ROWS * (50 if request.config.getoption("--nightly") else 12)


@pytest.mark.parametrize(
    ("act", "code"),
    [("refund", "ship.refund_open"), ("close", "ship.not_allocated"), ("withdraw", "ship.not_allocated")],
)
def test_what_changes_between_our_check_and_our_call_stops_a_shipment(
    act: str, code: str, stages: Stages, folder: Path
) -> None:
    """The buyer (or the merchant) is faster: refused with the reason, nothing sent again, nothing shipped."""
    world = stages.copy("allocated", folder)
    world.wire.before_change = _once(world, act)
    with world.shop("factory-1") as shop:
        report = ship(shop, shipments(ITEMS[:1]), How())
    assert [(one.result, one.error_code) for one in report.outcomes] == [(Result.REFUSED, code)]
    calls = world.wire.changes()
    world.sync("factory-1")
    assert world.wire.changes() == calls
    assert not [effect for effect in judge.happened(world.ledger) if effect[1] == "shipped"]
    assert not _disagreements(world)


@pytest.mark.parametrize(("act", "code"), [("refund", "allocate.refund_open"), ("close", "allocate.closed")])
def test_what_changes_between_our_check_and_our_call_stops_an_allocation(
    act: str, code: str, stages: Stages, folder: Path
) -> None:
    """One row is refused with the reason; the others of the same call are done."""
    world = stages.copy("bound", folder)
    world.wire.before_change = _once(world, act)
    with world.shop("merchant") as shop:
        report = allocate(shop, allocations("factory-1"))
    results = {one.item_id: (one.result, one.error_code) for one in report.outcomes}
    assert results.pop(ITEMS[0]) == (Result.REFUSED, code)
    assert set(results.values()) == ({(Result.DONE, None)} if act == "refund" else {(Result.REFUSED, code)})
    assert not _disagreements(world)


def _race(track: Track, kind: str, folder: Path, environ: Mapping[str, str] | None = None) -> tuple[int, int]:
    place = (track.allocated if kind == "ship" else track.bound).copy(folder)
    track.served.use(place.ledger)
    argv = _argv(kind, place)
    both = track.race(place, argv, argv, environ)
    assert set(both) <= {OK, QUEUED, UNKNOWN, BUSY}
    assert OK in both
    _agree(track, place, argv)
    return both


def _once(world: World, act: str) -> Callable[[str], None]:
    """Before the first change: the buyer asks for the money or cancels, or the merchant takes the item back."""
    left = [act]

    def interfere(method: str) -> None:
        if not left:
            return
        left.clear()
        if act == "refund":
            buyers.refund(world.ledger, ITEMS[0], world.clock.platform)
        elif act == "close":
            buyers.cancel(world.ledger, ITEMS[0], world.clock.platform)
        else:
            _withdraw(world)

    return interfere


def _withdraw(world: World) -> None:
    with world.shop("merchant") as shop:
        assert unallocate(shop, references(ITEMS[:1])).outcomes[0].result is Result.DONE


def _argv(kind: str, place: Place) -> list[str]:
    match kind:
        case "allocate":
            return ["allocate", "--batch", allocation_sheet(place, ROWS), "-p", "merchant"]
        case "ship":
            return ["ship", "--batch", shipment_sheet(place, ROWS), "-p", "factory-1"]
    return ["sync", "-p", "merchant"]


def _agree(track: Track, place: Place, argv: list[str]) -> None:
    """One more `sync`, then the same again: nothing lost, nothing twice."""
    profile = argv[-1]
    assert track.nurseries[0].run(place.home, ["sync", "-p", profile], LATER) == OK
    assert track.nurseries[0].run(place.home, argv, LATER) == OK
    assert not judge.disagreements(place.ledger, place.stores())
    if argv[0] != "sync":
        kind = argv[0]
        done = Counter(one.target for one in judge.journal(place.store(profile), "") if one.kind == kind)
        assert done == Counter(place.items)


def _disagreements(world: World) -> list[str]:
    stores = {SHOPS[name]: world.store_file(name) for name in world.names()}
    return judge.disagreements(world.ledger, stores)


def _refusals(place: Place) -> dict[str | None, int]:
    """Codes of the shipments that lost, and those that never became an operation count as told at once."""
    entries = [
        one
        for name, shop_id in (("merchant", "660001"), ("factory-1", "880011"))
        for one in judge.journal(place.store(name), shop_id)
        if one.kind == "ship"
    ]
    lost = Counter(one.code for one in entries if one.state == "refused")
    assert len(entries) == 2 * ROWS
    return dict(lost)


def _until(true: Callable[[], bool]) -> None:
    """Wait for what another process does within a moment."""
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.001)
