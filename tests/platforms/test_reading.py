"""Readings are asked again, a little; nothing else is."""

from __future__ import annotations

import time

import pytest
import stamina

from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.reading import TRIES, Reader


class Failing:
    """Fails so many times, then answers."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error, self.times, self.calls = error, times, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "read"


@pytest.fixture
def _without_waits() -> object:
    with stamina.set_testing(True, attempts=TRIES, cap=True) as changed:
        yield changed


@pytest.mark.usefixtures("_without_waits")
@pytest.mark.parametrize("error", [NotSent("network.unreachable"), NoAnswer("network.no_answer")])
def test_both_kinds_of_failure_are_asked_again(error: Exception) -> None:
    read = Failing(error, TRIES - 1)
    assert Reader()(read) == "read"


@pytest.mark.usefixtures("_without_waits")
def test_after_three_tries_the_failure_itself_is_raised() -> None:
    read = Failing(NoAnswer("network.no_answer"), 99)
    with pytest.raises(NoAnswer):
        Reader()(read)
    assert read.calls == TRIES


@pytest.mark.parametrize("error", [SetupError("auth.ip"), NotSent("run.deadline"), ValueError("x")])
def test_what_asking_again_cannot_mend_is_raised_at_once(error: Exception) -> None:
    read = Failing(error, 99)
    with pytest.raises(type(error)):
        Reader()(read)
    assert read.calls == 1


def test_the_platforms_own_seconds_win() -> None:
    read = Failing(NotSent("platform.limited", retry_after=0.05), 2)
    began = time.monotonic()
    assert Reader()(read) == "read"
    assert 0.1 <= time.monotonic() - began < 0.4


def test_nobody_waits_for_what_comes_after_the_run() -> None:
    read = Failing(NotSent("platform.limited", retry_after=60), 99)
    began = time.monotonic()
    with pytest.raises(NotSent):
        Reader(deadline_at=time.monotonic() + 5)(read)
    assert time.monotonic() - began < 1
    assert read.calls == 1


def test_no_change_goes_through_the_retry() -> None:
    """The journal is a change's retry: the file that sends changes does not know this one."""
    from dropship_cli.platforms import transport
    from dropship_cli.platforms.doudian import changes, line

    for module in (transport, changes, line):
        assert "Reader" not in vars(module)
        assert "stamina" not in vars(module)
