"""T11: the tests are tested. Each rule's check passes on the program as it is and fails on the build that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dropship_cli.store.operations import IllegalStep
from tests.faults.broken import BUILDS, blind_retry
from tests.faults.checks import nobody_asks_too_early, the_same_wish_is_one_operation
from tests.faults.conftest import MEMORY
from tests.faults.figures import Figure
from tests.faults.stages import Stages
from tests.machine.trade import machine

CHECKS = {build.check.__name__: build.check for build in BUILDS.values()} | {
    the_same_wish_is_one_operation.__name__: the_same_wish_is_one_operation
}

FOUND = (AssertionError, IllegalStep, pytest.fail.Exception)
"""By a check; or by the journal itself, whose steps are compare and set."""


@pytest.mark.parametrize("name", CHECKS)
def test_each_rule_holds(name: str, stages: Stages, folder: Path) -> None:
    """The program as it is keeps the rule; the check's own docstring says which."""
    CHECKS[name](stages, folder)


@pytest.mark.parametrize("name", BUILDS)
def test_a_broken_build_is_found(
    name: str, stages: Stages, folder: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    """A check that passes on a broken build would prove nothing."""
    for stage in ("bound", "allocated"):
        stages.copy(stage, folder / stage)  # built by the whole program, before it is broken
    (folder / "case").mkdir()
    BUILDS[name].break_it(monkeypatch)
    figure("broken builds tried", 1)
    with pytest.raises(FOUND):
        BUILDS[name].check(stages, folder / "case")
    figure("broken builds found", 1)


def test_the_matrix_sees_blind_retry(stages: Stages, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check under the matrix's LATE_COMMIT rows fails where unknown is sent again at once."""
    stages.copy("allocated", folder / "stage")
    (folder / "case").mkdir()
    blind_retry(monkeypatch)
    with pytest.raises(AssertionError):
        nobody_asks_too_early(stages, folder / "case")


def test_the_machine_sees_blind_retry(stages: Stages, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """So does trade at random, within the examples of every day."""
    for stage in ("bound", "allocated", "shipped"):
        stages.copy(stage, folder / stage)
    blind_retry(monkeypatch)
    chosen = settings(
        max_examples=200, stateful_step_count=12, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(machine(stages, MEMORY), settings=chosen)
