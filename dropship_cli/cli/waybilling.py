"""`waybill get|cancel|list|print|sender`: e-waybill numbers of a factory's carrier contracts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import (
    Batch,
    CarrierName,
    Deadline,
    DryRun,
    Encoding,
    Errors,
    Items,
    Pieces,
    Wait,
)
from dropship_cli.cli.times import seconds_of

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen

_HELP = """E-waybills (电子面单): numbers that a factory buys from its carriers through the platform.

A number costs money: none is asked for twice. A request without an answer stays unknown until somebody decides
(`queue retry` or `queue drop`).

Examples: dropship waybill get 6923007000000001327 --carrier 中通; dropship ship 6923007000000001327 --waybill
"""

waybill = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_HELP)


@waybill.callback()
def show(context: typer.Context) -> int:
    """The list, where no command of the group is called."""
    return 0 if context.invoked_subcommand else listed()


@waybill.command("get")
def get(
    items: Items = None,
    carrier: CarrierName = None,
    batch: Batch = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="One number for all that one receiver gets from one merchant.")
    ] = False,
    pack: Annotated[
        str, typer.Option("--pack", help="A name for a second package of an item: letters, digits and _.")
    ] = "",
    quantity: Pieces = None,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Get tracking numbers (factory): for some items by name, or for a whole file.

    An item that has one keeps it. What must not leave gets none.

    Examples: dropship waybill get 6923007000000001327 --carrier 中通 --merge;
    dropship pick --to pick.csv --packages; dropship waybill get --batch pick.csv --carrier 中通
    """
    from dropship_cli.actions.batch import Batch as Rows
    from dropship_cli.actions.batch import in_file_order, read_waybills
    from dropship_cli.actions.waybills import WaybillRow, numbers_of
    from dropship_cli.actions.waybills import get as action
    from dropship_cli.cli.batching import check_choice, references, say_unread, source, write_failed
    from dropship_cli.cli.showing import show_report
    from dropship_cli.terminal.waybill_shape import got_record

    check_choice(items, batch, needs=("", "" if batch else carrier), errors=errors, wants="--carrier")
    _check_pack(pack, quantity, batch)
    if batch:
        rows = read_waybills(source(batch, encoding, errors), carrier)
    else:
        named = references(items or [])
        rows = Rows((), [WaybillRow(one, carrier or "", quantity, pack) for one in named])
    screen = wiring.screen()
    say_unread(screen, rows)
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        with screen.progress("progress.waybill") as shop.progress:
            report = action(shop, rows.rows, merge=merge, dry_run=dry_run)
        report = replace(report, outcomes=in_file_order([*report.outcomes, *rows.refused]))
        write_failed(screen, errors, rows, report.outcomes)
        numbers = numbers_of(shop, [one.item_id for one in report.outcomes], pack)
        records = [got_record(one, numbers.get(one.item_id), screen.lang) for one in report.outcomes]
        status = show_report(screen, shop, report, records=("waybill_outcomes", records))
    _say_doubt(screen, status)
    return status


@waybill.command("cancel")
def cancel(
    numbers: Annotated[
        list[str], typer.Argument(help="Tracking numbers.", metavar="NUMBER...", show_default=False)
    ],
    dry_run: DryRun = False,
    deadline: Deadline = None,
    wait: Wait = 0.0,
) -> int:
    """Give numbers back (factory) that no package carries. Carriers mind when many are given back.

    Example: dropship waybill cancel 76000000000012
    """
    from dropship_cli.actions.waybills import cancel as action
    from dropship_cli.cli.showing import show_report
    from dropship_cli.terminal.waybill_shape import number_record

    screen = wiring.screen()
    with wiring.shop(wait=wait, deadline=seconds_of(deadline)) as shop:
        report, told = action(shop, numbers, dry_run=dry_run)
        records = [
            number_record(outcome, number, screen.lang)
            for outcome, number in zip(report.outcomes, told, strict=True)
        ]
        status = show_report(screen, shop, report, records=("waybill_outcomes", records))
    _say_doubt(screen, status)
    return status


@waybill.command("list")
def listed(
    state: Annotated[
        str | None, typer.Option("--state", help="got (not on a package yet), used, cancelled.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Got from this day or time on.")] = None,
) -> int:
    """List the numbers, what they are for and what became of them. No call is made.

    Example: dropship waybill list --state got
    """
    from dropship_cli.actions.waybills import listed as action
    from dropship_cli.cli.times import moment
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.waybill import WaybillState
    from dropship_cli.terminal.waybill_shape import waybill_record

    if state is not None and state not in set(WaybillState):
        raise UsageError("usage.state", state=state, known=", ".join(WaybillState))
    screen = wiring.screen()
    with wiring.shop() as shop:
        found = action(shop, since=float(moment(since) or 0))
    rows = [waybill_record(one.waybill, one.items, one.kept, screen.lang) for one in found]
    screen.records("waybills", [row for row in rows if state in (None, row["state"])])
    return 0


@waybill.command("print")
def print_(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(help="Tracking numbers.", metavar="NUMBER...", show_default=False),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every number that is not used and not printed yet.")
    ] = False,
    to: Annotated[str, typer.Option("--to", help="The PDF file.", metavar="FILE")] = "",
    font: Annotated[
        str | None,
        typer.Option("--font", help="A TrueType font with Chinese, put into the PDF.", metavar="FILE"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    deadline: Deadline = None,
) -> int:
    """Draw labels of 76 × 130 mm as a PDF (factory): barcode, routing code, goods, masked receiver.

    What must not leave gets no label. The whole receiver is in the platform's encrypted print data alone.

    Example: dropship waybill print --all --to labels.pdf
    """
    from dropship_cli.actions.labels import print_labels
    from dropship_cli.cli.showing import show_report
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.terminal.waybill_shape import number_record

    if bool(numbers) == everything:
        raise UsageError("usage.numbers_or_all")
    if not to:
        raise UsageError("usage.needs", flag="--to")
    screen = wiring.screen()
    with wiring.shop(deadline=seconds_of(deadline)) as shop:
        with screen.progress("progress.labels") as shop.progress:
            printed = print_labels(shop, None if everything else numbers or [], to, font=font, force=force)
        records = [number_record(outcome, number, screen.lang) for number, outcome in printed.outcomes]
        status = show_report(screen, shop, printed.report, records=("waybill_outcomes", records))
    screen.note("labels.written" if printed.labels else "labels.none", count=printed.labels, path=to)
    if not printed.embedded:
        screen.note("labels.font")
    return status


@waybill.command("sender")
def sender(
    name: Annotated[str, typer.Option("--name", help="Who sends.")] = "",
    mobile: Annotated[str, typer.Option("--mobile", help="The sender's telephone number.")] = "",
    province: Annotated[str, typer.Option("--province", help="Province.")] = "",
    city: Annotated[str, typer.Option("--city", help="City.")] = "",
    district: Annotated[str, typer.Option("--district", help="District or county.")] = "",
    street: Annotated[str, typer.Option("--street", help="Street or town (may be left out).")] = "",
    detail: Annotated[str, typer.Option("--detail", help="The rest of the address.")] = "",
) -> int:
    """Tell where this factory sends from, or show it: every request for a number needs it.

    Example: dropship waybill sender --name 一号仓 --mobile 13800000000 --province 浙江省 --city 金华市
    --district 义乌市 --detail 稠州北路1号
    """
    from dropship_cli.actions.waybills import keep_sender, the_sender
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.waybill import Sender

    needed = {"name": name, "mobile": mobile, "province": province, "city": city, "district": district}
    given = {flag: text.strip() for flag, text in {**needed, "detail": detail}.items()}
    with wiring.shop() as shop:
        if any(given.values()) or street:
            missing = [f"--{flag}" for flag, text in given.items() if not text]
            if missing:
                raise UsageError("usage.needs", flag=", ".join(missing))
            keep_sender(shop, Sender(**given, street=street.strip()))
        wiring.screen().record("sender", the_sender(shop).as_wish())
    return 0


def _say_doubt(screen: Screen, status: int) -> None:
    """Of e-waybills no `sync` learns what became of them."""
    from dropship_cli.domain.errors import ExitStatus

    if status == ExitStatus.UNKNOWN:
        screen.warning("waybill.doubt")


def _check_pack(pack: str, quantity: int | None, batch: str | None) -> None:
    """What goes for one package of one item; the platform takes letters, digits and `_` (doudian.md section 6)."""
    from dropship_cli.domain.errors import UsageError

    for flag, given in (("--pack", pack), ("--quantity", quantity)):
        if batch is not None and given:
            raise UsageError("usage.not_with_batch", flag=flag)
    if pack and not (pack.replace("_", "").isalnum() and pack.isascii() and len(pack) <= 15):
        raise UsageError("waybill.pack", value=pack)
