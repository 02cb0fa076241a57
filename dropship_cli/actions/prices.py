"""Read and change prices: every change is in the log. Sheets are `price_files`, statements `statement`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dropship_cli.actions.context import Shop
from dropship_cli.actions.partner import partner_of
from dropship_cli.domain.errors import ExitStatus, RefusedError
from dropship_cli.domain.moment import midnight
from dropship_cli.domain.outcome import Result, exit_status
from dropship_cli.domain.price import ANY, Price, PriceList, described, key
from dropship_cli.domain.price_change import PriceOutcome, PriceWish, judge
from dropship_cli.domain.shop import Role


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A price with the second in which the next one takes its place, and whether it holds now."""

    price: Price
    until: int | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class PriceReport:
    """What became of each wished price, in the order in which they came; partners that are not bound."""

    role: Role
    outcomes: list[PriceOutcome]
    unbound: list[str]

    @property
    def exit_status(self) -> ExitStatus:
        return exit_status(one.result for one in self.outcomes)


def prices(shop: Shop, *, partner: str | None = None, past: bool = False) -> tuple[Role, list[ListedPrice]]:
    """The prices that hold or will hold, of one partner or all; with `past` those that held before as well."""
    role = shop.require_any("price")
    wanted = None if partner is None else partner_of(shop, partner)
    known = PriceList(kept := shop.store.prices.all())
    now = shop.now()
    listed = [_listed(one, known, now) for one in kept if wanted in (None, one.partner_id)]
    return role, [one for one in listed if past or one.until is None or one.until > now]


def take(shop: Shop, wishes: Sequence[PriceWish], act: str, *, dry_run: bool = False) -> PriceReport:
    """Keep prices: every wish is judged before one is kept; those that are refused leave the others alone."""
    role = shop.require_any("price")
    today = midnight(shop.now())
    wishes = [replace(one, partner_id=partner_of(shop, one.partner_id)) for one in wishes]
    if dry_run:
        return _report(shop, role, judge(wishes, PriceList(shop.store.prices.all()), today=today))
    shop.may_change()
    with shop.store.transaction():
        outcomes = judge(wishes, PriceList(shop.store.prices.all()), today=today)
        wanted = [one for one in outcomes if one.result is Result.WOULD]
        shop.store.prices.put((one.price for one in wanted), who=shop.who, at=shop.now())
        for one in wanted:
            _log(shop, act, one.price, described(one.price, one.before))
    done = [replace(one, result=Result.DONE) if one.result is Result.WOULD else one for one in outcomes]
    return _report(shop, role, done)


def remove(shop: Shop, partner: str, sku_code: str, valid_from: int | None = None) -> PriceReport:
    """Forget the prices of a partner's SKU, or the one of one day. Raises `RefusedError` `price.none`."""
    role = shop.require_any("price")
    shop.may_change()
    partner_id = partner_of(shop, partner)
    wanted = key(partner_id, sku_code)
    with shop.store.transaction():
        there = PriceList(shop.store.prices.all()).of(wanted)
        gone = [one for one in there if valid_from in (None, one.valid_from)]
        if not gone:
            raise RefusedError("price.none", partner_id=partner_id, sku_code=sku_code)
        for one in gone:
            shop.store.prices.remove(wanted, one.valid_from)
            _log(shop, "price_remove", one, described(one))
    return PriceReport(role, [PriceOutcome(one, Result.DONE) for one in gone], [])


def _listed(price: Price, known: PriceList, now: float) -> ListedPrice:
    return ListedPrice(price, known.until(price), known.own(price.key, now) == price)


def _report(shop: Shop, role: Role, outcomes: list[PriceOutcome]) -> PriceReport:
    bound = {one.partner_id for one in shop.store.bindings.all().values() if one.is_active}
    bound |= {one.name for one in shop.store.local.factories()}
    named = dict.fromkeys(one.price.partner_id for one in outcomes if one.result is not Result.REFUSED)
    return PriceReport(role, outcomes, [one for one in named if one != ANY and one not in bound])


def _log(shop: Shop, act: str, price: Price, detail: str) -> None:
    shop.store.log.add(
        act, who=shop.who, at=shop.now(), target=f"{price.partner_id}/{price.sku_code}", detail=detail
    )
