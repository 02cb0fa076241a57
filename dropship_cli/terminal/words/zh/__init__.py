"""Chinese, put together from its parts."""

from __future__ import annotations

from dropship_cli.terminal.words.zh import (
    alerts,
    bench,
    files,
    local,
    notes,
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
    **rules.ERRORS,
    **alerts.ERRORS,
    **bench.ERRORS,
    **local.ERRORS,
    **safety.ERRORS,
}
NOTES: dict[str, str] = {
    **rules.NOTES,
    **alerts.NOTES,
    **bench.NOTES,
    **local.NOTES,
    **safety.NOTES,
    **notes.NOTES,
}
