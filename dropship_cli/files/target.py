"""Where exported rows go and in which form: a file that is there whole or not at all, or standard output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.atomic import written_whole

STDOUT = "-"


class Format(StrEnum):
    """What a file is; the value is its ending, and what `--format` takes."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSONL = "jsonl"


_ENDINGS = {**{one.value: one for one in Format}, "ndjson": Format.JSONL}


def format_of(path: str, named: str | None) -> Format:
    """The form that was named, else the one of the name's ending; `-` without a word is csv.

    Raises UsageError `file.format` where neither says anything that we can write.
    """
    word = named if named is not None else "csv" if path == STDOUT else PurePath(path).suffix[1:]
    found = _ENDINGS.get(word.lower())
    if found is None:
        raise UsageError("file.format", file=path, format=word, known=", ".join(Format))
    return found


@contextmanager
def opened(path: str, stdout: BinaryIO, *, overwrite: bool) -> Iterator[BinaryIO]:
    """The stream to write to. Raises as `written_whole`; what standard output raises comes as it is."""
    if path == STDOUT:
        yield stdout
        stdout.flush()
        return
    with written_whole(path, overwrite=overwrite) as stream:
        yield stream
