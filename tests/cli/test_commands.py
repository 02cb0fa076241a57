"""Commands as a person and a script meet them: roles, bindings, refusals by rule, the network away, shapes."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from bystanders import held
from program import DATA, Program

ITEM, ORDER = "6923007000000001327", "6923007000000001326"


def test_the_role_is_switched_until_the_first_application_then_never(fresh: Program) -> None:
    fresh.ok("role", "choose", "factory", "-p", "merchant")
    fresh.ok("role", "switch", "-p", "merchant")
    assert fresh.ok("role", "--json", "-p", "merchant").json["role"] == "merchant"
    fresh.ok("role", "choose", "factory", "-p", "factory-1")
    ran = fresh("bind", "880011", "-p", "merchant")
    assert (ran.status, "--yes" in ran.err) == (2, True)  # it fixes the role: a script has to say so
    fresh.ok("bind", "880011", "--yes", "-p", "merchant")
    for profile, wanted in (("merchant", "factory"), ("factory-1", "merchant")):
        ran = fresh("role", "choose", wanted, "--json", "-p", profile)
        assert (ran.status, json.loads(ran.err)["error"]["code"]) == (4, "role.fixed")
    fresh.ok("reject", "660001", "--reason", "full", "-p", "factory-1")
    assert fresh("role", "switch", "-p", "merchant").status == 4  # whatever became of the application


@pytest.fixture(scope="module")
def half_bound(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Bound to one factory, applied to a second; the third has no role. Refusals leave it so."""
    program = Program(tmp_path_factory.mktemp("half-bound") / "home")
    program.ok("init", "--platform", "sandbox")
    program.ok("role", "choose", "merchant", "-p", "merchant")
    for profile in ("factory-1", "factory-2"):
        program.ok("role", "choose", "factory", "-p", profile)
    for shop in ("880011", "880022"):
        program.ok("bind", shop, "--yes", "-p", "merchant")
    program.ok("accept", "660001", "-p", "factory-1")
    return program


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("bind 660001 -p merchant", "binding.itself"),
        ("bind 999999 -p merchant", "binding.no_such_shop"),
        ("bind 880033 -p merchant", "binding.not_a_factory"),
        ("bind 880011 -p merchant", "binding.bound_already"),
        ("bind 880022 -p merchant", "binding.applied_already"),
        ("bind 660001 -p factory-1", "role.wrong"),
        ("accept 660001 -p factory-1", "binding.not_pending"),
        ("accept 42 -p factory-1", "binding.none"),
        ("unbind 880022 -p merchant", "binding.not_active"),
    ],
)
def test_refusals_of_binding(words: str, code: str, half_bound: Program) -> None:
    """Each with its own code and status 4."""
    ran = half_bound(*words.split(), "--yes" if "bind" in words else "--json", "--json")
    assert (ran.status, json.loads(ran.err)["error"]["code"]) == (4, code)


def test_orders_paid_before_the_binding_never_appear_and_status_says_why(bound: Program) -> None:
    bound.ok("sandbox", "seed", "--orders", DATA / "orders-doudian.csv", "--paid-at", "2026-01-02")
    bound.ok("sync", "-p", "merchant")
    assert bound.items() == {}
    for lang, word in (("en", "before"), ("zh", "之前")):
        ran = bound("status", ORDER, "--lang", lang, "-p", "merchant")
        assert (ran.status, word in ran.err) == (4, True), ran


def test_a_dry_run_writes_nothing(seeded: Program) -> None:
    before = seeded.state()
    ran = seeded.ok("allocate", "--batch", DATA / "allocate.csv", "--dry-run", "--json", "-p", "merchant")
    assert {row["result"] for row in ran.json} == {"would"}
    assert seeded.state() == before


def test_reallocating_and_taking_back(seeded: Program) -> None:
    seeded.ok("allocate", ITEM, "--to", "880011", "-p", "merchant")
    ran = seeded("allocate", ITEM, "--to", "880022", "--json", "-p", "merchant")
    assert (ran.status, ran.json[0]["error_code"]) == (4, "allocate.allocated_already")
    seeded.ok("allocate", ITEM, "--to", "880022", "--reallocate", "-p", "merchant")
    assert seeded.items()[ITEM]["factory_id"] == "880022"
    seeded.ok("unallocate", "-", "-p", "merchant", stdin=f"{ITEM}\n")
    assert seeded.items()[ITEM]["allocation"] == "unallocated"
    assert [act for act, item, _ in seeded.effects() if item == ITEM and act.startswith("alloc")] == [
        "allocated", "allocation_cancelled", "allocated", "allocation_cancelled",
    ]  # fmt: skip


def test_whoever_ships_second_is_told(seeded: Program) -> None:
    """The merchant ships what a factory has: the factory is refused, with who and which number."""
    seeded.ok("allocate", ITEM, "--to", "880011", "-p", "merchant")
    seeded.ok("sync", "-p", "factory-1")
    ran = seeded.ok(
        "ship", ITEM, "--carrier", "中通", "--tracking", "78173786485074", "--json", "-p", "merchant"
    )
    assert ran.json[0]["warning"]
    ran = seeded("ship", ITEM, "-c", "顺丰", "-t", "SF7696167066633", "--json", "-p", "factory-1")
    assert (ran.status, ran.json[0]["error_code"]) == (4, "ship.shipped_already")
    assert "78173786485074" in ran.json[0]["error"]


def test_a_refund_blocks_until_it_is_rejected_by_word(seeded: Program) -> None:
    seeded.ok("allocate", ITEM, "--to", "880011", "-p", "merchant")
    seeded.ok("sync", "-p", "factory-1")
    seeded.ok("sandbox", "refund", ITEM)
    words = ("ship", ITEM, "-c", "shunfeng", "-t", "SF7696167066633", "--json", "-p", "factory-1")
    ran = seeded(*words)  # our store does not know of it yet: the platform refuses
    assert (ran.status, ran.json[0]["error_code"]) == (4, "ship.refund_open")
    ran = seeded(*words)  # now it does
    assert (ran.status, ran.json[0]["error_code"]) == (4, "ship.refund_open")
    assert seeded.ok(*words, "--reject-refund").json[0]["result"] == "done"


def test_parts_packages_and_amendments(seeded: Program) -> None:
    """A merchant ships in parts; a number is corrected; the same again is unchanged."""
    item = next(one for one in seeded.items().values() if one["quantity"] == 12 and one["refund"] == "none")
    words = ("ship", item["item_id"], "-c", "圆通", "--json", "-p", "merchant")
    assert seeded.ok(*words, "-t", "YT1234567890123", "--quantity", "5").json[0]["result"] == "done"
    assert seeded.items()[item["item_id"]]["shipment"] == "partial"
    assert seeded.ok(*words, "-t", "YT1234567890123", "--quantity", "5").json[0]["result"] == "unchanged"
    assert seeded.ok(*words, "-t", "YT1234567890124").json[0]["result"] == "done"
    seeded.ok(*words, "--amend", "--replaces", "YT1234567890124", "-t", "YT1234567890125")
    seeded.ok("sync", "-p", "merchant")
    found = seeded.items()[item["item_id"]]
    assert {(one["tracking_number"], one["quantity"]) for one in found["packages"]} == {
        ("YT1234567890123", 5), ("YT1234567890125", 7),
    }  # fmt: skip
    assert (found["shipment"], found["shipped_quantity"]) == ("shipped", 12)


def test_carriers_are_never_guessed(seeded: Program) -> None:
    for name, code in (("顺风快地", "carrier.unknown"), ("HTKY", "carrier.ambiguous")):
        ran = seeded("ship", ITEM, "-c", name, "-t", "SF7696167066633", "--json", "-p", "merchant")
        assert (ran.status, ran.json[0]["error_code"]) == (4, code)
    assert "yuantong" in {
        one["code"] for one in seeded.ok("carriers", "yto", "--json", "-p", "merchant").json
    }


def test_with_the_network_away_wishes_queue_and_the_next_sync_sends_them(seeded: Program) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = seeded.home / "profiles" / "merchant" / "profile.json"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace('"sandbox:"', f'"http://127.0.0.1:{port}"'), encoding="utf-8")
    before = seeded.effects()
    ran = seeded("allocate", ITEM, "--to", "880011", "--json", "-p", "merchant")
    assert (ran.status, ran.json[0]["result"], seeded.effects()) == (5, "queued", before)
    again = seeded("allocate", ITEM, "--to", "880011", "--json", "-p", "merchant")
    assert (again.status, len(seeded.ok("queue", "--json", "-p", "merchant").json)) == (5, 1)
    assert "1 queued" in seeded.ok("status", "-p", "merchant").out
    path.write_text(kept, encoding="utf-8")
    ran = seeded.ok("sync", "--json", "-p", "merchant")
    assert [row["result"] for row in ran.json["operations"]] == ["done"]
    assert [item for act, item, _ in seeded.effects() if act == "allocated"] == [ITEM]


def test_an_unknown_outcome_is_said_asked_about_and_never_sent_twice(seeded: Program) -> None:
    """The platform commits and says it is busy: status 6, no second sending, found by a later sync."""
    for setting, value in (("read_timeout", "0.5"), ("quiet", "1"), ("reread", "0.2")):
        seeded.ok("profile", "set", setting, value, "-p", "merchant")
    seeded.ok("sandbox", "fault", "busy_after", "--method", "iop.sellerDistribute")
    ran = seeded("allocate", ITEM, "--to", "880011", "--json", "-p", "merchant")
    assert (ran.status, ran.json[0]["result"]) == (6, "unknown")
    subprocess.run(["sleep", "1.2"], check=True)  # the quiet time, in the program's real clock
    seeded.ok("sync", "-p", "merchant")
    assert [item for act, item, _ in seeded.effects() if act == "allocated"] == [ITEM]
    assert seeded.ok("queue", "--json", "-p", "merchant").json == []


def test_another_run_holds_the_shop(seeded: Program) -> None:
    """Busy at once with who and how long; `--wait` waits; reading commands never do."""
    with held(seeded, "merchant") as holder:
        ran = seeded("sync", "-p", "merchant")
        assert (ran.status, str(holder.pid) in ran.err) == (7, True)
        assert seeded("allocate", ITEM, "--to", "880011", "-p", "merchant").status == 7
        seeded.ok("orders", "-p", "merchant")
    assert [row["result"] for row in seeded.ok("sync", "--json", "-p", "merchant").json["operations"]] == [
        "done"
    ]


def test_everything_of_ours_is_closed_to_others(tmp_path: Path) -> None:
    """Whatever the umask: folders 0700, files 0600, and no secret in any argument, table or JSON."""
    program = Program(tmp_path / "world")
    old = os.umask(0)
    try:
        program.ok("init", "--platform", "sandbox")
        program.ok("role", "choose", "merchant", "-p", "merchant")
    finally:
        os.umask(old)
    for path in [program.home, *program.home.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    shown = program.ok("profile", "show", "--json").out + program.ok("profile", "list").out
    assert "not-for-production" not in shown


def test_backup_and_restore(seeded: Program, tmp_path: Path) -> None:
    """A copy proves itself; after a restore nothing is sent before everything was read again."""
    copy = tmp_path / "copy.db"
    seeded.ok("backup", copy, "-p", "merchant")
    assert seeded("backup", copy, "-p", "merchant").status == 2  # never over a file that is there
    seeded.ok("allocate", ITEM, "--to", "880011", "-p", "merchant")
    seeded.ok("restore", copy, "--yes", "-p", "merchant")
    assert seeded.items()[ITEM]["allocation"] == "unallocated"
    ran = seeded("allocate", ITEM, "--to", "880011", "--json", "-p", "merchant")
    assert ran.json[0]["result"] == "queued"
    seeded("sync", "-p", "merchant")
    assert [item for act, item, _ in seeded.effects() if act == "allocated"] == [ITEM]
    copy.write_bytes(copy.read_bytes()[:-5000])
    assert seeded("restore", copy, "--yes", "-p", "merchant").status == 74
