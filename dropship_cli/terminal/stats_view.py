"""`stats`: the figures as one object, as columns for a pipe, and for a person as sentences and small bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dropship_cli.domain.figures import By, Figures, Period
from dropship_cli.domain.moment import rfc3339
from dropship_cli.terminal import words
from dropship_cli.terminal.cells import Look, span
from dropship_cli.terminal.screen import Screen
from dropship_cli.terminal.tty import is_terminal, width_of

WIDE = 100
"""From so many columns on bars are twice as long."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NAMED = {By.DAY: ("day", None), By.FACTORY: ("factory_id", "factory_name"), By.SKU: ("sku_code", "title"),
          By.MERCHANT: ("merchant_id", "merchant_name")}  # fmt: skip


def stats_record(period: Period, by: By, whole: Figures, groups: Sequence[Figures]) -> dict[str, Any]:
    """All of it for a script: seconds, counts, and shares between 0 and 1 (none where there is nothing to share)."""
    return {
        "since": rfc3339(period.since),
        "until": rfc3339(period.until),
        "days": period.days,
        "orders_a_day": _rounded(period.a_day(whole.orders)),
        "items_a_day": _rounded(period.a_day(whole.items)),
        **figures_record(whole),
        "by": by.value,
        "groups": [group_record(one, by) for one in groups],
    }


def group_record(one: Figures, by: By) -> dict[str, Any]:
    """One group by the names that items have in JSON."""
    key, name = _NAMED[by]
    return {key: one.key, **({name: one.name} if name else {}), **figures_record(one)}


def figures_record(one: Figures) -> dict[str, Any]:
    """The figures alone."""
    return {
        "orders": one.orders, "items": one.items, "pieces": one.pieces, "shipped": one.shipped,
        "shipped_by_merchant": one.by_merchant, "shipped_by_factory": one.by_factory,
        "median_seconds": one.median, "p90_seconds": one.p90,
        "late": one.late, "decided": one.decided, "late_share": _rounded(one.late_share),
        "refunds": one.refunds, "refund_share": _rounded(one.refund_share), "closed": one.closed,
    }  # fmt: skip


def show(screen: Screen, period: Period, by: By, whole: Figures, groups: Sequence[Figures]) -> None:
    """For a person the sentences and a table with bars; in a pipe the groups as columns, the sentences on stderr."""
    at_terminal = is_terminal(screen.out)
    for code, values in sentences(period, whole, screen.lang):
        (screen.line if at_terminal else screen.note)(code, **values)
    rows = [group_record(one, by) for one in groups]
    if at_terminal:
        screen.out.write("\n")
        most = max((one.items for one in groups), default=0)
        length = 20 if width_of(screen.out, screen.environ) >= WIDE else 10
        rows = [_for_eyes(row, by, screen.look(), bar(row["items"], most, length)) for row in rows]
    screen.records(f"stats_{by}", rows)


def sentences(period: Period, whole: Figures, lang: str) -> Iterator[tuple[str, dict[str, object]]]:
    """What a person wants to know of the whole period, each as a note's code and values; nothing of nothing."""
    since, last = (rfc3339(period.since) or "")[:10], (rfc3339(period.until - 1) or "")[:10]
    yield "stats.period_told", {"since": since, "until": last, "n": period.days}
    a_day = _short(period.a_day(whole.orders))
    yield "stats.came", {"orders": whole.orders, "items": whole.items, "pieces": whole.pieces, "a_day": a_day}
    hands = {"by_merchant": whole.by_merchant or None, "by_factory": whole.by_factory or None}
    yield "stats.shipped", {"n": whole.shipped, **hands}
    if whole.median is not None and whole.p90 is not None:
        yield "stats.took", {"median": span(whole.median, lang), "nine": span(whole.p90, lang)}
    if whole.late_share is not None:
        yield "stats.late", {"n": whole.late, "of": whole.decided, "share": percent(whole.late_share)}
    if whole.refunds:
        yield "stats.refunds", {"n": whole.refunds, "of": whole.items, "share": percent(whole.refund_share)}


def percent(share: float | None) -> str:
    """`3.4%`; nothing for nothing."""
    return "" if share is None else f"{share * 100:.1f}%"


def bar(number: int, most: int, length: int) -> str:
    """A bar of the number's part of the most, which is `length` cells long, to an eighth of a cell; whatever is there
    is seen."""
    if number <= 0 or most <= 0:
        return ""
    eighths = max(round(number / most * length * 8), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _for_eyes(row: dict[str, Any], by: By, look: Look, drawn: str) -> dict[str, Any]:
    key = _NAMED[by][0]
    took = {
        name: "" if row[f"{name}_seconds"] is None else span(row[f"{name}_seconds"], look.lang)
        for name in ("median", "p90")
    }
    return {
        **row, **took,
        key: row[key] if row[key] is not None else words.word("stats.nobody", look.lang, "-"),
        "bar": drawn,
        "late_share": percent(row["late_share"]),
        "refund_share": percent(row["refund_share"]),
    }  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}".removesuffix(".0")
