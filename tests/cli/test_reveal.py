"""`reveal`: one look, on the terminal, logged; nothing of it stays anywhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from inside import Inside
from program import Program, copy_of
from pty_program import at_terminal

from dropship_cli.sandbox.receivers import invent
from tests.faults.judge import leaks, receivers

ORDER, ITEM, OTHER = "6923007000000001326", "6923007000000001327", "6923007000000013130"


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Inside(copy_of(seeded_once, tmp_path_factory.mktemp("reveal") / "world").home)


@pytest.fixture
def seeded(seeded_once: Program, tmp_path: Path) -> Program:
    """The bound merchant with the sample's orders, in this process."""
    return Inside(copy_of(seeded_once, tmp_path / "world").home)


def decryptions(program: Program) -> int:
    with closing(sqlite3.connect(program.home / "sandbox" / "ledger.db")) as ledger:
        (number,) = ledger.execute(
            "SELECT count(*) FROM calls WHERE method = 'order.batchDecrypt'"
        ).fetchone()
    return int(number)


def plain(program: Program, order_id: str) -> tuple[str, str, str]:
    with closing(sqlite3.connect(program.home / "sandbox" / "ledger.db")) as ledger:
        row = ledger.execute(
            "SELECT receiver_name, receiver_phone, receiver_detail FROM orders WHERE order_id = ?",
            (order_id,),
        ).fetchone()
    return row[0], row[1], row[2]


def looks(program: Program) -> list[tuple[str, str, str]]:
    rows = program.ok("log", "--json", "-n", "100").json
    return [(row["target"], row["outcome"], row["detail"]) for row in rows if row["act"] == "reveal"]


def test_a_look_is_logged_and_leaves_nothing_behind(world: Program) -> None:
    """By order or by item, in both languages; name, phone and address are in no file of ours afterwards."""
    name, phone, detail = plain(world, ORDER)
    shown = at_terminal(world, "reveal", ORDER)
    assert (shown.status, [text in shown.text for text in (name, phone, detail)]) == (0, [True] * 3)
    assert "收件人" in at_terminal(world, "reveal", ITEM, "--lang", "zh").text
    told = world.ok("reveal", ORDER, "--json", "-v").json
    assert list(told) == [
        "order_id", "receiver", "phone", "phone_extension", "phone_virtual", "phone_until", "region",
        "address", "errors",
    ]  # fmt: skip
    assert (told["receiver"], told["phone"], told["address"], told["errors"]) == (name, phone, detail, [])
    world.ok("sync")
    assert leaks(world.home / "profiles", receivers(world.home / "sandbox" / "ledger.db")) == []
    assert not (world.home / "logs").exists() or leaks(world.home / "logs", [name, phone, detail]) == []
    assert looks(world)[:3] == [(ORDER, "done", "receiver phone address")] * 3
    assert all(row["who"] for row in world.ok("log", "--json", "-n", "3").json)


def test_what_is_no_terminal_gets_nothing_unless_it_asks_for_json(world: Program) -> None:
    before = decryptions(world)
    ran = world("reveal", ORDER)
    assert (ran.status, ran.out, "--json" in ran.err) == (2, "", True)
    assert decryptions(world) == before


def test_a_factory_is_told_why_it_never_gets_one(world: Program) -> None:
    ran = world("reveal", ITEM, "--json", "-p", "factory-1")
    assert (ran.status, ran.error["code"], ran.out) == (4, "reveal.factory", "")


def test_a_virtual_number_has_its_extension_and_its_end(seeded: Program) -> None:
    seeded.ok("sandbox", "set", "virtual_numbers", "1")
    told = seeded.ok("reveal", ORDER, "--json").json
    assert told["phone_virtual"] is True
    assert told["phone"].isdigit()
    assert told["phone_extension"].isdigit()
    assert told["phone_until"].endswith("+08:00")
    assert told["phone"] != invent(ORDER).phone


def test_a_closed_or_long_shipped_order_costs_no_decryption(seeded: Program) -> None:
    """Refused before any call where the store knows it, else on reading the order; the refusal is logged."""
    before = decryptions(seeded)
    seeded.ok("sandbox", "cancel", ORDER)
    assert seeded("reveal", ORDER, "--json").error["code"] == "reveal.closed"
    seeded.ok("sync")
    back = seeded.away()
    assert seeded("reveal", ORDER, "--json").error["code"] == "reveal.closed", "no call at all"
    back()
    item = next(one for one in seeded.items().values() if one["order_id"] == OTHER or one["refund"] == "none")
    seeded.ok("ship", item["order_id"] + "/" + item["item_id"], "-c", "中通", "-t", "78173786485074")
    seeded.ok("profile", "set", "reveal_days", "0")
    store = seeded.home / "profiles" / "merchant" / "store.db"
    with closing(sqlite3.connect(store)) as found:
        found.execute("UPDATE items SET shipped_at = shipped_at - 90 WHERE shipment = 'shipped'")
        found.commit()
    ran = seeded("reveal", item["item_id"], "--json")
    assert (ran.status, ran.error["code"]) == (4, "reveal.long_ago")
    assert decryptions(seeded) == before
    assert [outcome for _, outcome, _ in looks(seeded)] == [
        "reveal.long_ago",
        "reveal.closed",
        "reveal.closed",
    ]


def test_a_quota_that_ends_is_said_plainly(seeded: Program) -> None:
    """What could be read is shown with status 1; nothing at all is a refusal."""
    seeded.ok("sandbox", "set", "decrypt_quota", "1")
    ran = seeded("reveal", ORDER, "--json")
    assert ran.status == 1
    assert [(one["field"], one["error_code"]) for one in ran.json["errors"]] == [
        ("phone", "reveal.quota"), ("address", "reveal.quota"),
    ]  # fmt: skip
    assert ran.json["phone"] is None
    ran = seeded("reveal", ORDER, "--json")
    assert (ran.status, ran.error["code"], ran.out) == (4, "reveal.quota", "")


def test_a_lost_answer_says_that_it_may_have_cost_quota(seeded: Program) -> None:
    seeded.ok("sandbox", "fault", "busy_after", "--method", "order.batchDecrypt")
    ran = seeded("reveal", ORDER, "--json")
    assert (ran.status, ran.error["code"]) == (5, "reveal.no_answer")
    assert decryptions(seeded) == 1
