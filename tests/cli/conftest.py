"""Worlds made once a session and copied for each test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from program import Program, bound_world, copy_of, seeded_world


@pytest.fixture(scope="session")
def bound_once(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return bound_world(tmp_path_factory.mktemp("bound") / "home")


@pytest.fixture(scope="session")
def seeded_once(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return seeded_world(tmp_path_factory.mktemp("seeded") / "home")


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
