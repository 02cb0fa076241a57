"""T1: every changing command suffers every fault at its first, a middle and its last call, and nothing is lost,
nothing done twice, nothing left unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dropship_cli.actions.act import Report
from dropship_cli.actions.queue import retry
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.sandbox.schema import APP_SECRET
from tests.faults import judge
from tests.faults.commands import COMMANDS, Command
from tests.faults.fault import WAYS, Fault, Work
from tests.faults.figures import Figure
from tests.faults.stages import Stages
from tests.faults.token_fault import tokens_known
from tests.faults.transport import Plan
from tests.faults.world import QUIET, SHOPS, World

TOGGLED = ("role_switch", Fault.TWICE, 0)
"""The sandbox's switch has no key: delivered twice it is there and back. All we can do is see it and switch again."""


ALIKE = {
    Fault.CONNECT_TIMEOUT, Fault.POOL_TIMEOUT, Fault.CLOSED_BEFORE, Fault.CLOSED_AFTER, Fault.ERROR_500_AFTER,
    Fault.REDIRECT, Fault.EMPTY, Fault.HTML_BEFORE, Fault.HTML_AFTER, Fault.LIMITED_429, Fault.CLOCK_BEHIND,
    Fault.ROWS_DOUBLED, Fault.TOKEN_REFRESHED_HERE,
}  # fmt: skip
"""Faults that the program cannot tell from another one: in the middle every day, first and last with `--nightly`."""


def _cases() -> Iterator[object]:
    for name, command in COMMANDS.items():
        middle = command.calls // 2
        for fault in Fault:
            for at in sorted({0, middle, command.calls - 1}):
                rare = [pytest.mark.nightly] if fault in ALIKE and at != middle else []
                yield pytest.param(name, fault, at, marks=rare)


@pytest.mark.parametrize("name", COMMANDS)
def test_without_faults_each_command_makes_its_calls_and_does_all(
    name: str, stages: Stages, folder: Path
) -> None:
    """Else "first, middle and last call" would be words."""
    command, world = _begin(name, stages, folder)
    reports = command.run(world)
    assert world.wire.changes() == command.calls
    assert {outcome.result for _, report in reports for outcome in report.outcomes} == {Result.DONE}
    assert not _problems(world)


@pytest.mark.parametrize(("name", "fault", "at"), list(_cases()))
def test_a_fault_loses_nothing_and_doubles_nothing(
    name: str, fault: Fault, at: int, stages: Stages, folder: Path, figure: Figure
) -> None:
    """After the fault, the quiet time and one more `sync`, ledger and store agree and each wish is done once."""
    command, world = _begin(name, stages, folder)
    plan = Plan(fault, at)
    world.wire.plans.append(plan)
    reports = command.run(world)
    assert plan.fired == 1
    assert not _dishonest(world, command, reports)
    assert not [secret for secret in _secrets(world) if secret in repr(reports)]
    if fault is Fault.LATE_COMMIT:
        world.sync()  # at once, while the call may still be committed: nothing may be asked or sent again
        assert not world.wire.overlaps
    world.clock.off = 0.0
    world.clock.advance(QUIET)
    world.sync(*{name for name, _ in reports})
    if not command.fenced and WAYS[fault].work is Work.NOTHING:
        _decide_as_a_person(world)
    assert not world.wire.overlaps
    assert not _not_done(world, command)
    problems = _problems(world)
    if (name, fault, at) == TOGGLED:
        problems = [one for one in problems if "role_switched" not in one]
    assert not problems
    figure("fault matrix cases", 1)


def _begin(name: str, stages: Stages, folder: Path) -> tuple[Command, World]:
    command = COMMANDS[name]
    return command, stages.copy(command.stage, folder)


def _decide_as_a_person(world: World) -> None:
    """What nothing protects from a second sending waits for `queue retry`, unsent until then."""
    for name in world.names():
        with world.shop(name) as shop:
            unknown = [
                one.op_id
                for one in judge.journal(world.store_file(name), SHOPS[name])
                if one.state == "unknown"
            ]
            if unknown:
                retry(shop, unknown)


def _dishonest(world: World, command: Command, reports: list[tuple[str, Report]]) -> list[str]:
    """What a report claims against what the ledger shows at the end of the run (I2, I4)."""
    last = {outcome.item_id: (name, outcome) for name, report in reports for outcome in report.outcomes}
    problems = [f"I4: nothing said of {target}" for target in command.targets if target not in last]
    for _, report in reports:
        bad = [one for one in report.outcomes if one.result not in (Result.DONE, Result.UNCHANGED)]
        if bad and not report.exit_status:
            problems.append(f"I4: exit status 0 with {bad[0].result} of {bad[0].item_id}")
    found = judge.happened(world.ledger)
    entries = {
        (name, entry.target): entry
        for name in world.names()
        for entry in judge.journal(world.store_file(name), SHOPS[name])
    }
    for name, _ in reports:
        sure = {one.item_id for _, one in last.values() if one.result is Result.DONE}
        problems += judge.strange_packages(world.ledger, world.store_file(name), sure)
    for name, outcome in last.values():
        entry = entries[name, outcome.item_id]
        problems += _claims(outcome, [found[effect] for effect in entry.effects])
    return problems


def _claims(outcome: Outcome, times: list[int]) -> list[str]:
    """Done means done; queued and refused mean not done. Unknown claims nothing."""
    if outcome.result is Result.DONE and not all(times):
        return [f"I2: {outcome.item_id} reported done, ledger {times}"]
    if outcome.result is Result.REFUSED:
        return [f"I4: {outcome.item_id} reported refused: {outcome.error_code}"]
    return []


def _problems(world: World) -> list[str]:
    """Everything in which stores and ledger differ, once every shop has read."""
    stores = {SHOPS[name]: world.store_file(name) for name in world.names()}
    problems = judge.disagreements(world.ledger, stores)
    readers = [name for name in world.names() if judge.has_items(world.store_file(name))]
    for name in readers:
        world.sync(name)
    for name in readers:
        problems += judge.strange_packages(world.ledger, world.store_file(name))
        problems += judge.item_differences(world.ledger, world.store_file(name), SHOPS[name])
    secrets = _secrets(world)
    return problems + [one for name in world.names() for one in judge.leaks(world.home(name), secrets)]


def _secrets(world: World) -> list[str]:
    """What must be nowhere but in the token's own file (I5)."""
    return [APP_SECRET, *tokens_known(world.ledger), *judge.receivers(world.ledger)]


def _not_done(world: World, command: Command) -> list[str]:
    """Wishes of the command that did not end as done."""
    return [
        f"{entry.kind} {entry.target} is {entry.state} {entry.code}"
        for name in world.names()
        for entry in judge.journal(world.store_file(name), SHOPS[name])
        if entry.target in command.targets and entry.state != "done"
    ]
