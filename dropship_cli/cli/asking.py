"""Questions to a person: only at a terminal; elsewhere the answer has to come as a flag."""

from __future__ import annotations

import sys

from dropship_cli.domain.errors import RefusedError, UsageError
from dropship_cli.terminal.screen import Screen
from dropship_cli.terminal.words import note


def confirm(screen: Screen, code: str, *, yes: bool, **values: object) -> None:
    """Go on with a yes; without a terminal `--yes` must have been given."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("confirm.needed", flag="--yes")
    if not screen.confirm(code, **values):
        raise RefusedError("confirm.refused")


def question(screen: Screen, code: str) -> str:
    """What is asked, in the person's language; even `--quiet` must not ask in silence."""
    return note(code, screen.lang, {}) + " "


def ask(screen: Screen, code: str, flag: str, given: str | None) -> str:
    """The given value, or the person's answer at the terminal; elsewhere a usage error that names the flag."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise UsageError("input.needed", flag=flag)
    screen.err.write(question(screen, code))
    screen.err.flush()
    answer = sys.stdin.readline().strip()
    if not answer:
        raise UsageError("input.needed", flag=flag)
    return answer
