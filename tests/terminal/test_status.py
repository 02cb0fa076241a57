"""`status` says what is most urgent first, each with the command to type."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

from dropship_cli.domain.operation import Kind, Operation, State
from dropship_cli.domain.push import Listening
from dropship_cli.domain.shop import Role
from dropship_cli.domain.summary import FactoryDay, Summary
from dropship_cli.terminal import status_view
from dropship_cli.terminal.screen import Screen

NOW = 1763074800.0
UNKNOWN = tuple(
    Operation(f"op-{n}", Kind.SHIP, f"item-{n}", {}, state=State.UNKNOWN, sent_at=NOW - 600) for n in range(5)
)
MORNING = Summary(
    "shop-a", "doudian", "660001", "好店", Role.MERCHANT, live=True, to_allocate=12, to_ship=30, late=2, due_soon=5,
    refund_open_allocated=1, refunded_allocated=2, queued=3, kept_back=1, sending=0, unknown=UNKNOWN,
    bindings_pending=1, bindings_active=1,
    last_sync_at=NOW - 60, sync_error=None, shipped_today=44,
)  # fmt: skip


def told(summary: Summary, *, lang: str = "en", as_json: bool = False) -> str:
    out = io.StringIO()
    status_view.show(Screen(out, io.StringIO(), json=as_json, lang=lang, clock=lambda: NOW), summary)
    return out.getvalue()


def test_a_merchants_morning() -> None:
    assert told(MORNING).splitlines() == [
        "merchant on doudian (live) · shop 660001 好店 · profile shop-a",
        "synced 1m ago",
        "",
        "  5 with an unknown outcome  (dropship sync)",
        "    ship item-0, sent 10m ago",
        "    ship item-1, sent 10m ago",
        "    ship item-2, sent 10m ago",
        "    and 2 more",
        "  2 late  (dropship orders --late)",
        "  5 due soon  (dropship orders --due 6h)",
        "  1 allocated with a refund open: must not leave  (dropship orders --attention)",
        "  2 refunded, still with a factory and not taken back: must not leave  (dropship orders --attention)",
        "  3 queued, not sent yet  (dropship sync)",
        "  1 of the queued kept back until `release` or `ack`  (dropship queue)",
        "  12 to allocate  (dropship allocate --batch FILE)",
        "  30 at factories, not shipped yet  (dropship orders --state to-ship)",
        "  1 awaiting a factory's answer to a binding request  (dropship bindings)",
        "  44 shipped today",
    ]


def test_a_quiet_day_says_so_and_is_not_taken_for_trade() -> None:
    quiet = Summary(
        "f", "sandbox", "880011", "", Role.FACTORY, live=False, bindings_active=1, last_sync_at=NOW - 7200
    )
    assert told(quiet).splitlines() == [
        "factory on sandbox (not live) · shop 880011 · profile f",
        "synced 2h ago",
        "",
        "nothing to do",
    ]


def test_without_a_role_the_first_step_is_to_choose_one() -> None:
    assert "dropship role choose" in told(Summary("m", "sandbox", "1", "", None, live=False), lang="zh")


def test_a_failed_sync_is_said_with_its_reason() -> None:
    away = Summary("m", "doudian", "1", "", Role.MERCHANT, live=True, sync_error="network.unreachable")
    assert "never synced  (dropship sync)" in told(away)
    assert "the last sync failed: the platform can't be reached  (dropship sync)" in told(away)


def test_a_script_gets_the_same_numbers() -> None:
    record = json.loads(told(MORNING, as_json=True, lang="zh"))
    assert {key: record[key] for key in ("to_allocate", "late", "shipped_today")} == {
        "to_allocate": 12, "late": 2, "shipped_today": 44,
    }  # fmt: skip
    assert [one["op_id"] for one in record["unknown"]] == [one.op_id for one in UNKNOWN]
    assert (record["role"], record["live"]) == ("merchant", True)
    assert record["last_sync_at"].endswith("+08:00")


def test_what_is_late_is_red_and_what_is_due_is_yellow_where_a_terminal_takes_it() -> None:
    """The words are the same; a pipe gets no colour."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = {}
    for colour in (True, False):
        out = Terminal()
        screen = Screen(out, io.StringIO(), color=colour, clock=lambda: NOW, environ={"TERM": "xterm"})
        status_view.show(screen, MORNING)
        shown[colour] = out.getvalue()
    assert "\x1b[1;31m  2 late" in shown[True]
    assert "\x1b[33m  5 due soon" in shown[True]
    assert re.sub(r"\x1b\[[\d;]*m", "", shown[True]) == shown[False] == told(MORNING)


def test_the_factories_are_a_table_under_the_numbers() -> None:
    days = (FactoryDay("880011", "一厂", 12, 2, 5), FactoryDay(None, to_ship=3, late=1))
    said = told(replace(MORNING, factories=days), lang="zh")
    assert said.splitlines()[-2:] == ["880011\t一厂\t12\t2\t5\t0\t0", "\t\t3\t1\t0\t0\t0"]
    record = json.loads(told(replace(MORNING, factories=days), as_json=True))
    assert [one["factory_id"] for one in record["factories"]] == ["880011", None]


def test_a_listener_is_told_while_it_is_up_and_missed_when_it_is_gone() -> None:
    """Whoever ends it cleanly need not be told; what it left to read is."""
    up = Listening(since=NOW - 900, alive_at=NOW - 5, last_push_at=NOW - 120, waiting=0, refused=3, lost=1)
    gone = replace(up, alive_at=NOW - 7200, waiting=4)
    assert told(replace(MORNING, listening=up)).splitlines()[2] == "listening, last push 2m ago"
    assert (
        told(replace(MORNING, listening=up), lang="zh").splitlines()[2].startswith("正在接收推送，最近一条：")
    )
    assert told(replace(MORNING, listening=replace(up, last_push_at=None))).splitlines()[2] == "listening"
    assert told(replace(MORNING, listening=gone)).splitlines()[2:4] == [
        "the listener is gone: its last sign of life was 2h ago  (dropship listen)",
        "4 pushes whose items were not read yet  (dropship sync)",
    ]
    ended = replace(MORNING, listening=replace(gone, since=None, waiting=0))
    assert told(ended) == told(MORNING)
    record = json.loads(told(replace(MORNING, listening=up), as_json=True))["listen"]
    assert (record["refused"], record["lost"], record["waiting"]) == (3, 1, 0)
    assert record["last_push_at"].endswith("+08:00")
    assert json.loads(told(MORNING, as_json=True))["listen"] is None
