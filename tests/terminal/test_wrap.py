"""Running text in lines: columns of a terminal are counted, and marks stay with their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dropship_cli.terminal.wrap import columns, wrapped

TEXTS = st.text("ab [](),;x中文（）。，、《》“”！ ", max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("暂扣子订单不发货", 6, ["暂扣子", "订单不", "发货"]),
        ("暂扣，不发", 4, ["暂", "扣，", "不发"]),
        ("见（说明）", 4, ["见", "（说", "明）"]),
        ("包 --dry-run 只看", 10, ["包", "--dry-run", "只看"]),
        ("秒数 [默认：5.0; 必填]", 20, ["秒数", "[默认：5.0; 必填]"]),
        ("incomprehensible so", 5, ["incomprehensible", "so"]),
        ("", 5, [""]),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(TEXTS, st.integers(1, 30))
def test_nothing_is_lost_and_no_line_is_too_long_without_need(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert columns(line) <= width or len(wrapped(line.strip(), 1)) == 1


@given(TEXTS)
def test_columns_are_those_of_the_tables(text: str) -> None:
    assert columns(text) == cell_len(text)
