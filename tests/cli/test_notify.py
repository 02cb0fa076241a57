"""`notify` as a person and cron call it: chats of the sandbox in this process and over HTTP, no key in any output."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from program import Program, Ran

from dropship_cli.store.lock import shop_lock

ITEM, OTHER = "6923007000000001327", "6923007000000001328"
SECRET = "sandbox-chat-not-for-production"
KEYS = ("canary-key-51c2e0", "SECcanary-secret-99")


@pytest.fixture
def late(seeded: Program) -> Program:
    """One item late, one due in two hours."""
    store = seeded.home / "profiles" / "merchant" / "store.db"
    with sqlite3.connect(store) as rows:
        for item, hours in ((ITEM, -3), (OTHER, 2)):
            rows.execute(
                "UPDATE items SET ship_by = ? WHERE item_id = ?", (int(time.time() + hours * 3600), item)
            )
    return seeded


def arrived(program: Program) -> list[tuple[str, str]]:
    return [
        (one["kind"], one["text"]) for one in program.ok("sandbox", "chats", "--json").json if not one["code"]
    ]


@contextmanager
def served(program: Program) -> Iterator[str]:
    """`sandbox serve` in a process of its own; its address."""
    words = [sys.executable, "-m", "dropship_cli", "sandbox", "serve", "--port", "0", "--json"]
    with subprocess.Popen(words, env=program.environ, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = ""
        while "}" not in told:
            told += server.stdout.readline()
        yield json.loads(told)["url"]
        server.terminate()


def test_every_chat_hears_each_case_once_in_its_language(late: Program) -> None:
    for kind, lang in (("feishu", "zh"), ("dingtalk", "en"), ("wecom", "zh"), ("generic", "en")):
        late.ok("notify", "add", kind, "--url", f"sandbox:{kind}", "--lang", lang)
    first = late.ok("notify", "--json").json
    assert [(one["chat"], one["result"], one["fresh"], one["messages"]) for one in first] == [
        (kind, "told", 2, 1) for kind in ("feishu", "dingtalk", "wecom", "generic")
    ]
    heard = dict(arrived(late))
    assert "已超时 1 · 6 小时内到期 1" in heard["feishu"] == heard["wecom"]
    assert "late: 1 · due within 6h: 1" in heard["dingtalk"] == heard["generic"]
    assert all(ITEM in text and OTHER in text for text in heard.values())
    again = late.ok("notify", "send", "-q")
    assert (again.out, again.err, len(arrived(late))) == ("", "", 4)


def test_over_http_signed_and_with_the_secret_from_stdin(late: Program) -> None:
    with served(late) as url:
        late.ok("notify", "add", "f", "--kind", "feishu", "--url", "-", "--secret-stdin",
                stdin=f"{url}/chat/feishu/open-apis/bot/v2/hook/{KEYS[0]}\n{SECRET}\n")  # fmt: skip
        late.environ["DROPSHIP_CHAT_SECRET"] = SECRET
        late.environ["DROPSHIP_CHAT_URL"] = f"{url}/chat/dingtalk/robot/send?access_token={KEYS[0]}"
        late.ok("notify", "add", "d", "--kind", "dingtalk")
        late.ok("notify")
        assert [kind for kind, _ in arrived(late)] == ["feishu", "dingtalk"]
        late.environ["DROPSHIP_CHAT_SECRET"] = KEYS[1]
        late.ok("notify", "add", "wrong", "--kind", "dingtalk")
        ran = late("notify", "test", "wrong", "--json")
        assert (ran.status, ran.error["code"]) == (4, "chat.refused")
        assert "310000 sign not match" in ran.error["message"]
    away = late("notify", "test", "d", "--json")
    assert (away.status, away.error["code"]) == (5, "chat.away")
    assert late("notify").status == 5  # `wrong` still has its news to hear


def test_no_key_and_no_secret_in_any_output_or_file_but_one(late: Program) -> None:
    late.environ["DROPSHIP_CHAT_SECRET"] = KEYS[1]
    address = f"http://127.0.0.1:1/robot/{KEYS[0]}?access_token={KEYS[0]}"
    ran = [
        late("notify", "add", "a", "--kind", "dingtalk", "--url", address, "-v"),
        late("notify", "add", "a", "--kind", "dingtalk", "--url", address),
        late("notify", "add", "b", "--url", address),
        late("notify", "add", "b", "--kind", "wecom", "--url", address.replace("http", "ftp")),
        late("notify", "list"), late("notify", "list", "--json"), late("notify", "test", "a", "-v"),
        late("notify", "--json"),
        late("log", "--json"), late("doctor", "--json"), late("profile", "show", "--json"),
    ]  # fmt: skip
    assert [one.status for one in ran[:8]] == [0, 2, 2, 2, 0, 0, 5, 5]
    assert not [(one, key) for one in ran for key in KEYS if key in one.out + one.err]
    holding = [
        path for path in late.home.rglob("*") if path.is_file() and KEYS[0].encode() in path.read_bytes()
    ]
    assert [path.name for path in holding] == ["chats.json"]
    assert holding[0].stat().st_mode & 0o777 == 0o600
    late.ok("notify", "remove", "a")
    assert not holding[0].exists()


def test_a_lost_answer_is_said_again(late: Program) -> None:
    """Twice rather than never; cron hears 5, and 0 once it is surely told."""
    late.ok("notify", "add", "team", "--url", "sandbox:wecom")
    late.ok("sandbox", "fault", "error_500_after", "--method", "chat.wecom")
    assert [late("notify").status for _ in range(3)] == [5, 0, 0]
    assert len(arrived(late)) == 2


def test_two_runs_do_not_both_tell(late: Program) -> None:
    late.ok("notify", "add", "team", "--url", "sandbox:feishu")
    with shop_lock(late.home / "profiles" / "merchant" / "notify.lock"):
        ran = late("notify", "--json")
    assert (ran.status, ran.error["code"], arrived(late)) == (7, "lock.busy", [])


def test_quiet_hours_and_now(late: Program) -> None:
    clock = time.gmtime(time.time() + 8 * 3600)
    hours = f"{clock.tm_hour}:00-{(clock.tm_hour + 2) % 24}:00"
    late.ok("notify", "add", "team", "--url", "sandbox:feishu", "--quiet-hours", hours)
    assert "quiet until" in late.ok("notify").err
    late.ok("notify", "--now")
    assert len(arrived(late)) == 1


def test_a_dry_run_shows_the_message_and_sends_none(late: Program) -> None:
    late.ok("notify", "add", "team", "--url", "sandbox:feishu", "--lang", "zh")
    before = late.state()
    assert "已超时 1" in late.ok("notify", "--dry-run").out
    for flag in ("--dry-run", "--all-profiles"):  # there it would be lost, and the message sent
        ran = late("notify", flag, "send", "--json")
        assert (ran.status, ran.error["code"]) == (2, "usage.flag_first")
    assert (late.state(), arrived(late)) == (before, [])


def test_a_failed_sync_and_a_login_about_to_end_are_told(late: Program) -> None:
    late.ok("notify", "add", "team", "--url", "sandbox:generic")
    late.ok("notify")
    back = late.away()
    late("sync")
    late.ok("profile", "set", "login_days", "60")
    (told,) = late.ok("notify", "--json").json
    assert "the platform can't be reached" in told["texts"][0]
    assert "login ends: 1" in told["texts"][0]
    back()
    late.ok("sync")
    assert late.ok("notify", "--json").json[0]["result"] == "nothing"


def test_what_can_not_be_added_is_said_why(bound: Program) -> None:
    """Nothing is asked where nobody can answer: the flag is named."""
    feishu = ("--url", "https://open.feishu.cn/x")
    for words, code in (
        ((*feishu, "--quiet-hours", "22-7"), "chat.quiet_bad"),
        (("--url", "http://chat.example.com/x", "--kind", "generic"), "chat.url_insecure"),
        ((), "input.needed"),
        ((*feishu, "--secret"), "input.needed"),
    ):
        ran: Ran = bound("notify", "add", "team", *words, "--json")
        assert (ran.status, ran.error["code"]) == (2, code)


def test_without_a_chat_cron_is_told_to_set_one_up(bound: Program) -> None:
    ran = bound("notify", "--json")
    assert (ran.status, ran.error["code"]) == (3, "chat.none")
    assert bound("notify", "test", "x").status == 2
    assert bound.ok("notify", "list", "--json").json == []


def test_every_shop_tells_its_own_chats_and_one_that_fails_stops_no_other(late: Program) -> None:
    """A shop without a chat, as factory-2, is no failure; one that can't be read is named."""
    ran = late("notify", "--all-profiles", "-q", "--json")
    assert (ran.status, ran.error["code"]) == (3, "chat.none_anywhere")
    late.ok("notify", "add", "team", "--url", "sandbox:feishu")
    late.ok("notify", "add", "team", "--url", "sandbox:wecom", "-p", "factory-3")
    (late.home / "profiles" / "factory-1" / "profile.json").write_text("{")
    ran = late("notify", "--all-profiles", "-q", "--json")
    assert (ran.status, ran.error["code"], ran.error["profile"]) == (3, "profile.damaged", "factory-1")
    assert [(one["profile"], one["chat"], one["result"], one["fresh"]) for one in ran.json] == [
        ("factory-3", "team", "nothing", 0), ("merchant", "team", "told", 2),
    ]  # fmt: skip
    assert [kind for kind, _ in arrived(late)] == ["feishu"]
    told = late("notify", "--all-profiles").err.splitlines()
    assert "factory-1" in told[0]
    assert told[1:] == ["factory-3/team: nothing new", "merchant/team: nothing new"]


def test_a_chat_of_one_shop_that_is_away_leaves_the_others_theirs(late: Program) -> None:
    late.ok("notify", "add", "team", "--url", "sandbox:feishu")
    late.ok("notify", "add", "team", "--url", "http://127.0.0.1:1/x", "--kind", "generic", "-p", "factory-1")
    store = late.home / "profiles" / "factory-1" / "store.db"
    late.ok("allocate", ITEM, "--to", "880011", "--yes")
    late.ok("sync", "-p", "factory-1")
    with sqlite3.connect(store) as rows:
        rows.execute("UPDATE items SET ship_by = ?", (int(time.time() - 3600),))
    ran = late("notify", "--all-profiles", "-q", "--json")
    assert (ran.status, ran.error["code"], ran.error["profile"]) == (5, "chat.away", "factory-1")
    assert {one["profile"]: one["result"] for one in ran.json} == {"factory-1": "away", "merchant": "told"}
