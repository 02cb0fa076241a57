"""The fault tests' stages, folders and figures, for the machine too."""

from __future__ import annotations

import pytest

from tests.faults import figures
from tests.faults.conftest import _no_waiting, figure, folder, stages

__all__ = ["_no_waiting", "figure", "folder", "stages"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures.summarise(terminalreporter)
