"""From `init` to a statement that both sides agree on: three days of a merchant, three factories and one off the
platform, with refunds, changed remarks and addresses, lost pushes and a wrong tracking number."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from cast import FACTORIES, HOME_FACTORY, MERCHANT, Cast, Item
from listener import listening, rows, until
from program import Ran

MUST_STAY = {
    "pick.refund_open", "pick.taken_back", "pick.closed", "ship.refund_open", "ship.closed", "ship.not_allocated",
    "waybill.none",
}  # fmt: skip


@pytest.fixture
def days(request: pytest.FixtureRequest) -> list[int]:
    """Items of each day: few every day, 2,000 in three days at night."""
    return [667, 667, 666] if request.config.getoption("--nightly") else [30, 20]


@pytest.mark.timeout(3600)
def test_three_days(tmp_path: Path, days: list[int]) -> None:
    cast = Cast(tmp_path, seed=20261110)
    cast.curtain()
    for day, items in enumerate(days):
        cast.morning(day)
        cast.buyers_order(items, day)
        merchants_morning(cast)
        trouble(cast)
        factories_afternoon(cast, day)
        local_afternoon(cast, day)
        evening(cast)
    everything_shipped_once(cast)
    nothing_changes_the_second_time(cast)
    both_sides_agree(cast)


def merchants_morning(cast: Cast) -> None:
    """Read, look at what needs a person, allocate by the rules."""
    cast.program.ok("sync")
    cast.program.ok("ack", "--all")
    planned = cast.program("allocate", "--auto", "--json")
    assert planned.status == 0, planned
    assert cast.items("merchant", "--state", "unallocated") == [
        one for one in cast.items("merchant", "--state", "unallocated") if one["refund"] == "open"
    ]


def trouble(cast: Cast) -> None:
    """Buyers and the merchant change their minds while pushes get lost."""
    waiting = cast.items("merchant", "--state", "to-ship")
    order = {one["order_id"] for one in waiting}
    with listening(cast.program, "factory-1") as at:
        for one in cast.some(waiting, 0.05):
            cast.program.ok("sandbox", "refund", one["item_id"])
        for one in cast.some(waiting, 0.02):
            cast.program("sandbox", "refund", one["item_id"], "--finish")
        for order_id in cast.rng.sample(sorted(order), 2):
            cast.program.ok("sandbox", "remark", order_id, "改发顺丰")
        cast.program.ok("sandbox", "address", cast.rng.choice(sorted(order)), "--move")
        url = f"http://127.0.0.1:{at.port}"
        cast.program.ok(
            "sandbox", "push", "--url", url, "--shop", FACTORIES["factory-1"], "--lose", "0.3", "--shuffle"
        )
        until(lambda: not rows(cast.program, "factory-1", "SELECT 1 FROM inbox WHERE looked_at IS NULL"))
    cast.program.ok("sync")


def factories_afternoon(cast: Cast, day: int) -> None:
    """Each its own way: e-waybills, a sheet from the clerk, a sheet with a mistake that is mended."""
    for profile in FACTORIES:
        cast.program.ok("sync", "-p", profile)
        cast.program.ok("ack", "--all", "-p", profile)
    with_waybills(cast, "factory-1", day)
    for profile in ("factory-2", "factory-3"):
        with_a_sheet(cast, profile)


def with_waybills(cast: Cast, profile: str, day: int) -> None:
    packages, labels = cast.folder / f"packages-{day}.csv", cast.folder / f"labels-{day}.pdf"
    cast.program("pick", "--packages", "--to", packages, "-p", profile)  # 1 where something must not leave
    if len(packages.read_text(encoding="utf-8-sig").splitlines()) < 2:
        return
    only_what_must_stay(
        cast.program(
            "waybill", "get", "--batch", packages, "--carrier", "中通", "--merge", "--json", "-p", profile
        )
    )
    cast.program.ok("waybill", "print", "--all", "--to", labels, "-p", profile)
    assert labels.read_bytes().startswith(b"%PDF")
    only_what_must_stay(cast.program("ship", "--batch", packages, "--waybill", "--json", "-p", profile))


def only_what_must_stay(ran: Ran) -> None:
    """The sheet names what must not leave, too; nothing else may be refused."""
    refused = {code for result, code in ran.results if result != "done"}
    assert ran.status == (1 if refused else 0), ran
    assert {code for code in refused if code not in MUST_STAY} == set(), refused


def with_a_sheet(cast: Cast, profile: str) -> None:
    """The clerk writes what is to be sent; once a number with two digits swapped, seen and corrected."""
    todo = cast.items(profile, "--state", "to-ship")
    filled = [
        {"代发订单号": one["item_id"], "快递公司": "中通快递", "快递单号": cast.number(one)} for one in todo
    ]
    if not filled:
        return
    right, item_id = filled[0]["快递单号"], filled[0]["代发订单号"]
    filled[0]["快递单号"] = right[:-2] + right[-1] + right[-2] if right[-1] != right[-2] else right[:-1] + "0"
    wrong = filled[0]["快递单号"]
    cast.program.ok("ship", "--batch", cast.sheet(f"{profile}.csv", filled), "-p", profile)
    if wrong != right:
        cast.program.ok(
            "ship", item_id, "--carrier", "zhongtong", "--tracking", right, "--amend", "-p", profile
        )
        cast.wrong_number = wrong


def local_afternoon(cast: Cast, day: int) -> None:
    """老王家 gets a sheet, fills it in by hand, and the merchant ships with it."""
    sheet = cast.folder / f"wang-{day}.csv"
    ended = cast.program("sheet", HOME_FACTORY, sheet)
    assert ended.status in (0, 1), ended
    if not sheet.exists():
        return
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    carrier, number, item = (
        next(name for name in written[0] if name in names)
        for names in (("carrier", "快递公司"), ("tracking_number", "快递单号"), ("item_id", "子订单编号"))
    )
    for row in written:
        row[carrier], row[number] = "圆通", cast.number({"item_id": row[item].strip()}).replace("7", "YT", 1)
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(written[0]))
        writer.writeheader()
        writer.writerows(written)
    cast.program.ok("ship", "--batch", sheet)


def evening(cast: Cast) -> None:
    """The merchant sees what left; some of it comes back as money."""
    cast.program.ok("sync")
    shipped = cast.items("merchant", "--state", "shipped")
    for one in cast.some([one for one in shipped if one["refund"] == "none"], 0.02):
        cast.program.ok("sandbox", "refund", one["item_id"])
        cast.program.ok("sandbox", "refund", one["item_id"], "--finish")
    cast.program.ok("sync")


def everything_shipped_once(cast: Cast) -> None:
    """By the platform's ledger: nothing twice, nothing with an open refund, and what is left is left for a reason."""
    shipped = Counter(cast.effects("shipped"))
    assert shipped
    assert set(shipped.values()) == {1}
    mine = {one["item_id"]: one for one in cast.items()}
    assert {item_id for item_id, one in mine.items() if one["shipment"] == "shipped"} == set(shipped)
    left = [one for item_id, one in mine.items() if item_id not in shipped]
    assert [one for one in left if not _reason(one)] == []
    numbers = {package["tracking_number"] for one in mine.values() for package in one["packages"]}
    assert cast.wrong_number
    assert cast.wrong_number not in numbers


def _reason(item: Item) -> bool:
    return bool(item["refund"] != "none" or item["closed"])


def nothing_changes_the_second_time(cast: Cast) -> None:
    """The same commands again, on the last evening."""
    before = cast.effects()
    cast.program("allocate", "--auto")
    for path in sorted(cast.folder.glob("wang-*.csv")):
        cast.program("ship", "--batch", path)
    for profile in ("factory-2", "factory-3"):
        if (cast.folder / f"{profile}.csv").exists():
            cast.program("ship", "--batch", cast.folder / f"{profile}.csv", "-p", profile)
    for profile in ("merchant", *FACTORIES):
        cast.program.ok("sync", "-p", profile)
    assert cast.effects() == before


def both_sides_agree(cast: Cast) -> None:
    """To the cent, whoever compares; and the local factory's statement has every item that it sent."""
    month = ("--month", "2026-11")
    for profile, shop in FACTORIES.items():
        ours, theirs = cast.folder / f"ours-{shop}.xlsx", cast.folder / f"theirs-{shop}.xlsx"
        cast.program.ok("statement", shop, *month, "--to", ours)
        cast.program.ok("statement", MERCHANT, *month, "--to", theirs, "-p", profile)
        cast.program.ok("statement", shop, *month, "--compare", theirs)
        cast.program.ok("statement", MERCHANT, *month, "--compare", ours, "-p", profile)
    local = cast.program.ok("statement", HOME_FACTORY, *month, "--json").json
    lines = local["lines"] if isinstance(local, dict) else local
    sent = [one for one in cast.items("merchant", "--factory", HOME_FACTORY) if one["shipment"] == "shipped"]
    assert {one["item_id"] for one in lines} == {one["item_id"] for one in sent}
