"""Holds, changes after the hand-over, notes, and what a refund makes of an allocation."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from program import Program, copy_of

ITEM, ORDER = "6923007000000001327", "6923007000000001326"
OTHER, OTHER_ORDER = "6923007000000001328", "6923007000000001326"
SHIP = ("--carrier", "zhongtong", "--tracking", "78173786485074")


@pytest.fixture(scope="module")
def allocated_once(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Two items of one order at two factories, and both sides know it."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("marks") / "world")
    program.ok("allocate", ITEM, "--to", "880011")
    program.ok("allocate", OTHER, "--to", "880022")
    program.ok("sync", "-p", "factory-1")
    return program


@pytest.fixture
def world(allocated_once: Program, tmp_path: Path) -> Program:
    return copy_of(allocated_once, tmp_path / "world")


def attention(program: Program, profile: str = "merchant") -> dict[str, list[str]]:
    rows = program.ok("orders", "--attention", "--json", "-p", profile).json
    return {row["item_id"]: [one["what"] for one in row["attention"]] for row in rows}


def only(program: Program, item_id: str, profile: str = "merchant") -> dict[str, Any]:
    (row,) = program.ok("order", item_id, "--json", "-p", profile).json
    return dict(row)


def test_a_held_item_is_neither_allocated_nor_shipped_until_it_is_released(seeded: Program) -> None:
    """Each with the reason in words, by hand and by the rules; a release lets it go on."""
    seeded.ok("hold", ITEM, "--reason", "buyer asks", "--until", "2099-01-01")
    seeded.ok("rules", "add", "--default", "--to", "880011")
    before = seeded.effects()
    for words in (["allocate", ITEM, "--to", "880011"], ["ship", ITEM, *SHIP]):
        ran = seeded(*words, "--json")
        assert (ran.status, ran.results) == (4, [("refused", "item.held")])
        assert "buyer asks" in ran.json[0]["error"]
        assert "2099-01-01" in ran.json[0]["error"]
    assert seeded.effects() == before
    planned = seeded.ok("allocate", "--auto", "--dry-run", "--json")
    assert ITEM not in [row["item_id"] for row in planned.json]
    assert "1 held back" in planned.err
    assert [row["item_id"] for row in seeded.ok("orders", "--held", "--json").json] == [ITEM]
    assert only(seeded, ITEM)["held"]["reason"] == "buyer asks"
    assert seeded.ok("release", ITEM, "--json").results == [("done", None)]
    assert seeded.ok("release", ITEM, "--json").results == [("unchanged", None)]
    assert seeded.ok("ship", ITEM, *SHIP, "--json").results == [("done", None)]


def test_a_hold_keeps_nothing_from_being_taken_back(world: Program) -> None:
    """By hand, or after a refund: a held item that its factory must not send is withdrawn all the same."""
    world.ok("sandbox", "set", "refund_withdraws", "0")
    world.ok("hold", ITEM, OTHER)
    assert world("unallocate", ITEM, "--json").results == [("done", None)]
    world.ok("sandbox", "refund", OTHER)
    world.ok("sandbox", "refund", OTHER, "--finish")
    world.ok("sync")
    taken = [item_id for act, item_id, _ in world.effects() if act == "allocation_cancelled"]
    assert taken == [ITEM, OTHER]


def test_a_hold_ends_by_itself_and_can_not_end_before_it_begins(seeded: Program) -> None:
    ran = seeded("hold", ITEM, "--until", "2020-01-01", "--json")
    assert (ran.status, ran.error["code"]) == (2, "usage.past")
    seeded.ok("hold", ITEM, "--until", "2099-01-01")
    with sqlite3.connect(seeded.home / "profiles" / "merchant" / "store.db") as store:  # years went by
        store.execute("UPDATE holds SET until = 1700000000")
    assert seeded.ok("orders", "--held", "--json").json == []
    seeded.ok("allocate", ITEM, "--to", "880011")


def test_what_waits_in_the_queue_waits_on_while_it_is_held(seeded: Program) -> None:
    """A hold said after the wish, before the network came back: nothing sent, nothing lost, the reason said."""
    back = seeded.away()
    assert seeded("allocate", ITEM, OTHER, "--to", "880011").status == 5
    seeded.ok("hold", ITEM)
    back()
    assert "queued: held back" in seeded("sync").err
    assert [(act, item) for act, item, _ in seeded.effects() if act == "allocated"] == [("allocated", OTHER)]
    waiting = seeded.ok("queue", "--json").json
    assert [(one["target"], one["error_code"]) for one in waiting] == [(ITEM, "item.held")]
    status = seeded.ok("status", "--json").json
    assert (status["queued"], status["kept_back"]) == (1, 1)
    seeded.ok("release", ITEM)
    seeded.ok("sync")
    assert [item for act, item, _ in seeded.effects() if act == "allocated"] == [OTHER, ITEM]


def test_a_refund_on_what_a_factory_has_raises_a_flag_on_both_sides(world: Program) -> None:
    """The allocation stays, the shipment is stopped; when the buyer takes it back, the flag is gone."""
    world.ok("sandbox", "refund", ITEM)
    for profile in ("merchant", "factory-1"):
        world.ok("sync", "-p", profile)
        assert attention(world, profile) == {ITEM: ["refund_open"]}
        assert world.ok("status", "--json", "-p", profile).json["refund_open_allocated"] == 1
    ran = world("ship", ITEM, *SHIP, "-p", "factory-1", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "ship.refund_open")])
    assert only(world, ITEM)["allocation"] == "allocated"
    world.ok("sandbox", "refund", ITEM, "--close")
    world.ok("sync", "-p", "factory-1")
    assert attention(world, "factory-1") == {}
    world.ok("ship", ITEM, *SHIP, "-p", "factory-1")


def test_an_ended_refund_takes_the_allocation_back_by_itself(world: Program) -> None:
    """On a platform that leaves it with the factory: `sync` withdraws it once, and the log keeps who did it."""
    world.ok("sandbox", "set", "refund_withdraws", "0")
    world.ok("sandbox", "refund", ITEM)
    world.ok("sync")
    assert "allocation_cancelled" not in {act for act, _, _ in world.effects()}
    world.ok("sandbox", "refund", ITEM, "--finish")
    told = world.ok("sync")
    assert "1 allocations taken back" in told.err
    world.ok("sync")
    assert [(act, item) for act, item, _ in world.effects() if act == "allocation_cancelled"] == [
        ("allocation_cancelled", ITEM)
    ]
    assert only(world, ITEM)["allocation"] == "unallocated"
    assert ("withdraw", "cancel") in {
        (row["who"], row["act"]) for row in world.ok("log", "--json").json if row["target"] == ITEM
    }


@pytest.mark.parametrize(("setting", "withdrawn"), [("0", []), ("1", []), ("2", [ITEM])])
def test_the_setting_says_which_refunds_withdraw(world: Program, setting: str, withdrawn: list[str]) -> None:
    """By default not one that is only asked for: the buyer may take it back, or get a few yuan."""
    world.ok("profile", "set", "withdraw", setting)
    world.ok("sandbox", "refund", ITEM)
    world.ok("sync")
    assert [item for act, item, _ in world.effects() if act == "allocation_cancelled"] == withdrawn


def test_a_withdrawal_that_waits_is_not_called_done_and_stays_given_up(world: Program) -> None:
    """The shop is stopped: it is queued, and said so; once a person drops it, no `sync` asks for it again."""
    world.ok("sandbox", "set", "refund_withdraws", "0")
    world.ok("sandbox", "refund", ITEM)
    world.ok("sandbox", "refund", ITEM, "--finish")
    world.ok("stop", "--reason", "stocktaking")
    told = world("sync", "--json").json
    assert (told["withdrawn"], [one["result"] for one in told["operations"]]) == (0, ["queued"])
    (waiting,) = world.ok("queue", "--json").json
    world.ok("queue", "drop", waiting["op_id"], "--yes")
    world.ok("resume")
    world.ok("sync")
    assert "allocation_cancelled" not in {act for act, _, _ in world.effects()}
    assert attention(world) == {ITEM: ["refunded"]}


def test_a_new_address_stops_the_shipment_until_somebody_says_ack(world: Program) -> None:
    """Seen by the factory, whose label is stale; the merchant sees another region."""
    world.ok("sandbox", "address", ORDER, "--move")
    told = world.ok("sync", "-p", "factory-1")
    assert "orders --attention" in told.err
    world.ok("sync")
    assert attention(world, "factory-1") == {ITEM: ["address"]}
    assert attention(world) == {ITEM: ["address"], OTHER: ["address"]}
    before = world.effects()
    ran = world("ship", ITEM, *SHIP, "-p", "factory-1", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "item.changed")])
    assert world.effects() == before
    assert world.ok("ack", ITEM, "-p", "factory-1", "--json").results == [("done", None)]
    assert world.ok("ack", ITEM, "-p", "factory-1", "--json").results == [("unchanged", None)]
    world.ok("ship", ITEM, *SHIP, "-p", "factory-1")
    assert [row["act"] for row in world.ok("log", "--json", "-p", "factory-1").json].count("ack") == 1


def test_a_shipment_that_waits_is_not_sent_to_an_old_address(world: Program) -> None:
    """The wish was queued before the change was seen; once it was seen, it waits for `ack`."""
    back = world.away("factory-1")
    assert world("ship", ITEM, *SHIP, "-p", "factory-1").status == 5
    world.ok("hold", ITEM, "-p", "factory-1")  # until the change is read
    back()
    world.ok("sandbox", "address", ORDER)
    world("sync", "-p", "factory-1")
    world.ok("release", ITEM, "-p", "factory-1")
    assert world("sync", "-p", "factory-1").status == 5
    assert [item for act, item, _ in world.effects() if "shipped" in act] == []
    world.ok("ack", ITEM, "-p", "factory-1")
    world.ok("sync", "-p", "factory-1")
    assert [item for act, item, _ in world.effects() if "shipped" in act] == [ITEM]


def test_a_package_that_left_while_its_address_changed_is_named(world: Program) -> None:
    """Its shipment waited and was sent before anything was read: the old address is on the label."""
    back = world.away("factory-1")
    assert world("ship", ITEM, *SHIP, "-p", "factory-1").status == 5
    back()
    world.ok("sandbox", "address", ORDER, "--move")
    assert "orders --attention" in world.ok("sync", "-p", "factory-1").err
    assert only(world, ITEM, "factory-1")["shipment"] == "shipped"
    assert attention(world, "factory-1") == {ITEM: ["address"]}
    world.ok("sync")
    assert attention(world) == {ITEM: ["address"], OTHER: ["address"]}
    world.ok("ack", ITEM, "-p", "factory-1")
    assert attention(world, "factory-1") == {}


def test_a_changed_remark_waits_for_ack_but_does_not_stop(world: Program) -> None:
    """And an emptied one never touches the note of our own."""
    world.ok("note", ITEM, "--text", "gift wrapping")
    world.ok("sandbox", "remark", ORDER, "发顺丰")
    world.ok("sync")
    assert attention(world)[ITEM] == ["remark"]
    world.ok("ack", "--all")
    world.ok("sandbox", "remark", ORDER, "")
    world.ok("sync")
    mine = only(world, ITEM)
    assert (mine["remark"], mine["note"]) == ("", "gift wrapping")
    assert [one["what"] for one in mine["attention"]] == ["remark"]
    world.ok("note", ITEM, "--remove")
    assert only(world, ITEM)["note"] == ""


def test_a_change_before_the_hand_over_is_nobodys_business(seeded: Program) -> None:
    seeded.ok("sandbox", "remark", ORDER, "发顺丰")
    seeded.ok("sandbox", "address", ORDER, "--move")
    seeded.ok("sync")
    assert attention(seeded) == {}
    seeded.ok("allocate", ITEM, "--to", "880011")


def test_what_comes_back_needs_no_ack(world: Program) -> None:
    """The next factory is given the item as it is now."""
    world.ok("sandbox", "remark", ORDER, "发顺丰")
    world.ok("sync")
    world.ok("unallocate", ITEM, OTHER)
    world.ok("sync")
    assert attention(world) == {}


def test_a_factory_is_told_what_was_taken_back(world: Program) -> None:
    world.ok("unallocate", ITEM)
    world.ok("sync", "-p", "factory-1")
    assert attention(world, "factory-1") == {ITEM: ["withdrawn"]}


def test_marks_name_what_is_wrong(seeded: Program) -> None:
    for words, code in (
        (["note", ITEM], "usage.text_or_remove"),
        (["note", ITEM, "--text", "a", "--remove"], "usage.text_or_remove"),
        (["ack", ITEM, "--all"], "usage.items_or_all"),
        (["ack"], "usage.items_or_batch"),
    ):
        ran = seeded(*words, "--json")
        assert (ran.status, ran.error["code"]) == (2, code)
    assert seeded("hold", "404", "--json").results == [("refused", "item.unknown")]
