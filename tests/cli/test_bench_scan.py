"""`ship --scan` as a real program: from a pipe, at a terminal with its bell, and killed in mid-session."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from program import Program, copy_of
from pty_program import at_terminal

FACTORY = ("-p", "factory-1")
YTO = ("YT7000000000901", "YT7000000000902", "YT7000000000903")


@pytest.fixture
def world(bench_once: Program, tmp_path: Path) -> Program:
    return copy_of(bench_once, tmp_path / "world")


def apart(program: Program) -> list[str]:
    """Items of which no two go into one package."""
    packages = program.ok("pick", "--json", *FACTORY).json["packages"]
    return [one["contents"][0]["item_id"] for one in packages]


def shipped(program: Program) -> list[str]:
    """Each item as often as it left; in no order of time, as calls run side by side."""
    return sorted(item for act, item, _ in program.effects() if act == "shipped")


def test_lines_from_a_pipe(world: Program) -> None:
    """Every line's end in JSON, refusals with their line; no prompt, no bell; half a character stops nothing."""
    first, second, *_ = apart(world)
    lines = f"{first}\r\n{YTO[0]}\n4711\n".encode() + b"\xff\xfe\n" + f"{second}\n{YTO[0]}\n{YTO[1]}".encode()
    ran = world("ship", "--scan", "--json", *FACTORY, stdin=lines)
    assert (ran.status, [(row["row"], row["result"], row["error_code"]) for row in ran.json]) == (
        1,
        [
            (2, "done", None), (3, "refused", "scan.no_item"), (4, "refused", "scan.no_item"),
            (6, "refused", "scan.other_receiver"), (7, "done", None),
        ],
    )  # fmt: skip
    assert "\a" not in ran.err
    assert "tracking number (or" not in ran.err
    assert shipped(world) == sorted([first, second])
    packages = {name: one["packages"] for name, one in world.items("factory-1").items()}
    assert [packages[name][0]["tracking_number"] for name in (first, second)] == list(YTO[:2])


def test_at_a_terminal_it_asks_beeps_and_sends_at_go(world: Program) -> None:
    first, second, *_ = apart(world)
    shown = at_terminal(
        world, "ship", "--scan", "--lang", "zh", *FACTORY,
        answers=[first, YTO[0], "4711", "发货", second, YTO[1], "\x04"],
    )  # fmt: skip
    assert shown.status == 1
    assert shown.text.count("商品：") >= 4
    assert shown.raw.count("\a") == 1
    assert "不行：4711" in shown.text
    assert shipped(world) == sorted([first, second])


def test_killed_in_mid_session_nothing_that_was_paired_is_lost(world: Program) -> None:
    first, second, third, *_ = apart(world)
    process = subprocess.Popen(
        [sys.executable, "-m", "dropship_cli", "ship", "--scan", *FACTORY], env=world.environ,
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin
    assert process.stderr
    process.stdin.write("\n".join([first, YTO[0], second, YTO[1], third]).encode() + b"\n")
    process.stdin.flush()
    said = [process.stderr.readline().decode() for _ in range(5)]
    assert [line.partition(" ")[0] for line in said].count("kept:") == 2
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert shipped(world) == []
    world.ok("sync", *FACTORY)
    world.ok("sync", *FACTORY)
    assert shipped(world) == sorted([first, second])


def test_what_else_may_be_said_with_it(bench_once: Program) -> None:
    before = bench_once.state()
    for words, fragment in (
        (("4711",), "ITEM can't be used with `--scan`"),
        (("-t", "SF1"), "--tracking can't be used"),
        (("--batch", "x.csv"), "--batch can't be used"),
        (("--dry-run",), "--dry-run can't be used"),
        (("--amend",), "--amend can't be used"),
        (("--waybill",), "--waybill can't be used"),
    ):
        ran = bench_once("ship", "--scan", *words, *FACTORY)
        assert (ran.status, ran.out, fragment in ran.err) == (2, "", True), ran
    ran = bench_once("ship", "--scan", "-c", "顺风", "--json", *FACTORY)
    assert (ran.status, ran.error["code"]) == (4, "carrier.unknown")
    assert bench_once.state() == before
