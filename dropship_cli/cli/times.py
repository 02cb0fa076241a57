"""Times as people write them in options: days, moments and spans; what is none is a usage error."""

from __future__ import annotations

from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.moment import parse_moment, parse_span


def moment(text: str | None) -> int | None:
    """Unix seconds of what a person wrote, or a usage error."""
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError:
        raise UsageError("usage.moment", value=text) from None


def seconds_of(text: str | None) -> float | None:
    """`90`, `90s`, `4m`, `6h` or `1d` in seconds, or a usage error."""
    if text is None:
        return None
    try:
        return parse_span(text)
    except ValueError:
        raise UsageError("usage.duration", value=text) from None
