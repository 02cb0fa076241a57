"""What the pages say is there: every command in both READMEs, every link, every file of the reliability table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dropship_cli.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_both_languages(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"`{name}`" not in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_file_that_the_reliability_page_names_is_there() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|actions|domain|platforms|store|terminal|files)/[\w/.]+)`", text)
    assert len(named) > 30
    assert not [
        name for name in named if not any((base / name).exists() for base in (ROOT, ROOT / "dropship_cli"))
    ]


def test_the_readmes_give_the_same_commands_for_setting_up() -> None:
    """The two blocks that a newcomer copies are the same in both languages, but for the demo's language."""
    blocks = [
        re.findall(
            r"```sh\n(.*?)```", (ROOT / page).read_text(encoding="utf-8").replace(" --lang zh", ""), re.DOTALL
        )
        for page in ("README.md", "README.zh-CN.md")
    ]
    assert blocks[0] == blocks[1]
