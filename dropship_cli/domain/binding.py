"""Who is bound to whom: the states of a binding and who may do what in which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dropship_cli.domain.errors import RefusedError


class BindingState(StrEnum):
    """From application to end; `unbinding` waits for the other side's consent (doudian.md section 3)."""

    APPLIED = "applied"
    BOUND = "bound"
    REFUSED = "refused"
    UNBINDING = "unbinding"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class Binding:
    """One application and what became of it. Times are Unix seconds; `partner_id` is the other shop.

    `local` marks a factory that is not on the platform, which nobody had to ask (see `domain.local`).
    """

    partner_id: str
    partner_name: str
    state: BindingState
    applied_at: int | None = None
    bound_at: int | None = None
    refused_at: int | None = None
    local: bool = False

    @property
    def is_active(self) -> bool:
        """Whether orders may go to this partner now."""
        return self.state in (BindingState.BOUND, BindingState.UNBINDING)


def may_apply(shop_id: str, factory_id: str, binding: Binding | None) -> None:
    """Refuse an application to itself, or where one waits or holds already."""
    if factory_id == shop_id:
        raise RefusedError("binding.itself", factory_id=factory_id)
    if binding is not None and binding.state is BindingState.APPLIED:
        raise RefusedError("binding.applied_already", factory_id=factory_id)
    if binding is not None and binding.is_active:
        raise RefusedError("binding.bound_already", factory_id=factory_id)


def may_answer(merchant_id: str, binding: Binding | None) -> None:
    """Refuse an answer to an application that does not wait for one."""
    if binding is None:
        raise RefusedError("binding.none", partner_id=merchant_id)
    if binding.state is not BindingState.APPLIED:
        raise RefusedError("binding.not_pending", partner_id=merchant_id, state=binding.state)


def may_unbind(partner_id: str, binding: Binding | None) -> None:
    """Refuse to end what does not hold."""
    if binding is None or not binding.is_active:
        raise RefusedError("binding.not_active", factory_id=partner_id)


def first_bound_at(bindings: Iterable[Binding]) -> int | None:
    """The second from which the platform shows orders: only those paid after a binding appear."""
    return min((one.bound_at for one in bindings if one.bound_at), default=None)
