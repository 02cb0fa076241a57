"""What a platform must offer so that somebody can listen to its pushes; no server and no store here.

A push is a hint and never a state: it names what to look at (reliability.md, rule 13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from dropship_cli.domain.push import Push


class Rejected(Exception):
    """A body that is not taken. `reason` is a code: `push.app`, `push.signature` or `push.unreadable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Pushes(Protocol):
    """One app's pushes; pure and thread safe."""

    accepted: bytes
    """The body of the answer that the platform takes for success."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Push]:
        """The messages of a body whose signature holds. None for a mere probe of the address.

        `headers` are by lower-case name. Raises `Rejected`.
        """
        ...

    def rejected(self, reason: str) -> bytes:
        """The body of an answer that is no success."""
        ...
