"""The doors that an action may use: one shop's store, platform, lock, clock. No rules here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dropship_cli.domain.errors import RefusedError, UnavailableError
from dropship_cli.domain.shop import Profile, Role, require_role

if TYPE_CHECKING:  # a reading command never loads what only a call needs
    from dropship_cli.domain.settings import Settings
    from dropship_cli.platforms.base import Platform, Progress
    from dropship_cli.store.db import Store

T = TypeVar("T")


def _silent(done: int, total: int | None) -> None:
    """The progress of somebody who does not look."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long a run will take at least: so many operations in so many calls, by the shop's rate; and the seconds
    after which the run ends anyway, with the rest waiting for the next."""

    operations: int
    calls: int
    seconds: float
    ends_in: float


def _unannounced(forecast: Forecast) -> None:
    """The forecast of somebody who does not look."""


@dataclass
class Shop:
    """One profile's doors.

    `platform` opens the client at its first call, so that reading commands never load it. `lock(seconds)` holds
    the shop against other runs. `now` and `sleep` are the clock in Unix seconds; `deadline_at` ends the run.
    """

    profile: Profile
    settings: Settings
    store: Store
    platform: Callable[[], Platform]
    lock: Callable[[float], AbstractContextManager[None]]
    now: Callable[[], float]
    sleep: Callable[[float], None]
    who: str
    wait: float = 0.0
    deadline_at: float = float("inf")
    progress: Progress = field(default=_silent)
    foretell: Callable[[Forecast], None] = field(default=_unannounced)

    @property
    def in_time(self) -> bool:
        """Whether the run may still begin something."""
        return self.now() < self.deadline_at

    def role(self) -> Role | None:
        """The shop's role: what the store knows, else what the platform says (and is remembered)."""
        known = self.store.facts.role()
        return known if known is not None else self.read_role()

    def read(self, reading: Callable[[Platform], T]) -> T:
        """Read from the platform; `UnavailableError` where it can't be reached or understood."""
        from dropship_cli.platforms.base import NoAnswer, NotSent

        try:
            return reading(self.platform())
        except (NotSent, NoAnswer) as error:
            raise UnavailableError(error.reason, detail=error.detail) from None

    def read_role(self) -> Role | None:
        """Ask the platform for the role and remember it."""
        role = self.read(lambda platform: platform.role())
        with self.store.transaction():
            self.store.facts.put("role", role)
        return role

    def require(self, wanted: Role, act: str) -> Role:
        """The role, or a refusal that says whose act it is."""
        require_role(self.role(), wanted, act=act, shop_id=self.profile.shop_id)
        return wanted

    def require_any(self, act: str) -> Role:
        """The role, whichever; a refusal while none is chosen."""
        role = self.role()
        if role is None:
            raise RefusedError("role.not_chosen", act=act, shop_id=self.profile.shop_id)
        return role

    def may_change(self) -> None:
        """Refuse any change on the platform under a read-only profile."""
        if self.profile.read_only:
            raise RefusedError("profile.read_only", profile=self.profile.name)

    def may_send(self) -> None:
        """The same for what goes out at once and not through the journal; refused, too, while the shop is stopped."""
        self.may_change()
        standstill = self.store.facts.standstill()
        if standstill is not None:
            raise RefusedError("run.stopped", **standstill.error().values)
