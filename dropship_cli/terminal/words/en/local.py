"""English sentences about whose items are whose: hands, factories off the platform, their sheets, imported orders."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "usage.hand": ("there is no hand {hand}", "one of: {known}"),
}

NOTES: dict[str, str] = {
    "act.handled_by": "tell items by hands",
    "column.handled_by": "with",
    "hand.self": "ourselves",
    "hand.factory": "factory",
    "hand.nobody": "nobody",
}
