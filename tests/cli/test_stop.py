"""`stop` and `resume`: one word in any terminal, and nothing new leaves; nothing that was asked for is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from inside import Inside
from program import Program, copy_of

FIRST, SECOND = "6923007000000001327", "6923007000000001328"
ROWS = 14


@pytest.fixture
def seeded(seeded_once: Program, tmp_path: Path) -> Program:
    """The bound merchant with the sample's orders, in this process."""
    return Inside(copy_of(seeded_once, tmp_path / "world").home)


def shipped(program: Program) -> list[str]:
    return [item for act, item, _ in program.effects() if act == "shipped"]


def test_a_stopped_shop_sends_nothing_and_keeps_what_is_asked(seeded: Program) -> None:
    """Every changing command queues with status 5 and says why; `resume` and `sync` send it once."""
    before = seeded.effects()
    told = seeded.ok("stop", "--reason", "wrong sheet", "--json").json
    assert (told["stopped"]["reason"], told["queued"], told["sending"]) == ("wrong sheet", 0, 0)
    for words in (
        ("allocate", FIRST, "--to", "880011"),
        ("ship", SECOND, "-c", "中通", "-t", "78173786485074"),
    ):
        ran = seeded(*words, "--json")
        assert (ran.status, ran.error["code"], ran.error["reason"]) == (5, "run.stopped", "wrong sheet")
        assert ran.results == [("queued", None)]
    for words in (("queue", "retry"), ("allocate", FIRST, "--to", "880011")):
        assert seeded(*words).status == 5
    assert seeded.effects() == before
    assert seeded.ok("resume", "--json").json == {"stopped": None, "queued": 2, "sending": 0}
    assert seeded.effects() == before, "resume itself sends nothing"
    seeded.ok("sync")
    done = sorted((act, item) for act, item, _ in seeded.effects()[len(before) :])
    assert done == [("allocated", FIRST), ("shipped", SECOND)]


def test_sync_goes_on_reading_and_says_that_it_sends_nothing(seeded: Program) -> None:
    seeded.ok("stop")
    ran = seeded.ok("sync")  # nothing waits: no failure
    assert "nothing is sent: this shop is stopped" in ran.err
    assert seeded.ok("sync", "-q").err == ""
    seeded("allocate", FIRST, "--to", "880011")
    seeded.ok("sandbox", "refund", SECOND)
    ran = seeded("sync", "--json")
    assert (ran.status, ran.json["error"]) == (5, "run.stopped")
    assert seeded.items()[SECOND]["refund"] == "open"
    status = seeded.ok("status", "--json").json
    assert (status["sync_error"], status["queued"]) == (None, 1)


def test_who_looks_is_told(seeded: Program) -> None:
    """`status`, `queue` and `doctor` in both languages, and the log keeps who said it and why."""
    assert seeded.ok("status", "--json").json["stopped"] is None
    seeded.ok("stop", "--reason", "盘点")
    first = seeded.ok("status", "--json").json["stopped"]
    assert first.keys() == {"since", "who", "reason"}
    assert "; nothing is sent  (dropship resume)" in seeded.ok("status").out
    assert "盘点" in seeded.ok("status", "--lang", "zh").out
    assert "盘点" in seeded.ok("queue").err
    (check,) = [one for one in seeded.ok("doctor", "--json").json if one["name"] == "sending"]
    assert (check["state"], check["code"]) == ("advice", "run.stopped")
    assert seeded.ok("stop").out.strip() == "stopped already"
    assert seeded.ok("status", "--json").json["stopped"] == first
    seeded.ok("stop", "--reason", "again")
    assert seeded.ok("status", "--json").json["stopped"] == {**first, "reason": "again"}
    seeded.ok("resume")
    assert seeded.ok("resume").out.strip() == "not stopped"
    log = seeded.ok("log", "--json", "-n", "3").json
    assert [(row["act"], row["detail"]) for row in log] == [
        ("resume", ""),
        ("stop", "again"),
        ("stop", "盘点"),
    ]


def test_a_raw_call_that_may_change_something_is_refused(seeded: Program) -> None:
    seeded.ok("stop")
    ran = seeded("api", "iop.sellerDistribute", "--yes", "--json")
    assert (ran.status, ran.error["code"]) == (4, "run.stopped")
    seeded.ok("api", "iop.roleGet")


def test_a_run_in_another_process_stops_before_its_next_call(seeded: Program, tmp_path: Path) -> None:
    """What is in flight finishes, the rest stays queued; afterwards each has left exactly once."""
    for name, value in (("workers", "2"), ("rate", "4")):
        seeded.ok("profile", "set", name, value)
    items = [one for one, item in seeded.items().items() if item["refund"] == "none" and not item["closed"]]
    items = items[:ROWS]
    sheet = tmp_path / "numbers.csv"
    rows = [f"{item},中通,{78173786485000 + at}" for at, item in enumerate(items)]
    sheet.write_text("\n".join(["item_id,carrier,tracking_number", *rows]), encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "dropship_cli", "ship", "--batch", str(sheet), "--json"],
        env=seeded.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not shipped(seeded):
        assert run.poll() is None
        time.sleep(0.02)
    told = seeded.ok("stop", "--json").json
    out, err = run.communicate(timeout=60)
    assert (run.returncode, json.loads(err.splitlines()[-1])["error"]["code"]) == (5, "run.stopped")
    results = [row["result"] for row in json.loads(out)]
    assert set(results) == {"done", "queued"}
    assert results.count("done") == len(shipped(seeded)) < ROWS
    assert told["queued"] <= ROWS
    assert seeded("sync").status == 5
    seeded.ok("profile", "set", "rate", "1000")
    seeded.ok("resume")
    seeded.ok("ship", "--batch", sheet)
    assert sorted(shipped(seeded)) == sorted(items)


def test_a_profile_that_became_read_only_sends_nothing_of_what_waits(seeded: Program) -> None:
    """Also what was asked for before: `sync` reads, and says why it does not send."""
    seeded.ok("stop")
    seeded("allocate", FIRST, "--to", "880011")
    seeded.ok("resume")
    path = seeded.home / "profiles" / "merchant" / "profile.json"
    path.write_text(path.read_text("utf-8").replace('"read_only": false', '"read_only": true'), "utf-8")
    before = seeded.effects()
    ran = seeded("sync", "--json")
    assert (ran.status, ran.error["code"]) == (4, "profile.read_only")
    assert ran.json["items"] > 0
    assert seeded.effects() == before
