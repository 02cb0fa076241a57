"""Every changing command as a person gives it, with what it must come to; the same for matrix, machine and races."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dropship_cli.actions import bind
from dropship_cli.actions.act import Report
from dropship_cli.actions.allocate import AllocationRow, allocate, unallocate
from dropship_cli.actions.context import Shop
from dropship_cli.actions.resolve import Reference
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.shop import Role
from tests.faults.stages import FACTORIES, ITEMS, MERCHANTS, tracking
from tests.faults.world import SHOPS, World

Run = Callable[[World], list[tuple[str, Report]]]
"""Answers each command's shop and report, in order."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command on a stage; it makes `calls` changing calls when all is well, for wishes on `targets`."""

    stage: str
    calls: int
    run: Run
    targets: tuple[str, ...]
    fenced: bool = True


def _once(name: str, act: Callable[[Shop], Report]) -> Run:
    def run(world: World) -> list[tuple[str, Report]]:
        with world.shop(name) as shop:
            return [(name, act(shop))]

    return run


def _each(pairs: Sequence[tuple[str, str]], act: Callable[[Shop, str], Report]) -> Run:
    def run(world: World) -> list[tuple[str, Report]]:
        reports = []
        for name, partner in pairs:
            with world.shop(name) as shop:
                reports.append((name, act(shop, SHOPS[partner])))
        return reports

    return run


def references(items: Sequence[str] = ITEMS) -> list[Reference]:
    """The items, each named by its own id."""
    return [Reference(item_id=one, row=number) for number, one in enumerate(items, 1)]


def allocations(factory: str, items: Sequence[str] = ITEMS) -> list[AllocationRow]:
    """Rows that give the items to a factory."""
    return [AllocationRow(one, SHOPS[factory]) for one in references(items)]


def shipments(items: Sequence[str], kind: str = "b") -> list[ShipmentRow]:
    """Rows that ship each item whole, under a number of its own."""
    return [ShipmentRow(one, "shunfeng", tracking(one.item_id, kind)) for one in references(items)]


def _two_packages(items: Sequence[str]) -> list[ShipmentRow]:
    """Each item in two packages of one piece."""
    return [
        ShipmentRow(one, "zhongtong", tracking(one.item_id, kind), 1)
        for one in references(items)
        for kind in "xy"
    ]


_TO_FACTORIES = tuple(("merchant", factory) for factory in FACTORIES)
_TO_MERCHANTS = tuple(("factory-1", merchant) for merchant in MERCHANTS)
_FACTORY_IDS = tuple(SHOPS[name] for name in FACTORIES)
_MERCHANT_IDS = tuple(SHOPS[name] for name in MERCHANTS)
_ME = (SHOPS["merchant"],)

COMMANDS: Mapping[str, Command] = {
    "role_choose": Command(
        "bare", 2, _once("merchant", lambda shop: bind.choose_role(shop, Role.MERCHANT, shop_name="店")), _ME
    ),
    "role_switch": Command(
        "chosen",
        2,
        _once("merchant", lambda shop: bind.choose_role(shop, Role.MERCHANT, shop_name="新")),
        _ME,
    ),
    "apply": Command("roles", 3, _each(_TO_FACTORIES, bind.apply), _FACTORY_IDS),
    "accept": Command("applied", 3, _each(_TO_MERCHANTS, bind.accept), _MERCHANT_IDS),
    "reject": Command(
        "applied", 3, _each(_TO_MERCHANTS, lambda shop, one: bind.reject(shop, one, "满")), _MERCHANT_IDS
    ),
    "unbind": Command("bound", 3, _each(_TO_FACTORIES, bind.unbind), _FACTORY_IDS),
    "allocate": Command(
        "bound", 3, _once("merchant", lambda shop: allocate(shop, allocations("factory-1"))), ITEMS
    ),
    "cancel": Command("allocated", 3, _once("merchant", lambda shop: unallocate(shop, references())), ITEMS),
    "reallocate": Command(
        "allocated",
        6,
        _once("merchant", lambda shop: allocate(shop, allocations("factory-2"), reallocate=True)),
        ITEMS,
    ),
    "ship_factory": Command(
        "allocated", 3, _once("factory-1", lambda shop: ship(shop, shipments(ITEMS[:3]), How())), ITEMS[:3]
    ),
    "ship_merchant": Command(
        "bound", 3, _once("merchant", lambda shop: ship(shop, _two_packages(ITEMS[:3]), How())), ITEMS[:3]
    ),
    "amend_factory": Command(
        "shipped",
        3,
        _once("factory-1", lambda shop: ship(shop, shipments(ITEMS[:3], "c"), How(amend=True))),
        ITEMS[:3],
        fenced=False,
    ),
    "amend_merchant": Command(
        "shipped",
        2,
        _once("merchant", lambda shop: ship(shop, shipments(ITEMS[3:], "c"), How(amend=True))),
        ITEMS[3:],
        fenced=False,
    ),
}
