"""One record as lines of `name: value` for a person; empty fields are left out."""

from __future__ import annotations

from typing import TextIO

from dropship_cli.terminal import cells, words
from dropship_cli.terminal.cells import Look, Row
from dropship_cli.terminal.clean import clean


def write_sheet(out: TextIO, row: Row, look: Look) -> None:
    """Headings in the person's language; states in words; packages one a line."""
    colon = words.word("label.colon", look.lang, ": ")
    for key in row:
        for text in _texts(row, key, look):
            out.write(f"{_heading(key, look.lang)}{colon}{text}\n")


def _heading(key: str, lang: str) -> str:
    """A table's heading, or the sheet's own where the table needs none."""
    return words.word(f"field.{key}", lang, "") or words.word(f"column.{key}", lang, key)


def _texts(row: Row, key: str, look: Look) -> list[str]:
    if key == "packages":
        return [_package(one) for one in row[key]]
    text = _shown(row, key, look)
    return [text] if text else []


def _shown(row: Row, key: str, look: Look) -> str:
    if key in ("allocation", "shipment", "refund"):
        return words.word(f"{key}.{row[key]}", look.lang, str(row[key]))
    if key in ("state", "result", "outcome"):
        return cells.state(row, key, look).text
    if key in ("kind", "act"):
        return cells.act(row, key, look).text
    if key == "role":
        return words.word(f"role.{row[key]}", look.lang, str(row[key] or ""))
    return cells.value(row, key, look).text


def _package(package: Row) -> str:
    quantity = f" × {package['quantity']}" if package.get("quantity") else ""
    return clean(f"{package['carrier']} {package['tracking_number']}{quantity}")
