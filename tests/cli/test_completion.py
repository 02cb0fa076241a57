"""Tab in a real shell: the function that `--show-completion` prints, asked what may stand at the cursor."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from program import Program, copy_of

ORDER = "6923007000000001326"
NEEDS = {
    shell: pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed here")
    for shell in ("bash", "zsh", "fish")
}


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = copy_of(seeded_once, tmp_path_factory.mktemp("completion") / "world")
    program.ok("factory", "add", "老王")
    program.ok("rules", "add", "--sku", "XD-*", "--to", "880011")
    program.ok("notify", "add", "team", "--url", "sandbox:feishu")
    back = program.away()
    program("allocate", ORDER, "--to", "880022")
    back()
    with sqlite3.connect(program.home / "profiles" / "factory-1" / "store.db") as rows:
        rows.execute(
            "INSERT INTO waybills (carrier, tracking_number, item_id, merchant_id, pack_id, routing, op_id, got_at) "
            "VALUES ('zhongtong', '76000000000012', '1', '', '', '{}', 'x', 1)"
        )
    return program


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program under its own name, as an installation leaves it."""
    file = tmp_path_factory.mktemp("bin") / "dropship"
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dropship_cli "$@"\n')
    file.chmod(0o755)
    return file


NAMED = "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"
"""Typer's own switch for tests: the shell is the one that is named, not the one that runs the tests."""


def script(program: Program, shell: str) -> str:
    return Program(program.home, **{NAMED: "1"}).ok("--show-completion", shell).out


def in_bash(program: Program, command: Path, *words: str) -> list[str]:
    """What bash would offer with the cursor at the end of the last word; nothing may be said besides."""
    code = (
        'source "$1"; shift; COMP_WORDS=(dropship "${@:2}"); COMP_CWORD=$(($# - 1)); '
        '_dropship_completion "$1"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    made = command.parent / "bash.sh"
    if not made.exists():
        made.write_text(script(program, "bash"))
    ran = subprocess.run(
        ["bash", "--norc", "-c", code, "-", str(made), str(command), *words],
        env=program.environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stderr == "", words
    return ran.stdout.split()


@NEEDS["bash"]
def test_bash_completes_commands_options_and_their_words(world: Program, command: Path) -> None:
    for words, wanted in (
        (("ord",), {"orders", "order"}),
        (("rules", "ex"), {"export", "explain"}),
        (("orders", "--st"), {"--state"}),
        (("orders", "--pro"), {"--profile"}),
        (("orders", "--state", "una"), {"unallocated"}),
        (("stats", "--by", ""), {"day", "factory", "sku", "merchant"}),
        (("role", "choose", ""), {"merchant", "factory"}),
        (("--lang", ""), {"en", "zh"}),
        (("nonsense", ""), set()),
        (("export", ""), set()),
    ):
        assert set(in_bash(world, command, *words)) == wanted, words


@NEEDS["bash"]
def test_bash_completes_what_this_machine_and_the_store_have(world: Program, command: Path) -> None:
    profiles = {"factory-1", "factory-2", "factory-3", "merchant"}
    for words, wanted in (
        (("-p", ""), profiles),
        (("orders", "--profile", "fac"), profiles - {"merchant"}),
        (("orders", "--profile", "=", "mer"), {"merchant"}),
        (("profile", "use", ""), profiles),
        (("allocate", "1", "--to", ""), {"880011", "880022", "880033", "老王"}),
        (("rules", "add", "--to", "老"), {"老王"}),
        (("price", "set", "--partner", ""), {"880011", "老王"}),
        (("rules", "remove", ""), {"1"}),
        (("notify", "remove", ""), {"team"}),
        (("notify", "test", "t"), {"team"}),
        (("notify", "add", "x", "--kind", ""), {"feishu", "generic"}),
        (("waybill", "list", "--state", ""), {"got", "used", "cancelled"}),
        (("-p", "factory-1", "waybill", "cancel", ""), {"76000000000012"}),
        (("-p", "factory-1", "waybill", "print", "76"), {"76000000000012"}),
        (("unbind", ""), {"880011", "880022", "880033"}),
        (("sheet", ""), {"老王"}),
        (("order", ORDER), {ORDER}),
        (("ship", "1", "-c", "zhongto"), {"zhongtong", "zhongtongguoji", "zhongtongkuaiyun"}),
        (("orders", "--sku", "SJK"), {"SJK-15P"}),
    ):
        assert wanted <= set(in_bash(world, command, *words)), words
    waiting = {one["op_id"] for one in world.ok("queue", "--json").json}
    assert waiting
    assert set(in_bash(world, command, "queue", "drop", "")) == waiting
    assert set(in_bash(world, command, "queue", "retry", "")) == waiting
    items = in_bash(world, command, "allocate", "692300700000000")
    assert items
    assert set(items) <= set(world.items())
    assert in_bash(world, command, "-p", "factory-1", "accept", "") == ["660001"]


@NEEDS["bash"]
def test_it_makes_nothing_and_says_nothing_where_nothing_is_set_up(tmp_path: Path, command: Path) -> None:
    program = Program(tmp_path / "nowhere")
    for words in (("order", ""), ("-p", ""), ("allocate", "1", "--to", "8"), ("ship", "1", "-c", "zhongto")):
        in_bash(program, command, *words)
    assert not program.home.exists()


@NEEDS["bash"]
def test_a_damaged_home_is_silence(world: Program, tmp_path: Path, command: Path) -> None:
    program = copy_of(world, tmp_path / "world")
    (program.home / "profiles" / "merchant" / "profile.json").write_text("{")
    (program.home / "profiles" / "factory-1" / "store.db").write_bytes(b"no database" * 99)
    (program.home / "profiles" / "merchant" / "chats.json").write_text("{")
    assert in_bash(program, command, "order", "") == []
    assert in_bash(program, command, "notify", "test", "") == []
    assert in_bash(program, command, "-p", "factory-1", "order", "") == []
    assert "merchant" in in_bash(program, command, "-p", "")


@NEEDS["zsh"]
def test_zsh_is_given_what_it_can_evaluate(world: Program, command: Path) -> None:
    code = (
        'compdef() {}; _arguments() { print -r -- "$*" }; _files() { print FILES }; eval "$1"; '
        "words=(${=2}); CURRENT=$#words; path=($3 $path); _dropship_completion"
    )
    for line, wanted in (("dropship ord", "orders"), ("dropship -p fac", "factory-2")):
        ran = subprocess.run(
            ["zsh", "-f", "-c", code, "-", script(world, "zsh"), line, str(command.parent)],
            env=world.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert (wanted in ran.stdout, ran.stderr) == (True, "")


@NEEDS["fish"]
def test_fish_offers_them_with_what_they_are(world: Program, command: Path) -> None:
    asked = "; ".join(f'complete -C "{line}"' for line in ("dropship ord", "dropship -p fac"))
    code = f"set -p PATH {command.parent}; {script(world, 'fish')}; {asked}"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", code], env=world.environ, capture_output=True, text=True, check=True
    )
    assert {"orders", "factory-2"} <= {line.split("\t")[0] for line in ran.stdout.splitlines()}


@pytest.mark.parametrize(
    ("shell", "line", "wanted"),
    [
        ("zsh", "dropship ord", '"orders"'), ("zsh", "dropship -p fac", '"factory-2"'),
        ("zsh", "dropship export ", "_files"), ("fish", "dropship ord", "orders\t"),
        ("fish", f"dropship order {ORDER[:-1]}", f"{ORDER}\t"),
    ],
)  # fmt: skip
def test_what_zsh_and_fish_are_told(world: Program, shell: str, line: str, wanted: str) -> None:
    """Their side of the protocol, where the shell itself is not there to ask."""
    asked = Program(world.home, _DROPSHIP_COMPLETE=f"complete_{shell}", _TYPER_COMPLETE_ARGS=line)
    assert wanted in asked.ok().out


def test_fish_may_offer_files_where_we_have_nothing(world: Program) -> None:
    for line, status in (("dropship export ", 1), ("dropship ord", 0)):
        asked = Program(
            world.home, _DROPSHIP_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS=line,
            _TYPER_COMPLETE_FISH_ACTION="is-args",
        )  # fmt: skip
        ran = asked()
        assert (ran.status, ran.out, ran.err) == (status, "", "")


def test_it_is_written_into_the_shells_start_up_file(world: Program, tmp_path: Path) -> None:
    ran = Program(world.home, HOME=str(tmp_path), **{NAMED: "1"}).ok("--install-completion", "bash")
    assert "bash" in ran.out + ran.err
    assert "_DROPSHIP_COMPLETE=complete_bash" in (tmp_path / ".bash_completions" / "dropship.sh").read_text()
    assert "dropship.sh" in (tmp_path / ".bashrc").read_text()


@pytest.mark.parametrize(
    "words", ["dropship ord", "dropship order 69", "dropship ship 1 -c z", "dropship -p "]
)
def test_a_tab_loads_nothing_heavy(world: Program, words: str) -> None:
    code = (
        "import sys\nfrom dropship_cli.cli.main import run\nrun([])\n"
        "print('LOADED', *sorted({'rich', 'pydantic', 'httpx', 'sqlite_utils', 'asyncio', 'filelock', "
        "'dropship_cli.platforms.transport', 'dropship_cli.sandbox.app'} & set(sys.modules)))"
    )
    environ = {
        **world.environ, "_DROPSHIP_COMPLETE": "complete_bash", "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1].split() == ["LOADED"]
