"""The outside world switched off: a home of one's own, no network beyond loopback, one Hypothesis profile a mode."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PROFILE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("seeded", max_examples=300, **PROFILE)
settings.register_profile("ci", max_examples=300, derandomize=True, **PROFILE)
settings.register_profile("nightly", max_examples=10_000, **PROFILE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--nightly", action="store_true", help="long modes: thousands of examples, hundreds of kills"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(_profile(config))
    # A shell that runs us in the background has Ctrl-C ignored, and every program that a test starts would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _profile(config: pytest.Config) -> str:
    """The same examples every day, so that a failure is of the change at hand; others at night, or by a seed."""
    if config.getoption("--nightly"):
        return "nightly"
    return "ci" if config.getoption("--hypothesis-seed") is None else "seeded"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--nightly"):
        return
    skip = pytest.mark.skip(reason="runs with --nightly")
    for item in items:
        if "nightly" in item.keywords:
            item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of the run; here, because only this file is read by the process that prints for all workers."""
    from tests.faults.figures import summarise

    summarise(terminalreporter)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own; nothing of the developer's environment leaks in."""
    for name in [name for name in os.environ if name.startswith("DROPSHIP_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("DROPSHIP_HOME", str(folder))
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    return folder


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that knocks anywhere but on this machine fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wanted to reach {host}")
        connect(self, address)  # type: ignore[arg-type] - handed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded)
