"""Doudian keeps the contract, with the sandbox inside the process and behind a port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..contract import PlatformContract
from .worlds import Clock, SandboxWorld, on_port


class TestEmbedded(PlatformContract):
    @pytest.fixture
    def world(self, tmp_path: Path) -> SandboxWorld:
        world = SandboxWorld(tmp_path / "sandbox.db", "sandbox:", Clock())
        world.bind()
        return world


class TestOnPort(PlatformContract):
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[SandboxWorld]:
        clock = Clock()
        with on_port(tmp_path / "sandbox.db", clock) as url:
            world = SandboxWorld(tmp_path / "sandbox.db", url, clock)
            world.bind()
            yield world
