"""`notify` and `notify send`: every chat of one shop, or of all, hears what it does not know yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dropship_cli.cli import wiring
from dropship_cli.cli.wiring import accounts, chats

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.notify import Report, Write
    from dropship_cli.terminal.screen import Screen


def tell(*, now: bool, dry_run: bool, all_profiles: bool) -> int:
    """Tell, and say how it went. Raises SetupError `chat.none`, `chat.none_anywhere` where nobody is to hear."""
    from dropship_cli.actions.notify import status_of
    from dropship_cli.cli.everywhere import each_shop
    from dropship_cli.domain.errors import ExitStatus, SetupError

    screen = wiring.screen()
    records: list[dict[str, Any]] = []

    def one(shop: Shop) -> int:
        reports = _reports(shop, now=now, dry_run=dry_run)
        if not reports and not all_profiles:
            raise SetupError("chat.none", profile=shop.profile.name)
        records.extend(_record(report, shop, screen.lang) for report in reports)
        for report in reports:
            _say(screen, report, shop.profile.name if all_profiles else None)
        return status_of(reports)

    if all_profiles:
        status = each_shop(one)
    else:
        with wiring.shop() as shop:
            status = ExitStatus(one(shop))
    if not records and status is ExitStatus.DONE:
        raise SetupError("chat.none_anywhere")
    if screen.json:
        screen.records("notices", records)
    return status


def _reports(shop: Shop, *, now: bool, dry_run: bool) -> list[Report]:
    from dropship_cli.actions.notify import notify

    hearers = chats.book(shop.profile).all()
    if not hearers:
        return []
    with chats.lock(shop.profile):
        return notify(
            shop, hearers, _writer(), chats.post(shop),
            login_ends=accounts.login_ends(shop.profile), urgent=now, dry_run=dry_run,
        )  # fmt: skip


def _writer() -> Write:
    """Words for a bulletin, as long as the chat takes."""
    from dropship_cli.terminal.notice_text import messages

    return lambda chat, bulletin: messages(bulletin, lang=chat.lang, limit=chats.most_bytes(chat))


def _say(screen: Screen, report: Report, profile: str | None) -> None:
    """For cron: silent with -q when all is well; a chat that did not get its news is an error line."""
    from dropship_cli.actions.notify import Told

    name = report.chat.name if profile is None else f"{profile}/{report.chat.name}"
    if report.error is not None:
        screen.error(report.error, profile=profile)
    elif report.result is Told.WOULD:
        screen.note("notify.would", name=name, n=report.fresh, messages=len(report.messages))
        if not screen.json:
            screen.texts(message.text for message in report.messages)
    elif report.result is Told.QUIET:
        until = str(report.chat.quiet).partition("-")[2]
        screen.note("notify.quiet", name=name, until=until, n=report.fresh)
    elif report.result is Told.NOTHING:
        screen.note("notify.nothing", name=name)
    elif report.result is Told.TOLD:
        screen.note("notify.told", name=name, n=report.fresh, messages=len(report.messages))


def _record(report: Report, shop: Shop, lang: str) -> dict[str, Any]:
    from dropship_cli.terminal.chat_shape import report_record

    error = report.error
    return report_record(
        shop.profile.name, report.chat.name, report.result, fresh=report.fresh, known=report.open,
        texts=[one.text for one in report.messages], code=error.code if error else None,
        values=dict(error.values) if error else {}, lang=lang,
    )  # fmt: skip
