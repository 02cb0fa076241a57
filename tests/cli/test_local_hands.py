"""`orders --handled-by`, `orders --split`, and the hand that `order` names for each item."""

from __future__ import annotations

import pytest
from program import Program, copy_of

ORDER, FIRST, SECOND, THIRD = (f"69230070000000013{end}" for end in ("26", "27", "28", "29"))
OWN = "6923007000000010589"


@pytest.fixture(scope="module")
def world(seeded_once: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One order split over two factories and nobody, one whole one at a factory, one shipped by the merchant."""
    program = copy_of(seeded_once, tmp_path_factory.mktemp("hands") / "world")
    program.ok("allocate", FIRST, "--to", "880011")
    program.ok("allocate", SECOND, "--to", "880022")
    program.ok("allocate", "6923007000000019724", "--to", "880011")
    program.ok("ship", OWN, "-c", "中通", "-t", "78173786485074")
    program.ok("sync")
    program.ok("sync", "-p", "factory-1")
    program.away()  # none of these commands may call
    return program


def ids(program: Program, *words: str) -> set[str]:
    return {one["item_id"] for one in program.ok("orders", *words, "--json").json}


def test_every_item_is_in_exactly_one_hand(world: Program) -> None:
    hands = {hand: ids(world, "--handled-by", hand) for hand in ("self", "factory", "nobody")}
    assert hands["self"] == {OWN}
    assert hands["factory"] == {FIRST, SECOND, "6923007000000019724"}
    assert sum(map(len, hands.values())) == len(world.items()) == 511
    assert THIRD in hands["nobody"]


def test_split_orders_are_those_in_several_hands(world: Program) -> None:
    """With all their items; an order that is whole somewhere is not among them."""
    assert ids(world, "--split") == {FIRST, SECOND, THIRD}
    assert ids(world, "--split", "--handled-by", "nobody") == {THIRD}


def test_an_order_names_each_items_hand(world: Program) -> None:
    """In the JSON and in the columns of a pipe, with the same words in every language."""
    shown = world.ok("order", ORDER, "--json").json
    assert [(one["item_id"], one["handled_by"]) for one in shown] == [
        (FIRST, "factory"), (SECOND, "factory"), (THIRD, "nobody"),
    ]  # fmt: skip
    heading, *rows = [line.split("\t") for line in world.ok("order", ORDER, "--lang", "zh").out.splitlines()]
    assert [row[heading.index("handled_by")] for row in rows] == ["factory", "factory", "nobody"]


def test_a_hand_that_is_none_and_a_factory_that_asks(world: Program) -> None:
    ran = world("orders", "--handled-by", "them", "--json")
    assert (ran.status, ran.error["code"]) == (2, "usage.hand")
    for words in (("--handled-by", "self"), ("--split",)):
        ran = world("orders", *words, "-p", "factory-1", "--json")
        assert (ran.status, ran.error["code"]) == (4, "role.wrong")
