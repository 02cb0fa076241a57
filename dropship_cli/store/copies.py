"""The copies of a store that the program itself has left beside it: before a migration, and when one was replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_OURS = re.compile(r"(\.(before-\d+|replaced-[\d-]+|restoring))+(\.part|-wal|-shm|-journal)*")


def own_copies(place: Path) -> list[Path]:
    """Every whole or half copy of the store `place`, with their logs, by name."""
    beside = sorted(place.parent.glob(f"{place.name}.*"))
    return [path for path in beside if path.is_file() and _OURS.fullmatch(path.name[len(place.name) :])]


def made_before(files: Iterable[Path], moment: float) -> list[Path]:
    """Those that were last written before `moment` (Unix seconds)."""
    return [file for file in files if file.stat().st_mtime < moment]
