"""``iop.sellerDistribute`` and ``iop.sellerCancleDistribute`` row by row (doudian.md section 4)."""

from typing import Any

import pytest

from dropship_cli.sandbox import buyers, shops

from .conftest import FACTORY, FACTORY_2, FACTORY_3, MERCHANT, START, World


def cancel(world: World, *items: str) -> dict[str, Any]:
    return dict(world.ok(MERCHANT, "iop.sellerCancleDistribute", distr_order_ids=list(items)))


def test_an_allocated_line_is_seen_by_its_factory_alone(bound: World) -> None:
    one, two = bound.order(1, 1)
    assert bound.allocate(one) == 0
    row = bound.merchant_row(one)
    assert (row["distr_status"], row["supplier_shop_id"], row["distr_time"]) == (1, FACTORY, START)
    assert row["supplier_shop_name"] == "factory 880011"
    assert bound.factory_row(one)["distr_status"] == 1
    hidden = (40004, "isv.parameter-invalid:40000")
    assert bound.refused(FACTORY_2, "iop.orderInfo", user_id=MERCHANT, distr_order_id=one) == hidden
    assert bound.refused(FACTORY, "iop.orderInfo", user_id=MERCHANT, distr_order_id=two) == hidden
    assert bound.refused(FACTORY, "iop.orderInfo", user_id=1, distr_order_id=one) == hidden


def test_one_call_answers_each_row_for_itself(bound: World) -> None:
    one, two = bound.order(1, 1)
    wishes = [(one, FACTORY), (two, FACTORY_3), ("404", FACTORY), (one, FACTORY_2), (two, FACTORY_2)]
    rows = bound.ok(
        MERCHANT,
        "iop.sellerDistribute",
        distribute_order_list=[
            {"distr_order_id": item, "supplier_shop_id": str(factory)} for item, factory in wishes
        ],
    )["distribute_order_reuslts"]
    assert [(row["distr_order_id"], row["supplier_shop_id"], row["err_no"]) for row in rows] == [
        (one, FACTORY, 0),
        (two, FACTORY_3, 40100),
        ("404", FACTORY, 40000),
        (one, FACTORY_2, 40101),
        (two, FACTORY_2, 0),
    ]
    assert all(bool(row["message"]) == bool(row["err_no"]) for row in rows)
    assert len(bound.effects("allocated")) == 2


def test_why_a_row_is_refused(bound: World) -> None:
    shipped, refunding, closed = bound.order(1, 1, 1)
    bound.ok(
        MERCHANT,
        "order.logisticsAddMultiPack",
        order_id=shipped,
        request_id="r",
        pack_list=[
            {
                "shipped_order_info": [{"shipped_order_id": shipped, "shipped_num": 1}],
                "logistics_code": "SF1000000001",
                "company_code": "shunfeng",
            }
        ],
    )
    buyers.refund(bound.path, refunding, bound.clock)
    buyers.refund(bound.path, closed, bound.clock)
    buyers.refund_finish(bound.path, closed, bound.clock)
    assert [bound.allocate(item) for item in (shipped, refunding, closed)] == [40102, 40103, 40104]


def test_a_line_paid_before_the_binding_to_that_very_factory_is_refused(bound: World) -> None:
    (item,) = bound.order(1)
    bound.clock.now += 10
    bound.become(FACTORY_3, "factory")
    bound.ok(MERCHANT, "console.binding.apply", factory_shop_id=FACTORY_3)
    bound.ok(FACTORY_3, "console.binding.answer", merchant_shop_id=MERCHANT, accept=True)
    assert bound.allocate(item, FACTORY_3) == 40105
    assert bound.allocate(item, FACTORY) == 0


def test_after_unbinding_nothing_more_is_allocated_and_what_was_stays(bound: World) -> None:
    one, two = bound.order(1, 1)
    assert bound.allocate(one) == 0
    bound.ok(MERCHANT, "console.binding.unbind", factory_shop_id=FACTORY)
    assert bound.allocate(two) == 40100
    assert bound.ship(one)["code"] == 10000


def test_cancelling_gives_the_merchant_0_and_the_factory_3(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    bound.clock.now += 1
    assert cancel(bound, item) == {"succ_distr_order_ids": [item], "fail_distr_order_ids": []}
    row = bound.merchant_row(item)
    assert (row["distr_status"], row["supplier_shop_id"], row["supplier_shop_name"]) == (0, 0, "")
    mine = bound.factory_row(item)
    assert mine["distr_status"] == 3
    assert mine["distr_cancel_reason"]
    assert bound.ship(item)["sub_code"] == "isv.business-failed:41001"


def test_a_line_given_to_another_stays_cancelled_for_the_first(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    cancel(bound, item)
    assert bound.allocate(item, FACTORY_2) == 0
    assert bound.ship(item, shop=FACTORY_2)["code"] == 10000
    first, second = bound.factory_row(item), bound.factory_row(item, FACTORY_2)
    assert (first["distr_status"], first["pack_list"], first["ship_time"]) == (3, [], 0)
    assert second["distr_status"] == 2


def test_a_line_may_come_back_to_the_same_factory(bound: World) -> None:
    (item,) = bound.order(1)
    bound.allocate(item)
    cancel(bound, item)
    assert bound.allocate(item) == 0
    row = bound.factory_row(item)
    assert (row["distr_status"], row["distr_cancel_reason"]) == (1, "")
    assert bound.ship(item)["code"] == 10000


def test_ids_that_cannot_be_cancelled_are_told_with_their_reason(bound: World) -> None:
    one, two, three = bound.order(1, 1, 1)
    bound.allocate(one)
    bound.allocate(two)
    bound.ship(two)
    answer = cancel(bound, one, two, three, "404", one)
    assert answer["succ_distr_order_ids"] == [one]
    assert set(answer["fail_distr_order_ids"]) == {two, three, "404"}
    assert len(bound.effects("allocation_cancelled")) == 1


def test_another_merchants_line_is_not_found(bound: World) -> None:
    shops.add(bound.path, 660002)
    (item,) = bound.order(1, shop_id=660002)
    assert bound.allocate(item) == 40000
    assert set(cancel(bound, item)["fail_distr_order_ids"]) == {item}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        None,
        "x",
        [1],
        [{}],
        [{"distr_order_id": "1"}],
        [{"supplier_shop_id": 1}],
        [{"distr_order_id": "1", "supplier_shop_id": "x"}],
        [{"distr_order_id": "1", "supplier_shop_id": 1}] * 101,
    ],
)
def test_wrong_rows_refuse_the_whole_call(bound: World, rows: Any) -> None:
    refused = bound.refused(MERCHANT, "iop.sellerDistribute", distribute_order_list=rows)
    assert refused == (40004, "isv.parameter-invalid:10000")


def test_a_wrong_row_at_the_end_leaves_the_first_undone(bound: World) -> None:
    (item,) = bound.order(1)
    good = {"distr_order_id": item, "supplier_shop_id": FACTORY}
    assert bound.refused(MERCHANT, "iop.sellerDistribute", distribute_order_list=[good, {}])[0] == 40004
    assert bound.merchant_row(item)["distr_status"] == 0


def test_more_than_a_hundred_cannot_be_cancelled_at_once(bound: World) -> None:
    refused = bound.refused(
        MERCHANT, "iop.sellerCancleDistribute", distr_order_ids=[str(n) for n in range(101)]
    )
    assert refused == (50002, "isv.business-failed:10000")
