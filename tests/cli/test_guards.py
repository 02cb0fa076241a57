"""What keeps two runs, a read-only profile and other users of the machine out of harm's way."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bystanders import held
from program import Program, copy_of

ITEM = "6923007000000001327"


@pytest.mark.parametrize(
    "words",
    [
        "sync",
        "login",
        "logout",
        "queue retry",
        "restore COPY --yes",
        "profile remove merchant --yes",
        "api iop.roleGet",
    ],
)
def test_whatever_needs_the_shop_alone_is_told_who_has_it(
    bound_once: Program, tmp_path: Path, words: str
) -> None:
    """Busy at once, with the holder's number; nothing is changed."""
    before = bound_once.state()
    copy = shutil.copyfile(bound_once.home / "profiles" / "merchant" / "store.db", tmp_path / "copy.db")
    with held(bound_once, "merchant") as holder:
        ran = bound_once(*words.replace("COPY", str(copy)).split(), "--json")
        assert (ran.status, ran.error["code"], ran.error["pid"]) == (7, "lock.busy", str(holder.pid)), ran
    assert bound_once.state() == before


def test_wait_waits_for_the_other_run(seeded: Program) -> None:
    """The wish is in the journal before the wait begins, and is sent when the other run ends."""
    with held(seeded, "merchant") as holder:
        run = subprocess.Popen(
            [sys.executable, "-m", "dropship_cli", "allocate", ITEM, "--to", "880011", "--wait", "60"],
            env=seeded.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not _queued(seeded):
            assert run.poll() is None
            time.sleep(0.02)
        holder.communicate("")
        assert run.wait(60) == 0
    assert [item for act, item, _ in seeded.effects() if act == "allocated"] == [ITEM]


CHANGES = [
    f"allocate {ITEM} --to 880011", f"unallocate {ITEM}", f"ship {ITEM} -c 中通 -t 78173786485074",
    "bind 880022 --yes", "unbind 880011 --yes", "role choose merchant --shop-name X", "queue retry",
    "api iop.sellerDistribute --yes",
]  # fmt: skip


@pytest.fixture(scope="module")
def read_only(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = copy_of(seeded_once, tmp_path_factory.mktemp("read-only") / "world")
    program.ok("allocate", ITEM, "--to", "880011")
    path = program.home / "profiles" / "merchant" / "profile.json"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace('"read_only": false', '"read_only": true'), encoding="utf-8")
    return program


@pytest.mark.parametrize("words", CHANGES)
def test_a_read_only_profile_changes_nothing(read_only: Program, words: str) -> None:
    """Every change is refused by name; what is unchanged anyway is no change."""
    before = read_only.effects()
    ran = read_only(*words.split(), "--json")
    assert (ran.status, ran.error["code"]) == (4, "profile.read_only"), ran
    assert read_only.effects() == before
    assert read_only.ok("queue", "--json").json == []


def test_a_read_only_profile_reads(read_only: Program) -> None:
    for words in (
        "sync",
        "orders",
        "status",
        "doctor",
        "api iop.roleGet",
        f"allocate {ITEM} --to 880022 --dry-run",
    ):
        assert read_only(*words.split()).status in (0, 4), words
    made = read_only.ok(
        "init", "--platform", "sandbox", "--profile", "looker", "--shop-id", "660001", "--read-only", "--json"
    )
    assert made.json[0]["read_only"] is True


def test_everything_stays_closed_to_others_through_a_whole_day(seeded: Program, tmp_path: Path) -> None:
    """Copies, error sheets and logs too, under a umask that forbids nothing."""
    words = " && ".join(
        f"{sys.executable} -m dropship_cli {one}"
        for one in (
            f"allocate {ITEM} --to 880011", f"backup {tmp_path}/copy.db",
            f"restore {tmp_path}/copy.db --yes", "sync", "doctor",
        )
    )  # fmt: skip
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("item_id,factory_id\n42,880011\n", encoding="utf-8")
    words += (
        f"; {sys.executable} -m dropship_cli allocate --batch {sheet} --errors {tmp_path}/failed.csv; true"
    )
    subprocess.run(["sh", "-c", f"umask 000; {words}"], env=seeded.environ, check=True, capture_output=True)
    written = [*seeded.home.rglob("*"), *tmp_path.glob("copy*"), tmp_path / "failed.csv"]
    assert len(written) > 10
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_files_that_a_library_makes_are_closed_too(tmp_path: Path) -> None:
    """The program forbids it for good before anything else: what is opened later has no say."""
    code = "from dropship_cli.__main__ import main; main(); open('made', 'w').close()"
    command = f'umask 000; exec {sys.executable} -c "{code}" --version'
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600


def _queued(program: Program) -> bool:
    with sqlite3.connect(program.home / "profiles" / "merchant" / "store.db") as store:
        (number,) = store.execute("SELECT count(*) FROM operations WHERE state = 'queued'").fetchone()
    return bool(number)
