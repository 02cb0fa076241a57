"""The story of the README, run as it is written; that every command is named there is shown by `test_docs`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MORNING = {"README.md": "## A merchant's morning", "README.zh-CN.md": "## 商家的早晨"}


def story(page: str) -> list[str]:
    """The commands of the morning, without the comments that are in the page's language."""
    text = (ROOT / page).read_text(encoding="utf-8").split(MORNING[page])[1]
    block = text.split("```console\n")[1].split("```")[0]
    return [re.sub(r"\s+#.*", "", line[2:]) for line in block.splitlines() if line.startswith("$ ")]


def test_the_morning_is_the_same_in_both_languages() -> None:
    english, chinese = (
        [command.replace(" > plan.txt", "").replace(" > done.txt", "") for command in story(page)]
        for page in MORNING
    )
    assert english == chinese


@pytest.mark.skipif(shutil.which("bash") is None, reason="the page is written for a shell")
def test_the_morning_runs_as_it_is_written(tmp_path: Path) -> None:
    """From nothing to every item allocated; a call that fails ends it."""
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    ran = subprocess.run(
        ["bash", "-e", "-c", "\n".join(story("README.md"))],
        cwd=tmp_path,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "DROPSHIP_HOME": str(tmp_path / "home"),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "3 new bindings" in ran.stderr
    assert "464 would be done; nothing was sent" in ran.stderr
    assert ran.stderr.rstrip().endswith("464 done")
    assert (tmp_path / "tests" / "data" / "done.txt").read_text("utf-8").count("done") == 464
