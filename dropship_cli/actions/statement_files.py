"""Statements into sheets and out of them: ours, the other side's, and what both agreed to take off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from dropship_cli.actions.batch import Source
from dropship_cli.actions.statement import Statement
from dropship_cli.domain.comparison import TheirLine
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.item import RefundState
from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.money import NotMoney, cents
from dropship_cli.domain.statement import Line
from dropship_cli.files.cells import problem
from dropship_cli.files.formula_safe import unescape
from dropship_cli.files.headers import Columns
from dropship_cli.files.money_columns import (
    ITEM,
    deduction_columns,
    statement_columns,
    statement_headings,
    total_word,
)
from dropship_cli.files.row import Row
from dropship_cli.files.rows import Problem, open_rows

AMOUNTS = ("price", "goods", "freight", "deduction", "total")
_COMPUTED = ("goods", "total")
"""Columns that a spreadsheet often computes: without them the others tell what they would."""
_WORTH = ("price", "goods", "total")
_TOTAL = re.compile(r"(合计|总计|总额|total|sum)", re.IGNORECASE)
_SUBTOTAL = re.compile(r"(小计|subtotal)", re.IGNORECASE)
_ID = re.compile(r"[\w-]+", re.ASCII)
_PIECES = re.compile(r"(\d{1,9})(?:\.0+)?", re.ASCII)
_EMPTY = frozenset({"-", "--", "—"})


@dataclass
class TheirSheet:
    """The other side's statement: its lines, the rows that can't be read with the reason, the total it names."""

    lines: list[TheirLine] = field(default_factory=list)
    unreadable: list[tuple[int, Problem]] = field(default_factory=list)
    total: int | None = None


def write_statement(file: str, made: Statement, *, lang: str, force: bool = False) -> None:
    """Write the lines and their sums, amounts in yuan; nothing about the receiver is in it (rule 15)."""
    from dropship_cli.files.writing import write_rows

    sums = made.totals
    last = [total_word(lang), "", "", "", "", sums.quantity, "", *map(_yuan, (sums.goods, sums.freight))]
    rows: list[list[object]] = [
        *map(_cells, made.lines),
        [*last, "", *map(_yuan, (sums.deduction, sums.total)), ""],
    ]
    write_rows(file, statement_headings(lang), rows, overwrite=force)


def read_theirs(source: Source) -> TheirSheet:
    """The other side's statement, ours or any sheet with items and amounts; sums under it are no lines.

    A column that its spreadsheet computes holds formulas, which are not read: it is left out then. Raises
    `UsageError` `statement.no_amounts` where nothing about money is left.
    """
    columns = statement_columns()
    try:
        return _theirs(source, columns)
    except _Computed:
        return _theirs(source, statement_columns(leave_out=_COMPUTED))


def read_deductions(source: Source) -> dict[str, int | None]:
    """What to take off, in cents by item; nothing where the sheet has no column for the amount.

    Raises `UsageError` `statement.deduction_row` for the first row that can't be read: a deduction that is lost
    without a word is money.
    """
    found: dict[str, int | None] = {}
    with open_rows(source.name, deduction_columns(), stdin=source.stdin, encoding=source.encoding) as sheet:
        for row in sheet:
            cells = _texts(row)
            if _is_sum(row, cells) or _is_remark(row, cells):
                continue
            amount, wrong = _deduction(row, cells)
            if wrong or (found.get(cells[ITEM], amount) != amount):
                given = wrong.values.get("given", "") if wrong else cells.get("deduction", "")
                raise UsageError("statement.deduction_row", file=source.name, row=row.number, given=given)
            if amount != 0:
                found[cells[ITEM]] = amount
    return found


class _Computed(Exception):
    """A computed column holds a formula."""


def _theirs(source: Source, columns: Columns) -> TheirSheet:
    found = TheirSheet()
    with open_rows(source.name, columns, stdin=source.stdin, encoding=source.encoding) as sheet:
        places = columns.match(sheet.headers, file=source.name)
        if not any(name in places for name in _WORTH):
            raise UsageError("statement.no_amounts", file=source.name)
        computed = {sheet.headers[places[name]].strip() for name in _COMPUTED if name in places}
        for row in sheet:
            cells = _texts(row)
            if _is_sum(row, cells):
                found.total = _said(cells, found.total) if _TOTAL.match(_first(row)) else found.total
                continue
            wrong = row.problem
            is_formula = wrong is not None and wrong.code == "row.formula"
            if wrong and is_formula and wrong.values.get("column") in computed and source.stdin is None:
                raise _Computed
            _keep(found, row, cells)
    return found


def _keep(found: TheirSheet, row: Row, cells: Mapping[str, str]) -> None:
    if _is_remark(row, cells):
        return
    line = row.problem or _line(row.number, cells)
    if isinstance(line, TheirLine):
        found.lines.append(line)
    else:
        found.unreadable.append((row.number, line))


def _line(number: int, cells: Mapping[str, str]) -> TheirLine | Problem:
    amounts: dict[str, int | None] = {}
    for name in AMOUNTS:
        try:
            amounts[name] = cents(cells[name]) if cells.get(name) else None
        except NotMoney as error:
            return problem(error.code, name, cells[name])
    for name in ("freight", "deduction"):  # a column is there and the cell is empty: nothing
        amounts[name] = 0 if name in cells and amounts[name] is None else amounts[name]
    pieces = _PIECES.fullmatch(unicodedata.normalize("NFKC", cells.get("quantity", "")))
    if cells.get("quantity") and pieces is None:
        return problem("row.quantity", "quantity", cells["quantity"])
    told = [name for name in _WORTH if name in cells]
    return TheirLine(
        cells[ITEM],
        int(pieces[1]) if pieces else None,
        **amounts,
        unpriced=bool(told) and all(amounts[name] is None for name in told),
        rows=(number,),
    )


def _deduction(row: Row, cells: Mapping[str, str]) -> tuple[int | None, Problem | None]:
    if row.problem:
        return None, row.problem
    if "deduction" not in cells:
        return None, None
    try:
        amount = cents(cells["deduction"]) if cells["deduction"] else 0
    except NotMoney as error:
        return None, problem(error.code, "deduction", cells["deduction"])
    return amount, problem("money.number", "deduction", cells["deduction"]) if amount < 0 else None


def _is_sum(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether the row sums others up: it names no item, or a word for a sum in its place."""
    text = cells.get(ITEM) or _first(row)
    return bool(_TOTAL.match(text) or _SUBTOTAL.match(text))


def _is_remark(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether a row names neither pieces nor money, and no item either: a remark, a signature, a date below."""
    if any(cells.get(name) for name in ("quantity", *AMOUNTS)):
        return False
    if row.problem is not None:
        return row.problem.code in ("row.missing", "row.identifier")
    return _ID.fullmatch(cells[ITEM]) is None


def _first(row: Row) -> str:
    """The first cell that says something."""
    return next((text.strip() for text in row.original if text.strip()), "")


def _said(cells: Mapping[str, str], otherwise: int | None) -> int | None:
    try:
        return cents(cells["total"]) if cells.get("total") else otherwise
    except NotMoney:
        return otherwise


def _texts(row: Row) -> dict[str, str]:
    bare = {name: unescape(text).strip() for name, text in row.cells.items()}
    return {name: "" if text in _EMPTY else text for name, text in bare.items()}


def _cells(line: Line) -> list[object]:
    refund = "" if line.refund is RefundState.NONE else line.refund.value
    return [
        line.item_id, rfc3339(line.shipped_at), line.sku_code, line.title, line.spec, line.quantity,
        _yuan(line.price), _yuan(line.goods), _yuan(line.freight if line.price is not None else None), refund,
        _yuan(line.deduction or None), _yuan(line.total), "; ".join(line.tracking_numbers),
    ]  # fmt: skip


def _yuan(amount: int | None) -> float | str:
    """A number that a spreadsheet can add up; nothing for nothing."""
    return "" if amount is None else amount / 100
