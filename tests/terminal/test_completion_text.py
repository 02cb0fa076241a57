"""Candidates in each shell's form, and nothing among them that a shell would run."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.terminal.completion_text import written

FOUND = [("6923007", "手机壳 适用iPhone"), ("老王", "")]


def test_each_shell_in_its_own_form() -> None:
    assert written("bash", FOUND) == "6923007\n老王"
    assert written("fish", FOUND) == "6923007\t手机壳 适用iPhone\n老王"
    assert written("zsh", FOUND) == """_arguments '*: :(("6923007":"手机壳 适用iPhone"\n"老王"))'"""


def test_without_candidates_the_shell_offers_files() -> None:
    assert written("zsh", []) == "_files"
    assert written("bash", []) == ""


EVIL = [
    "$(touch x)",
    "`id`",
    "a b",
    "a;b",
    "*",
    "'",
    '"',
    "a\\b",
    "a\nb",
    "~",
    "a|b",
    "$HOME",
    "(x)",
    "!1",
    "",
]


@pytest.mark.parametrize("value", EVIL)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_value_that_would_need_quoting_is_not_offered(shell: str, value: str) -> None:
    assert written(shell, [(value, "x")]) in ("", "_files")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_whatever_comes_from_outside_zsh_is_given_no_more_than_words(found: list[tuple[str, str]]) -> None:
    text = written("zsh", found)
    if text != "_files":
        inner = text.removeprefix("_arguments '*: :((").removesuffix("))'")
        assert not set(inner) & set("'$`;|&<>(){}*?!#~")
        assert inner.replace("\\\\:", "").count("\\") == 0
        assert all(line.count('"') in (2, 4) for line in inner.split("\n"))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_a_line_a_candidate(found: list[tuple[str, str]]) -> None:
    for shell in ("bash", "fish"):
        lines = written(shell, found).split("\n")
        assert len(lines) <= max(len(found), 1)
        assert all(line.isprintable() or "\t" in line for line in lines)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here")
def test_bash_makes_words_of_it_and_runs_nothing() -> None:
    text = written("bash", [*((value, "") for value in EVIL), ("good", "")])
    ran = subprocess.run(
        ["bash", "-c", 'IFS=$\'\\n\'; x=( $(printf %s "$1") ); printf "%s|" "${x[@]}"', "-", text],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == "good|"
