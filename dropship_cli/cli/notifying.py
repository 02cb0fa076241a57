"""`notify send|add|list|remove|test`: group chats hear of what needs a person."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.everywhere import AllProfiles
from dropship_cli.cli.news import tell
from dropship_cli.cli.wiring import chats

if TYPE_CHECKING:
    from dropship_cli.domain.chat import QuietHours
    from dropship_cli.terminal.screen import Screen

URL, SECRET = "DROPSHIP_CHAT_URL", "DROPSHIP_CHAT_SECRET"

_HELP = """Tell group chats (飞书, 钉钉, 企业微信, any JSON webhook) what needs a person, each case once; for cron.

Cases: late, due soon, a refund open on what a factory has, a change that waits for `ack`, an unknown outcome, a
failed sync, a login about to end.

A case is told again only after it was over. After a time-out the message may come twice rather than never.

Exit status: 0; 5 a chat is away (the next run says it); 4 a chat refused; 3 no chat is set up.

Examples: dropship notify add team --kind feishu --quiet-hours 22:00-07:00; dropship notify; dropship notify --dry-run
"""

notify = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_HELP)

Now = Annotated[bool, typer.Option("--now", help="Do not wait for the end of quiet hours.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show the messages; nothing is sent or kept.")]
Name = Annotated[str, typer.Argument(help="The chat's name.", metavar="NAME", show_default=False)]


@notify.callback()
def alone(
    context: typer.Context, now: Now = False, dry_run: DryRun = False, all_profiles: AllProfiles = False
) -> int:
    """Send, where no command of the group is called."""
    if context.invoked_subcommand is None:
        return tell(now=now, dry_run=dry_run, all_profiles=all_profiles)
    flags = {"--dry-run": dry_run, "--now": now, "--all-profiles": all_profiles}
    for flag in (flag for flag, given in flags.items() if given):  # before `send` it would be lost
        from dropship_cli.domain.errors import UsageError

        raise UsageError("usage.flag_first", flag=flag)
    return 0


@notify.command("send")
def send(now: Now = False, dry_run: DryRun = False, all_profiles: AllProfiles = False) -> int:
    """Tell every chat what it does not know yet; the same as `notify` alone."""
    return tell(now=now, dry_run=dry_run, all_profiles=all_profiles)


@notify.command("add")
def add(
    name: Name,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="feishu, dingtalk, wecom or generic; else as the address says."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            help="The webhook's address: it holds a key. Better leave it out and be asked; - reads a line of stdin.",
            metavar="URL",
        ),
    ] = None,
    secret: Annotated[bool, typer.Option("--secret", help="Ask for the signing secret.")] = False,
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read the signing secret from stdin.")
    ] = False,
    quiet_hours: Annotated[
        str | None,
        typer.Option("--quiet-hours", help="Nothing is sent then, but told afterwards (Beijing time)."),
    ] = None,
) -> int:
    """Add a chat. It is written to in the language of this call (--lang).

    Address and secret are kept in a file of mode 0600. They may also come from DROPSHIP_CHAT_URL and
    DROPSHIP_CHAT_SECRET.

    Examples: dropship notify add team --kind dingtalk --secret --lang zh;
    dropship notify add trial --url sandbox:feishu
    """
    from dropship_cli.domain.chat import Chat, is_name
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.terminal.chat_shape import chat_record

    screen = wiring.screen()
    if not is_name(name):
        raise UsageError("chat.name_bad", name=name)
    quiet = _quiet(quiet_hours)
    address = _address(screen, url)
    found = chats.kind(address, kind)
    chat = Chat(
        name,
        found,
        address,
        _secret(screen, address, ask=secret, from_stdin=secret_stdin),
        quiet,
        screen.lang,
    )
    with wiring.shop() as shop:
        chats.book(shop.profile).add(chat)
        with shop.store.transaction():
            shop.store.notices.forget(name)
            shop.store.log.add("notify_add", who=shop.who, at=shop.now(), target=name, detail=chat.kind)
    screen.record("chat", chat_record(chat, chats.masked_url(chat)))
    if not chat.secret and chat.kind != "wecom":  # 企业微信 has none
        screen.warning("notify.unsigned")
    screen.note("notify.added", name=name)
    return 0


@notify.command("list")
def listed() -> int:
    """List the chats of this profile; addresses are shown without their keys."""
    from dropship_cli.terminal.chat_shape import chat_record

    screen = wiring.screen()
    chosen = wiring.profile()
    known = chats.book(chosen).all()
    screen.records("chats", [chat_record(one, chats.masked_url(one)) for one in known])
    return 0


@notify.command("remove")
def remove(name: Name) -> int:
    """Forget a chat, its address and its secret on this machine."""
    screen = wiring.screen()
    with wiring.shop() as shop:
        chats.book(shop.profile).remove(name)
        with shop.store.transaction():
            shop.store.notices.forget(name)
            shop.store.log.add("notify_remove", who=shop.who, at=shop.now(), target=name)
    screen.note("notify.removed", name=name)
    return 0


@notify.command("test")
def test(name: Name) -> int:
    """Send one message that says no more than that it arrives, whatever the hour.

    Example: dropship notify test team
    """
    from dropship_cli.actions.notify import send_test, status_of
    from dropship_cli.terminal.notice_text import trial_text

    screen = wiring.screen()
    with wiring.shop() as shop:
        chat = chats.book(shop.profile).get(name)
        text = trial_text(shop.profile.name, lang=chat.lang, quiet=str(chat.quiet or ""))
        report = send_test(shop, chat, text, chats.post(shop))
    if report.error is not None:
        raise report.error
    screen.note("notify.tested", name=name)
    return status_of([report])


def _quiet(text: str | None) -> QuietHours | None:
    from dropship_cli.domain.chat import parse_quiet
    from dropship_cli.domain.errors import UsageError

    if text is None:
        return None
    try:
        return parse_quiet(text)
    except ValueError:
        raise UsageError("chat.quiet_bad", value=text) from None


def _address(screen: Screen, given: str | None) -> str:
    """From the option, stdin, the environment, or a prompt that shows nothing."""
    found = sys.stdin.readline() if given == "-" else given or os.environ.get(URL, "")
    return found.strip() or _asked(screen, "notify.url", "--url")


def _secret(screen: Screen, address: str, *, ask: bool, from_stdin: bool) -> str:
    """From stdin, the environment or a prompt that shows nothing; never from an argument. Many robots have none."""
    if from_stdin:
        return sys.stdin.readline().strip()
    given = os.environ.get(SECRET, "").strip()
    if given or not ask:
        return given or chats.sandbox_secret(address)
    return _asked(screen, "notify.secret", "--secret-stdin")


def _asked(screen: Screen, code: str, flag: str) -> str:
    import getpass

    from dropship_cli.cli.asking import question
    from dropship_cli.domain.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("input.needed", flag=flag)
    answer = getpass.getpass(question(screen, code)).strip()
    if not answer:
        raise UsageError("input.needed", flag=flag)
    return answer
