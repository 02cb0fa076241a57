"""What needs doing now, in numbers; and why the platform never shows an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dropship_cli.actions.context import Shop
from dropship_cli.actions.hearing import listening
from dropship_cli.domain.binding import BindingState, first_bound_at
from dropship_cli.domain.errors import RefusedError, UnavailableError
from dropship_cli.domain.moment import BEIJING, midnight
from dropship_cli.domain.operation import State
from dropship_cli.domain.shop import Role
from dropship_cli.domain.summary import FactoryDay, Summary
from dropship_cli.store import item_query
from dropship_cli.store.item_query import ItemFilter


def summary(shop: Shop, *, factories: bool = False) -> Summary:
    """The numbers of `status`, with every factory's where they are asked for; no call is made."""
    now, role = shop.now(), shop.store.facts.role()
    counts = item_query.counts(
        shop.store.connection, now=int(now), soon=_soon(shop, now), today=midnight(now),
        as_factory=role is Role.FACTORY,
    )  # fmt: skip
    live = shop.store.operations.counts()
    bindings = shop.store.bindings.all().values()
    last = shop.store.facts.get("last_sync_at")
    return Summary(
        profile=shop.profile.name,
        platform=shop.profile.platform,
        shop_id=shop.profile.shop_id,
        shop_name=shop.store.facts.get("shop_name") or "",
        role=role,
        live=not shop.profile.is_sandbox,
        to_allocate=counts.to_allocate,
        to_ship=counts.to_ship,
        late=counts.late,
        due_soon=counts.due_soon,
        refund_open_allocated=counts.refund_open_allocated,
        refunded_allocated=counts.refunded_allocated,
        changed=counts.changed,
        held=counts.held,
        queued=live.get(State.QUEUED, 0),
        kept_back=shop.store.operations.kept_back(now),
        sending=live.get(State.SENDING, 0),
        unknown=tuple(shop.store.operations.in_state(State.UNKNOWN)),
        bindings_pending=sum(1 for one in bindings if one.state is BindingState.APPLIED),
        bindings_active=sum(1 for one in bindings if one.is_active),
        last_sync_at=float(last) if last else None,
        sync_error=shop.store.facts.get("sync_error"),
        shipped_today=counts.shipped_today,
        factories=_factories(shop, everybody=factories) if factories or counts.late else (),
        standstill=shop.store.facts.standstill(),
        listening=listening(shop),
        not_on_sheet=sum(shop.store.local.not_on_sheet().values()),
    )


def due(shop: Shop, seconds: float) -> int:
    """How many items are late or have to leave within so many seconds."""
    until = int(shop.now() + seconds)
    as_factory = shop.store.facts.role() is Role.FACTORY
    return item_query.count(shop.store.connection, ItemFilter(due_until=until, as_factory=as_factory))


def why_absent(shop: Shop, order_id: str) -> RefusedError:
    """Say why an order is not here: paid before the binding (the platform never shows those), or unknown."""
    bound_at = first_bound_at(shop.store.bindings.all().values())
    if shop.store.facts.role() is Role.MERCHANT:
        try:
            facts = shop.read(lambda platform: platform.order_facts(order_id))
        except UnavailableError:
            facts = None
        if facts is not None and facts.paid_at is not None and (bound_at is None or facts.paid_at < bound_at):
            return RefusedError(
                "order.before_binding",
                order_id=order_id,
                paid_at=_day(facts.paid_at),
                bound_at=_day(bound_at),
            )
    return RefusedError("order.unknown", order=order_id)


def _soon(shop: Shop, now: float) -> int:
    return int(now + shop.settings.soon)


def _factories(shop: Shop, *, everybody: bool) -> tuple[FactoryDay, ...]:
    """The most overdue first; a factory has no factories."""
    from dropship_cli.store.factory_query import factory_days

    if shop.store.facts.role() is not Role.MERCHANT:
        return ()
    now = shop.now()
    days = factory_days(shop.store.connection, now=int(now), soon=_soon(shop, now), today=midnight(now))
    for one in (
        *shop.store.bindings.all().values(),
        *(here.as_partner for here in shop.store.local.factories()),
    ):
        day = days.get(one.partner_id) or FactoryDay(one.partner_id)
        if one.is_active or one.partner_id in days:
            days[one.partner_id] = replace(day, name=day.name or one.partner_name)
    shown = (
        day for day in days.values() if day.is_urgent or (everybody and (day.factory_id or not day.is_idle))
    )
    return tuple(
        sorted(shown, key=lambda day: (-day.late, -day.due_soon, -day.to_ship, day.factory_id or "~"))
    )


def _day(seconds: int | None) -> str:
    return "-" if seconds is None else datetime.fromtimestamp(seconds, BEIJING).strftime("%Y-%m-%d %H:%M")
