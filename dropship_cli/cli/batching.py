"""What `allocate`, `unallocate` and `ship` share: items by name or by file, one action, rows and errors out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from dropship_cli.actions.act import Report
from dropship_cli.actions.allocate import AllocationRow
from dropship_cli.actions.batch import Batch, R, Source, in_file_order, write_errors
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference, reference
from dropship_cli.cli import wiring
from dropship_cli.cli.showing import show_report
from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.outcome import Outcome
from dropship_cli.terminal.json_shape import outcome_record
from dropship_cli.terminal.screen import Screen

_STDIN = "-"


def check_choice(
    items: Sequence[str] | None,
    batch: str | None,
    *,
    needs: tuple[str, str | None] = ("", ""),
    errors: str | None,
    wants: str = "",
) -> None:
    """Items or a file, not both and not neither; what goes only with the one or the other.

    `wants` names the flag of `needs` where a file may go with it, too.
    """
    if bool(items) == (batch is not None):
        raise UsageError("usage.items_or_batch")
    flag, given = needs
    if batch is not None and given and flag:
        raise UsageError("usage.not_with_batch", flag=flag)
    if batch is None and given is None:
        raise UsageError("usage.needs", flag=flag or wants)
    if errors is not None and batch is None:
        raise UsageError("usage.only_with_batch", flag="--errors")


def source(batch: str, encoding: str | None, errors: str | None = None) -> Source:
    """The file to read; `-` is stdin. The failed rows may not go to where it lies: the rest would be lost."""
    if errors is not None and batch != _STDIN and os.path.realpath(errors) == os.path.realpath(batch):
        raise UsageError("usage.errors_over_input", file=batch)
    return Source(batch, sys.stdin.buffer if batch == _STDIN else None, encoding)


def references(items: Sequence[str]) -> list[Reference]:
    """The items a person named; `-` reads one a line from stdin."""
    named = [line for word in items for line in (sys.stdin.read().splitlines() if word == _STDIN else [word])]
    found = [reference(text) for text in named if text.strip()]
    if not found:
        raise UsageError("usage.items_or_batch")
    return found


def allocation_rows(items: Sequence[str], factory_id: str) -> list[AllocationRow]:
    """Every named item to the one factory."""
    return [AllocationRow(one, factory_id) for one in references(items)]


def run_batch(
    shop: Shop, batch: Batch[R], act: Callable[[], Report], *, errors: str | None, progress: str
) -> int:
    """Act, then show every row, those too that could not be read; write the failed ones where asked."""
    screen = wiring.screen()
    say_unread(screen, batch)
    with screen.progress(progress) as shop.progress:
        report = act()
    report = replace(report, outcomes=in_file_order([*report.outcomes, *batch.refused]))
    write_failed(screen, errors, batch, report.outcomes)
    return show_report(screen, shop, report)


def say_unread(screen: Screen, batch: Batch[R]) -> None:
    """The sheets of a workbook that nobody looked into."""
    if batch.unread:
        screen.note("file.unread_sheets", sheets=", ".join(batch.unread))


def write_failed(screen: Screen, errors: str | None, batch: Batch[R], outcomes: Sequence[Outcome]) -> None:
    """The failed rows in the file's own columns, where asked."""
    if errors is not None:
        number = write_errors(
            errors, batch, outcomes, lambda one: str(outcome_record(one, screen.lang)["error"] or "")
        )
        screen.note("errors.written", path=errors, count=number)
