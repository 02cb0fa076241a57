"""`statement`: what is owed for a month, as a table or a sheet, and where the other side's statement differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import Encoding

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.statement import Statement
    from dropship_cli.actions.statement_files import TheirSheet
    from dropship_cli.domain.statement import Period
    from dropship_cli.terminal.screen import Screen

_NAMED = 5
"""So many items are named in a warning; the table has all lines without a price."""


def statement(
    partner: Annotated[
        str,
        typer.Argument(
            help="The other side's shop id, or a local factory's name.", metavar="PARTNER", show_default=False
        ),
    ],
    month: Annotated[str, typer.Option("--month", help="2026-11, in Beijing time.", metavar="MONTH")],
    to: Annotated[
        str | None, typer.Option("--to", help="Write it to a .csv, .tsv or .xlsx sheet.", metavar="FILE")
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option("--compare", help="The other side's statement: show where it differs.", metavar="FILE"),
    ] = None,
    deduct: Annotated[
        str | None,
        typer.Option("--deduct", help="Take off what this sheet lists: item, amount (扣款).", metavar="FILE"),
    ] = None,
    deduct_refunds: Annotated[
        bool,
        typer.Option(
            "--deduct-refunds", help="Take off the goods of items refunded after shipment (merchant)."
        ),
    ] = False,
    encoding: Encoding = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """What a merchant owes a factory for a month: every item that it shipped, with goods, freight and total.

    The price is the one of the shipping day; a package pays freight once. A refund after shipment changes nothing
    unless both agree: then one takes it off with --deduct-refunds, and the other reads that statement as --deduct.

    Status 1: a price is missing, or the two statements differ.

    Examples: dropship statement 880011 --month 2026-11 --to november.xlsx;
    dropship statement 660001 --month 2026-11 --compare november.xlsx -p factory-1
    """
    from dropship_cli.actions.statement import make
    from dropship_cli.actions.statement_files import read_deductions
    from dropship_cli.cli.batching import source
    from dropship_cli.domain.statement import Deductions

    screen = wiring.screen()
    period = _period(month)
    agreed = read_deductions(source(deduct, encoding)) if deduct is not None else {}
    with wiring.shop() as shop:
        made = make(shop, partner.strip(), period, Deductions(agreed, deduct_refunds))
        if to is not None:
            _write(screen, made, to, force=force)
        if compare is not None:
            return _compare(screen, shop, made, compare, encoding)
        _show(screen, made, table=to is None)
        _say(screen, shop, made)
    return 0 if made.is_whole else 1


def _period(month: str) -> Period:
    from dropship_cli.domain import calendar
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.statement import Period

    try:
        return Period(*calendar.month(month))
    except ValueError:
        raise UsageError("usage.month", value=month) from None


def _write(screen: Screen, made: Statement, path: str, *, force: bool) -> None:
    from dropship_cli.actions.statement_files import write_statement

    write_statement(path, made, lang=screen.lang, force=force)
    screen.note("statement.written", count=len(made.lines), path=path)


def _show(screen: Screen, made: Statement, *, table: bool) -> None:
    """The statement as one object, or as a table with its sums below."""
    from dropship_cli.domain.calendar import month_text
    from dropship_cli.domain.shop import Role
    from dropship_cli.terminal.money_shape import line_record, statement_record, sums_record

    ours = made.role is Role.MERCHANT
    if screen.json:
        record = statement_record(
            made.lines, made.totals, month=month_text(made.period.start), read_up_to=made.read_up_to,
            merchant_id=made.shop_id if ours else made.partner_id,
            factory_id=made.partner_id if ours else made.shop_id,
        )  # fmt: skip
        screen.record("statement", record)
    elif table:
        last = [sums_record(made.totals, screen.lang)] if made.lines else []
        screen.records("statement", [*map(line_record, made.lines), *last])


def _say(screen: Screen, shop: Shop, made: Statement) -> None:
    """Whose it is and what it comes to; everything that it can't vouch for."""
    from dropship_cli.cli.showing import say_where
    from dropship_cli.domain.moment import rfc3339
    from dropship_cli.domain.money import yuan

    say_where(screen, shop)
    sums = made.totals
    screen.note("statement.total", count=len(made.lines), total=yuan(sums.total), partner_id=made.partner_id)
    if sums.refunded and not sums.deduction:
        screen.note("statement.refunded", count=sums.refunded)
    for sku_code, lines in made.unpriced.items():
        named = _some([one.item_id for one in lines])
        screen.warning("statement.unpriced", sku_code=sku_code or "-", count=len(lines), items=named)
    for item_id in made.not_owed:
        screen.warning("statement.not_owed", item=item_id)
    if made.timeless:
        screen.warning("statement.timeless", count=len(made.timeless), items=_some(made.timeless))
    if made.read_up_to is None:
        screen.warning("statement.never_read")
    elif made.read_up_to < made.period.end:
        say = (
            screen.note if shop.now() < made.period.end else screen.warning
        )  # a month that runs is never whole
        say("statement.read_up_to", moment=rfc3339(made.read_up_to))
    if made.is_purged:
        screen.warning("statement.purged", moment=rfc3339(made.purged_before))
    if made.on_the_way:
        screen.warning("statement.on_the_way", count=made.on_the_way)


def _some(item_ids: list[str]) -> str:
    """The first of many, and that there are more."""
    return ", ".join(item_ids[:_NAMED]) + (", …" if item_ids[_NAMED:] else "")


def _compare(screen: Screen, shop: Shop, made: Statement, file: str, encoding: str | None) -> int:
    """Line by line where the two differ; 0 when nowhere."""
    from dropship_cli.actions.statement_files import read_theirs
    from dropship_cli.cli.batching import source
    from dropship_cli.domain.comparison import compare
    from dropship_cli.terminal.money_shape import difference_record

    theirs = read_theirs(source(file, encoding))
    found = compare(made.lines, theirs.lines)
    screen.records("differences", map(difference_record, found))
    _say(screen, shop, made)
    wrong = _say_theirs(screen, theirs)
    amount = sum(one.amount for one in found)
    if not found:
        screen.note("statement.lines_agree" if wrong else "statement.agree")
    else:
        _say_difference(screen, len(found), made.totals.total, amount)
    return 0 if made.is_whole and not found and not wrong else 1


def _say_theirs(screen: Screen, theirs: TheirSheet) -> bool:
    """What is wrong with their sheet itself: rows that can't be read, a sum that is not that of its lines."""
    from dropship_cli.domain.comparison import merged
    from dropship_cli.domain.money import yuan
    from dropship_cli.terminal.words import sentence

    for row, problem in theirs.unreadable:
        screen.warning(
            "statement.unreadable", row=row, why=sentence(problem.code, screen.lang, problem.values)
        )
    lines = merged(theirs.lines)
    summed = sum(one.said_total({}) or 0 for one in lines)
    off = theirs.total is not None and theirs.total != summed
    if off and theirs.total is not None:
        screen.warning("statement.their_sum", said=yuan(theirs.total), summed=yuan(summed))
    return bool(theirs.unreadable) or off


def _say_difference(screen: Screen, count: int, total: int, amount: int) -> None:
    from dropship_cli.domain.money import yuan

    more = f"{'+' if amount > 0 else ''}{yuan(amount)}"
    screen.note("statement.differ", count=count, here=yuan(total), there=yuan(total - amount), more=more)
