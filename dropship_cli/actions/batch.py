"""Batch files in and out: rows of a file as wishes, and the failed ones back in the file's own columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO, Generic, TypeVar

from dropship_cli.actions.allocate import AllocationRow
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import ShipmentRow
from dropship_cli.actions.waybills import WaybillRow
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.files.headers import ALLOCATION, ITEMS, SHIPMENT, WAYBILL, Columns, Meaning
from dropship_cli.files.rows import Problem, Row, open_rows

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a path, or `-` with `stdin`; an encoding only where the person names one."""

    name: str
    stdin: BinaryIO | None = None
    encoding: str | None = None


@dataclass
class Batch(Generic[R]):
    """A file's good rows as wishes, the outcomes of its bad ones, and every row as it was written.

    `unread` names the sheets of a workbook that were left alone.
    """

    headers: tuple[str, ...]
    rows: list[R] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    originals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unfilled: int = 0
    unread: tuple[str, ...] = ()


def _never(row: Row) -> bool:
    """Of most files every row counts."""
    return False


def read_allocations(source: Source) -> Batch[AllocationRow]:
    """Rows of order or item, and factory."""
    return _read(source, ALLOCATION, lambda row: AllocationRow(_reference(row), row.cells[Meaning.FACTORY]))


def read_references(source: Source) -> Batch[Reference]:
    """Rows of order or item alone."""
    return _read(source, ITEMS, _reference)


def read_shipments(source: Source) -> Batch[ShipmentRow]:
    """Rows of order or item, carrier, tracking number and perhaps a quantity.

    A row without a number is not filled in yet: it is counted and left alone, so that a sheet can be run as often as
    numbers come in.
    """
    return _read(source, SHIPMENT, _shipment, unfilled=_has_no_number)


def read_waybills(source: Source, carrier: str | None) -> Batch[WaybillRow]:
    """Rows of order or item and perhaps a carrier; `carrier` is for rows that name none."""
    return _read(
        source,
        WAYBILL,
        lambda row: WaybillRow(_reference(row), row.cells.get(Meaning.CARRIER) or carrier or ""),
    )


def write_errors(
    path: str, batch: Batch[R], outcomes: Sequence[Outcome], sentence: Callable[[Outcome], str]
) -> int:
    """Write the rows that failed, in the file's own columns plus the code and the sentence; how many.

    A row that names a whole order may fail for several of its items: it is one line all the same, with all reasons.
    """
    from dropship_cli.files.errors_file import errors_file

    failed = [
        one for one in outcomes if one.result in (Result.REFUSED, Result.FAILED) and one.row is not None
    ]
    with errors_file(path, batch.headers) as file:
        for row, ones in groupby(in_file_order(failed), key=lambda one: one.row or 0):
            first, *more = ones
            reasons = dict.fromkeys(map(sentence, (first, *more)))
            file.add(batch.originals[row], first.error_code or "", "; ".join(reasons))
        return file.count


def in_file_order(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes of good and bad rows together, as the person sees them in the file."""
    return sorted(outcomes, key=lambda one: one.row or 0)


def _read(
    source: Source, columns: Columns, wish: Callable[[Row], R], *, unfilled: Callable[[Row], bool] = _never
) -> Batch[R]:
    with open_rows(source.name, columns, stdin=source.stdin, encoding=source.encoding) as sheet:
        batch: Batch[R] = Batch(sheet.headers, unread=sheet.unread)
        for row in sheet:
            if unfilled(row):
                batch.unfilled += 1
                continue
            batch.originals[row.number] = row.original
            if row.problem is None:
                batch.rows.append(wish(row))
            else:
                batch.refused.append(_refusal(row, row.problem))
    return batch


def _has_no_number(row: Row) -> bool:
    """Nothing else is wrong with the row, and its number is not there."""
    is_short = row.problem is None or row.problem.code == "row.missing"
    return is_short and not row.cells[Meaning.TRACKING]


def _refusal(row: Row, problem: Problem) -> Outcome:
    return Outcome(
        row.cells.get(Meaning.ORDER, ""), row.cells.get(Meaning.ITEM, ""), Result.REFUSED,
        problem.code, tuple(problem.values.items()), row=row.number,
    )  # fmt: skip


def _reference(row: Row) -> Reference:
    return Reference(row.cells.get(Meaning.ORDER, ""), row.cells.get(Meaning.ITEM, ""), row=row.number)


def _shipment(row: Row) -> ShipmentRow:
    quantity = row.cells.get(Meaning.QUANTITY)
    return ShipmentRow(
        _reference(row),
        row.cells[Meaning.CARRIER],
        row.cells[Meaning.TRACKING],
        int(quantity) if quantity else None,
    )
