"""Stages shared by all, a folder for each case that goes away, readings retried without waiting, figures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.faults import figures
from tests.faults.stages import Stages

MEMORY = next((path for path in ("/dev/shm",) if os.access(path, os.W_OK)), None)
"""A file system in memory, where there is one: no test of this folder is about power cuts."""


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Every stage is built once a run."""
    return Stages(tmp_path_factory.mktemp("stages"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """Hundreds of worlds would fill the disk if pytest kept them; in memory they do not wait for it either."""
    with tempfile.TemporaryDirectory(prefix="world-", dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Readings are tried as often as ever, at once."""
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> figures.Figure:
    """Add to a figure of this run."""
    return figures.recorder(request.node)
