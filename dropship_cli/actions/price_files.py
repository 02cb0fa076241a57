"""Prices from a sheet and into one; what comes in is read and judged row by row before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dropship_cli.actions.batch import Source
from dropship_cli.actions.context import Shop
from dropship_cli.actions.prices import PriceReport, prices, take
from dropship_cli.domain.calendar import day
from dropship_cli.domain.money import NotMoney, cents
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.price import ALWAYS, ANY, from_text
from dropship_cli.domain.price_change import PriceOutcome, PriceWish
from dropship_cli.files.cells import problem
from dropship_cli.files.formula_safe import unescape
from dropship_cli.files.money_columns import id_of, price_columns, price_headings
from dropship_cli.files.rows import Problem, open_rows

_EMPTY = frozenset({"-", "--", "—"})
_ALWAYS = frozenset({"always", "一直", "长期"})


@dataclass
class PriceSheet:
    """A sheet's rows as wishes, and every row as it was written."""

    headers: tuple[str, ...]
    wishes: list[PriceWish] = field(default_factory=list)
    originals: dict[int, tuple[str, ...]] = field(default_factory=dict)


def read_prices(shop: Shop, source: Source, partner_id: str | None) -> PriceSheet:
    """The sheet's rows; `partner_id` is the other side of those that name none."""
    role = shop.require_any("price")
    columns = price_columns(role, partner=partner_id is None)
    with open_rows(source.name, columns, stdin=source.stdin, encoding=source.encoding) as file:
        sheet = PriceSheet(file.headers)
        for row in file:
            sheet.originals[row.number] = row.original
            cells = {name: _text(text) for name, text in row.cells.items()}
            partner = cells.get(id_of(role.other)) or (partner_id or "").strip()
            wrong = row.problem or _wrong_shop(cells.get(id_of(role), ""), shop.profile.shop_id)
            sheet.wishes.append(_wish(row.number, partner, cells, wrong))
    return sheet


def import_prices(shop: Shop, sheet: PriceSheet, *, dry_run: bool = False) -> PriceReport:
    """Keep the sheet's prices; rows that are refused leave the others alone."""
    return take(shop, sheet.wishes, "price_import", dry_run=dry_run)


def write_refused(
    path: str, sheet: PriceSheet, report: PriceReport, sentence: Callable[[PriceOutcome], str]
) -> int:
    """Write the refused rows in the sheet's own columns plus code and sentence; how many."""
    from dropship_cli.files.errors_file import errors_file

    refused = [one for one in report.outcomes if one.result is Result.REFUSED and one.row is not None]
    with errors_file(path, sheet.headers) as file:
        for one in refused:
            file.add(sheet.originals[one.row or 0], one.error_code or "", sentence(one))
    return len(refused)


def export_prices(shop: Shop, file: str, *, partner: str | None, lang: str, force: bool = False) -> int:
    """Write every price, past and future ones too, so that reading it back gives the same; how many."""
    from dropship_cli.files.writing import write_rows

    role, listed = prices(shop, partner=partner, past=True)
    rows = [
        [one.partner_id, one.sku_code, one.price / 100, one.freight / 100, from_text(one.valid_from)]
        for one in (found.price for found in listed)
    ]
    write_rows(file, price_headings(role, lang), rows, overwrite=force)
    return len(rows)


def parse_day(text: str) -> int:
    """The second in which a price's first day begins; `always` has none. Raises `ValueError`."""
    return ALWAYS if text.strip().lower() in _ALWAYS else day(text)


def _wish(number: int, partner_id: str, cells: Mapping[str, str], wrong: Problem | None) -> PriceWish:
    sku_code = cells.get("sku_code", "")
    read = wrong or _read(cells)
    if isinstance(read, Problem):
        return PriceWish(partner_id, sku_code, row=number, code=read.code, values=read.values)
    return PriceWish(partner_id, sku_code, *read, row=number)


def _wrong_shop(named: str, own_id: str) -> Problem | None:
    """A sheet that its maker wrote for several shops: only our own rows are for us."""
    if named in ("", ANY, own_id):
        return None
    return problem("price.other_shop", "", named, shop_id=own_id)


def _read(cells: Mapping[str, str]) -> tuple[int, int | None, int | None] | Problem:
    """Price, freight and first day; nothing for a cell that is empty or not there."""
    amounts: list[int | None] = []
    for name in ("price", "freight"):
        try:
            amounts.append(cents(cells[name]) if cells.get(name) else None)
        except NotMoney as error:
            return problem(error.code, name, cells[name])
    try:
        start = parse_day(cells["valid_from"]) if cells.get("valid_from") else None
    except ValueError:
        return problem("price.day", "valid_from", cells["valid_from"])
    return amounts[0] or 0, amounts[1], start


def _text(text: str) -> str:
    bare = unescape(text).strip()
    return "" if bare in _EMPTY else bare
