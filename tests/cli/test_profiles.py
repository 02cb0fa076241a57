"""Setting up: profiles are made whole or not at all, secrets come from anywhere but an argument, tokens come and go."""

from __future__ import annotations

from pathlib import Path

import pytest
from inside import Inside
from program import Program

SECRET = "a-secret-nobody-may-see"
DOUDIAN = ("init", "--platform", "doudian", "--shop-id", "77", "--app-key", "7043675397937989128")


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """No home at all."""
    return Program(tmp_path / "world")


def test_before_init_everything_says_what_to_do(empty: Program) -> None:
    """Not set up is 3, names the command to type, and leaves nothing behind."""
    for words in (("orders",), ("sync",), ("doctor",)):
        ran = empty(*words)
        assert (ran.status, "dropship init" in ran.err, ran.out) == (3, True, "")
    assert not (empty.home / "profiles").exists()


def test_the_sandbox_brings_a_merchant_and_three_factories(fresh: Program) -> None:
    """The four shops, the merchant in use, no role, no orders; a second `init` changes nothing."""
    listed = fresh.ok("profile", "list", "--json").json
    assert {one["name"]: one["shop_id"] for one in listed} == {
        "merchant": "660001", "factory-1": "880011", "factory-2": "880022", "factory-3": "880033",
    }  # fmt: skip
    assert [one["name"] for one in listed if one["current"]] == ["merchant"]
    assert fresh.ok("role", "--json").json["role"] is None
    assert fresh.ok("orders", "--json").json == []
    fresh.ok("profile", "use", "factory-1")
    fresh.ok("init", "--platform", "sandbox")
    assert fresh.ok("profile", "show", "--json").json["name"] == "factory-1"


@pytest.mark.parametrize(
    "flags",
    [
        ["--read-only"],
        ["--keyring"],
        ["--name", "looker"],
        ["--profile", "looker"],
        ["--app-key", "7"],
        ["--secret-stdin"],
    ],
)
def test_what_only_one_shop_can_have_is_not_silently_dropped(flags: list[str], empty: Program) -> None:
    """Four shops made by somebody who asked for one that refuses every change would be open to every change."""
    ran = empty("init", "--platform", "sandbox", *flags, "--json")
    assert (ran.status, ran.error["code"], ran.error["flag"]) == (2, "usage.one_shop", flags[0])
    assert empty("profile", "--json").out in ("", "[]\n")


def test_a_profile_that_the_environment_names_is_no_wish_for_one_shop(empty: Program) -> None:
    """It stands there for every command of a script."""
    Program(empty.home, DROPSHIP_PROFILE="merchant").ok("init", "--platform", "sandbox")
    assert len(empty.ok("profile", "--json").json) == 4


def commands(said: str) -> list[list[str]]:
    """What a person is told to type, a line each."""
    return [line.split()[1:] for line in said.splitlines() if line.startswith("  dropship ")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_init_says_comes_next_works_as_it_is_typed(empty: Program, lang: str) -> None:
    """From nothing to orders that wait to be allocated."""
    told = commands(empty.ok("init", "--platform", "sandbox", "--lang", lang).err)
    last = [Inside(empty.home).ok(*words) for words in told][-1]
    assert "allocate --batch" in last.out


def test_what_init_says_of_a_real_shop_names_the_shop(fresh: Program) -> None:
    """Another profile is in use."""
    told = commands(fresh.ok(*DOUDIAN, "--profile", "real", "--secret-stdin", stdin=SECRET).err)
    assert [words[0] for words in told] == ["login", "doctor", "sync"]
    assert all(words[1:] == ["-p", "real"] for words in told)


def test_a_new_shop_hears_from_the_doctor_what_to_do_next(fresh: Program) -> None:
    """It has no role yet: nothing is wrong, and nothing goes on without one."""
    (reach,) = [one for one in Inside(fresh.home).ok("doctor", "--json").json if one["name"] == "platform"]
    assert (reach["state"], reach["code"], "role choose" in reach["text"]) == (
        "advice",
        "role.none_yet",
        True,
    )


def test_where_the_role_is_chosen_in_the_console_that_is_said(fresh: Program) -> None:
    """Doudian's, spoken by the sandbox."""
    file = fresh.home / "profiles" / "factory-2" / "profile.json"
    file.write_text(file.read_text().replace('"platform": "sandbox"', '"platform": "doudian"'))
    world = Inside(fresh.home)
    (reach,) = [
        one for one in world.ok("doctor", "--json", "-p", "factory-2").json if one["name"] == "platform"
    ]
    for told in (reach["text"], world.ok("role", "-p", "factory-2").err):
        assert ("代发管理" in told, "role choose" in told) == (True, False)


def test_where_no_shop_is_set_up_the_folder_is_named(empty: Program) -> None:
    """A mistyped home looks like an empty one; also where a profile was named."""
    for words in (("doctor",), ("doctor", "-p", "merchant"), ("orders", "--all-profiles")):
        ran = Inside(empty.home)(*words, "--json")
        assert (ran.status, ran.error["code"], ran.error["home"]) == (3, "profile.none", str(empty.home))


def test_shops_of_which_none_is_in_use_are_named(fresh: Program) -> None:
    """The one in use was removed; nobody is told that nothing is set up."""
    world = Inside(fresh.home)
    world.ok("profile", "remove", "merchant", "--yes")
    ran = world("doctor", "--json")
    assert (ran.status, ran.error["code"]) == (3, "profile.not_chosen")
    assert ran.error["known"] == "factory-1, factory-2, factory-3"


@pytest.mark.parametrize("below", ["", "home"])
@pytest.mark.parametrize("words", [("profile", "list"), ("status",), ("init", "--platform", "sandbox")])
def test_a_home_that_is_a_file_is_called_one(empty: Program, words: tuple[str, ...], below: str) -> None:
    """And it is named itself, not what would lie in it."""
    empty.home.write_text("dear to somebody")
    ran = Inside(empty.home / below)(*words, "--json")
    assert (ran.status, ran.error["code"], ran.error["path"]) == (74, "home.not_folder", str(empty.home))
    assert empty.home.read_text() == "dear to somebody"


def test_a_setting_is_changed_shown_and_taken_back(fresh: Program) -> None:
    rates = []
    for value in ("7", "default"):
        fresh.ok("profile", "set", "rate", value)
        rates.append(fresh.ok("profile", "show", "--json").json["settings"]["rate"])
    assert rates == [7, 20]


def test_a_person_reads_what_a_profile_is(fresh: Program) -> None:
    """Every line has a heading, in either language."""
    for lang, heading in (("en", "in use: yes"), ("zh", "使用中：是")):
        lines = fresh.ok("profile", "show", "--lang", lang).out.splitlines()
        assert heading in lines
        assert all(line.partition(":")[0] for line in lines)


def test_removing_needs_a_yes_and_takes_all(fresh: Program) -> None:
    ran = fresh("profile", "remove", "factory-3")
    assert (ran.status, "--yes" in ran.err) == (2, True)
    ran = fresh.ok("profile", "remove", "factory-3", "--yes")
    assert ran.err == "profile factory-3 removed\n"
    assert not (fresh.home / "profiles" / "factory-3").exists()
    assert fresh("orders", "-p", "factory-3").status == 3


@pytest.mark.parametrize("way", ["stdin", "environment", "file"])
def test_a_secret_comes_from_stdin_the_environment_or_a_file(empty: Program, way: str) -> None:
    """It is kept where only its owner reads, or not at all, and never shown."""
    file = empty.home.parent / "secret"
    file.write_text(SECRET, encoding="utf-8")
    file.chmod(0o600)
    given = {"environment": {"DROPSHIP_APP_SECRET": SECRET}, "file": {"DROPSHIP_APP_SECRET_FILE": str(file)}}
    program = Program(empty.home, **given.get(way, {}))
    words = (*DOUDIAN, "--profile", "real")
    made = program.ok(*words, "--secret-stdin", stdin=SECRET) if way == "stdin" else program.ok(*words)
    shown = program.ok("profile", "show", "--json")
    assert SECRET not in made.out + made.err + shown.out + shown.err
    kept = program.home / "profiles" / "real" / "secret"
    assert kept.exists() == (way != "file")
    signed = program.ok("api", "iop.roleGet", "--dry-run", "--json", "--timestamp", "1700000000")
    assert signed.json["query"]["sign"]


def test_without_a_secret_nothing_is_made(empty: Program) -> None:
    """Nobody to ask: the flag is named, and no half profile stays."""
    ran = empty(*DOUDIAN, "--profile", "real")
    assert (ran.status, "--secret-stdin" in ran.err) == (2, True)
    assert not (empty.home / "profiles" / "real").exists()


def test_a_profile_is_never_overwritten(fresh: Program) -> None:
    ran = fresh("init", "--platform", "sandbox", "--profile", "merchant", "--shop-id", "660002", "--json")
    assert (ran.status, ran.error["code"]) == (2, "profile.exists")
    assert fresh.ok("profile", "show", "merchant", "--json").json["shop_id"] == "660001"


def test_tokens_come_and_go(fresh: Program) -> None:
    """`login` gets one, a call gets one by itself, `logout` forgets it, and the secret only where asked."""
    folder = fresh.home / "profiles" / "merchant"
    assert fresh.ok("login", "--json").json["expires_at"]
    assert (folder / "token.json").exists()
    fresh.ok("logout")
    assert not (folder / "token.json").exists()
    fresh.ok("role")
    fresh.ok("logout", "--secret")
    ran = fresh("role", "--json")
    assert (ran.status, ran.error["code"]) == (3, "secret.missing")
    fresh.ok("login", "--secret-stdin", stdin="sandbox-secret-not-for-production\n")
    fresh.ok("role")


def test_a_code_from_the_merchants_click_logs_in_once(fresh: Program) -> None:
    code = fresh.ok("sandbox", "code", "660001", "--json").json["code"]
    fresh.ok("login", "--code", code)
    ran = fresh("login", "--code", code, "--json")
    assert (ran.status, ran.error["code"]) == (3, "auth.login")


def test_the_doctor_mends_what_it_can_and_says_the_rest(fresh: Program) -> None:
    """Open files are closed; what is away is said, and a clock that nothing was compared with is not called right."""
    fresh.ok("role", "choose", "merchant")
    assert {one["state"] for one in fresh.ok("doctor", "--json").json} == {"good"}
    token = fresh.home / "profiles" / "merchant" / "token.json"
    token.chmod(0o644)
    states = {one["name"]: one["state"] for one in fresh.ok("doctor", "--json").json}
    assert (states["files"], token.stat().st_mode & 0o077) == ("mended", 0)
    fresh.away()
    ran = fresh("doctor", "--json")
    codes = {one["name"]: one["code"] for one in ran.json}
    assert (ran.status, codes["platform"], codes["clock"], codes["store"]) == (
        1, "network.unreachable", "check.clock_unknown", "check.store",
    )  # fmt: skip
