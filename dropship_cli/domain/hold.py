"""What a person holds back, and until when: a held item is neither allocated nor shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dropship_cli.domain.moment import rfc3339


@dataclass(frozen=True, slots=True)
class Hold:
    """One held item. `until` and `at` are Unix seconds; without `until` it is held until it is released."""

    item_id: str
    reason: str
    until: int | None
    who: str
    at: float

    def in_force(self, now: float) -> bool:
        """Whether it still holds the item back."""
        return self.until is None or self.until > now

    def values(self) -> Mapping[str, object]:
        """The facts of the refusal `item.held`."""
        return {"reason": self.reason, "until": rfc3339(self.until), "who": self.who}
