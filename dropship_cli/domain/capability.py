"""What a platform can do by API, and where to do what it can't; asked instead of a platform's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.operation import Fence, Kind


@dataclass(frozen=True, slots=True)
class Can:
    """Possible by API: so many rows a call, and what protects a repeat."""

    batch: int = 1
    fence: Fence = Fence.FENCED


@dataclass(frozen=True, slots=True)
class Cannot:
    """Not possible by API. `reason` is a code whose sentence says why; `where` a path in the console."""

    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One role's table on one platform.

    `window` is the widest list window in seconds, `page` the rows of a page; `partial` says whether part of an
    item may ship in one call; `reveal` whether a receiver may be decrypted, and how many texts a call.
    """

    acts: Mapping[Kind, Can | Cannot]
    window: int
    page: int
    partial: bool
    reveal: Can | Cannot = Cannot("platform.cannot")

    def can(self, kind: Kind) -> Can:
        """The act's limits, or a refusal with the reason and the place in the console."""
        return _able(self.acts.get(kind, Cannot("platform.cannot")), kind)

    def can_reveal(self) -> Can:
        """The same for decrypting receivers, which is no change and no operation."""
        return _able(self.reveal, "reveal")


def _able(found: Can | Cannot, act: str) -> Can:
    if isinstance(found, Cannot):
        raise RefusedError(found.reason, act=act, where=found.where)
    return found
