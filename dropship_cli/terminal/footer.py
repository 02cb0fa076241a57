"""The last lines under a table, where the eye rests: how much there is, and how much of it is urgent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dropship_cli.terminal import words
from dropship_cli.terminal.cells import Look, Row, seconds, span, waits
from dropship_cli.terminal.grid import Drawn

_ITEMS = ("items", "needs", "shops_items", "shops_needs", "order")
"""The kinds of table whose rows are items."""


class Footer:
    """Counts rows while they pass to the table."""

    def __init__(self, kind: str, look: Look) -> None:
        self._kind = kind
        self._look = look
        self._counts: Counter[str] = Counter()

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        for row in rows:
            if self._kind in _ITEMS:
                self._counts.update(self._urgent(row))
            yield row

    def lines(self, drawn: Drawn) -> Iterator[str]:
        """What to say under the table."""
        lang = self._look.lang
        if drawn.rows == 0:
            yield words.note("table.empty", lang, {})
        elif self._kind in _ITEMS:
            within = span(self._look.soon, lang)
            yield words.note("table.items", lang, {"count": drawn.rows, **self._counts, "span": within})
        named = [heading for one in drawn.hidden if (heading := one.heading(lang))]
        if named:
            names = ("、" if lang == "zh" else ", ").join(named)
            yield words.note("table.hidden", lang, {"columns": names})

    def _urgent(self, row: Row) -> Iterator[str]:
        ends = seconds(row.get("ship_by")) if waits(row) and row.get("refund") != "open" else None
        if ends is not None and ends < self._look.now:
            yield "late"
        elif ends is not None and ends - self._look.now <= self._look.soon:
            yield "due"
        if row.get("refund") == "open":
            yield "refund"
        if row.get("attention") or row.get("held"):
            yield "attention"
