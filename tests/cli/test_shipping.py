"""`ship`: packages, corrections, each reason for a no, warnings; by a factory and by the merchant itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import Program, copy_of

ORDER, FIRST, SECOND = "6923007000000001326", "6923007000000001327", "6923007000000001328"
TWELVE = "6923007000002900177"  # twelve pieces
CLOSED, REFUND = "6923007000003148816", "6923007000003173602"
DONE, UNCHANGED = ("done", None), ("unchanged", None)


@pytest.fixture(scope="module")
def given(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Three items at factory 880011, read by it."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("given") / "world")
    program.ok("allocate", TWELVE, FIRST, SECOND, "--to", "880011")
    program.ok("sync", "-p", "factory-1")
    return program


@pytest.fixture
def world(given: Program, tmp_path: Path) -> Program:
    return copy_of(given, tmp_path / "world")


def packages(program: Program, item: str, profile: str) -> list[tuple[str, int | None]]:
    """Numbers and pieces as the shop reads them."""
    (found,) = program.ok("order", item, "-p", profile, "--json").json
    return [(one["tracking_number"], one["quantity"]) for one in found["packages"]]


def test_a_factory_sends_one_item_in_several_packages(world: Program, tmp_path: Path) -> None:
    """Together or not at all on Doudian; the sum must be what is left; one package is corrected by its number."""
    words = ("-c", "圆通", "-p", "factory-1", "--json")
    ran = world("ship", TWELVE, "-t", "YT1234567890123", "--quantity", "5", *words)
    assert (ran.status, ran.results) == (4, [("refused", "ship.partial_not_possible")])
    for pieces, ended in ((8, 4), (7, 0)):
        sheet = tmp_path / f"{pieces}.csv"
        sheet.write_text(
            "代发订单号,物流公司,运单号,发货数量\n"
            f"{TWELVE},圆通,YT1234567890123,5\n{TWELVE},圆通,YT1234567890124,{pieces}\n",
            encoding="gb18030",
        )
        assert world("ship", "--batch", sheet, *words[2:]).status == ended
    assert world.ok("ship", "--batch", sheet, *words[2:]).results == [UNCHANGED, UNCHANGED]
    assert packages(world, TWELVE, "factory-1") == [("YT1234567890123", 5), ("YT1234567890124", 7)]

    amend = ("ship", TWELVE, "--amend", "-t", "YT1234567890129", *words)
    ran = world(*amend)
    assert (ran.status, ran.results) == (4, [("refused", "ship.which_package")])
    assert world.ok(*amend, "--replaces", "YT1234567890124").results == [DONE]
    assert world.ok(*amend).results == [UNCHANGED]
    world.ok("sync", "-p", "merchant")
    seen = [number for number, _ in packages(world, TWELVE, "merchant")]  # Doudian tells it no quantities
    assert seen == ["YT1234567890123", "YT1234567890129"]


def test_only_who_shipped_corrects_the_number(world: Program) -> None:
    """The other side is told with the number that stands there, and by whom."""
    words = ("ship", FIRST, "-c", "顺丰", "--json")
    assert world.ok(*words, "-t", "SF7696167066633", "-p", "factory-1").results == [DONE]
    ran = world(*words, "-t", "SF7696167066634", "-p", "factory-1")
    assert (ran.status, ran.results) == (4, [("refused", "ship.other_number")])
    assert "--amend" in ran.json[0]["hint"]
    assert world.ok(*words, "-t", "SF7696167066634", "--amend", "-p", "factory-1").results == [DONE]
    world.ok("sync", "-p", "merchant")
    for more in ((), ("--amend",)):
        ran = world(*words, "-t", "SF7696167066635", *more)
        assert (ran.status, ran.results) == (4, [("refused", "ship.shipped_already")])
        assert "by the factory: shunfeng SF7696167066634" in ran.json[0]["error"]
    assert packages(world, FIRST, "merchant") == [("SF7696167066634", 1)]


def test_a_merchant_ships_and_corrects_what_it_kept(seeded: Program) -> None:
    words = ("ship", FIRST, "-c", "zhongtong", "--json")
    ran = seeded("ship", FIRST, "-c", "中通", "-t", "78173786485075", "--amend", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "ship.not_shipped")])
    assert seeded.ok(*words, "-t", "78173786485074").results == [DONE]
    assert seeded.ok(*words, "-t", "78173786485075", "--amend").results == [DONE]
    seeded.ok("sync")
    assert packages(seeded, FIRST, "merchant") == [("78173786485075", 1)]
    item = seeded.items()[FIRST]
    assert (item["shipment"], item["shipped_by"]) == ("shipped", "merchant")
    ran = seeded("allocate", FIRST, "--to", "880011", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.shipped")])


def test_every_reason_for_a_no_is_told_in_its_row(given: Program) -> None:
    """Closed, refund open, unknown, numbers and quantities that can't be: no call, nothing journalled."""
    before = given.state()
    to = ("-c", "中通", "--json")
    for words, codes in {
        (CLOSED, REFUND, "777", "-t", "78173786485074"): ["ship.closed", "ship.refund_open", "item.unknown"],
        (TWELVE, "-t", "78173786485074", "--quantity", "13"): ["ship.quantity_wrong"],
        (ORDER, "-t", "78173786485074", "--quantity", "1"): ["item.ambiguous"],
        (FIRST, "-t", "781;737"): ["tracking.invalid"],
        (FIRST, "-t", "78173786485074", "-c", "顺风"): ["carrier.unknown"],
    }.items():
        ran = given("ship", *to, *words)
        assert (ran.status, [code for _, code in ran.results]) == (4, codes), words
        assert all(row["error"] and row["hint"] and row["item_id"] for row in ran.json)
    assert given.state() == before


def test_the_nearest_carriers_are_named(given: Program) -> None:
    ran = given("ship", FIRST, "-c", "顺风", "-t", "78173786485074", "--json")
    assert "顺丰速运" in ran.json[0]["error"]
    for word, code in (("申通", "shentong"), ("ems", "ems"), ("yunda", "yunda")):
        assert code in [one["code"] for one in given.ok("carriers", word, "--json").json]


def test_a_number_that_can_not_be_that_carriers_is_warned_about(world: Program) -> None:
    """Our knowledge of numbers is not the carrier's: it is said, and shipped."""
    ran = world.ok("ship", FIRST, "-c", "顺丰", "-t", "12345", "-p", "factory-1", "--json")
    assert ran.results == [DONE]
    assert "carrier" in ran.json[0]["warning"]
    ran = world.ok("ship", SECOND, "-c", "顺丰", "-t", "SF7696167066633", "-p", "factory-1", "--json")
    assert "warning" not in ran.json[0]


def test_a_dry_run_shows_the_plan_and_writes_nothing(given: Program) -> None:
    before = given.state()
    ran = given.ok(
        "ship", FIRST, SECOND, "-c", "顺丰", "-t", "12345", "--dry-run", "--json", "-p", "factory-1"
    )
    assert ran.results == [("would", None)] * 2
    assert ran.json[0]["warning"]
    assert "nothing was sent" in ran.err
    assert given.state() == before


def test_what_was_taken_back_does_not_leave(world: Program) -> None:
    """The factory does not know yet: the platform refuses, and the row says that it is not its own any more."""
    world.ok("unallocate", FIRST)
    ran = world("ship", FIRST, "-c", "中通", "-t", "78173786485074", "-p", "factory-1", "--json")
    assert (ran.status, ran.results) == (4, [("refused", "ship.not_allocated")])
    assert "shipped" not in [act for act, *_ in world.effects()]


def test_one_package_for_several_items(world: Program) -> None:
    """The same number for two items of one buyer is no mistake; the third item stays."""
    words = ("ship", FIRST, SECOND, "-c", "中通", "-t", "78173786485074", "-p", "factory-1", "--json")
    assert world.ok(*words).results == [DONE, DONE]
    assert world.ok(*words).results == [UNCHANGED, UNCHANGED]
    assert sorted(item for act, item, _ in world.effects() if act == "shipped") == [FIRST, SECOND]
    assert world.items("factory-1")[TWELVE]["shipment"] == "none"
