"""Chinese, put together from its parts."""

from __future__ import annotations

from dropship_cli.terminal.words.zh import (
    alerts,
    bench,
    files,
    local,
    marks,
    money,
    notes,
    pushes,
    reading,
    rules,
    safety,
    setup,
    wire,
    work,
)

ERRORS: dict[str, tuple[str, str]] = {
    **setup.ERRORS,
    **work.ERRORS,
    **wire.ERRORS,
    **files.ERRORS,
    **marks.ERRORS,
    **rules.ERRORS,
    **money.ERRORS,
    **alerts.ERRORS,
    **bench.ERRORS,
    **local.ERRORS,
    **pushes.ERRORS,
    **safety.ERRORS,
    **reading.ERRORS,
}
NOTES: dict[str, str] = {
    **marks.NOTES,
    **rules.NOTES,
    **money.NOTES,
    **alerts.NOTES,
    **bench.NOTES,
    **local.NOTES,
    **pushes.NOTES,
    **safety.NOTES,
    **reading.NOTES,
    **notes.NOTES,
}
