"""Each case is told to each chat once, again after it was over, and never counted as told before it arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from dropship_cli.actions.context import Shop
from dropship_cli.actions.interruption import interrupt
from dropship_cli.actions.notify import Told, notify, send_test, status_of
from dropship_cli.domain.change import Change, Field
from dropship_cli.domain.chat import Chat, ChatKind, parse_quiet
from dropship_cli.domain.decision import Draft
from dropship_cli.domain.errors import ExitStatus, Interrupted
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.moment import BEIJING
from dropship_cli.domain.notice import Bulletin, Message
from dropship_cli.domain.operation import Kind
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.chats.wire import ChatRefused
from dropship_cli.store.db import open_store

NOON = datetime(2026, 11, 25, 12, tzinfo=BEIJING).timestamp()
HOUR = 3600
TEAM = Chat("team", ChatKind.GENERIC, "sandbox:generic")


@dataclass
class Room:
    """A shop, its clock, and chats that keep what they are told, or fail as `fails` says."""

    shop: Shop
    now: float = NOON
    fails: dict[str, Exception] = field(default_factory=dict)
    heard: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    pages: Callable[[list[str]], list[list[str]]] = lambda keys: [keys]

    def run(self, *chats: Chat, login_ends: float | None = None, **words: bool) -> list[tuple[Told, int]]:
        reports = notify(self.shop, chats or (TEAM,), self.write, self.post, login_ends=login_ends, **words)
        self.status = status_of(reports)
        return [(one.result, one.fresh) for one in reports]

    def write(self, chat: Chat, bulletin: Bulletin) -> Sequence[Message]:
        fresh = [one for one in bulletin.cases if one.key in bulletin.fresh]
        pages = self.pages([one.key for one in fresh])
        return [Message(" ".join(page), tuple(one for one in fresh if one.key in page)) for page in pages]

    def post(self, chat: Chat, message: Message) -> None:
        if message.text in self.fails or chat.name in self.fails:
            raise self.fails.get(message.text) or self.fails[chat.name]
        self.heard.append((chat.name, frozenset(one.key for one in message.cases)))

    def keep(self, *items: Item) -> None:
        with self.shop.store.transaction():
            self.shop.store.items.put(items, self.now)

    def fact(self, name: str, value: str | None) -> None:
        with self.shop.store.transaction():
            self.shop.store.facts.put(name, value)

    def told(self) -> set[str]:
        """Everything that was heard, and forgotten here."""
        keys = {key for _, keys in self.heard for key in keys}
        self.heard.clear()
        return keys


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_store(tmp_path / "store.db") as store:
        made = Room(
            Shop(
                profile=Profile("m", "sandbox", "660001", "k", "sandbox:"),
                settings=settings_of({}), store=store, platform=lambda: pytest.fail("no call is made"),
                lock=lambda _: nullcontext(), now=lambda: made.now, sleep=lambda _: None, who="test",
            )
        )  # fmt: skip
        made.fact("role", "merchant")
        yield made


def item(name: str, hours: float | None, **changes: object) -> Item:
    ship_by = None if hours is None else int(NOON + hours * HOUR)
    return replace(
        Item(f"O-{name}", name, 2, factory_id="F", allocation=AllocationState.ALLOCATED, ship_by=ship_by),
        **changes,
    )


def test_what_is_the_matter_is_told_once(room: Room) -> None:
    """Late, due within six hours, a refund on what a factory has, open or ended; nothing else, and nothing twice."""
    room.keep(
        item("late", -1), item("soon", 5), item("far", 7), item("none", None), item("closed", -1, closed=True),
        item("sent", -1, shipment=ShipmentState.SHIPPED), item("refund", 5, refund=RefundState.OPEN),
        item("free", -1, refund=RefundState.OPEN, allocation=AllocationState.UNALLOCATED),
        item("back", -1, refund=RefundState.REFUNDED),
    )  # fmt: skip
    assert room.run() == [(Told.TOLD, 4)]
    assert room.told() == {"late:late", "due_soon:soon", "refund_open:refund", "refunded:back"}
    assert room.run() == [(Told.NOTHING, 0)]
    assert (room.heard, room.status) == ([], 0)


def test_what_was_due_and_is_late_is_another_case(room: Room) -> None:
    room.keep(item("a", 5))
    room.run()
    room.now += 6 * HOUR
    room.run()
    assert room.told() == {"due_soon:a", "late:a"}


def test_a_case_that_ended_and_comes_again_is_told_again(room: Room) -> None:
    room.keep(item("a", -1))
    room.run()
    room.keep(item("a", 50))
    assert room.run() == [(Told.NOTHING, 0)]
    room.keep(item("a", -1))
    room.told()
    assert room.run() == [(Told.TOLD, 1)]
    assert room.told() == {"late:a"}


def test_a_refund_that_was_closed_and_asked_for_again_between_two_runs_is_told_again(room: Room) -> None:
    """No run saw it closed; the readings did."""
    room.keep(item("a", 5, refund=RefundState.OPEN))
    room.run()
    with room.shop.store.transaction():
        room.shop.store.marks.add(
            [
                Change("a", Field.REFUND, "open", "none", NOON + 1, NOON + 1),
                Change("a", Field.REFUND, "none", "open", NOON + 9, NOON + 9),
            ]
        )
    assert room.run() == [(Told.TOLD, 1)]
    assert room.run() == [(Told.NOTHING, 0)]


def test_each_chat_is_told_by_itself(room: Room) -> None:
    """One that comes later hears all; one that fails does not stop the next."""
    other = replace(TEAM, name="other")
    room.keep(item("a", -1))
    room.run()
    assert room.run(TEAM, other) == [(Told.NOTHING, 0), (Told.TOLD, 1)]
    room.keep(item("b", -1))
    room.fails["team"] = NotSent("network.unreachable")
    assert room.run(TEAM, other) == [(Told.AWAY, 1), (Told.TOLD, 1)]
    assert room.status == 5


@pytest.mark.parametrize(
    ("failure", "result", "status"),
    [
        (NotSent("network.unreachable"), Told.AWAY, 5),
        (NotSent("platform.limited", "130101"), Told.AWAY, 5),
        (NoAnswer("network.no_answer", "ReadTimeout"), Told.AWAY, 5),
        (ChatRefused("19021 sign match fail"), Told.REFUSED, 4),
    ],
)
def test_what_did_not_surely_arrive_is_said_again(
    failure: Exception, result: Told, status: int, room: Room
) -> None:
    """Also where the answer was lost: in a chat twice is better than never."""
    room.keep(item("a", -1))
    room.fails["team"] = failure
    assert (room.run(), room.status) == ([(result, 1)], status)
    room.fails.clear()
    assert (room.run(), room.told(), room.status) == ([(Told.TOLD, 1)], {"late:a"}, 0)


def test_of_several_messages_those_that_arrived_are_told(room: Room) -> None:
    """The rest, and only it, comes with the next run."""
    room.keep(item("a", -3), item("b", -2), item("c", -1))
    room.pages = lambda keys: [[key] for key in keys]
    room.fails["late:b"] = NoAnswer("network.no_answer")
    assert room.run() == [(Told.AWAY, 3)]
    assert room.told() == {"late:a"}
    room.fails.clear()
    assert room.run() == [(Told.TOLD, 2)]
    assert room.told() == {"late:b", "late:c"}


def test_a_signal_waits_until_what_arrived_is_known_as_told(room: Room) -> None:
    """Ctrl-C while a message is on its way ends the run after it; the message is not said again."""
    room.keep(item("a", -3), item("b", -2))
    room.pages = lambda keys: [[key] for key in keys]
    heard = room.post

    def interrupted(chat: Chat, message: Message) -> None:
        heard(chat, message)
        interrupt(Interrupted(ExitStatus.INTERRUPTED))

    with pytest.raises(Interrupted):
        notify(room.shop, [TEAM], room.write, interrupted, login_ends=None)
    assert room.told() == {"late:a"}
    assert room.run() == [(Told.TOLD, 1)]
    assert room.told() == {"late:b"}


def test_quiet_hours_keep_the_news_for_the_morning(room: Room) -> None:
    """What is over by then is never told; `urgent` does not wait."""
    quiet = replace(TEAM, quiet=parse_quiet("11:00-13:00"))
    room.keep(item("a", -1), item("b", -1))
    assert (room.run(quiet), room.heard, room.status) == ([(Told.QUIET, 2)], [], 0)
    room.keep(item("b", -1, shipment=ShipmentState.SHIPPED))
    room.now += HOUR
    assert room.run(quiet) == [(Told.TOLD, 1)]
    assert room.told() == {"late:a"}
    room.keep(item("c", -1))
    room.now -= HOUR
    assert room.run(quiet, urgent=True) == [(Told.TOLD, 1)]


def test_a_dry_run_tells_nothing_and_keeps_nothing(room: Room) -> None:
    room.keep(item("a", -1))
    assert room.run(dry_run=True) == [(Told.WOULD, 1)]
    assert room.heard == []
    assert room.run() == [(Told.TOLD, 1)]
    room.keep(item("a", 50))
    room.run(dry_run=True)
    room.keep(item("a", -1))
    assert room.run() == [(Told.NOTHING, 0)]


def test_trouble_of_the_shop_is_a_case_until_it_is_over(room: Room) -> None:
    """A sync that fails in two ways is one trouble; a login is told three days before its end, and past it."""
    room.fact("sync_error", "network.unreachable")
    assert room.run(login_ends=NOON + 4 * 86_400) == [(Told.TOLD, 1)]
    room.fact("sync_error", "network.no_answer")
    assert room.run(login_ends=NOON + 2 * 86_400) == [(Told.TOLD, 1)]
    assert room.told() == {"sync_failed:", "login_ends:"}
    room.fact("sync_error", None)
    assert room.run(login_ends=NOON - 5) == [(Told.NOTHING, 0)]
    room.fact("sync_error", "network.no_answer")
    assert room.run(login_ends=None) == [(Told.TOLD, 1)]
    assert room.told() == {"sync_failed:"}


def test_an_unknown_outcome_is_a_case_until_it_is_known(room: Room) -> None:
    store = room.shop.store
    with store.transaction():
        (op,) = store.operations.add([Draft(Kind.SHIP, "i", "o", {"n": 1}, {})], who="x", at=NOON)
        store.operations.send([op], NOON)
        store.operations.doubt([(op, "network.no_answer", {})])
    assert room.run() == [(Told.TOLD, 1)]
    assert room.told() == {f"unknown:{op.op_id}"}
    with store.transaction():
        store.operations.done([op], NOON)
    assert room.run() == [(Told.NOTHING, 0)]


def test_a_change_after_the_hand_over_is_a_case_until_somebody_acknowledges_it(room: Room) -> None:
    """The next change of the same kind is news, and of neither the text leaves."""
    marks = room.shop.store.marks
    room.keep(item("a", 50))
    with room.shop.store.transaction():
        marks.add(
            [Change("a", Field.ADDRESS, "here", "there", NOON), Change("a", Field.REMARK, "", "x", NOON)]
        )
    assert room.run() == [(Told.TOLD, 2)]
    assert room.told() == {f"changed:a:address:{int(NOON)}", f"changed:a:remark:{int(NOON)}"}
    with room.shop.store.transaction():
        marks.add([Change("a", Field.ADDRESS, "there", "here", NOON + 9)])
    assert room.run() == [(Told.TOLD, 1)]
    with room.shop.store.transaction():
        marks.ack(["a"], who="test", at=NOON)
    assert room.run() == [(Told.NOTHING, 0)]


def test_a_factory_is_not_late_with_what_was_taken_back(room: Room) -> None:
    room.fact("role", "factory")
    room.keep(item("mine", -1), item("theirs", -1, allocation=AllocationState.CANCELLED))
    room.run()
    assert room.told() == {"late:mine"}


def test_when_it_is_soon_is_a_setting(room: Room) -> None:
    room.shop.settings = settings_of({"soon": "3600", "login_days": "10"})
    room.keep(item("a", 5), item("b", 0.5))
    room.run(login_ends=NOON + 9 * 86_400)
    assert room.told() == {"due_soon:b", "login_ends:"}


def test_a_test_message_goes_out_whatever_the_hour_and_is_in_the_log(room: Room) -> None:
    quiet = replace(TEAM, quiet=parse_quiet("11:00-13:00"))
    assert send_test(room.shop, quiet, "hello", room.post).result is Told.TOLD
    room.fails["team"] = ChatRefused("19021")
    assert send_test(room.shop, quiet, "hello", room.post).result is Told.REFUSED
    logged = room.shop.store.log.recent(5)
    assert [(one["act"], one["target"], one["outcome"]) for one in logged] == [
        ("notify_test", "team", "chat.refused"), ("notify_test", "team", "done"),
    ]  # fmt: skip
