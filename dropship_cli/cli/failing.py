"""Errors become one line (or one JSON object) and an exit status; the only broad `except` of the program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from dropship_cli.domain.errors import DropshipError, ExitStatus, StoreError

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen

BROKEN_PIPE = 141
"""128 + SIGPIPE: what a program that the signal killed would leave."""


class Terminated(KeyboardInterrupt):
    """SIGTERM: like Ctrl-C, the calls in flight get their answers first."""


def guarded(screen: Callable[[], Screen], log_file: Callable[[], Path], work: Callable[[], int]) -> int:
    """Run `work` and tell how it ended."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = work()
        sys.stdout.flush()
        return status
    except DropshipError as error:
        screen().error(error)
        return error.exit_status
    except BrokenPipeError:
        _close_quietly()
        return BROKEN_PIPE
    except KeyboardInterrupt as interrupt:
        terminated = isinstance(interrupt, Terminated)
        screen().warning("run.stopped")
        return ExitStatus.TERMINATED if terminated else ExitStatus.INTERRUPTED
    except Exception as error:
        return _defect(screen(), log_file(), error)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


def _close_quietly() -> None:
    """The reader went away (`| head`): let nothing more be written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _defect(screen: Screen, log_file: Path, error: Exception) -> int:
    """The traceback goes to the log file, never to the person; a full disk is no defect."""
    if isinstance(error, OSError) and error.errno is not None:
        import errno

        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG):
            screen.error(
                StoreError("store.full", path=str(error.filename or "stdout"), detail=error.strerror)
            )
            return ExitStatus.STORE
    import logging

    logging.getLogger("dropship").error("defect", exc_info=error)
    screen.error(DropshipError("defect", kind=type(error).__name__, path=str(log_file)))
    return ExitStatus.DEFECT
