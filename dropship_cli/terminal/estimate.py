"""How long a run will take, in words: before it begins, and while it goes on. No clock and no stream."""

from __future__ import annotations

from dropship_cli.terminal import words

LONG = 5.0
"""Seconds from which a run is announced (our decision): below, it is over before the note is read."""


def duration(seconds: float, lang: str) -> str:
    """`40 s`, `14 min`, `2 h 5 min`: as precise as a person plans with."""
    if seconds < 120:
        return words.note("span.seconds", lang, {"n": max(1, round(seconds))})
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours < 2:
        return words.note("span.minutes", lang, {"n": 60 * hours + minutes})
    return words.note("span.hours", lang, {"n": hours, "minutes": minutes})


def left(done: int, total: int | None, elapsed: float, lang: str) -> str:
    """What is left at the speed so far; nothing while that can't be told."""
    if not done or total is None or done >= total:
        return ""
    return duration(elapsed / done * (total - done), lang)
