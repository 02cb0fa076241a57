"""Faults on command: each does what its name says, so many times, to the method it was planned for."""

import json
from typing import Any

import pytest

from dropship_cli.sandbox import faults
from dropship_cli.sandbox.errors import SandboxError

from .conftest import FACTORY, MERCHANT, World

DISTRIBUTE = "iop.sellerDistribute"


def send(world: World, *items: str) -> Any:
    wishes = [{"distr_order_id": item, "supplier_shop_id": FACTORY} for item in items]
    return world.send(DISTRIBUTE, json.dumps({"distribute_order_list": wishes}), world.token(MERCHANT))


@pytest.mark.parametrize(
    ("fault", "code", "done"),
    [("busy_before", 20000, 0), ("busy_after", 20000, 1), ("limit", 60000, 0)],
)
def test_codes_before_and_after_the_work(bound: World, fault: str, code: int, done: int) -> None:
    (item,) = bound.order(1)
    faults.plan(bound.path, DISTRIBUTE, fault)
    assert send(bound, item).json["code"] == code
    assert bound.merchant_row(item)["distr_status"] == done
    assert send(bound, item).json["code"] == 10000


@pytest.mark.parametrize(("fault", "done"), [("error_500_before", 0), ("error_500_after", 1)])
def test_a_broken_server(bound: World, fault: str, done: int) -> None:
    (item,) = bound.order(1)
    faults.plan(bound.path, DISTRIBUTE, fault)
    assert send(bound, item).status_code == 500
    assert bound.merchant_row(item)["distr_status"] == done


@pytest.mark.parametrize("fault", ["html", "half", "empty"])
def test_a_body_that_is_no_envelope_after_the_work(bound: World, fault: str) -> None:
    (item,) = bound.order(1)
    faults.plan(bound.path, DISTRIBUTE, fault)
    answer = send(bound, item)
    assert answer.status_code == 200
    assert {
        "html": answer.data.startswith(b"<html>"),
        "half": answer.data.startswith(b"{") and not answer.data.endswith(b"}"),
        "empty": answer.data == b"",
    }[fault]
    assert bound.merchant_row(item)["distr_status"] == 1


def test_rows_are_dropped_doubled_or_strange_but_the_work_is_whole(bound: World) -> None:
    items = bound.order(*[1] * 6)
    shown = []
    for number, fault in enumerate(("drop_row", "double_row", "strange_row")):
        faults.plan(bound.path, DISTRIBUTE, fault)
        pair = items[2 * number : 2 * number + 2]
        rows = send(bound, *pair).json["data"]["distribute_order_reuslts"]
        shown.append([row["distr_order_id"] for row in rows])
    stranger = shown[2][2]
    assert shown == [[items[1]], [items[2], items[3], items[2]], [items[4], items[5], stranger]]
    assert stranger not in items
    assert all(bound.merchant_row(item)["distr_status"] == 1 for item in items)


def test_the_token_of_a_call_can_end_now(bound: World) -> None:
    bound.token(MERCHANT)
    faults.plan(bound.path, "iop.roleGet", "expire_token")
    assert bound.refused(MERCHANT, "iop.roleGet") == (40003, "isv.access-token-expired")
    assert bound.refused(MERCHANT, "iop.roleGet") == (40003, "isv.access-token-expired")
    bound.tokens.clear()
    assert bound.ok(MERCHANT, "iop.roleGet") == {"role_type": 1}


def test_a_plan_holds_for_its_method_and_its_number_of_calls(bound: World) -> None:
    bound.token(MERCHANT)
    faults.plan(bound.path, "iop.orderList", "limit")
    faults.plan(bound.path, None, "busy_before", times=2)
    codes = [bound.call(MERCHANT, "iop.roleGet")["code"] for _ in range(3)]
    assert codes == [20000, 20000, 10000]
    faults.plan(bound.path, None, "limit", times=5)
    faults.clear(bound.path)
    assert bound.call(MERCHANT, "iop.roleGet")["code"] == 10000


def test_a_lost_answer_to_a_token_call_loses_no_token(world: World) -> None:
    faults.plan(world.path, "token.create", "busy_after")
    params = {"code": "", "grant_type": "authorization_self", "shop_id": "660001"}
    assert world.call(0, "token.create", **params)["code"] == 20000
    assert world.call(0, "token.create", **params)["data"]["access_token"]


def test_an_unknown_fault_is_an_error(world: World) -> None:
    with pytest.raises(SandboxError, match="no fault meteor"):
        faults.plan(world.path, None, "meteor")
