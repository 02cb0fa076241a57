"""`queue`, `log`, `backup`, `restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Wait, Yes

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen

queue = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="What has not reached the platform yet: list, retry, drop.",
)

OpIds = Annotated[
    list[str] | None, typer.Argument(help="Operations by id.", metavar="ID...", show_default=False)
]


@queue.callback()
def show(context: typer.Context) -> int:
    """What has not reached the platform yet, or whose outcome is unknown.

    Examples: dropship queue; dropship queue retry; dropship queue drop 0194c2f3a1b
    """
    return 0 if context.invoked_subcommand else listed()


@queue.command("list")
def listed() -> int:
    """List what waits, what is being sent, and what is unknown."""
    from dropship_cli.actions.queue import waiting
    from dropship_cli.cli.showing import say_standstill
    from dropship_cli.terminal.json_shape import operation_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        screen.records("operations", [operation_record(one, screen.lang) for one in waiting(shop)])
        say_standstill(screen, shop)
    return 0


@queue.command("retry")
def retry(op_ids: OpIds = None, yes: Yes = False, wait: Wait = 0.0) -> int:
    """Send what waits now. An unknown one that you name is sent again on your word: look at the platform first."""
    from dropship_cli.actions.queue import retry as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.showing import show_report

    screen = wiring.screen()
    with wiring.shop(wait=wait) as shop:
        if op_ids:
            confirm(screen, "queue.retry_unknown", yes=yes, count=len(op_ids))
        return show_report(screen, shop, action(shop, op_ids or []))


@queue.command("drop")
def drop(
    op_ids: Annotated[
        list[str], typer.Argument(help="Operations by id.", metavar="ID...", show_default=False)
    ],
    yes: Yes = False,
    wait: Wait = 0.0,
) -> int:
    """Give up operations that wait or are unknown. What the platform has done stays done."""
    from dropship_cli.actions.act import Report
    from dropship_cli.actions.queue import drop as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.cli.showing import show_report

    screen = wiring.screen()
    with wiring.shop(wait=wait) as shop:
        confirm(screen, "queue.drop_confirm", yes=yes, count=len(op_ids))
        show_report(screen, shop, Report(action(shop, op_ids)))
    return 0


def log(
    limit: Annotated[int, typer.Option("--limit", "-n", help="At most so many entries.", min=1)] = 50,
    since: Annotated[str | None, typer.Option("--since", help="From this day or time on.")] = None,
) -> int:
    """Show every act: who, when, what, and what came of it; the newest first.

    Example: dropship log --limit 20
    """
    from dropship_cli.actions.queue import log as action
    from dropship_cli.cli.times import moment
    from dropship_cli.terminal.json_shape import log_record

    with wiring.shop() as shop:
        rows = action(shop, limit, since=float(moment(since) or 0))
        wiring.screen().records("log", [log_record(one) for one in rows])
    return 0


def backup(
    file: Annotated[str, typer.Argument(help="Where the copy goes.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Copy the shop's store while it is in use, check the copy, and keep its SHA-256 beside it.

    Example: dropship backup /backups/shop-660001.db
    """
    from dropship_cli.actions.backup import backup as action

    with wiring.shop() as shop:
        digest = action(shop, file, force=force)
        wiring.screen().record("backup", {"path": file, "sha256": digest})
    return 0


def restore(
    file: Annotated[str, typer.Argument(help="A copy made by `backup`.", show_default=False)],
    yes: Yes = False,
) -> int:
    """Put a backup in the store's place; the replaced store is kept, and nothing is sent before a full `sync`.

    What was asked for since the backup and never sent is listed: ask again for what you still want.

    Example: dropship restore /backups/shop-660001.db
    """
    from dropship_cli.actions import backup as action
    from dropship_cli.cli.asking import confirm
    from dropship_cli.terminal.restore_shape import restore_record

    screen, chosen = wiring.screen(), wiring.profile()
    if not action.check(file, chosen):
        screen.warning("restore.unowned", path=file, shop_id=chosen.shop_id)
    confirm(screen, "restore.confirm", yes=yes, profile=chosen.name, path=file)
    with wiring.closed_shop() as place:
        restored = action.restore(place, file, chosen, wiring.who())
    record = restore_record(file, restored, screen.lang)
    if screen.json:
        screen.record("restore", record)
        return 0
    screen.record("restore", {"path": record["path"], "kept": record["kept"]})
    _say_what_stays_behind(screen, record)
    return 0


def _say_what_stays_behind(screen: Screen, record: dict[str, Any]) -> None:
    """What nobody will find again by itself, by name; then what the next `sync` does about the rest."""
    if record["again"]:
        screen.records("again", record["again"])
        screen.warning("restore.again", count=len(record["again"]))
    if not record["whole"]:
        screen.warning("restore.not_whole")
    ended = {name: record[name] or None for name in ("done", "refused", "dropped")}
    if any(ended.values()):
        screen.note("restore.ended", **ended)
    if record["unknown"]:
        screen.note("restore.unknown", count=record["unknown"])
    if record["kept"]:
        screen.note("restore.rest")
    screen.note("restore.next")
