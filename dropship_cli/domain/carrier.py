"""Carriers by neutral code (placeholder until the table lands)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier: our neutral code, its Chinese name, what else people call it."""

    code: str
    name: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    platform_code: str = ""
