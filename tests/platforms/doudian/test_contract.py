"""Doudian keeps the contract, with the sandbox inside the process and behind a port."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dropship_cli.sandbox.app import create_app

from ..contract import PlatformContract  # noqa: TID252 - tests are no package that could be named
from .worlds import Clock, Port, SandboxWorld


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a merchant and its two factories, to be copied: binding them anew takes longest of all."""
    folder = tmp_path_factory.mktemp("bound")
    world = SandboxWorld(folder / "sandbox.db", "sandbox:", Clock())
    world.bind()
    world.close()
    return folder


@pytest.fixture
def path(bound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bound, tmp_path / "world")) / "sandbox.db"


@pytest.fixture(scope="module")
def port() -> Iterator[Port]:
    port = Port()
    yield port
    port.close()


class TestEmbedded(PlatformContract):
    @pytest.fixture
    def world(self, path: Path) -> SandboxWorld:
        return SandboxWorld(path, "sandbox:", Clock())


class TestOnPort(PlatformContract):
    @pytest.fixture
    def world(self, path: Path, port: Port) -> Iterator[SandboxWorld]:
        clock = Clock()
        port.app = create_app(path, clock=clock)
        world = SandboxWorld(path, port.url, clock)
        yield world
        world.close()
