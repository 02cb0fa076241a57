"""The one family of errors: a stable code, the facts, an exit status; never prose (that lives in `terminal`).

DropshipError
├── UsageError          2   wrong usage, or a file that can't be read; nothing was done
├── SetupError          3   not set up, or not authorised
├── RefusedError        4   refused by a rule; nothing was done
├── UnavailableError    5   the platform or the network is away
├── BusyError           7   another run holds the lock of this shop
└── StoreError         74   the store or the disk failed
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitStatus(IntEnum):
    """What a script reads; the table is in the contract (cli.md, "Exit status")."""

    DONE = 0
    PARTLY = 1
    USAGE = 2
    SETUP = 3
    REFUSED = 4
    QUEUED = 5
    UNKNOWN = 6
    BUSY = 7
    DEFECT = 70
    STORE = 74
    INTERRUPTED = 130
    TERMINATED = 143


class DropshipError(Exception):
    """Something that a person can act on: `code` is dotted and stable, `values` fill its sentence."""

    exit_status: ClassVar[ExitStatus] = ExitStatus.DEFECT

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        facts = " ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} {facts}".rstrip()


class UsageError(DropshipError):
    """Wrong usage, or an input file that can't be read."""

    exit_status = ExitStatus.USAGE


class SetupError(DropshipError):
    """No profile, no secret, no token, or the platform does not take them."""

    exit_status = ExitStatus.SETUP


class RefusedError(DropshipError):
    """A rule, ours or the platform's, forbids it."""

    exit_status = ExitStatus.REFUSED


class UnavailableError(DropshipError):
    """The platform could not be reached for a reading."""

    exit_status = ExitStatus.QUEUED


class BusyError(DropshipError):
    """Another run talks to the platform for this shop."""

    exit_status = ExitStatus.BUSY


class StoreError(DropshipError):
    """The database file or the disk under it failed."""

    exit_status = ExitStatus.STORE


class Interrupted(BaseException):
    """Somebody wants the program to end: Ctrl-C, or the system. Not an error: what is in flight ends first.

    `queued` and `unknown` count what is still on its way, as far as whoever was interrupted knows.
    """

    def __init__(self, exit_status: ExitStatus) -> None:
        super().__init__(exit_status)
        self.exit_status = exit_status
        self.queued: int | None = None
        self.unknown: int | None = None
