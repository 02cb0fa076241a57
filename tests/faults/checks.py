"""Quick checks, one a rule: each passes on the program as it is and must fail on the build that breaks its rule."""

from __future__ import annotations

import csv
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import allocate
from dropship_cli.actions.ship import How, ship
from dropship_cli.domain.outcome import Result
from dropship_cli.files.errors_file import errors_file
from dropship_cli.platforms.tokens import TokenKeeper, Tokens
from dropship_cli.sandbox import buyers
from dropship_cli.store.db import open_store
from tests.faults import judge
from tests.faults.commands import allocations, shipments
from tests.faults.fault import Fault
from tests.faults.stages import ITEMS, Stages
from tests.faults.transport import CHANGES, Plan
from tests.faults.world import QUIET, SHOPS, Died, World

Check = Callable[[Stages, Path], None]
DAY = 86_400.0


def what_leaves_is_sending(stages: Stages, folder: Path) -> None:
    """Rule 1, rule 4: when a call arrives, the journal on the disk says `sending` for each row of it, no other."""
    world = stages.copy("bound", folder)
    wrong: list[str] = []

    def look(method: str) -> None:
        sending = {one.target for one in _journal(world, "merchant") if one.state == "sending"}
        targets = world.wire.calls[-1][1]
        if targets != sending:
            wrong.append(f"{method} carries {sorted(targets)}, sending are {sorted(sending)}")

    world.wire.before_change = look
    world.wire.plans.append(Plan(Fault.ROWS_MISSING, 0))
    with world.shop("merchant") as shop:
        allocate(shop, allocations("factory-1"))
    world.clock.advance(QUIET)
    world.sync("merchant")
    assert not wrong


def commits_reach_the_disk(stages: Stages, folder: Path) -> None:
    """Rule 11: `synchronous` is FULL (2); tests/store shows what is lost without it."""
    with open_store(folder / "store.db") as store:
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)


def writers_begin_as_writers(stages: Stages, folder: Path) -> None:
    """Rule 11: within a transaction nobody else may begin to write, even before its first write."""
    path = folder / "store.db"
    with (
        open_store(path) as store,
        store.transaction(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        _begin_to_write(path)


def _begin_to_write(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")


def nobody_asks_too_early(stages: Stages, folder: Path) -> None:
    """Rule 3: a call that was given up is not asked about, and not sent again, while it may still be committed."""
    world = _late(stages, folder, 45.0)
    world.sync("factory-1")
    _arrived(world)


def one_reading_is_not_enough(stages: Stages, folder: Path) -> None:
    """Rule 3: a platform that shows a change a little late is read twice before anything is sent again."""
    world = _late(stages, folder, QUIET + 2)
    world.clock.advance(QUIET - 20)
    world.sync("factory-1")
    _arrived(world)


def changes_are_sent_once(stages: Stages, folder: Path) -> None:
    """Rule 3: the client itself never sends a change again."""
    world = _late(stages, folder, 45.0)
    _arrived(world)


def questions_go_to_the_item_itself(stages: Stages, folder: Path) -> None:
    """Evidence section 3, point 4: by identifier; a list's window would have moved on."""
    world = stages.copy("bound", folder)
    world.wire.plans.append(Plan(Fault.RESET_AFTER, 0))
    with world.shop("merchant") as shop:
        allocate(shop, allocations("factory-1", ITEMS[:1]))
    world.clock.advance(DAY)
    world.sync("merchant")
    assert not _problems(world)
    assert {one.state for one in _journal(world, "merchant") if one.target == ITEMS[0]} == {"done"}


def a_missing_row_is_not_done(stages: Stages, folder: Path) -> None:
    """Rule 4: the row that a buyer's refund stopped is also the one that the answer leaves out."""
    world = stages.copy("bound", folder)
    world.wire.plans.append(Plan(Fault.ROWS_MISSING, 0))
    waiting = [ITEMS[0]]
    world.wire.before_change = lambda method: (
        buyers.refund(world.ledger, waiting.pop(), world.clock.platform) if waiting else None
    )
    with world.shop("merchant") as shop:
        report = allocate(shop, allocations("factory-1", ITEMS[:2]))
    assert {one.item_id: one.result for one in report.outcomes}[ITEMS[0]] is not Result.DONE
    assert not _problems(world)


def a_cursor_never_passes_its_rows(stages: Stages, folder: Path) -> None:
    """Rule 9: wherever a `sync` dies, the next one reads what it did not keep."""
    for at in range(12):
        world = stages.copy("bound", folder / str(at))
        ordered = world.order(9, [1])
        world.clock.advance(400)  # more than the overlap of windows
        world.dies_at = at
        with suppress(Died):
            world.sync("merchant")
        world.clock.advance(400)
        world.sync("merchant")
        assert not judge.item_differences(world.ledger, world.store_file("merchant"), SHOPS["merchant"])
        assert ordered


def what_died_while_sending_is_asked_about(stages: Stages, folder: Path) -> None:
    """Rule 2: a run that holds the lock takes every `sending` row for unknown, and settles it."""
    for at in range(1, 8):
        world = stages.copy("allocated", folder / str(at))
        world.dies_at = at
        with suppress(Died), world.shop("factory-1") as shop:
            ship(shop, shipments(ITEMS[:2]), How())
        world.clock.advance(QUIET)
        world.sync("factory-1")
        assert not _problems(world)


class _Slow:
    """Hands tokens out slowly, so that two who refresh at once are seen."""

    def __init__(self) -> None:
        self.calls = 0
        self._second = threading.Event()

    def create(self, code: str | None) -> Tokens:
        raise AssertionError("nobody logs in here")

    def refresh(self, tokens: Tokens) -> Tokens:
        self.calls += 1
        if self.calls > 1:
            self._second.set()
        self._second.wait(1)
        return Tokens(f"access-{self.calls}", f"refresh-{self.calls}", 2 * DAY, 14 * DAY, 0.0)


def tokens_are_refreshed_once(stages: Stages, folder: Path) -> None:
    """Rule 8: two at the same token make one call."""
    path, source = folder / "token.json", _Slow()
    _old_token(path)
    keepers = [TokenKeeper(path, source, clock=lambda: DAY) for _ in range(2)]
    threads = [threading.Thread(target=keeper.current) for keeper in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert source.calls == 1


def a_token_is_whole_at_every_moment(stages: Stages, folder: Path) -> None:
    """Rule 8: the old file stays what it is until the new one takes its place."""
    path, source = folder / "token.json", _Slow()
    _old_token(path)
    with path.open("rb") as before:
        old = path.read_bytes()
        TokenKeeper(path, source, clock=lambda: DAY).current()
        assert before.read() == old
    assert path.read_bytes() != old


def cells_never_run(stages: Stages, folder: Path) -> None:
    """Rule 16: no cell of an errors file is a formula to a spreadsheet."""
    with errors_file(str(folder / "errors.csv"), ["item_id"]) as file:
        file.add(["=1+1"], "item.unknown", "@SUM(A1)")
    with (folder / "errors.csv").open(encoding="utf-8-sig", newline="") as written:
        cells = [cell for row in csv.reader(written) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@"]


def the_same_wish_is_one_operation(stages: Stages, folder: Path) -> None:
    """Rule 5: a repeat while the first is on its way waits for it."""
    world = stages.copy("allocated", folder)
    for _ in range(2):
        world.wire.plans[:] = [Plan(Fault.NO_CONNECTION, 0)]
        with world.shop("factory-1") as shop:
            ship(shop, shipments(ITEMS[:1]), How())
    assert len([one for one in _journal(world, "factory-1") if one.kind == "ship"]) == 1


def _late(stages: Stages, folder: Path, seconds: float) -> World:
    """A factory whose one shipment is held back so long."""
    world = stages.copy("allocated", folder)
    world.wire.late = seconds
    world.wire.plans.append(Plan(Fault.LATE_COMMIT, 0))
    with world.shop("factory-1") as shop:
        ship(shop, shipments(ITEMS[:1]), How())
    assert world.wire.calls
    return world


def _arrived(world: World) -> None:
    """The held call is committed; it was sent once, and is found."""
    world.clock.advance(QUIET)
    world.sync("factory-1")
    assert not world.wire.overlaps
    assert sum(1 for method, _ in world.wire.calls if method in CHANGES) == 1
    assert not _problems(world)


def _old_token(path: Path) -> None:
    keeper = TokenKeeper(path, _Slow(), clock=lambda: 0.0)
    keeper._keep(Tokens("access-old", "refresh-old", DAY, 14 * DAY, 0.0))


def _journal(world: World, name: str) -> list[judge.Entry]:
    return judge.journal(world.store_file(name), SHOPS[name])


def _problems(world: World) -> list[str]:
    stores = {SHOPS[name]: world.store_file(name) for name in world.names()}
    return judge.disagreements(world.ledger, stores)
