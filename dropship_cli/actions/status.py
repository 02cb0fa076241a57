"""What needs doing now, in numbers; and why the platform never shows an order."""

from __future__ import annotations

from datetime import datetime

from dropship_cli.actions.context import Shop
from dropship_cli.domain.binding import BindingState, first_bound_at
from dropship_cli.domain.errors import RefusedError, UnavailableError
from dropship_cli.domain.moment import BEIJING, midnight
from dropship_cli.domain.operation import State
from dropship_cli.domain.shop import Role
from dropship_cli.domain.summary import Summary
from dropship_cli.store import item_query

SOON = 6 * 3600
"""Seconds within which an item counts as due soon."""


def summary(shop: Shop) -> Summary:
    """The numbers of `status`; no call is made."""
    now = shop.now()
    counts = item_query.counts(shop.store.connection, now=int(now), soon=int(now) + SOON, today=midnight(now))
    live = shop.store.operations.counts()
    bindings = shop.store.bindings.all().values()
    last = shop.store.facts.get("last_sync_at")
    return Summary(
        profile=shop.profile.name,
        platform=shop.profile.platform,
        shop_id=shop.profile.shop_id,
        shop_name=shop.store.facts.get("shop_name") or "",
        role=shop.store.facts.role(),
        live=not shop.profile.is_sandbox,
        to_allocate=counts.to_allocate,
        to_ship=counts.to_ship,
        late=counts.late,
        due_soon=counts.due_soon,
        refund_open_allocated=counts.refund_open_allocated,
        queued=live.get(State.QUEUED, 0),
        sending=live.get(State.SENDING, 0),
        unknown=tuple(shop.store.operations.in_state(State.UNKNOWN)),
        bindings_pending=sum(1 for one in bindings if one.state is BindingState.APPLIED),
        bindings_active=sum(1 for one in bindings if one.is_active),
        last_sync_at=float(last) if last else None,
        sync_error=shop.store.facts.get("sync_error"),
        shipped_today=counts.shipped_today,
    )


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


def _day(seconds: int | None) -> str:
    return "-" if seconds is None else datetime.fromtimestamp(seconds, BEIJING).strftime("%Y-%m-%d %H:%M")
