"""Tell group chats what needs a person, each case once; what a case is and how it is worded is said elsewhere.

A case counts as told only when the chat said that it has the message. A chat is no shipment: after a time-out the
next run says it again, as twice is better than never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dropship_cli.actions.cases import cases
from dropship_cli.actions.context import Shop
from dropship_cli.actions.interruption import finishing
from dropship_cli.domain.chat import Chat
from dropship_cli.domain.errors import DropshipError, ExitStatus, RefusedError, UnavailableError
from dropship_cli.domain.notice import Bulletin, Case, Message
from dropship_cli.domain.outcome import Result, exit_status
from dropship_cli.platforms.base import NoAnswer, NotSent
from dropship_cli.platforms.chats.wire import ChatRefused

Write = Callable[[Chat, Bulletin], Sequence[Message]]
"""Makes a few messages of a bulletin, in the chat's language and of its size; every fresh case is in one of them."""

Post = Callable[[Chat, Message], None]
"""Posts one message. Raises `ChatRefused`, `NotSent` or `NoAnswer`."""


class Told(StrEnum):
    """What became of a chat's news; the word in `result` of `--json`."""

    TOLD = "told"
    NOTHING = "nothing"
    QUIET = "quiet"
    WOULD = "would"
    REFUSED = "refused"
    AWAY = "away"


_RESULTS = {Told.REFUSED: Result.REFUSED, Told.AWAY: Result.QUEUED}


@dataclass(frozen=True, slots=True)
class Report:
    """One chat's end of a run: cases that were news, all open cases, messages that arrived (or would be sent)."""

    chat: Chat
    result: Told
    fresh: int = 0
    open: int = 0
    messages: tuple[Message, ...] = ()
    error: DropshipError | None = None


def status_of(reports: Sequence[Report]) -> ExitStatus:
    """5 when a chat is away, 4 when all refused, 1 when some did, else 0."""
    return exit_status(_RESULTS.get(one.result, Result.DONE) for one in reports)


def notify(
    shop: Shop,
    chats: Sequence[Chat],
    write: Write,
    post: Post,
    *,
    login_ends: float | None,
    urgent: bool = False,
    dry_run: bool = False,
) -> list[Report]:
    """Tell every chat what it does not know yet. `urgent` goes through quiet hours; `dry_run` posts nothing.

    The caller holds the lock for messages: two runs at once would both tell.
    """
    found = cases(shop, login_ends)
    return [_tell(shop, chat, found, write, post, urgent=urgent, dry_run=dry_run) for chat in chats]


def send_test(shop: Shop, chat: Chat, text: str, post: Post) -> Report:
    """One message that says no more than that it arrives, whatever the hour."""
    message = Message(text)
    error = _posted(chat, message, post)
    report = Report(chat, _result(error), messages=() if error else (message,), error=error)
    _log(shop, report, "notify_test")
    return report


def _tell(
    shop: Shop, chat: Chat, found: tuple[Case, ...], write: Write, post: Post, *, urgent: bool, dry_run: bool
) -> Report:
    keys = frozenset(one.key for one in found)
    told = shop.store.notices.told(chat.name)
    fresh = keys - told
    if not dry_run and told - keys:
        with shop.store.transaction():  # what is over is news when it comes again
            shop.store.notices.drop(chat.name, told - keys)
    if not fresh:
        return Report(chat, Told.NOTHING, 0, len(keys))
    if chat.quiet is not None and chat.quiet.covers(shop.now()) and not urgent:
        return Report(chat, Told.QUIET, len(fresh), len(keys))
    messages = tuple(write(chat, _bulletin(shop, found, fresh)))
    if dry_run:
        return Report(chat, Told.WOULD, len(fresh), len(keys), messages)
    return _send(shop, chat, messages, post, fresh=len(fresh), known=len(keys))


def _send(
    shop: Shop, chat: Chat, messages: tuple[Message, ...], post: Post, *, fresh: int, known: int
) -> Report:
    """One after the other; the first that does not arrive ends it. What has arrived is told at once, durably."""
    arrived: list[Message] = []
    error: DropshipError | None = None
    for message in messages:
        with finishing():  # a signal waits until what has arrived is known as told
            error = _posted(chat, message, post)
            if error is None:
                with shop.store.transaction():
                    shop.store.notices.add(chat.name, (one.key for one in message.cases), shop.now())
        if error is not None:
            break
        arrived.append(message)
    report = Report(chat, _result(error), fresh, known, tuple(arrived), error)
    _log(shop, report, "notify")
    return report


def _posted(chat: Chat, message: Message, post: Post) -> DropshipError | None:
    """What went wrong; nothing where the chat has the message."""
    try:
        post(chat, message)
    except ChatRefused as refused:
        return RefusedError("chat.refused", name=chat.name, said=refused.said)
    except NotSent as error:
        if error.reason == "platform.limited":
            return UnavailableError("chat.limited", name=chat.name, detail=error.detail)
        return UnavailableError("chat.away", name=chat.name, detail=error.detail)
    except NoAnswer as error:
        return UnavailableError("chat.no_answer", name=chat.name, detail=error.detail)
    return None


def _result(error: DropshipError | None) -> Told:
    if error is None:
        return Told.TOLD
    return Told.REFUSED if isinstance(error, RefusedError) else Told.AWAY


def _bulletin(shop: Shop, found: tuple[Case, ...], fresh: frozenset[str]) -> Bulletin:
    last = shop.store.facts.get("last_sync_at")
    return Bulletin(
        profile=shop.profile.name,
        platform=shop.profile.platform,
        shop_id=shop.profile.shop_id,
        live=not shop.profile.is_sandbox,
        now=shop.now(),
        soon=shop.settings.soon,
        synced_at=float(last) if last else None,
        cases=found,
        fresh=fresh,
    )


def _log(shop: Shop, report: Report, act: str) -> None:
    with shop.store.transaction():
        shop.store.log.add(
            act, who=shop.who, at=shop.now(), target=report.chat.name,
            outcome=report.error.code if report.error else "done",
            detail=f"cases={report.fresh} messages={len(report.messages)}",
        )  # fmt: skip
