"""English, put together from its parts."""

from __future__ import annotations

from dropship_cli.terminal.words.en import bench, files, local, notes, rules, setup, wire, work

ERRORS: dict[str, tuple[str, str]] = {
    **setup.ERRORS,
    **work.ERRORS,
    **wire.ERRORS,
    **files.ERRORS,
    **rules.ERRORS,
    **local.ERRORS,
    **bench.ERRORS,
}
NOTES: dict[str, str] = {**notes.NOTES, **rules.NOTES, **local.NOTES, **bench.NOTES}
