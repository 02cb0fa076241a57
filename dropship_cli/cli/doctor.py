"""`doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

from dropship_cli.cli import wiring
from dropship_cli.domain.errors import ExitStatus


def doctor() -> int:
    """Check configuration, files, store, journal, token, reach and clock of this profile.

    Example: dropship doctor
    """
    from dropship_cli.actions.doctor import examine
    from dropship_cli.terminal.words import hint, joined, note, sentence

    screen = wiring.screen()
    with wiring.shop() as shop:
        checks = examine(shop)
    rows = []
    for check in checks:
        said = check.code, screen.lang, dict(check.values)
        told = joined(sentence(*said), hint(*said), screen.lang) if check.state == "bad" else note(*said)
        rows.append({"name": check.name, "state": check.state, "text": told, "code": check.code})
    screen.records("checks", rows)
    if any(check.state == "bad" for check in checks):
        screen.note("doctor.bad")
        return ExitStatus.PARTLY
    return ExitStatus.DONE
