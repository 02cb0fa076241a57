"""Platforms are found by name, late, and one at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.settings import settings_of
from dropship_cli.domain.shop import Profile
from dropship_cli.platforms import registry
from dropship_cli.platforms.doudian.client import Doudian
from dropship_cli.platforms.doudian.console import Console
from dropship_cli.platforms.registry import Opening


def opening(platform: str, tmp_path: Path) -> Opening:
    profile = Profile("merchant", platform, "660001", "7000000000000000001", "https://platform.invalid")
    inner = httpx.MockTransport(lambda request: httpx.Response(500))
    return Opening(profile, settings_of({}), lambda: "secret", tmp_path / "token.json", transport=inner)


@pytest.mark.parametrize(("platform", "kind"), [("doudian", Doudian), ("sandbox", Console)])
def test_a_name_opens_its_platform(platform: str, kind: type, tmp_path: Path) -> None:
    assert type(registry.open_platform(opening(platform, tmp_path))) is kind


def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        registry.open_platform(opening("taobao", tmp_path))
    assert caught.value.code == "platform.unknown"
    assert "doudian, sandbox" in str(caught.value.values["known"])


def test_where_platforms_are_by_default() -> None:
    assert registry.default_base_url("doudian") == "https://openapi-fxg.jinritemai.com"
    assert registry.default_base_url("sandbox") == "sandbox:"
    assert registry.default_base_url("another") is None


def test_naming_platforms_loads_none_of_them() -> None:
    code = (
        "import sys; from dropship_cli.platforms import registry; registry.known();"
        "print([m for m in ('httpx', 'pydantic', 'stamina', 'filelock') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_platform_of_another_package_is_loaded_when_it_is_named_and_not_before(tmp_path: Path) -> None:
    """An entry point that would end the program at its import does no harm to those who name another one."""
    folder = tmp_path / "site"
    (folder / "foreign-1.dist-info").mkdir(parents=True)
    (folder / "foreign-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: foreign\nVersion: 1\n"
    )
    (folder / "foreign-1.dist-info" / "entry_points.txt").write_text(
        "[dropship.platforms]\nforeign = foreign_platform:open_it\n"
    )
    (folder / "foreign_platform.py").write_text(
        "print('loaded')\ndef open_it(opening): return 'a platform'\n"
    )
    code = (
        "import sys; from dropship_cli.platforms import registry as r; from types import SimpleNamespace as N\n"
        "print(r.known(), 'foreign_platform' in sys.modules)\n"
        "try: r.open_platform(N(profile=N(platform='nobody')))\n"
        "except Exception as e: print(e.code, 'foreign_platform' in sys.modules)\n"
        "print(r.open_platform(N(profile=N(platform='foreign'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(folder)},
    )
    assert done.stdout.splitlines() == [
        "['doudian', 'foreign', 'sandbox'] False", "platform.unknown False", "loaded", "a platform",
    ]  # fmt: skip
