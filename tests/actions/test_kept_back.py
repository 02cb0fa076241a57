"""How much is queued, and how much of it no run sends before somebody says `release` or `ack`: told apart."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dropship_cli.actions import doctor, marks, status, stop
from dropship_cli.actions.allocate import AllocationRow, allocate
from dropship_cli.actions.context import Forecast
from dropship_cli.actions.queue import retry
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.cli.showing import say_sum
from dropship_cli.domain.change import Change, Field
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.terminal.screen import Screen
from tests.actions.shops import A, bound, buy
from tests.faults.world import World


@pytest.fixture(scope="module")
def queued(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Five wishes wait: two allocations, of which one is held, three shipments, of which one is held and one is of
    what changed, though a change keeps no allocation back."""
    world = bound(tmp_path_factory.mktemp("world") / "world")
    ids = [buy(world, number, "A")[0] for number in range(5)]
    with world.shop("merchant") as shop:
        stop.stop(shop)
        allocate(shop, [AllocationRow(Reference("", one), A) for one in ids[:2]])
        ship(
            shop, [ShipmentRow(Reference("", one), "中通", f"7817378648{one[-4:]}") for one in ids[2:]], How()
        )
        marks.hold(shop, [Reference("", one) for one in (ids[0], ids[2])], reason="", until=None)
        with shop.store.transaction():
            shop.store.marks.add(Change(one, Field.ADDRESS, "a", "b", shop.now()) for one in (ids[1], ids[3]))
    return world


def test_status_counts_what_waits_for_a_person_among_the_queued(queued: World) -> None:
    with queued.shop("merchant") as shop:
        found = status.summary(shop)
    assert (found.queued, found.kept_back) == (5, 3)


def test_doctor_says_it_where_there_is_something_to_say(queued: World) -> None:
    with queued.shop("merchant") as shop:
        (check,) = [one for one in doctor.examine(shop) if one.name == "journal"]
    assert dict(check.values)["kept"] == 3


def test_a_run_foretells_and_counts_only_what_it_may_send(queued: World, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    world = queued.copy(folder)
    heard: list[Forecast] = []
    counted: list[tuple[int, int | None]] = []
    with world.shop("merchant") as shop:
        stop.resume(shop)
        shop.foretell = heard.append
        shop.progress = lambda done, total: counted.append((done, total))
        report = retry(shop, [])
        assert status.summary(shop).queued == 3
    assert [one.operations for one in heard] == [2]
    assert counted[-1] == (2, 2)
    assert told(report.outcomes, "en") == (
        "3 queued, sent by the next `dropship sync`, but 3 of them only after `dropship release` or `dropship ack`"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "2 queued, sent by the next `dropship sync`"), ("zh", "排队 2，下次 `dropship sync` 时发送")],
)
def test_where_nothing_is_kept_back_nothing_is_said_of_it(lang: str, words: str) -> None:
    waiting = [Outcome("1", str(at), Result.QUEUED, "network.unreachable") for at in range(2)]
    assert told(waiting, lang) == words
    assert " 1 " in told([*waiting, Outcome("1", "3", Result.QUEUED, "item.held")], lang)


def told(outcomes: list[Outcome], lang: str) -> str:
    """The line about what is queued."""
    err = io.StringIO()
    say_sum(Screen(io.StringIO(), err, json=False, lang=lang), outcomes)
    (line,) = [one for one in err.getvalue().splitlines() if "queued" in one or "排队" in one]
    return line
