"""`price list|set|remove|import|export`: what a factory charges, by SKU and from which day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.cli.options import DryRun, Encoding, Errors

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop
    from dropship_cli.actions.prices import PriceReport
    from dropship_cli.domain.price_change import PriceOutcome
    from dropship_cli.terminal.money_shape import Record

_HELP = """What a factory charges a merchant: a piece, and freight a package, from a day on.

For a merchant the partner is the factory, for a factory the merchant; * is every partner, or every other SKU.
The price of the shipping day counts.

Examples: dropship price set --partner 880011 --sku XD-FR1 --price 12.50 --freight 3;
dropship price import prices.xlsx --partner 880011; dropship price list
"""

price = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=_HELP)

OnePartner = Annotated[
    str, typer.Option("--partner", help="The other side's shop id; * is everyone.", metavar="ID")
]
Partner = Annotated[
    str | None, typer.Option("--partner", help="Only the prices of this partner.", metavar="ID")
]
Sku = Annotated[str, typer.Option("--sku", help="SKU code (商家编码); * is every other one.")]
From = Annotated[
    str | None,
    typer.Option("--from", help="First day (2026-11-16), or always.", metavar="DATE"),
]


@price.callback()
def show(context: typer.Context) -> int:
    """The list, where no command of the group is called."""
    return 0 if context.invoked_subcommand else listed()


@price.command("list")
def listed(
    partner: Partner = None,
    past: Annotated[bool, typer.Option("--all", help="Also those that held before.")] = False,
) -> int:
    """List the prices that hold or will hold."""
    from dropship_cli.actions.prices import prices
    from dropship_cli.terminal.money_shape import listed_price_record

    screen = wiring.screen()
    with wiring.shop() as shop:
        role, found = prices(shop, partner=partner, past=past)
    screen.records(
        "prices",
        [listed_price_record(one.price, role, until=one.until, in_force=one.in_force) for one in found],
    )
    return 0


@price.command("set")
def put(
    partner: OnePartner,
    sku: Sku,
    amount: Annotated[str, typer.Option("--price", help="Yuan a piece: 12.50.", metavar="YUAN")],
    freight: Annotated[
        str | None,
        typer.Option("--freight", help="Yuan a package; else as it is, at first nothing.", metavar="YUAN"),
    ] = None,
    since: From = None,
) -> int:
    """Set a price. Without --from it holds from today; the first one of a SKU always.

    Examples: dropship price set --partner 880011 --sku XD-FR1 --price 12.50;
    dropship price set --partner 880011 --sku "*" --price 20 --freight 5 --from 2026-11-16
    """
    from dropship_cli.actions.prices import take
    from dropship_cli.domain.price_change import PriceWish

    wish = PriceWish(
        _named(partner, "--partner"),
        _named(sku, "--sku"),
        _cents(amount),
        _cents_or_none(freight),
        _day(since),
    )
    with wiring.shop() as shop:
        return _show(shop, take(shop, [wish], "price_set"))


@price.command("remove")
def remove(partner: OnePartner, sku: Sku, since: From = None) -> int:
    """Forget the prices of a SKU; with --from only the one that begins on this day.

    Example: dropship price remove --partner 880011 --sku XD-FR1 --from 2026-11-16
    """
    from dropship_cli.actions.prices import remove as action

    with wiring.shop() as shop:
        return _show(shop, action(shop, partner.strip(), sku.strip(), _day(since)))


@price.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A .csv, .tsv or .xlsx file; - is stdin.", show_default=False)],
    partner: Annotated[
        str | None,
        typer.Option(
            "--partner", help="Whose prices: for rows that do not say it; * is everyone.", metavar="ID"
        ),
    ] = None,
    dry_run: DryRun = False,
    errors: Errors = None,
    encoding: Encoding = None,
) -> int:
    """Take prices from a sheet. Every row is checked first; wrong ones leave the others alone.

    Columns: 厂家店铺编号 factory_id (a factory: 商家店铺编号 merchant_id), 商家编码 sku_code, 单价 price,
    运费 freight, 生效日期 valid_from. The first and the last two may be missing.

    Example: dropship price import prices.xlsx --partner 880011 --errors failed.xlsx
    """
    from dropship_cli.actions.price_files import import_prices, read_prices, write_refused
    from dropship_cli.cli.batching import source

    screen = wiring.screen()
    with wiring.shop() as shop:
        sheet = read_prices(shop, source(file, encoding, errors), partner)
        report = import_prices(shop, sheet, dry_run=dry_run)
        if errors is not None:
            number = write_refused(errors, sheet, report, lambda one: str(_record(one, report)["error"]))
            screen.note("errors.written", path=errors, count=number)
        return _show(shop, report)


@price.command("export")
def export(
    file: Annotated[str, typer.Argument(help="Where the sheet goes.", show_default=False)],
    partner: Partner = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write all prices to a .csv, .tsv or .xlsx sheet that `price import` reads.

    Example: dropship price export prices.xlsx --partner 880011 --lang zh
    """
    from dropship_cli.actions.price_files import export_prices

    screen = wiring.screen()
    with wiring.shop() as shop:
        number = export_prices(shop, file, partner=partner, lang=screen.lang, force=force)
    screen.note("price.exported", count=number, path=file)
    return 0


def _show(shop: Shop, report: PriceReport) -> int:
    """The prices that changed on stdout, what to look at on stderr; one refused alone is the error that it is."""
    from dropship_cli.cli.showing import say_where
    from dropship_cli.domain.errors import RefusedError
    from dropship_cli.domain.outcome import Result

    screen = wiring.screen()
    alone = report.outcomes[0] if len(report.outcomes) == 1 else None
    if alone is not None and alone.row is None and alone.result is Result.REFUSED:
        raise RefusedError(alone.error_code or "", **alone.values)
    screen.records("price_changes", [_record(one, report) for one in report.outcomes])
    say_where(screen, shop)
    for partner_id in report.unbound:
        screen.warning("price.not_bound", partner_id=partner_id)
    return report.exit_status


def _record(outcome: PriceOutcome, report: PriceReport) -> Record:
    from dropship_cli.terminal.money_shape import price_change_record

    return price_change_record(
        outcome.price, outcome.result, report.role, before=outcome.before, row=outcome.row,
        code=outcome.error_code, values=outcome.values, lang=wiring.screen().lang,
    )  # fmt: skip


def _named(text: str, flag: str) -> str:
    from dropship_cli.domain.errors import UsageError

    if not text.strip():
        raise UsageError("usage.empty", flag=flag)
    return text.strip()


def _cents(text: str) -> int:
    from dropship_cli.domain.errors import UsageError
    from dropship_cli.domain.money import NotMoney, cents

    try:
        return cents(text)
    except NotMoney as error:
        raise UsageError(error.code, given=text) from None


def _cents_or_none(text: str | None) -> int | None:
    return None if text is None else _cents(text)


def _day(text: str | None) -> int | None:
    from dropship_cli.actions.price_files import parse_day
    from dropship_cli.domain.errors import UsageError

    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError:
        raise UsageError("price.day", given=text) from None
