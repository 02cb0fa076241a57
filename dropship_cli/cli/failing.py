"""Errors become one line (or one JSON object) and an exit status; the only broad `except` of the program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from dropship_cli.actions.interruption import interrupt
from dropship_cli.domain.errors import DropshipError, ExitStatus, Interrupted, StoreError

if TYPE_CHECKING:
    from dropship_cli.terminal.screen import Screen

BROKEN_PIPE = 141
"""128 + SIGPIPE: what a program that the signal killed would leave."""


def guarded(screen: Callable[[], Screen], log_file: Callable[[], Path], work: Callable[[], int]) -> int:
    """Run `work` and tell how it ended."""
    _listen_to_signals()
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
    except Interrupted as interrupt:
        screen().warning("run.ended_early", queued=interrupt.queued, unknown=interrupt.unknown)
        return interrupt.exit_status
    except Exception as error:
        return _defect(screen(), log_file(), error)


def _listen_to_signals() -> None:
    """Ctrl-C and SIGTERM end the run after the calls in flight; where the shell ignores one, so do we."""
    for number, status in ((signal.SIGINT, ExitStatus.INTERRUPTED), (signal.SIGTERM, ExitStatus.TERMINATED)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _Interrupter(status))


class _Interrupter:
    """The first signal is a wish, the second an order: the journal is durable, what was in flight is unknown."""

    asked = False

    def __init__(self, status: ExitStatus) -> None:
        self._status = status

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if _Interrupter.asked:
            os._exit(self._status)
        _Interrupter.asked = True
        interrupt(Interrupted(self._status))


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
