"""An answer is one whole JSON document, or it is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.platforms.strict_json import loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_every_whole_document_is_read_as_it_was_written(value: object) -> None:
    assert loads(json.dumps(value).encode()) == value


def test_half_a_character_is_read_as_a_mark_that_can_be_stored() -> None:
    """A platform's text with half a pair stops neither a page nor the record of an answer."""
    found = loads(b'{"said":["a\\ud800b","\\ud83d\\ude00","\\udc00"],"x\\ud800":1}')
    assert found == {"said": ["a\ufffdb", "\U0001f600", "\ufffd"], "x\ufffd": 1}


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_value_error(body: bytes) -> None:
    try:
        loads(body)
    except ValueError:
        return


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b'{"code":1', b'{"code":10000}x', b'{"code":10000}{}', b"<html></html>", b"NaN",
        b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}', b'{"a":1,"a":2}', b'{"x":[{"b":1,"c":2,"b":1}]}',
        b'{"a":"\xd6\xd0"}', b"\xff\xfe{\x00}\x00", b"[" * 200_000, b'{"a":' * 100_000, b'{"a":' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_half_doubled_or_foreign_documents_are_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is the promise
        loads(body)


def test_integers_keep_every_digit() -> None:
    assert loads(b'{"id":92233720368547758070001}') == {"id": 92233720368547758070001}
