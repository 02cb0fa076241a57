"""`--all-profiles`: one command over every shop of this machine, each in turn; a failing shop stops no other.

In turn and not side by side: a run may be interrupted only between a commit and the next call, and one thread owns
that; what a shop waits for is its platform's rate limit, which a second process would not widen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from dropship_cli.cli import wiring
from dropship_cli.domain.errors import DropshipError, ExitStatus, UsageError

if TYPE_CHECKING:
    from dropship_cli.actions.context import Shop

AllProfiles = Annotated[
    bool,
    typer.Option("--all-profiles", help="Every shop of this machine in turn; one that fails stops no other."),
]


def each_shop(work: Callable[[Shop], int], *, wait: float = 0.0, deadline: float | None = None) -> ExitStatus:
    """Do `work` for every profile and answer the worst status. A shop's error is one line that names its profile.

    `deadline` seconds are for all of them: each may take an equal part of what is left. Wrong usage is wrong for
    every shop, and ends the run. Raises SetupError `profile.none` where there is no profile.
    """
    from dropship_cli.domain.outcome import worst_status

    names = _names()
    ends = None if deadline is None else time.monotonic() + deadline
    statuses = []
    for at, name in enumerate(names):
        share = None if ends is None else max((ends - time.monotonic()) / (len(names) - at), 1.0)
        statuses.append(_one(name, work, wait, share))
    return worst_status(statuses)


def every_shop(doors: ExitStack, failed: list[int]) -> Iterator[Shop]:
    """Every shop, open until `doors` close; the statuses of those that do not open go to `failed`."""
    for name in _names():
        try:
            yield doors.enter_context(wiring.shop(named=name))
        except DropshipError as error:
            failed.append(tell(error, name))


def tell(error: DropshipError, name: str) -> ExitStatus:
    """Say what happened to one shop."""
    wiring.screen().error(error, profile=name)
    return error.exit_status


def _one(name: str, work: Callable[[Shop], int], wait: float, deadline: float | None) -> int:
    is_open = False
    try:
        with wiring.shop(named=name, wait=wait, deadline=deadline) as shop:
            is_open = True
            return work(shop)
    except DropshipError as error:
        if is_open and isinstance(error, UsageError):
            raise
        return tell(error, name)


def _names() -> list[str]:
    if wiring.names_a_profile():
        raise UsageError("usage.profile_or_all")
    home = wiring.home()
    names = home.names()
    if not names:
        raise home.is_empty()
    return names
