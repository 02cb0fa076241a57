"""The figures of `stats` are those of their definition, whatever the items; told again here, item by item."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.figures import By, Figures
from dropship_cli.domain.item import AllocationState, Item, RefundState, ShipmentState
from dropship_cli.domain.moment import BEIJING
from dropship_cli.store.db import Store
from dropship_cli.store.figures import Asked, figures, first_at

from .conftest import forgotten

DAY = 86_400
START = 1_762_963_200  # midnight in Beijing, 2025-11-13
NOW = START + 5 * DAY
moments = st.none() | st.integers(START - DAY, NOW + DAY)


@st.composite
def bunches(draw: st.DrawFn) -> list[Item]:
    items = []
    for number in range(draw(st.integers(0, 25))):
        items.append(
            Item(
                draw(st.sampled_from(["O1", "O2", "O3"])), f"I{number}", draw(st.integers(1, 3)),
                sku_code=draw(st.sampled_from(["", "A", "B"])), title="T",
                merchant_id="M", factory_id=draw(st.sampled_from([None, "F1", "F2"])),
                allocation=draw(st.sampled_from(AllocationState)), shipment=draw(st.sampled_from(ShipmentState)),
                refund=draw(st.sampled_from(RefundState)), closed=draw(st.booleans()),
                shipped_by=draw(st.sampled_from([None, "merchant", "factory"])),
                paid_at=draw(moments), allocated_at=draw(moments), ship_by=draw(moments), shipped_at=draw(moments),
            )
        )  # fmt: skip
    return items


def came(item: Item, *, as_factory: bool) -> int | None:
    return item.allocated_at if as_factory else item.paid_at


def key(item: Item, by: By | None, *, as_factory: bool) -> str | None:
    if by is By.DAY:
        at = came(item, as_factory=as_factory)
        assert at is not None
        return datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d")
    return {None: None, By.FACTORY: item.factory_id, By.SKU: item.sku_code or None, By.MERCHANT: "M"}[by]


def is_late(item: Item, *, as_factory: bool) -> bool:
    if item.ship_by is None:
        return False
    if item.shipment is ShipmentState.SHIPPED:
        return item.shipped_at is not None and item.shipped_at > item.ship_by
    given_up = item.closed or item.refund is not RefundState.NONE
    taken_back = as_factory and item.allocation is AllocationState.CANCELLED
    return not given_up and not taken_back and item.ship_by < NOW


def rank(numbers: list[int], part: float) -> int | None:
    return sorted(numbers)[math.ceil(len(numbers) * part) - 1] if numbers else None


def counted(items: list[Item], by: By | None, *, as_factory: bool) -> dict[str | None, dict[str, Any]]:
    """The definition, told anew and slowly."""
    chosen = [
        item for item in items if (at := came(item, as_factory=as_factory)) is not None and START <= at < NOW
    ]
    groups: dict[str | None, list[Item]] = {}
    for item in chosen:
        groups.setdefault(key(item, by, as_factory=as_factory), []).append(item)
    told = {}
    for name, group in groups.items():
        shipped = [item for item in group if item.shipment is ShipmentState.SHIPPED]
        in_time = [
            item for item in shipped
            if item.ship_by is not None and item.shipped_at is not None and item.shipped_at <= item.ship_by
        ]  # fmt: skip
        took = []
        for item in shipped:
            start = came(item, as_factory=as_factory)
            if by is By.FACTORY and item.allocated_at is not None:
                start = item.allocated_at
            if item.shipped_at is not None and start is not None:
                took.append(max(item.shipped_at - start, 0))
        late = sum(is_late(item, as_factory=as_factory) for item in group)
        told[name] = {
            "orders": len({item.order_id for item in group}), "items": len(group),
            "pieces": sum(item.quantity for item in group), "shipped": len(shipped),
            "by_merchant": sum(item.shipped_by == "merchant" for item in shipped),
            "by_factory": sum(item.shipped_by == "factory" for item in shipped),
            "late": late, "decided": late + len(in_time),
            "refunds": sum(item.refund is not RefundState.NONE for item in group),
            "closed": sum(item.closed for item in group), "median": rank(took, 0.5), "p90": rank(took, 0.9),
        }  # fmt: skip
    return told


def fields(one: Figures) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__ if name not in ("key", "name")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(bunches(), st.sampled_from([None, *By]), st.booleans())
def test_every_figure_is_that_of_its_definition(
    store: Store, items: list[Item], by: By | None, as_factory: bool
) -> None:
    with forgotten(store):
        store.items.put(items, NOW)
        found = list(figures(store.connection, Asked(by, START, NOW, NOW, as_factory)))
    assert {one.key: fields(one) for one in found} == counted(items, by, as_factory=as_factory)
    sizes = [one.key if by is By.DAY else -one.items for one in found]
    assert sizes == sorted(sizes)  # type: ignore[type-var] - all texts or all numbers


def test_an_empty_period_has_no_figures(store: Store) -> None:
    asked = Asked(None, START, NOW, NOW, as_factory=False)
    assert first_at(store.connection, asked) is None
    assert not [one for one in figures(store.connection, asked) if one.items]
    assert list(figures(store.connection, asked._replace(by=By.DAY))) == []


@pytest.mark.parametrize("as_factory", [False, True])
def test_the_first_item_is_the_first_that_came(store: Store, *, as_factory: bool) -> None:
    with store.transaction():
        store.items.put(
            [
                Item("1", "1", 1, paid_at=START + 5, allocated_at=START + 9),
                Item("2", "2", 1, paid_at=START + 7),
            ],
            NOW,
        )
    found = first_at(store.connection, Asked(None, START, NOW, NOW, as_factory))
    assert found == START + (9 if as_factory else 5)
