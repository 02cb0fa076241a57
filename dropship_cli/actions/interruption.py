"""When a signal may end the run: not between a commit and the call that belongs to it. No signal is set up here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dropship_cli.domain.errors import Interrupted


class _Run:
    """This process's one run; signals come to its main thread only."""

    busy = 0
    wish: Interrupted | None = None


def interrupt(wish: Interrupted) -> None:
    """End the run now, or as soon as the step in hand is finished."""
    if not _Run.busy:
        raise wish
    _Run.wish = wish


@contextmanager
def finishing() -> Iterator[None]:
    """A step that is finished before a signal counts."""
    _Run.busy += 1
    try:
        yield
    finally:
        _Run.busy -= 1
    if not _Run.busy and _Run.wish is not None:
        wish, _Run.wish = _Run.wish, None
        raise wish
