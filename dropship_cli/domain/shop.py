"""Whose shop it is: profile, role, and when the role may still be chosen or switched."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dropship_cli.domain.errors import RefusedError


class Role(StrEnum):
    """What a shop is for the whole of its life on the platform."""

    MERCHANT = "merchant"
    FACTORY = "factory"

    @property
    def other(self) -> Role:
        return Role.FACTORY if self is Role.MERCHANT else Role.MERCHANT


class Owner(NamedTuple):
    """The shop that a store or a backup belongs to."""

    platform: str
    shop_id: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One shop on one platform.

    `base_url` is an https address, or `sandbox:` for the platform inside this process.
    `secret_in` says where the app secret is kept: `file` or `keyring`, decided once at `init`.
    `settings` are texts by name; `domain.settings` gives them their defaults and types.
    """

    name: str
    platform: str
    shop_id: str
    app_key: str
    base_url: str
    secret_in: str = "file"  # noqa: S105 - a place, not a secret
    read_only: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> Owner:
        """What the profile's store says of itself."""
        return Owner(self.platform, self.shop_id)

    @property
    def is_sandbox(self) -> bool:
        """Said in every plan and confirmation, so that nobody mistakes play for trade."""
        return self.platform == "sandbox"


def require_role(actual: Role | None, wanted: Role, *, act: str, shop_id: str) -> None:
    """Refuse an act of the other role, saying whose it is."""
    if actual is None:
        raise RefusedError("role.not_chosen", act=act, shop_id=shop_id, wanted=wanted)
    if actual is not wanted:
        raise RefusedError("role.wrong", act=act, shop_id=shop_id, role=actual, wanted=wanted)


def choose(actual: Role | None, wanted: Role, *, applied: bool) -> bool:
    """Whether choosing `wanted` changes anything; a role that an application has fixed refuses."""
    if actual is wanted:
        return False
    if actual is not None and applied:
        raise RefusedError("role.fixed", role=actual)
    return True
