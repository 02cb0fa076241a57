"""Our own pace: never faster than the platform allows, hardly slower, and never past the end of the run."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import pytest

from dropship_cli.platforms.base import NotSent
from dropship_cli.platforms.limits import Limiter


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds


def limiter(rate: float, clock: Time, deadline_at: float | None = None) -> Limiter:
    return Limiter(rate, monotonic=clock, sleep=clock.sleep, deadline_at=deadline_at)


def starts(ours: Limiter, clock: Time, count: int, method: str = "a") -> list[float]:
    found = []
    for _ in range(count):
        ours.wait(method)
        found.append(clock.now)
    return found


@pytest.mark.parametrize("rate", [0.1, 0.5, 1, 2.5, 20, 333])
def test_no_second_ever_holds_more_calls_than_allowed(rate: float) -> None:
    clock = Time()
    times = starts(limiter(rate, clock), clock, 200)
    burst, window = max(1, int(rate)), max(1, int(rate)) / rate
    assert all(later - earlier >= window for earlier, later in zip(times, times[burst:], strict=False))


def test_two_thousand_calls_take_hardly_longer_than_they_must() -> None:
    """performance.md: at most 1.05 times the ideal 100 s."""
    clock = Time()
    times = starts(limiter(20, clock), clock, 2000)
    assert 99 <= times[-1] - times[0] <= 1.05 * 100


def test_a_few_calls_do_not_wait_at_all() -> None:
    clock = Time()
    starts(limiter(20, clock), clock, 20)
    assert clock.slept == []


def test_methods_do_not_wait_for_each_other() -> None:
    clock = Time()
    ours = limiter(1, clock)
    for method in "abcdef":
        ours.wait(method)
    assert clock.slept == []


def test_nobody_sleeps_past_the_end_of_the_run() -> None:
    clock = Time()
    ours = limiter(1, clock, deadline_at=clock.now + 3)
    starts(ours, clock, 3)
    with pytest.raises(NotSent) as caught:
        starts(ours, clock, 5)
    assert caught.value.reason == "run.deadline"
    assert clock.now <= 1003


def test_too_often_makes_the_method_rest_as_long_as_the_platform_says() -> None:
    clock = Time()
    ours = limiter(20, clock)
    ours.slow_down("a", 7)
    ours.wait("a")
    assert 1007 <= clock.now <= 1000 + 7 * 1.25
    before = clock.now
    ours.wait("b")
    assert clock.now == before


def test_pauses_of_our_own_double_while_the_platform_insists_and_begin_anew_later() -> None:
    clock = Time()
    ours = limiter(20, clock)
    rests = []
    for _ in range(7):
        before = clock.now
        ours.slow_down("a")
        ours.wait("a")
        rests.append(clock.now - before)
    assert all(
        least <= rest <= least * 1.25 for least, rest in zip([1, 2, 4, 8, 16, 30, 30], rests, strict=True)
    )
    clock.now += 300
    before = clock.now
    ours.slow_down("a")
    ours.wait("a")
    assert clock.now - before <= 1.25


def test_calls_refused_together_are_one_event() -> None:
    clock = Time()
    ours = limiter(20, clock)
    for _ in range(8):
        ours.slow_down("a")
    ours.wait("a")
    assert clock.now <= 1001.25


def test_who_slept_while_the_platform_said_too_often_rests_as_well() -> None:
    clock = Time()
    ours = limiter(1, clock)
    ours.wait("a")
    sleep, told = clock.sleep, []

    def interrupted(seconds: float) -> None:
        sleep(seconds)
        if not told:
            told.append(True)
            ours.slow_down("a", 10)

    ours._sleep = interrupted
    ours.wait("a")
    assert clock.now >= 1011


def test_eight_threads_share_one_pace() -> None:
    times: list[float] = []
    ours = Limiter(50)

    def work() -> None:
        for _ in range(20):
            ours.wait("a")
            times.append(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    # Threads note the time after they were let go, a little later or earlier than each other.
    assert all(later - earlier > 0.9 for earlier, later in zip(times, times[50:], strict=False))
