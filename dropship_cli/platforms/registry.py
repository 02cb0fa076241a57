"""From a platform's name to the platform, looked up late: only the one that is named is loaded.

Any package can add one through the entry point group `dropship.platforms`; ours use the same door.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.settings import Settings
from dropship_cli.domain.shop import Profile
from dropship_cli.platforms.base import Platform
from dropship_cli.platforms.base_url import EMBEDDED

GROUP = "dropship.platforms"

_BASE_URLS: Mapping[str, str] = {"doudian": "https://openapi-fxg.jinritemai.com", "sandbox": EMBEDDED}


@dataclass(frozen=True, slots=True)
class Opening:
    """What a platform gets when it is opened.

    `secret` is called when a call is signed, not before. `transport` is an `httpx.BaseTransport` in place of the
    network (loosely typed: naming httpx here would load it). `clock` gives Unix seconds (time stamps, tokens);
    `monotonic` seconds that never jump (pace, patience); `deadline_at` is a value of `monotonic` after which
    nothing new is sent.
    """

    profile: Profile
    settings: Settings
    secret: Callable[[], str]
    token_path: Path
    transport: Any = None
    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    deadline_at: float | None = None


def open_platform(opening: Opening) -> Platform:
    """The profile's platform. Raises `UsageError("platform.unknown")` naming the known ones."""
    from importlib.metadata import entry_points

    for found in entry_points(group=GROUP, name=opening.profile.platform):
        return cast(Platform, found.load()(opening))
    raise UsageError("platform.unknown", platform=opening.profile.platform, known=", ".join(known()))


def known() -> list[str]:
    """The names of the platforms that are installed; none of them is loaded."""
    from importlib.metadata import entry_points

    return sorted({found.name for found in entry_points(group=GROUP)})


def default_base_url(platform: str) -> str | None:
    """Where a platform is unless the profile says otherwise; `None` where only its own package knows."""
    return _BASE_URLS.get(platform)
