"""The installed program in a process of its own, and a prepared world that tests copy; no assertions here."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

DATA = Path(__file__).parent.parent / "data"
FACTORIES = {"factory-1": "880011", "factory-2": "880022", "factory-3": "880033"}


@dataclass(frozen=True)
class Ran:
    """How a call ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error object that `--json` leaves on stderr, its last line."""
        return json.loads(self.err.splitlines()[-1])["error"]

    @property
    def results(self) -> list[tuple[str, str | None]]:
        """How each row ended, in order."""
        return [(row["result"], row["error_code"]) for row in self.json]


class Program:
    """`dropship` with a home folder of its own."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DROPSHIP_")}
        self.environ = {**kept, "DROPSHIP_HOME": str(home), "LANG": "C", "LC_ALL": "C", **environ}

    def __call__(self, *words: str | Path, stdin: str | bytes = "") -> Ran:
        ended = subprocess.run(
            [sys.executable, "-m", "dropship_cli", *map(str, words)],
            env=self.environ,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=100,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def ok(self, *words: str | Path, stdin: str | bytes = "") -> Ran:
        """A call that has to succeed."""
        ran = self(*words, stdin=stdin)
        assert ran.status == 0, (words, ran)
        return ran

    def items(self, profile: str = "merchant") -> dict[str, dict[str, Any]]:
        """What the store knows, by item."""
        return {item["item_id"]: item for item in self.ok("orders", "--json", "-p", profile).json}

    def effects(self) -> list[tuple[str, str, str]]:
        """What the sandbox really did: its own append-only ledger, never our store."""
        with sqlite3.connect(self.home / "sandbox" / "ledger.db") as ledger:
            return list(ledger.execute('SELECT act, item_id, "values" FROM effects ORDER BY seq'))

    def away(self, profile: str = "merchant") -> Callable[[], None]:
        """Let the profile call a port where nobody listens; answers what brings the platform back."""
        path = self.home / "profiles" / profile / "profile.json"
        kept = path.read_text(encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{free.getsockname()[1]}"
        path.write_text(kept.replace('"sandbox:"', f'"{address}"'), encoding="utf-8")

        def back() -> None:
            path.write_text(kept, encoding="utf-8")

        return back

    def state(self) -> tuple[object, ...]:
        """Everything that a call may change: the ledger's effects and the rows of every store."""
        stores = sorted((self.home / "profiles").glob("*/store.db"))
        return (self.effects(), *(_rows(path) for path in stores))


def bound_world(home: Path) -> Program:
    """A merchant bound to three factories, nothing paced."""
    program = Program(home)
    program.ok("init", "--platform", "sandbox")
    program.ok("sandbox", "set", "rate_per_second", "0")
    program.ok("role", "choose", "merchant", "-p", "merchant")
    for profile in FACTORIES:
        program.ok("role", "choose", "factory", "-p", profile)
    for profile in ("merchant", *FACTORIES):
        program.ok("profile", "set", "rate", "1000", "-p", profile)
    for profile, shop in FACTORIES.items():
        program.ok("bind", shop, "--yes", "-p", "merchant")
        program.ok("accept", "660001", "-p", profile)
    return program


def seed(program: Program) -> Program:
    """Buyers place the sample export's orders; the merchant reads them."""
    program.ok("sandbox", "seed", "--orders", DATA / "orders-doudian.csv")
    program.ok("sync", "-p", "merchant")
    return program


def bench(program: Program) -> Program:
    """A dozen items of invented orders at factory 880011, read by it; it has told where it sends from."""
    program.ok("sandbox", "seed", "--random", "12")
    program.ok("sync", "-p", "merchant")
    free = [name for name, one in program.items().items() if one["allocation"] == "unallocated"]
    program("allocate", *free, "--to", "880011", "-p", "merchant")
    program.ok("sync", "-p", "factory-1")
    sender = (
        "--name", "一号仓", "--mobile", "13800000000", "--province", "浙江省", "--city", "金华市",
        "--district", "义乌市", "--detail", "稠州北路1号",
    )  # fmt: skip
    program.ok("waybill", "sender", *sender, "-p", "factory-1")
    return program


def shared_folder(own: Path) -> Path:
    """A folder that all test processes of this run know; `own` is pytest's for this process."""
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(shared: Path, name: str, make: Callable[[Path], Program]) -> Program:
    """The world `name` under `shared`, made by whichever test process comes first."""
    with FileLock(shared / f"{name}.lock"):
        made = shared / f"{name}.made"
        if not made.exists():
            make(shared / name)
            made.touch()
    return Program(shared / name)


def copy_of(program: Program, home: Path) -> Program:
    """The same world in another folder, to do with as a test likes."""
    shutil.copytree(program.home, home)
    return Program(home)


def _rows(path: Path) -> tuple[object, ...]:
    tables = (
        "items", "operations", "bindings", "facts", "log", "rules", "prices", "local_factories", "local_allocations",
    )  # fmt: skip
    with sqlite3.connect(path) as store:
        return tuple(tuple(store.execute(f"SELECT * FROM {table} ORDER BY 1")) for table in tables)
