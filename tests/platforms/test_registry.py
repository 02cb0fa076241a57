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
