"""The installed program as processes of its own: started, waited for, killed; and the home they work in."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

OUTSIDE = Path(__file__).parent / "outside"
PATIENT = {"quiet": "0.8", "reread": "0.1", "read_timeout": "0.4", "rate": "1000"}
"""Settings of every profile: short times, so that nobody waits long."""
LATER = {"FAULTS_AHEAD": "1.5"}
"""What lets a run believe that the quiet time is over."""
SHOPS = {"merchant": "660001", "factory-1": "880011", "factory-2": "880022", "factory-3": "880033"}


class Nursery:
    """A process that forks runs of the program, one at a time."""

    def __init__(self) -> None:
        environ = {**os.environ, "PYTHONPATH": str(OUTSIDE), "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(OUTSIDE / "nursery.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, text=True,
        )  # fmt: skip

    def start(
        self, home: Path, argv: Sequence[str], environ: Mapping[str, str] | None = None, *, barrier: str = ""
    ) -> int:
        """Start a run; answers its process number."""
        out = home / "out.txt"
        job = {"argv": ["--home", str(home), *argv], "environ": dict(environ or {}), "barrier": barrier}
        self._send({**job, "out": str(out)})
        return self._hear("pid")

    def wait(self) -> int:
        """The exit status of the run that was started; a signal's number below 0."""
        return self._hear("status")

    def run(self, home: Path, argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
        """Start and wait."""
        self.start(home, argv, environ)
        return self.wait()

    def kill(self, pid: int) -> None:
        """SIGKILL, unless it has ended by itself."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, job: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()

    def _hear(self, name: str) -> int:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return int(json.loads(line)[name])


@dataclass
class Place:
    """A home folder and the ledger behind its port; `copy` gives the same once more."""

    folder: Path
    items: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def ledger(self) -> Path:
        """Where `sandbox serve` of this home would keep it."""
        return self.home / "sandbox" / "ledger.db"

    def store(self, profile: str) -> Path:
        """The database of a profile."""
        return self.home / "profiles" / profile / "store.db"

    def stores(self) -> dict[str, Path]:
        """Every shop's database, by shop id."""
        return {shop_id: self.store(name) for name, shop_id in SHOPS.items() if self.store(name).exists()}

    def copy(self, folder: Path) -> Place:
        """Nobody may be at work in this one."""
        shutil.copytree(self.home, folder / "home", ignore=shutil.ignore_patterns("ledger.db*"))
        made = Place(folder, list(self.items))
        with closing(sqlite3.connect(self.ledger)) as old, closing(sqlite3.connect(made.ledger)) as new:
            old.backup(new)
        return made

    def sheet(self, name: str, rows: Sequence[Sequence[str]]) -> str:
        """A batch file; the first row holds the headers."""
        path = self.folder / name
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
        return str(path)


def allocation_sheet(place: Place, count: int, factory: str = "880011") -> str:
    """The first so many items to one factory."""
    rows = [("item_id", "factory_id"), *((one, factory) for one in place.items[:count])]
    return place.sheet("allocate.csv", rows)


def shipment_sheet(place: Place, count: int, prefix: str = "SF10") -> str:
    """The first so many items, each in a package of its own."""
    rows = [("item_id", "carrier", "tracking_number")]
    rows += [(one, "shunfeng", f"{prefix}{at:08d}") for at, one in enumerate(place.items[:count])]
    return place.sheet(f"ship{prefix}.csv", rows)
