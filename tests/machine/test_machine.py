"""T4: trade at random on a bad wire; after every step nothing is lost, nothing done twice, nothing left unsaid.

`--hypothesis-seed=N` repeats a run, `--nightly` makes it long.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.conftest import MEMORY
from tests.faults.figures import Figure
from tests.faults.stages import Stages
from tests.machine.trade import machine

EVERY_DAY = settings(max_examples=200, stateful_step_count=10)
NIGHTLY = settings(max_examples=3_000, stateful_step_count=60)
HEALTH = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


@pytest.mark.timeout(7_200)
def test_trade_at_random(stages: Stages, figure: Figure, request: pytest.FixtureRequest) -> None:
    """Merchants, factories, buyers, faults, deaths and time in any order keep I1-I7."""
    chosen = NIGHTLY if request.config.getoption("--nightly") else EVERY_DAY
    trade = machine(stages, MEMORY)
    run_state_machine_as_test(trade, settings=settings(chosen, deadline=None, suppress_health_check=HEALTH))
    figure("state machine examples", chosen.max_examples)
    for name, amount in trade.seen.items():
        figure(f"state machine {name}", amount)
    assert min(trade.seen[name] for name in ("faults that struck", "wishes", "deaths")) > 0
