"""Ctrl-C and SIGTERM: a clean journal, a word about what is queued, and the same file goes on where it stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from program import DATA, Program


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing_unknown(seeded: Program, number: signal.Signals, status: int) -> None:
    """What is in flight gets its answer, the rest stays queued and is counted, the next run ships it once."""
    seeded.ok("allocate", "--batch", DATA / "allocate.csv", "-p", "merchant")
    seeded.ok("sync", "-p", "factory-1")
    seeded.ok("profile", "set", "rate", "20", "-p", "factory-1")
    words = ["ship", "--batch", str(DATA / "tracking-gb18030.csv"), "-p", "factory-1"]
    run = subprocess.Popen(
        [sys.executable, "-m", "dropship_cli", *words],
        env=seeded.environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not _shipped(seeded):
        time.sleep(0.05)
    run.send_signal(number)
    _, told = run.communicate(timeout=60)
    assert run.returncode == status, told
    assert told.startswith("warning: stopped; still queued: ")
    done = _shipped(seeded)
    assert 0 < len(done) < 188
    states = {one["state"] for one in seeded.ok("queue", "--json", "-p", "factory-1").json}
    assert states == {"queued"}

    seeded.ok("profile", "set", "rate", "1000", "-p", "factory-1")
    seeded(*words)
    assert sorted(_shipped(seeded)) == sorted(set(_shipped(seeded)))
    assert len(_shipped(seeded)) == 188


def _shipped(world: Program) -> list[str]:
    return [item for act, item, _ in world.effects() if act == "shipped"]
