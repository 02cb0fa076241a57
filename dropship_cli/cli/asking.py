"""Questions to a person: only at a terminal; elsewhere the answer has to come as a flag."""

from __future__ import annotations

import sys

from dropship_cli.domain.errors import RefusedError, UsageError
from dropship_cli.terminal.screen import Screen


def confirm(screen: Screen, code: str, *, yes: bool, **values: object) -> None:
    """Go on with a yes; without a terminal `--yes` must have been given."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("confirm.needed", flag="--yes")
    if not screen.confirm(code, **values):
        raise RefusedError("confirm.refused")


def ask(screen: Screen, code: str, flag: str, given: str | None) -> str:
    """The given value, or the person's answer at the terminal; elsewhere a usage error that names the flag."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise UsageError("input.needed", flag=flag)
    screen.note(code)
    answer = sys.stdin.readline().strip()
    if not answer:
        raise UsageError("input.needed", flag=flag)
    return answer
