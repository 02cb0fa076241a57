"""The promised JSON of `restore`: from the action's result to a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from dropship_cli.domain.operation import Operation, State
from dropship_cli.terminal.json_shape import operation_record


class Left(Protocol):
    """What the restored journal does not have; `store.left_behind` has it."""

    @property
    def again(self) -> Sequence[Operation]: ...
    @property
    def ended(self) -> Mapping[State, int]: ...
    @property
    def whole(self) -> bool: ...


class Restored(Protocol):
    """What is shown of a restore; `store.backup` has it."""

    @property
    def kept(self) -> Path | None: ...
    @property
    def left(self) -> Left: ...
    @property
    def unknown(self) -> int: ...


def restore_record(file: str, restored: Restored, lang: str) -> dict[str, Any]:
    """`kept` is where the replaced store lies. `again` are its wishes that have to be asked for again; `done`,
    `refused` and `dropped` count its others that are not in the restored journal; `unknown` counts the restored
    ones that `sync` asks about; `whole` is false where the replaced store could not tell everything."""
    left = restored.left
    return {
        "path": file,
        "kept": None if restored.kept is None else str(restored.kept),
        "whole": left.whole,
        "unknown": restored.unknown,
        **{state.value: left.ended.get(state, 0) for state in (State.DONE, State.REFUSED, State.DROPPED)},
        "again": [operation_record(one, lang) for one in left.again],
    }
