"""Rules from a sheet and into one; what comes in is checked row by row and taken whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from dropship_cli.actions.batch import Source
from dropship_cli.actions.context import Shop
from dropship_cli.actions.rules import RuleOutcome, RuleReport, rules, take
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.rule import PRIORITY, Rule
from dropship_cli.files.cells import problem
from dropship_cli.files.formula_safe import unescape
from dropship_cli.files.row import Row
from dropship_cli.files.rows import Problem, open_rows
from dropship_cli.files.rule_sheet import FIELDS, RULES, headings
from dropship_cli.files.writing import write_rows

_WHOLE = re.compile(r"(?P<digits>\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0*)?", re.ASCII)
_FRACTION = re.compile(r"0?\.\d{1,4}", re.ASCII)
_EMPTY = frozenset({"-", "--", "—"})


def import_rules(shop: Shop, source: Source, *, replace: bool = False, dry_run: bool = False) -> RuleReport:
    """Add the sheet's rules to those there are; with `replace` they take the place of all others."""
    with open_rows(source.name, RULES, stdin=source.stdin, encoding=source.encoding) as sheet:
        wished = [_wished(row) for row in sheet]
    return take(shop, wished, "rule_import", whole=replace, dry_run=dry_run)


def export_rules(shop: Shop, file: str, *, lang: str, force: bool = False) -> int:
    """Write every rule in force, in the order in which they are asked; how many."""
    listed = [one.rule for one in rules(shop)]
    write_rules(file, listed, lang=lang, force=force)
    return len(listed)


def write_rules(file: str, listed: list[Rule], *, lang: str, force: bool = False) -> None:
    """Write rules, kept or proposed, as a sheet that can be read back."""
    rows = [
        [_cell(rule.rule_id or None), *(_cell(getattr(rule, name)) for name in FIELDS[1:])] for rule in listed
    ]
    write_rows(file, headings(lang), rows, overwrite=force)


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _wished(row: Row) -> RuleOutcome:
    cells = {name: _text(text) for name, text in row.cells.items()}
    wrong = row.problem or _wrong(cells)
    rule = _rule(cells if wrong is None else {"factory_id": cells.get("factory_id", "")})
    if wrong is None:
        return RuleOutcome(rule, Result.WOULD, row=row.number)
    return RuleOutcome(
        rule, Result.REFUSED, row=row.number, error_code=wrong.code, values=tuple(wrong.values.items())
    )


def _text(text: str) -> str:
    bare = unescape(text).strip()
    return "" if bare in _EMPTY else bare


def _wrong(cells: Mapping[str, str]) -> Problem | None:
    """The first number that is none; a priority and a share begin at 1."""
    for name, least in (("priority", 1), ("share", 1), ("capacity", 0)):
        text = cells.get(name, "")
        number = _share(text) if name == "share" else _whole(text)
        if text and (number is None or number < least):
            return problem("rule.number", name, text)
    return None


def _rule(cells: Mapping[str, str]) -> Rule:
    return Rule(
        factory_id=cells["factory_id"],
        priority=_whole(cells.get("priority", "")) or PRIORITY,
        sku_code=cells.get("sku_code", ""),
        product=cells.get("product", ""),
        spec=cells.get("spec", ""),
        region=cells.get("region", ""),
        share=_share(cells.get("share", "")),
        capacity=_whole(cells.get("capacity", "")),
    )


def _whole(text: str) -> int | None:
    """`200`, or as sheets have it: `1,000`, `200.0`, `２００`."""
    found = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text))
    return int(found["digits"].replace(",", "")) if found else None


def _share(text: str) -> int | None:
    """`70`, `70%`, `70.00%`, or `0.7`, which is what a spreadsheet makes of a cell of percents."""
    bare = unicodedata.normalize("NFKC", text)
    if _FRACTION.fullmatch(bare):
        return round(float(bare) * 100)
    return _whole(bare.removesuffix("%").rstrip())
