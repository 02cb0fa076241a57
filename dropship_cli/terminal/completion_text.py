"""Candidates of shell completion in the shell's own form; what a shell could run is never among them.

Ids, names and titles come from outside, and zsh evaluates what it is given (the forms are those that Typer's
`--show-completion` scripts read).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dropship_cli.terminal.clean import clean

SHELLS = ("bash", "zsh", "fish")
Candidate = tuple[str, str]
_SAFE_VALUE = re.compile(r"[\w./:@+%=,-]+")
_UNSAFE_TOLD = re.compile(r"[^\w./+% -]+")
_TOLD_LENGTH = 40


def written(shell: str, candidates: Sequence[Candidate]) -> str:
    """What the shell's completion function wants on stdout; values that would need quoting are left out."""
    safe = [(value, _told(told)) for value, told in candidates if _SAFE_VALUE.fullmatch(value)]
    if shell == "zsh":
        return _zsh(safe)
    if shell == "fish":
        return "\n".join(f"{value}\t{told}" if told else value for value, told in safe)
    return "\n".join(value for value, _ in safe)


def _zsh(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "_files"
    listed = "\n".join(
        f'"{_colons(value)}":"{told}"' if told else f'"{_colons(value)}"' for value, told in candidates
    )
    return f"_arguments '*: :(({listed}))'"


def _colons(value: str) -> str:
    return value.replace(":", "\\\\:")


def _told(text: str) -> str:
    """Letters, digits and a few harmless marks; cut, as it is only a reminder."""
    return " ".join(_UNSAFE_TOLD.sub(" ", clean(text)).split())[:_TOLD_LENGTH]
