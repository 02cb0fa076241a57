"""Whose turn it is: one of several factories by share, so that no count ever strays by a whole item. No chance in it.

R. Tijdeman, "The chairman assignment problem" (1980): among those that have waited long enough, the one that would
wait too long soonest. With two factories no count is off by more than half an item, with many by less than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


def next_turn(shares: Mapping[str, int], counts: Mapping[str, int], size: int = 1) -> str:
    """The factory that takes the next `size` items, given how many each has; the first named wins a draw.

    `shares` are proportions above 0 in any scale. The same arguments give the same answer.
    """
    if len(shares) == 1:
        return next(iter(shares))
    total = sum(counts.get(factory, 0) for factory in shares) + size
    whole = sum(shares.values())
    owed = {
        factory: Fraction(share * total, whole) - counts.get(factory, 0) for factory, share in shares.items()
    }
    least = Fraction(size, 2 * len(shares) - 2)
    ready = [factory for factory in shares if owed[factory] >= least]
    return min(ready, key=lambda factory: (size - least - owed[factory]) / shares[factory])
