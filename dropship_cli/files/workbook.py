"""The rows of a checked workbook's first sheet, through python-calamine; no cell is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import NamedTemporaryFile, gettempdir
from typing import TYPE_CHECKING, TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from dropship_cli.domain.errors import StoreError, UsageError
from dropship_cli.files.sheet_extent import Places, error_rows, formula_rows
from dropship_cli.files.source import Source
from dropship_cli.files.xlsx_guard import Checked, check

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Book:
    """An opened sheet: its rows from row 1 on (blank ones hold empty texts), and the doubtful cells of columns.

    `unread` are the names of the sheets beside it.
    """

    records: Iterator[Sequence[object]]
    formulas: Callable[[frozenset[int]], Places]
    errors: Callable[[frozenset[int]], Places]
    unread: tuple[str, ...]


def open_workbook(source: Source) -> Book:
    """Checks and opens `source`; raises UsageError `file.broken_xlsx`, StoreError `file.disk`, and as the guard."""
    checked = check(source)
    book = _opened(checked, source.name)
    sheet = _read(lambda: book.get_sheet_by_name(checked.sheet), source.name)
    records = iter(_read(sheet.iter_rows, source.name))
    return Book(
        records,
        formulas=lambda columns: formula_rows(checked.xml, columns, file=source.name),
        errors=lambda columns: error_rows(checked.xml, columns, file=source.name),
        unread=checked.unread,
    )


def _opened(checked: Checked, file: str) -> CalamineWorkbook:
    """Through a file that is gone again once it is open: from an object the library reads seven times as slowly."""
    from python_calamine import CalamineWorkbook

    try:
        with NamedTemporaryFile(prefix="dropship-", suffix=".xlsx") as packed:
            with ZipFile(packed, "w", ZIP_STORED) as archive:
                for name, content in checked.parts.items():
                    archive.writestr(ZipInfo(name), content)
            packed.flush()
            return _read(lambda: CalamineWorkbook.from_path(packed.name), file)
    except OSError as error:
        raise StoreError("file.disk", file=gettempdir(), reason=error.strerror or "") from error


def _read(make: Callable[[], Made], file: str) -> Made:
    from python_calamine import CalamineError

    try:
        return make()
    except (CalamineError, OSError, ValueError) as error:
        raise UsageError("file.broken_xlsx", file=file) from error
    except BaseException as error:
        # A Rust panic reaches Python outside the family of Exception, under a class that can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise UsageError("file.broken_xlsx", file=file) from error
