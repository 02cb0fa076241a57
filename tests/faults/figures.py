"""Figures of a run (cases, kills, races, examples): tests add them up, the last lines of the run show them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

KEY = "figure"
Figure = Callable[[str, int], None]
_SHOWN = pytest.StashKey[bool]()


def recorder(node: pytest.Item) -> Figure:
    """Add to a figure; it travels with the test's report, so that it arrives from xdist's workers too."""
    return lambda name, amount: node.user_properties.append((KEY, [name, amount]))


def summarise(reporter: pytest.TerminalReporter) -> None:
    """Print every figure once, and append them to the file that `DROPSHIP_FIGURES` names."""
    if reporter.config.stash.get(_SHOWN, False):
        return
    reporter.config.stash[_SHOWN] = True
    total: Counter[str] = Counter()
    for report in (one for reports in reporter.stats.values() for one in reports):
        if getattr(report, "when", "") == "call":
            for key, value in report.user_properties:
                if key == KEY:
                    total[value[0]] += value[1]
    if not total:
        return
    reporter.section("figures")
    for name, amount in sorted(total.items()):
        reporter.line(f"{name}: {amount}")
    if "DROPSHIP_FIGURES" in os.environ:
        with Path(os.environ["DROPSHIP_FIGURES"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(dict(sorted(total.items()))) + "\n")
