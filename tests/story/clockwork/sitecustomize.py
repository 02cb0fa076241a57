"""Another day for a whole process: loaded by Python itself where the path names this folder; nothing else here."""

from __future__ import annotations

import os
import time
from pathlib import Path

if "STORY_CLOCK" in os.environ:
    _real, _off = time.time, float(Path(os.environ["STORY_CLOCK"]).read_text())
    time.time = lambda: _real() + _off
