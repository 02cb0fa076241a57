"""The scripts of `examples/` run as cron runs them: a bare environment, no terminal, quiet when all is well."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "cli"))

from program import DATA, Program, bound_world, copy_of, made_once, seed, shared_folder

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Program:
    bound = made_once(shared_folder(tmp_path_factory.getbasetemp()), "bound", bound_world)
    return seed(copy_of(bound, tmp_path_factory.mktemp("examples") / "home"))


def cron(world: Program, script: str, profile: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """As cron calls: an environment of four variables."""
    launcher = world.home.parent / "dropship"
    launcher.write_text(f'#!/bin/sh\nexec {sys.executable} -m dropship_cli "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    environ = {
        "PATH": "/usr/bin:/bin",
        "DROPSHIP": str(launcher),
        "DROPSHIP_HOME": str(world.home),
        "DROPSHIP_PROFILE": profile,
    }
    return subprocess.run(
        [str(EXAMPLES / script), *map(str, words)],
        env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_a_morning_and_an_afternoon(world: Program, tmp_path: Path) -> None:
    """What the sheets ask for is done; refused rows are named in one line; a second run ships nothing twice."""
    sheet = tmp_path / "allocate.csv"
    assert cron(world, "merchant-morning.sh", "merchant", sheet).returncode == 0  # no sheet yet
    shutil.copy(DATA / "allocate.csv", sheet)
    morning = cron(world, "merchant-morning.sh", "merchant", sheet)
    assert (morning.returncode, morning.stdout, morning.stderr) == (0, "", "")

    outbox = tmp_path / "outbox"
    outbox.mkdir()
    shutil.copy(DATA / "tracking-gb18030.csv", outbox / "today.csv")
    afternoon = cron(world, "factory-afternoon.sh", "factory-1", outbox)
    assert (afternoon.returncode, afternoon.stdout) == (1, "")
    assert afternoon.stderr.splitlines() == [f"some rows were refused: see {outbox}/today.csv.failed.csv"]
    assert (outbox / "done" / "today.csv").is_file()
    shipped = [one for one in world.items("factory-1").values() if one["shipment"] == "shipped"]
    assert len(shipped) == 188

    before = world.effects()
    shutil.copy(DATA / "tracking-gb18030.csv", outbox / "again.csv")
    cron(world, "factory-afternoon.sh", "factory-1", outbox)
    cron(world, "merchant-morning.sh", "merchant", sheet)
    assert world.effects() == before


def test_refused_rows_leave_a_sheet_to_mend(world: Program, tmp_path: Path) -> None:
    """A row that can't be done is said by one line on stderr, and stands in the errors file."""
    sheet = tmp_path / "allocate.csv"
    sheet.write_text("item_id,factory_id\n42,880011\n", encoding="utf-8")
    ran = cron(world, "merchant-morning.sh", "merchant", sheet, tmp_path / "failed.csv")
    assert ran.returncode == 4
    assert ran.stderr == f"some rows of {sheet} were refused: see {tmp_path}/failed.csv\n"
    assert "item.unknown" in (tmp_path / "failed.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_plain_sh(script: Path) -> None:
    """They parse as POSIX sh, may be executed, and say how they are used."""
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
    assert script.stat().st_mode & 0o111
    used = subprocess.run([str(script)], capture_output=True, text=True, check=False)
    assert used.returncode != 0
    assert "usage:" in used.stderr


def test_the_crontab_is_one() -> None:
    """Every line is a comment, a setting, or five time fields and a command."""
    field = r"[\d*/,-]+"
    for line in (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines():
        assert not line or re.fullmatch(rf"#.*|[A-Z_]+=\S+|({field} ){{5}}\S.*", line), line


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("sync.service", {"Unit", "Service"}),
        ("sync.timer", {"Unit", "Timer", "Install"}),
        ("listen.service", {"Unit", "Service", "Install"}),
    ],
)
def test_the_units_are_such(name: str, sections: set[str]) -> None:
    """They have the sections that systemd wants; a round has a deadline, a listener begins anew when it failed."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] - systemd's names have capitals
    parser.read(EXAMPLES / f"dropship-{name}", encoding="utf-8")
    assert set(parser.sections()) == sections
    if name == "sync.service":
        assert "--deadline" in parser["Service"]["ExecStart"]
        assert parser["Service"]["SuccessExitStatus"] == "5 6 7"
    if name == "listen.service":
        assert parser["Service"]["ExecStart"].split()[1:2] == ["listen"]
        assert parser["Service"]["Restart"] == "on-failure"
        assert parser["Service"]["SuccessExitStatus"] == "143 130"
