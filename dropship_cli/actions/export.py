"""Items out of the store into a file or a pipe, as a stream; how a row looks is the caller's, no call is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from dropship_cli.actions.context import Shop
from dropship_cli.actions.orders import ItemFilter, find
from dropship_cli.domain.item import Item
from dropship_cli.files.target import STDOUT, Format, format_of, opened
from dropship_cli.files.writing import sheet_on

__all__ = ["STDOUT", "Format", "Look", "Target", "export", "format_of"]

_TOLD_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Target:
    """Where the items go. `force` replaces a file that is there."""

    file: str
    format: Format
    stdout: BinaryIO
    force: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How an item is told: the headings and the cells of a sheet, or a line of JSON."""

    headings: Sequence[str]
    cells: Callable[[Item], Sequence[object]]
    line: Callable[[Item], str]


def export(shop: Shop, wanted: ItemFilter, target: Target, look: Look) -> int:
    """Write the items asked for, in the order of `orders`; how many. Nothing is held: a million rows are a stream.

    Raises `usage.state`; UsageError `file.exists`, `file.is_folder`, `file.unwritable`, `file.too_many_rows`;
    StoreError `file.disk`. A file is then as it was before.
    """
    items = _counted(shop, find(shop, wanted))
    with opened(target.file, target.stdout, overwrite=target.force) as stream:
        if target.format is Format.JSONL:
            return sum(_write_line(stream, look.line(item)) for item in items)
        return _write_sheet(stream, target, look, items)


def _write_line(stream: BinaryIO, line: str) -> int:
    stream.write(line.encode() + b"\n")
    return 1


def _write_sheet(stream: BinaryIO, target: Target, look: Look, items: Iterable[Item]) -> int:
    number = 0
    with sheet_on(stream, target.format, target.file, mark=target.file != STDOUT) as sheet:
        sheet.write(look.headings)
        for item in items:
            sheet.write(look.cells(item))
            number += 1
    return number


def _counted(shop: Shop, items: Iterable[Item]) -> Iterator[Item]:
    """The same items, told to whoever watches."""
    for number, item in enumerate(items, 1):
        if number % _TOLD_EVERY == 0:
            shop.progress(number, None)
        yield item
