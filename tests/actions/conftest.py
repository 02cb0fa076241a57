"""A factory's bench, made once for all tests of a process and copied for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.bench import made
from tests.faults.world import World


@pytest.fixture(scope="session")
def bench_once(tmp_path_factory: pytest.TempPathFactory) -> World:
    return made(tmp_path_factory.mktemp("bench") / "world")


@pytest.fixture
def bench(bench_once: World, tmp_path: Path) -> World:
    """Four items at factory A, three of them for one receiver; the factory has told where it sends from."""
    folder = tmp_path / "world"
    folder.mkdir()
    return bench_once.copy(folder)
