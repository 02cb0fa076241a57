"""The judge where the platform was quicker: what it took back itself is no lost wish; nothing else is let off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dropship_cli.actions.allocate import AllocationRow, allocate, unallocate
from dropship_cli.actions.resolve import Reference
from dropship_cli.domain.outcome import Result
from dropship_cli.sandbox import buyers
from tests.actions.shops import A, bound, buy
from tests.faults import judge
from tests.faults.world import SHOPS, World


@pytest.fixture
def taken_back(tmp_path: Path) -> World:
    """An item whose allocation ended with the buyer's refund, unseen; then the merchant asked it back, too."""
    world = bound(tmp_path / "world")
    (item_id,) = buy(world, 1, "A")
    with world.shop("merchant") as shop:
        allocate(shop, [AllocationRow(Reference("", item_id), A)])
        buyers.refund(world.ledger, item_id, world.clock.platform)
        buyers.refund_finish(world.ledger, item_id, world.clock.platform)
        report = unallocate(shop, [Reference("", item_id)])
    assert [one.result for one in report.outcomes] == [Result.DONE], "as it was wished, whoever did it"
    return world


def told(world: World) -> list[str]:
    return judge.disagreements(world.ledger, {SHOPS["merchant"]: world.store_file("merchant")})


def test_what_the_platform_took_back_by_itself_is_not_lost(taken_back: World) -> None:
    assert told(taken_back) == []


def test_without_a_word_of_the_platform_it_is(taken_back: World) -> None:
    with closing(sqlite3.connect(taken_back.ledger)) as ledger, ledger:
        ledger.execute("DELETE FROM effects WHERE act = 'refund_finished'")
    assert len(told(taken_back)) == 1
    assert told(taken_back)[0].startswith("I2: lost")
