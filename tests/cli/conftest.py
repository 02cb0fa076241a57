"""Worlds made once a run, whatever the number of test processes, and copied for each test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from program import Program, bench, bound_world, copy_of, made_once, seed, shared_folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run know."""
    return shared_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def bound_once(shared: Path) -> Program:
    return made_once(shared, "bound", bound_world)


@pytest.fixture(scope="session")
def seeded_once(shared: Path, bound_once: Program) -> Program:
    return made_once(shared, "seeded", lambda home: seed(copy_of(bound_once, home)))


@pytest.fixture(scope="session")
def bench_once(shared: Path, bound_once: Program) -> Program:
    """Some items at factory 880011; not to be changed."""
    return made_once(shared, "bench", lambda home: bench(copy_of(bound_once, home)))


@pytest.fixture
def bound(bound_once: Program, tmp_path: Path) -> Program:
    """A merchant bound to three factories, no orders."""
    return copy_of(bound_once, tmp_path / "world")


@pytest.fixture
def seeded(seeded_once: Program, tmp_path: Path) -> Program:
    """The bound merchant with the sample's 400 orders."""
    return copy_of(seeded_once, tmp_path / "world")


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """The four sandbox profiles, no role chosen."""
    program = Program(tmp_path / "world")
    program.ok("init", "--platform", "sandbox")
    return program
