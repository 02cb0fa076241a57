"""No text from outside can command a terminal, hide itself or break a line."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.terminal.clean import clean, escape_json

HOSTILE = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u200b\u200f\u202a\u202e\u2066\u2069\ufeff",
    "\ud800",
]
anything = st.text(st.characters(), max_size=200) | st.text(st.sampled_from(HOSTILE), max_size=20)


@given(anything)
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    shown = clean(text)
    assert shown.isprintable()
    shown.encode("utf-8")


@given(anything)
def test_printable_text_is_left_alone(text: str) -> None:
    printable = "".join(filter(str.isprintable, text))
    assert clean(printable) == printable


def test_hostile_marks_become_visible_and_spaces_stay_spaces() -> None:
    for char in HOSTILE:
        if char not in "\t\n":
            assert clean(f"a{char}b") == "a\ufffdb", repr(char)
    assert clean("a\tb\nc\r\nd\u3000e\u00a0f") == "a b c d e f"
    assert clean("圆通 5斤装 🍎 é") == "圆通 5斤装 🍎 é"


@given(st.dictionaries(anything, anything | st.lists(anything)))
def test_json_is_lossless_and_commands_nothing(record: dict[str, object]) -> None:
    text = escape_json(json.dumps(record, ensure_ascii=False))
    assert text.isprintable()
    assert json.loads(text) == json.loads(json.dumps(record))
