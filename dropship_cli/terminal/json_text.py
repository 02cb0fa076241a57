"""Records as JSON text: one object, or an array that is written as it comes and never held."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from dropship_cli.terminal.clean import escape_json


def write_array(out: TextIO, rows: Iterable[Mapping[str, Any]]) -> None:
    """An array, a row a line. Nothing is written before the first row is there, so that a failure to read leaves
    the stream empty."""
    opening = "["
    for row in rows:
        out.write(opening + "\n" + _one(row))
        opening = ","
    out.write("[]\n" if opening == "[" else "\n]\n")


def write_object(out: TextIO, row: Mapping[str, Any]) -> None:
    """One object, indented for eyes."""
    out.write(escape_json(json.dumps(row, ensure_ascii=False, indent=2, default=str)) + "\n")


def write_line(out: TextIO, row: Mapping[str, Any]) -> None:
    """One object on one line, as errors are."""
    out.write(_one(row) + "\n")


def _one(row: Mapping[str, Any]) -> str:
    return escape_json(json.dumps(row, ensure_ascii=False, default=str))
