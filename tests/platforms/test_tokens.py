"""The token: early, once, whole on the disk, nobody else's to read, and right when two processes race."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dropship_cli.domain.errors import SetupError, StoreError
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.tokens import Refused, TokenKeeper, Tokens

WEEK, HOUR = 7 * 24 * 3600.0, 3600.0
CANARY = "token-canary-9a1e"


@dataclass
class Clock:
    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Source:
    """A platform's tokens as doudian.md section 2 has them; every call is noted."""

    clock: Clock
    life: float = WEEK
    calls: list[str] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def create(self, code: str | None) -> Tokens:
        return self._answer(f"create {code}")

    def refresh(self, tokens: Tokens) -> Tokens:
        return self._answer(f"refresh {tokens.refresh_token}")

    def _answer(self, call: str) -> Tokens:
        self.calls.append(call)
        self.before()
        if self.fails:
            raise self.fails.pop(0)
        number, now = len(self.calls), self.clock.now
        return Tokens(f"a{number}", f"r{number}", now + self.life, now + 2 * self.life, now, "660001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop" / "token.json"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(clock: Clock) -> Source:
    return Source(clock)


@pytest.fixture
def keeper(path: Path, source: Source, clock: Clock) -> TokenKeeper:
    return TokenKeeper(path, source, clock=clock)


def test_without_a_token_one_is_created_and_kept(keeper: TokenKeeper, source: Source, path: Path) -> None:
    assert [keeper.current(), keeper.current()] == ["a1", "a1"]
    assert source.calls == ["create None"]
    assert json.loads(path.read_text())["refresh_token"] == "r1"


def test_the_next_program_takes_it_from_the_file(keeper: TokenKeeper, path: Path, clock: Clock) -> None:
    keeper.current()
    other = Source(clock)
    assert TokenKeeper(path, other, clock=clock).current() == "a1"
    assert other.calls == []


@pytest.mark.parametrize(("left", "calls"), [(HOUR + 2, 1), (HOUR - 1, 2), (1, 2), (-1, 2)])
def test_it_is_refreshed_inside_the_last_hour_and_not_before(
    keeper: TokenKeeper, source: Source, clock: Clock, left: float, calls: int
) -> None:
    keeper.current()
    clock.now += WEEK - left
    keeper.current()
    keeper.current()
    assert len(source.calls) == calls
    assert source.calls[1:] in ([], ["refresh r1"])


def test_a_token_that_came_with_little_left_is_not_refreshed_at_every_call(path: Path, clock: Clock) -> None:
    """`create` may answer the present token with what is left of it (section 2)."""
    source = Source(clock, life=1800)
    keeper = TokenKeeper(path, source, clock=clock)
    for _ in range(10):
        keeper.current()
    assert source.calls == ["create None"]


def test_after_the_refresh_tokens_end_an_own_use_app_creates_again(
    keeper: TokenKeeper, source: Source, clock: Clock
) -> None:
    keeper.current()
    clock.now += 2 * WEEK + 1
    keeper.current()
    assert source.calls == ["create None", "create None"]


def test_a_refused_token_is_renewed_once_for_all_threads(keeper: TokenKeeper, source: Source) -> None:
    stale = keeper.current()
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(keeper.renew(stale))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["a2"] * 8
    assert source.calls == ["create None", "refresh r1"]


def test_what_another_process_wrote_is_adopted(
    keeper: TokenKeeper, source: Source, path: Path, clock: Clock
) -> None:
    stale = keeper.current()
    other = TokenKeeper(path, Source(clock, calls=["-"] * 7), clock=clock)
    fresh = other.renew(stale)
    assert keeper.renew(stale) == fresh
    assert source.calls == ["create None"]


def test_a_refused_refresh_token_is_read_again_before_giving_up(
    keeper: TokenKeeper, source: Source, path: Path, clock: Clock
) -> None:
    """Somebody who does not know our lock may have used it up, and left the new pair in the file."""
    stale = keeper.current()

    def foreign() -> None:
        now = clock.now
        pair = {"access_token": "theirs", "refresh_token": "x", "expires_at": now + WEEK, "got_at": now}
        path.write_text(json.dumps({**pair, "refresh_expires_at": now + 2 * WEEK, "shop_id": ""}))

    source.before, source.fails = foreign, [Refused()]
    assert keeper.renew(stale) == "theirs"


def test_a_refused_refresh_token_of_nobody_else_leads_to_a_new_one(
    keeper: TokenKeeper, source: Source
) -> None:
    stale = keeper.current()
    source.fails = [Refused()]
    assert keeper.renew(stale) == "a3"
    assert source.calls == ["create None", "refresh r1", "create None"]


@pytest.mark.parametrize("error", [NotSent("network.unreachable"), NoAnswer("network.no_answer")])
def test_a_token_that_still_holds_serves_while_the_platform_cannot_refresh_it(
    keeper: TokenKeeper, source: Source, clock: Clock, error: Exception
) -> None:
    keeper.current()
    clock.now += WEEK - 600
    source.fails = [error]
    assert keeper.current() == "a1"
    assert keeper.current() == "a3"


def test_an_ended_token_that_cannot_be_refreshed_is_an_error(
    keeper: TokenKeeper, source: Source, clock: Clock
) -> None:
    keeper.current()
    clock.now += WEEK
    source.fails = [NotSent("network.unreachable")]
    with pytest.raises(NotSent):
        keeper.current()


def test_a_lost_answer_to_the_refresh_is_simply_asked_for_again(keeper: TokenKeeper, source: Source) -> None:
    stale = keeper.current()
    source.fails = [NoAnswer("network.no_answer")]
    with pytest.raises(NoAnswer):
        keeper.renew(stale)
    assert keeper.renew(stale) == "a3"


def test_log_in_takes_the_code_of_the_shops_click(keeper: TokenKeeper, source: Source, clock: Clock) -> None:
    assert keeper.log_in("code-1").expires_at == clock.now + WEEK
    assert source.calls == ["create code-1"]
    assert keeper.current() == "a1"


def test_forgotten_means_gone(keeper: TokenKeeper, path: Path) -> None:
    keeper.current()
    (path.parent / ".token.json.123.new").write_text("left behind by a run that was killed")
    keeper.forget()
    assert [one.name for one in path.parent.iterdir()] == ["token.json.lock"]
    keeper.forget()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_file_and_lock_are_their_owners_alone(keeper: TokenKeeper, path: Path, umask: int) -> None:
    old = os.umask(umask)
    try:
        keeper.current()
    finally:
        os.umask(old)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_can_read_is_refused(keeper: TokenKeeper, path: Path, source: Source) -> None:
    keeper.current()
    path.chmod(0o640)
    with pytest.raises(SetupError) as caught:
        TokenKeeper(path, source).current()
    assert caught.value.code == "token.file_open"


def test_a_link_is_not_followed(path: Path, source: Source, tmp_path: Path) -> None:
    path.parent.mkdir()
    (tmp_path / "elsewhere").write_text("{}")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SetupError):
        TokenKeeper(path, source).current()
    assert (tmp_path / "elsewhere").read_text() == "{}"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        f'"{CANARY}"',
        f'{{"access_token":"{CANARY}"}}',
        f'{{"access_token":["{CANARY}"]',
        "\x00",
    ],
)
def test_a_damaged_file_is_named_and_its_content_is_not(path: Path, source: Source, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SetupError) as caught:
        TokenKeeper(path, source).current()
    assert caught.value.code == "token.file_bad"
    assert CANARY not in repr([caught.value, caught.value.__context__, caught.value.values])


def test_where_the_disk_does_not_take_it_the_old_file_stays(
    keeper: TokenKeeper, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = keeper.current()
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError):
        keeper.renew(stale)
    assert path.read_bytes() == before
    assert {one.name for one in path.parent.iterdir()} == {"token.json", "token.json.lock"}


def test_a_token_never_shows_itself() -> None:
    assert CANARY not in repr(Tokens(CANARY, CANARY, 0, 0, 0))


class LoggedSource(Source):
    """A platform that voids a refresh token at its first use, across processes: the strictest there is."""

    log: Path

    def refresh(self, tokens: Tokens) -> Tokens:
        with open(self.log, "a") as log:
            log.write(f"{tokens.refresh_token}\n")
        now, number = self.clock.now, tokens.refresh_token.removeprefix("r")
        mine = f"{number}.{os.getpid()}"
        return Tokens(f"a{mine}", f"r{mine}", now + WEEK, now + 2 * WEEK, now)


TURNS = 50


def _race(
    path: Path, log: Path, barrier: threading.Barrier, answers: multiprocessing.Queue[list[str]]
) -> None:
    clock = Clock()
    source = LoggedSource(clock)
    source.log = log
    keeper = TokenKeeper(path, source, clock=clock)
    found = [keeper.current()]
    for _ in range(TURNS):
        barrier.wait(20)
        found.append(keeper.renew(found[-1]))
    answers.put(found)


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_two_processes_that_renew_at_one_moment_use_each_refresh_token_once(
    keeper: TokenKeeper, path: Path, tmp_path: Path, method: str
) -> None:
    """Fifty times: both have the same token at every turn, and the platform was asked once for it."""
    keeper.current()
    context = multiprocessing.get_context(method)
    barrier, answers = context.Barrier(2), context.Queue()
    log = tmp_path / "refreshes"
    racers = [context.Process(target=_race, args=(path, log, barrier, answers)) for _ in range(2)]
    for racer in racers:
        racer.start()
    first, second = answers.get(timeout=60), answers.get(timeout=60)
    for racer in racers:
        racer.join(10)
    assert first == second
    assert len(set(first)) == TURNS + 1
    used = log.read_text().splitlines()
    assert len(used) == len(set(used)) == TURNS


def test_two_threads_with_a_keeper_each_use_each_refresh_token_once(path: Path, clock: Clock) -> None:
    source = Source(clock)
    keepers = [TokenKeeper(path, source, clock=clock) for _ in range(2)]
    barrier = threading.Barrier(2)
    found: list[list[str]] = [[], []]

    def work(number: int) -> None:
        token = keepers[number].current()
        for _ in range(TURNS):
            barrier.wait(20)
            token = keepers[number].renew(token)
            found[number].append(token)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1] == [f"a{number}" for number in range(2, TURNS + 2)]
    assert len(source.calls) == TURNS + 1


def _killed_before_the_rename(path: Path, log: Path) -> None:
    source = LoggedSource(Clock())
    source.log = log
    keeper = TokenKeeper(path, source, clock=source.clock)
    stale = keeper.current()
    os.replace = lambda new, old: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment] - in the child only
    keeper.renew(stale)


def test_killed_between_the_answer_and_the_rename_the_old_file_stays_and_the_lock_is_free(
    keeper: TokenKeeper, path: Path, tmp_path: Path, source: Source, clock: Clock
) -> None:
    """The platform has given a new pair that nobody has kept: the next run asks again."""
    stale = keeper.current()
    before = path.read_bytes()
    child = multiprocessing.get_context("fork").Process(
        target=_killed_before_the_rename, args=(path, tmp_path / "refreshes")
    )
    child.start()
    child.join(20)
    assert child.exitcode == -signal.SIGKILL
    assert (tmp_path / "refreshes").read_text() == "r1\n"
    assert path.read_bytes() == before
    left = [one for one in path.parent.iterdir() if one.name.startswith(".")]
    assert {stat.S_IMODE(one.stat().st_mode) for one in left} <= {0o600}
    assert TokenKeeper(path, source, clock=clock).renew(stale) == "a2"


def test_a_refresh_that_answers_the_refused_token_again_leads_to_a_new_one(path: Path, clock: Clock) -> None:
    """More than an hour before its end the platform answers the same pair (section 2)."""

    class Same(Source):
        def refresh(self, tokens: Tokens) -> Tokens:
            self.calls.append("refresh")
            return tokens

    source = Same(clock)
    keeper = TokenKeeper(path, source, clock=clock)
    assert keeper.renew(keeper.current()) == "a3"
    assert source.calls == ["create None", "refresh", "create None"]
    assert json.loads(path.read_text())["access_token"] == "a3"
