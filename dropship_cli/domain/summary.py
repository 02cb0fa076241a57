"""What needs doing now in one shop, as plain numbers; counted by an action, shown by `status`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dropship_cli.domain.operation import Operation
from dropship_cli.domain.push import Listening
from dropship_cli.domain.shop import Role
from dropship_cli.domain.standstill import Standstill


@dataclass(frozen=True, slots=True)
class FactoryDay:
    """What one factory has to do for us, in items; `factory_id` is nothing for what nobody has (yet).

    `late` and `due_soon` are among `to_ship`; `refund_open` must not leave; `shipped_today` since midnight in Beijing.
    """

    factory_id: str | None
    name: str = ""
    to_ship: int = 0
    late: int = 0
    due_soon: int = 0
    refund_open: int = 0
    shipped_today: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether somebody should call them."""
        return bool(self.late or self.due_soon or self.refund_open)

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.to_ship or self.is_urgent or self.shipped_today)

    def with_shipped(self, number: int) -> FactoryDay:
        """The same with what left today."""
        return replace(self, shipped_today=number)


@dataclass(frozen=True, slots=True)
class Summary:
    """One shop's morning. Counts are items, but `queued` and `sending` (operations) and the bindings; `kept_back` are
    among the queued, and wait for somebody's `release` or `ack`.

    `late` and `due_soon` are among those still to ship; `refunded_allocated` are with a factory though their money
    went back, and nobody is taking them back; `last_sync_at` is Unix seconds; `sync_error` the code
    of the last run's failure, if it failed; `shipped_today` counts since midnight in Beijing. `factories` are a
    merchant's: all of them where they were asked for, else those where something is urgent while something is late.
    `not_on_sheet` are items of factories off the platform that these were not told of yet.
    `listening` is there where a listener ever ran; `standstill` is there while somebody has stopped the shop.
    """

    profile: str
    platform: str
    shop_id: str
    shop_name: str
    role: Role | None
    live: bool
    to_allocate: int = 0
    to_ship: int = 0
    late: int = 0
    due_soon: int = 0
    refund_open_allocated: int = 0
    refunded_allocated: int = 0
    changed: int = 0
    held: int = 0
    queued: int = 0
    kept_back: int = 0
    sending: int = 0
    unknown: tuple[Operation, ...] = ()
    bindings_pending: int = 0
    bindings_active: int = 0
    last_sync_at: float | None = None
    sync_error: str | None = None
    shipped_today: int = 0
    factories: tuple[FactoryDay, ...] = ()
    standstill: Standstill | None = None
    listening: Listening | None = None
    not_on_sheet: int = 0
