"""The regions of an order in the wire's members: names and ids of province, city, district and street."""

import sqlite3
from typing import Any

from dropship_cli.sandbox.receivers import region_id

_LEVELS = ("province", "city", "district", "street")


def region_members(row: sqlite3.Row) -> dict[str, str]:
    """The eight flat members of the ``iop.*`` rows."""
    members: dict[str, str] = {}
    for level, (name, number) in zip(_LEVELS, _named(row), strict=True):
        members |= {level: name, f"{level}_id": number}
    return members


def region_objects(row: sqlite3.Row) -> dict[str, Any]:
    """The four nested members of ``post_addr``, where a district is called town."""
    levels = ("province", "city", "town", "street")
    return {
        level: {"name": name, "id": number} for level, (name, number) in zip(levels, _named(row), strict=True)
    }


def _named(row: sqlite3.Row) -> list[tuple[str, str]]:
    names = tuple(str(row[level]) for level in _LEVELS)
    return [(name, region_id(*names[: depth + 1])) for depth, name in enumerate(names)]
