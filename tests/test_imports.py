"""Starts stay light, and every module can be imported: names don't wander, milliseconds do."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

import dropship_cli

HEAVY = {
    "rich", "pydantic", "httpx", "sqlite_utils", "asyncio", "stamina", "werkzeug", "waitress", "keyring",
    "python_calamine", "xlsxwriter", "reportlab", "logging.handlers", "importlib.metadata",
}  # fmt: skip

LOOK = """
import sys
from dropship_cli.__main__ import main
sys.argv = ["dropship", *{words!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\n".join(sys.modules), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home with the sandbox's profiles and a store."""
    environ = {"DROPSHIP_HOME": str(tmp_path_factory.mktemp("light")), "PATH": "/usr/bin:/bin"}
    for words in (["init", "--platform", "sandbox"], ["role", "choose", "merchant"]):
        subprocess.run(
            [sys.executable, "-m", "dropship_cli", *words], env=environ, check=True, capture_output=True
        )
    return environ


@pytest.mark.parametrize(
    "words", ["--version", "--help", "orders --json", "status --json", "log --json", "queue --json"]
)
def test_reading_commands_load_nothing_heavy(words: str, environ: dict[str, str]) -> None:
    """What only a call to the platform, a table or a spreadsheet needs is not loaded by these."""
    code = LOOK.format(words=words.split())
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stderr.split())


@pytest.mark.parametrize(
    "name", [one.name for one in pkgutil.walk_packages(dropship_cli.__path__, "dropship_cli.")]
)
def test_every_module_stands_by_itself(name: str) -> None:
    """No module needs another to have been imported first."""
    if not name.endswith("__main__"):
        importlib.import_module(name)
