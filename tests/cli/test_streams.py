"""Data on stdout, everything else on stderr; the same words and fields in every language and under any locale."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bystanders import cut_short
from program import Program, copy_of

ITEM = "6923007000000001327"

READING = {
    "orders": list, f"order {ITEM}": list, "status": dict, "bindings": list, "carriers 中通": list,
    "queue": list, "queue list": list, "log": list, "rules": list, "profile list": list, "profile show": dict,
    "role": dict, "doctor": list, "sync": dict, "api iop.roleGet": dict, "login": dict,
    f"allocate {ITEM} --to 880011 --dry-run": list, f"ship {ITEM} -c 中通 -t 78173786485074 --dry-run": list,
}  # fmt: skip


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return copy_of(seeded_once, tmp_path_factory.mktemp("streams") / "world")


@pytest.mark.parametrize("words", READING)
def test_json_on_stdout_and_nothing_else(words: str, world: Program) -> None:
    """A script may throw stderr away; with `-q` there is nothing on it."""
    ran = world.ok(*words.split(), "--json", "-q")
    assert isinstance(ran.json, READING[words])
    assert ran.err == ""


def test_in_a_pipe_records_are_columns(world: Program) -> None:
    """A heading, then one line a record, tabs between, Chinese whatever the locale says."""
    lines = world.ok("orders", "-n", "5").out.splitlines()
    assert len(lines) == 6
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert lines[0].startswith("order_id\titem_id")
    program = Program(world.home, LANG="C", LC_ALL="POSIX", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert program.ok("orders", "-n", "5").out.splitlines() == lines


def test_global_options_stand_anywhere(world: Program) -> None:
    """Before the command, behind it, behind a subcommand, with `=`, from the environment."""
    wanted = world.ok("profile", "show", "factory-2", "--json").out
    elsewhere = Program(world.home.parent / "nowhere")
    home = f"--home={world.home}"
    for words in (
        ("--json", "-p", "factory-2", home, "profile", "show"),
        ("profile", "--profile=factory-2", "show", "--json", home),
        ("profile", "show", home, "--json", "-p", "factory-2"),
    ):
        assert elsewhere.ok(*words).out == wanted
    by_environment = Program(world.home, DROPSHIP_PROFILE="factory-2")
    assert by_environment.ok("profile", "show", "--json").out == wanted
    assert not elsewhere.home.exists()


def test_the_version_whatever_stands_beside_it(world: Program) -> None:
    outs = {
        world.ok(*words).out for words in (("--version",), ("-V", "-q"), ("--json", "--version", "orders"))
    }
    assert len(outs) == 1
    assert outs.pop().startswith("dropship ")


ERRORS = {
    "orders --state gone": (2, "usage.state"),
    "orders --since yesterday": (2, "usage.moment"),
    "nonsense": (2, "usage.command"),
    "oders": (2, "usage.command"),
    "sandbox sed": (2, "usage.command"),
    "order": (2, "usage.missing"),
    "order 1 2": (2, "usage.extra"),
    "orders --stat x": (2, "usage.option"),
    "orders --state": (2, "usage.option_value"),
    "orders --late=1": (2, "usage.option_flag"),
    "orders --limit x": (2, "usage.value"),
    "ship 1 --quantity 0": (2, "usage.value"),
    "role choose boss": (2, "usage.value"),
    "profile --nonsense": (2, "usage.option"),
    "orders -p nobody": (3, "profile.unknown"),
    "order 42": (4, "order.unknown"),
    "bind 660001 --yes": (4, "binding.itself"),
    "restore /nowhere.db --yes": (2, "file.not_found"),
}


@pytest.mark.parametrize("words", ERRORS)
def test_an_error_is_the_same_in_both_languages(words: str, world: Program) -> None:
    """Status, code and fields stay; message and hint are said in the person's language."""
    status, code = ERRORS[words]
    told = []
    for lang in ("en_US.UTF-8", "zh_CN.UTF-8"):
        ran = Program(world.home, LANG=lang, LC_ALL="")(*words.split(), "--json")
        assert (ran.status, ran.out, ran.error["code"]) == (status, "", code), ran
        assert ran.error["message"]
        assert ran.error["hint"]
        told.append(ran.error)
    english, chinese = told
    assert english.keys() == chinese.keys()
    assert english["hint"].isascii() or "--state" in words
    assert not chinese["hint"].isascii()


def test_the_language_is_what_was_asked_for(world: Program) -> None:
    """`--lang`, then DROPSHIP_LANG, then the locale; the fields of JSON never change."""
    chinese, english = "件待分配", "to allocate"
    for environ, words, wanted in (
        ({"LC_ALL": "zh_CN.UTF-8"}, (), chinese),
        ({"LC_ALL": "zh_CN.UTF-8", "DROPSHIP_LANG": "en"}, (), english),
        ({"LC_ALL": "zh_CN.UTF-8", "DROPSHIP_LANG": "en"}, ("--lang", "zh"), chinese),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, (), english),
    ):
        program = Program(world.home, **environ)
        assert wanted in program.ok("status", *words).out
    ran = world("status", "--lang", "tlh", "--json")
    assert (ran.status, ran.error["code"]) == (2, "usage.lang")
    assert (
        world.ok("orders", "-n", "2", "--json", "--lang", "zh").json
        == world.ok("orders", "-n", "2", "--json").json
    )


def test_help_in_both_languages_names_every_command(world: Program) -> None:
    for lang, word in (("en", "Allocate"), ("zh", "分配")):
        told = world.ok("--help", "--lang", lang).out
        assert word in told or lang == "en"
        assert {"allocate", "ship", "sync", "bind", "doctor"} <= set(told.split())


def test_one_record_names_its_fields_in_the_persons_language(world: Program, tmp_path: Path) -> None:
    calls = (
        ("login",), ("role",), ("profile", "show"), ("backup", tmp_path / "copy.db"), ("sandbox", "code", "660001"),
        ("factory", "add", "小李"), ("notify", "add", "team", "--url", "sandbox:wecom"),
        ("api", "order.getShopList", "--dry-run"),
    )  # fmt: skip
    for words in calls:
        lines = world.ok(*words, "--lang", "zh").out.splitlines()
        names = {line.partition("：")[0] for line in lines}
        assert names, words
        assert not any(name.isascii() for name in names), (words, names)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_that_goes_away_is_no_accident(
    world: Program, tmp_path: Path, form: tuple[str, ...]
) -> None:
    """`| head` ends the program quietly."""
    assert cut_short(world, f"orders {' '.join(form)}", tmp_path) == ("141", b"")


FULL = "/dev/full"


@pytest.mark.skipif(not Path(FULL).exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("words", "redirected", "status"),
    [
        ("status", "<&- >&- 2>&-", 0),
        ("sync", ">&-", 0),
        ("nonsense", "2>&-", 2),
        ("orders -p nobody", f"2>{FULL}", 3),
        ("sync", f">{FULL} 2>&1", 0),
        ("orders", f">{FULL} 2>&1", 74),
    ],
)
def test_a_stream_that_is_closed_or_on_a_full_disk_changes_no_status(
    world: Program, words: str, redirected: str, status: int
) -> None:
    """What is said may be lost, and cron still hears the truth; only data that is lost (`orders`) is a failure."""
    command = f'exec "{sys.executable}" -m dropship_cli {words} {redirected}'
    ran = subprocess.run(
        ["sh", "-c", command], env=world.environ, capture_output=True, timeout=100, check=False
    )
    assert (ran.returncode, b"Error" in ran.stderr, b"defect" in ran.stderr) == (status, False, False)


def test_nobody_to_ask_is_an_error_that_names_the_flag(world: Program) -> None:
    """No prompt without a terminal, whatever stdin holds."""
    for words, flag in (
        (("unbind", "880011"), "--yes"),
        (("restore", str(world.home / "profiles" / "merchant" / "store.db")), "--yes"),
        (("sandbox", "reset"), "--yes"),
        (("profile", "remove", "merchant"), "--yes"),
        (("init",), "--platform"),
        (("init", "--platform", "doudian", "--profile", "n"), "--shop-id"),
    ):
        ran = world(*words, stdin="y\ny\n")
        assert (ran.status, ran.out, flag in ran.err, len(ran.err.splitlines())) == (2, "", True, 1), ran


def test_text_from_outside_can_not_move_the_cursor(bound: Program, tmp_path: Path) -> None:
    """An order's title with escape sequences is shown without them; JSON keeps its characters escaped."""
    bound.ok("sandbox", "seed", "--random", "1")
    bound.ok("sync")
    import sqlite3

    title = "\x1b[2J\x1b]0;owned\x07手机壳\r\n\u202e"
    with sqlite3.connect(bound.home / "profiles" / "merchant" / "store.db") as store:
        store.execute("UPDATE items SET title = ?", (title,))
    shown = bound.ok("orders").out
    assert "手机壳" in shown
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(shown)
    ran = bound.ok("orders", "--json")
    assert {one["title"] for one in json.loads(ran.out)} == {title}
    assert "\x1b" not in ran.out
