"""What a person reads of the figures: bars in proportion, shares in percent, nothing said of nothing."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from dropship_cli.domain.figures import By, Figures, Period
from dropship_cli.terminal.screen import Screen
from dropship_cli.terminal.stats_view import bar, percent, show, stats_record

PERIOD = Period(1_762_963_200, 1_762_963_200 + 2 * 86_400, 2)
WHOLE = Figures(None, None, orders=30, items=42, pieces=50, shipped=20, by_factory=20, late=3, decided=20,
                refunds=4, median=7200, p90=100_000)  # fmt: skip
GROUPS = [
    Figures("880011", "义乌优品工厂", orders=20, items=32, pieces=40, shipped=20, late=3, decided=20, median=7200,
            p90=100_000),
    Figures(None, None, orders=10, items=10, pieces=10, refunds=4),
]  # fmt: skip


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(columns: int, lang: str, *, tty: bool = True) -> tuple[str, str]:
    out, err = (Terminal() if tty else io.StringIO()), io.StringIO()
    environ = {"COLUMNS": str(columns), "NO_COLOR": "1"}
    show(Screen(out, err, lang=lang, environ=environ), PERIOD, By.FACTORY, WHOLE, GROUPS)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_table_fits_and_bars_stand_in_one_column(columns: int, lang: str) -> None:
    out, _ = shown(columns, lang)
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    bars = [line for line in lines if "█" in line]
    assert len(bars) == 2
    assert len({cell_len(line[: line.index("█")]) for line in bars}) == 1


def test_the_sentences_say_what_there_is() -> None:
    out, _ = shown(120, "en")
    assert "2025-11-13 to 2025-11-14" in out
    assert "30 orders, 15 a day · 42 items, 50 pieces" in out
    assert "20 items shipped · by factories: 20\n" in out
    assert "half within 2h, nine in ten within 27h" in out
    assert "late: 3 of 20 (15.0%)" in out
    assert "refunds: 4 of 42 items (9.5%)" in out


def test_in_a_pipe_stdout_has_columns_only_and_no_bar() -> None:
    out, err = shown(80, "en", tty=False)
    lines = out.splitlines()
    assert len(lines) == 3
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert lines[0].startswith("factory_id\tfactory_name\torders\titems")
    assert "█" not in out
    assert "30 orders" in err


@pytest.mark.parametrize(("number", "length"), [(0, 0), (1, 1), (50, 5), (99, 10), (100, 10)])
def test_a_bar_is_its_part_of_the_longest_and_whatever_is_there_is_seen(number: int, length: int) -> None:
    assert cell_len(bar(number, 100, 10)) == length
    assert bar(number, 0, 10) == ""


def test_nothing_has_no_share() -> None:
    assert percent(None) == ""
    record = stats_record(PERIOD, By.DAY, Figures(None, None), [])
    assert (record["late_share"], record["refund_share"], record["orders_a_day"]) == (None, None, 0.0)
    assert stats_record(Period(0, 1, 0), By.DAY, Figures(None, None), [])["orders_a_day"] is None
