"""Which changes the platform pushes to whom: only these can have been lost (doudian.md section 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dropship_cli.domain.item import AllocationState, Item, Package, RefundState, ShipmentState
from dropship_cli.domain.push import BEAT, Listening, is_announced, is_named
from dropship_cli.domain.shop import Role

ITEM = Item("1", "2", 3, remark="a", receiver_id="r", packages=(Package("zhongtong", "78", 3),))
BOTH, MERCHANT, FACTORY, NOBODY = set(Role), {Role.MERCHANT}, {Role.FACTORY}, set[Role]()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"refund": RefundState.OPEN}, MERCHANT),
        ({"shipment": ShipmentState.SHIPPED}, MERCHANT),
        ({"shipped_quantity": 2}, MERCHANT),
        ({"closed": True}, MERCHANT),
        ({"packages": (Package("zhongtong", "79", 3),)}, MERCHANT),
        ({"allocation": AllocationState.ALLOCATED}, FACTORY),
        ({"remark": "b"}, BOTH),
        ({"receiver_id": "s"}, BOTH),
        ({"ship_by": 7}, NOBODY),
        ({"price": 7}, NOBODY),
        ({"title": "t"}, NOBODY),
        ({"packages": (Package("zhongtong", "78", 3, "id of the platform's"),)}, NOBODY),
    ],
    ids=lambda value: "+".join(sorted(value)) or "nobody",
)
def test_a_change_is_announced_to_some(changed: dict[str, object], told: set[Role]) -> None:
    after = replace(ITEM, **changed)  # type: ignore[arg-type]  # each value fits its field
    assert {role for role in Role if is_announced(role, ITEM, after)} == told


def test_a_new_item_is_announced_unless_it_was_over_before_we_saw_it() -> None:
    assert is_announced(Role.MERCHANT, None, ITEM)
    assert is_announced(Role.FACTORY, None, ITEM)
    assert not is_announced(Role.MERCHANT, None, replace(ITEM, closed=True))
    assert not is_announced(Role.MERCHANT, ITEM, ITEM)


def test_an_item_is_named_by_its_number_or_its_order() -> None:
    assert is_named(ITEM, {"2"}, ())
    assert is_named(ITEM, (), {"1"})
    assert not is_named(ITEM, {"1"}, {"2"})


def test_a_listener_is_up_while_it_gives_signs_of_life() -> None:
    up = Listening(since=100.0, alive_at=500.0, last_push_at=None, waiting=0, refused=0, lost=0)
    assert up.is_up(500.0 + 2 * BEAT)
    assert not up.is_up(500.0 + 4 * BEAT)
    assert not replace(up, since=None).is_up(500.0)
