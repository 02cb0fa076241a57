"""The fault tests' stages, folders and figures, for the machine too."""

from __future__ import annotations

from tests.faults.conftest import _no_waiting, figure, folder, stages

__all__ = ["_no_waiting", "figure", "folder", "stages"]
