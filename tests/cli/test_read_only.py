"""A profile made with `init --read-only` changes nothing, whichever command is tried: nothing on the platform, and
nothing that a person decides about orders here (rules, prices, holds, notes).

It reads, and it may be stopped, copied and purged. Every command is in one of the two tables; a new one has to be
put there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inside import Inside
from program import Program, copy_of

from dropship_cli.cli.main import COMMANDS, build

ITEM = "6923007000000001327"
REFUSED = {
    "allocate": f"allocate {ITEM} --to 880022",
    "unallocate": f"unallocate {ITEM}",
    "ship": "ship 6923007000000001328 -c 中通 -t 78173786485074",
    "bind": "bind 880022 --yes",
    "unbind": "unbind 880011 --yes",
    "accept": "accept 660001 -p factory-1",
    "reject": "reject 660001 --reason no -p factory-1",
    "waybill get": f"waybill get {ITEM} -c 中通",
    "waybill cancel": "waybill cancel 76000000000001",
    "role choose": "role choose merchant --shop-name X",
    "role switch": "role switch",
    "queue retry": "queue retry",
    "queue drop": "queue drop 0 --yes",
    "reveal": "reveal 6923007000000001326 --json",
    "rules add": "rules add --default --to 880011",
    "rules undo": "rules undo",
    "price set": "price set --partner 880011 --sku X --price 2",
    "factory add": "factory add 老王家",
    "hold": f"hold {ITEM} --reason x",
    "release": f"release {ITEM}",
    "note": f"note {ITEM} --text x",
    "ack": "ack --all",
    "api": "api iop.sellerDistribute --yes",
}
"""Commands that change something, or spend the platform's quota (`reveal`), each as it is called."""

HERE = {
    "ack",
    "backup",
    "bindings",
    "carriers",
    "demo",
    "doctor",
    "export",
    "factory",
    "hold",
    "init",
    "listen",
    "log",
    "login",
    "logout",
    "note",
    "notify",
    "order",
    "orders",
    "pick",
    "price",
    "profile",
    "purge",
    "queue list",
    "release",
    "restore",
    "resume",
    "role",
    "rules",
    "sandbox",
    "sheet",
    "statement",
    "stats",
    "status",
    "stop",
    "sync",
    "waybill list",
    "waybill print",
    "waybill sender",
}
"""Commands, or whole groups of them, that read the platform at most (the sandbox is the platform itself)."""


def leaves(command: Any, path: str = "") -> Iterator[str]:
    """Every command that can be called, by its words."""
    children = getattr(command, "commands", {})
    if not children:
        yield path
    for name, child in children.items():
        yield from leaves(child, f"{path} {name}".strip())


def test_every_command_is_known_to_change_the_platform_or_not_to() -> None:
    all_of_them = set(leaves(build(list(COMMANDS))))
    assert len(all_of_them) > 40, "the walk finds nothing any more"
    told = {name for name in all_of_them if name in REFUSED or {name, name.split()[0]} & HERE}
    assert sorted(all_of_them - told) == []
    assert sorted(REFUSED.keys() - all_of_them) == []


@pytest.fixture(scope="module")
def reader(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A world of read-only profiles in which the item is allocated."""
    program = Inside(copy_of(seeded_once, tmp_path_factory.mktemp("reader") / "world").home)
    program.ok("allocate", ITEM, "--to", "880011")
    for path in (program.home / "profiles").glob("*/profile.json"):
        made = path.read_text("utf-8")
        path.write_text(made.replace('"read_only": false', '"read_only": true'), "utf-8")
    return program


@pytest.mark.parametrize("name", REFUSED)
def test_a_change_is_refused_and_nothing_is_even_journalled(reader: Program, name: str) -> None:
    before, calls = reader.effects(), changing_calls(reader)
    ran = reader(*REFUSED[name].split(), "--json")
    # Of a role that is fixed the program says so before it comes to changing anything.
    expected = "role.fixed" if name == "role switch" else "profile.read_only"
    assert (ran.status, ran.error["code"]) == (4, expected), ran
    assert (reader.effects(), changing_calls(reader)) == (before, calls)
    assert reader.ok("queue", "--json").json == []


def test_reading_stopping_copying_and_purging_are_allowed(reader: Program, tmp_path: Path) -> None:
    """The platform sees no change of it."""
    before, calls = reader.effects(), changing_calls(reader)
    for words in (
        "sync", "rules list", "stop --reason x", "resume", "login", "purge --yes",
        f"backup {tmp_path}/copy.db", "doctor", f"allocate {ITEM} --to 880022 --dry-run",
    ):  # fmt: skip
        assert reader(*words.split()).status in (0, 4), words
    assert (reader.effects(), changing_calls(reader)) == (before, calls)


def changing_calls(program: Program) -> int:
    """How many calls the platform has seen that could change something there, whatever it answered."""
    reading = ("%Get", "%List", "%Info", "%Detail", "token.%")
    with sqlite3.connect(program.home / "sandbox" / "ledger.db") as ledger:
        (number,) = ledger.execute(
            f"SELECT count(*) FROM calls WHERE NOT ({' OR '.join(['method LIKE ?'] * len(reading))})", reading
        ).fetchone()
    return int(number)
