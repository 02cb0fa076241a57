"""Reading the windows: several pages are written at once, nothing read is lost, what is known is let be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dropship_cli.actions import pull
from dropship_cli.actions.observe import observe
from dropship_cli.domain.binding import first_bound_at
from dropship_cli.domain.errors import UnavailableError
from dropship_cli.domain.item import Item
from dropship_cli.domain.moment import Window
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import NoAnswer
from dropship_cli.platforms.doudian.console import Console
from tests.actions.shops import bound
from tests.faults.clock import Clock
from tests.faults.world import World

ITEMS = [Item(f"O{number}", f"I{number}", 1, raw_state={"order_status": 2}) for number in range(6)]
PAGES = [ITEMS[:2], ITEMS[2:4], ITEMS[4:]]


class Failing(Console):
    """The sandbox's client, whose list is a test's and ends in the middle."""

    def items(self, role: Role, window: Window) -> Iterator[list[Item]]:
        yield from PAGES
        raise NoAnswer("network.no_answer")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(pull, "_windows", lambda *_: [Window(0, 9_000)])
    return bound(tmp_path / "world")


def test_what_was_read_before_a_failure_is_kept_and_its_window_is_read_again(world: World) -> None:
    world.client = Failing
    with world.shop("merchant") as shop:
        cursor = shop.store.facts.cursor(pull.CURSOR)
        with pytest.raises(UnavailableError):
            pull.pull(shop)
        assert shop.store.items.count() == len(ITEMS)
        assert shop.store.facts.cursor(pull.CURSOR) == cursor


def test_an_item_that_is_as_it_was_known_is_not_written_again(world: World) -> None:
    with world.shop("merchant") as shop, shop.store.transaction():
        observe(shop, ITEMS)
        before = shop.store.connection.total_changes
        observe(shop, [*ITEMS[:5], replace(ITEMS[5], remark="快")])
        assert shop.store.connection.total_changes - before == 1


@pytest.mark.parametrize(("at_once", "expected"), [(2, [2, 2, 2]), (3, [4, 2]), (100, [6])])
def test_pages_are_handed_over_together_and_only_the_last_ones_say_so(
    monkeypatch: pytest.MonkeyPatch, at_once: int, expected: list[int]
) -> None:
    monkeypatch.setattr(pull, "AT_ONCE", at_once)
    seen: list[int] = []
    found = list(pull._gathered(PAGES, lambda done, total: seen.append(done)))
    assert [len(items) for items, _ in found] == expected
    assert [is_last for _, is_last in found] == [False] * (len(expected) - 1) + [True]
    assert seen == [2, 4, 6]


def test_an_item_that_comes_again_comes_after_what_it_was_is_kept() -> None:
    moved = replace(ITEMS[0], remark="快")
    found = list(pull._gathered([PAGES[0], [moved]], lambda done, total: None))
    assert found == [(PAGES[0], False), ([moved], True)]


def test_a_window_without_items_has_a_last_hand_over_too() -> None:
    assert list(pull._gathered([], lambda done, total: None)) == [([], True)]


def test_reading_again_from_a_day_leaves_no_gap_before_it(tmp_path: Path) -> None:
    """The cursor moves to the end of what was read: a later start would let it pass what nobody has read."""
    with bound(tmp_path / "world").shop("merchant") as shop:

        def start(since: int | None) -> int:
            return next(iter(pull._windows(shop, Role.MERCHANT, since))).start

        cursor = shop.store.facts.cursor(pull.CURSOR)
        assert cursor is not None
        for _ in ("as it goes on", "from the first binding, as after a restore"):
            assert start(cursor + 3600) == start(None)
            assert start(cursor - 90_000) == cursor - 90_000
            with shop.store.transaction():
                shop.store.facts.forget_cursor(pull.CURSOR)


class Stepping(Console):
    """The sandbox's client; while it reads, somebody sets our clock right, which was an hour ahead."""

    clock: Clock

    def items(self, role: Role, window: Window) -> Iterator[list[Item]]:
        self.clock.off = 0.0
        yield from super().items(role, window)


def test_a_clock_that_is_set_back_while_we_read_takes_the_cursor_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what changes in the hour to come would be read by nobody."""
    world = bound(tmp_path / "world")
    monkeypatch.setattr(Stepping, "clock", world.clock, raising=False)
    world.client = Stepping
    world.clock.off = 3600.0
    with world.shop("merchant") as shop:
        monkeypatch.setattr(shop.platform(), "clock_skew", lambda: None)
        pull.pull(shop)
        assert (shop.store.facts.cursor(pull.CURSOR) or 0) <= world.clock.platform()


def test_a_cursor_that_lies_ahead_is_forgotten_and_everything_read_again(tmp_path: Path) -> None:
    """A clock that ran ahead has left it: when it is passed, what changed before it is read too."""
    world = bound(tmp_path / "world")
    with world.shop("merchant") as shop:
        first = first_bound_at(shop.store.bindings.all().values())
        now = int(world.clock.platform())
        for ahead, wanted in ((200, now + 200 - int(shop.settings.overlap)), (3600, first)):
            with shop.store.transaction():
                shop.store.facts.forget_cursor(pull.CURSOR)
                shop.store.facts.move_cursor(pull.CURSOR, now + ahead)
            assert next(iter(pull._windows(shop, Role.MERCHANT, None))).start == wanted
        pull.pull(shop)
        assert (shop.store.facts.cursor(pull.CURSOR) or 0) <= now + 1
