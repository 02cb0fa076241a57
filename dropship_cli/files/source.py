"""A file or standard input as bytes that can be read twice, within limits and of a known kind; its rows are others'."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from dropship_cli.domain.errors import UsageError

STDIN = "-"
MAX_TEXT = 1 << 30
_PIECE = 1 << 20
_IN_MEMORY = 16 << 20
_HEAD = 8192

# The first bytes of what people send by mistake; the name goes into the error.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "Excel 97 (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"<table", "HTML"),
    (b"<meta", "HTML"),
    (b"<?xml", "XML"),
    (b"<workbook", "XML"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """An open, seekable file. `name` is what the person called it, `-` for standard input."""

    name: str
    stream: BinaryIO
    size: int
    is_zip: bool


def open_source(name: str, stdin: BinaryIO | None) -> Source:
    """Opens `name`; standard input and pipes are first copied to a file of ours without a name.

    Raises UsageError: `file.not_found`, `file.is_folder`, `file.unreadable`, `file.too_large`, `file.empty`,
    `file.foreign` (another format, with its name) or `file.binary`.
    """
    stream = _spooled(stdin or sys.stdin.buffer, name) if name == STDIN else _opened(name)
    with ExitStack() as undo:
        undo.callback(stream.close)
        try:
            source = _examined(name, stream)
        except OSError as error:
            raise UsageError("file.unreadable", file=name, reason=_reason(error)) from error
        undo.pop_all()
    return source


def _examined(name: str, stream: BinaryIO) -> Source:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > MAX_TEXT:
        raise UsageError("file.too_large", file=name, limit=f"{MAX_TEXT >> 20} MB")
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UsageError("file.empty", file=name)
    is_zip = head.startswith(b"PK\x03\x04")
    if not is_zip and (kind := _foreign(head)):
        raise UsageError("file.foreign", file=name, kind=kind)
    if not is_zip and _is_binary(head):
        raise UsageError("file.binary", file=name)
    return Source(name, stream, size, is_zip)


def _opened(name: str) -> BinaryIO:
    try:
        if stat.S_ISREG(Path(name).stat().st_mode):
            return Path(name).open("rb")
        if Path(name).is_dir():
            raise UsageError("file.is_folder", file=name)
        with Path(name).open("rb", buffering=0) as pipe:
            return _spooled(pipe, name)
    except FileNotFoundError as error:
        raise UsageError("file.not_found", file=name) from error
    except ValueError as error:  # a NUL in the name
        raise UsageError("file.not_found", file=name.replace("\0", "�")) from error
    except OSError as error:
        raise UsageError("file.unreadable", file=name, reason=_reason(error)) from error


def _spooled(source: object, name: str) -> BinaryIO:
    """All of a pipe, up to the limit, in memory or a nameless file: the encoding needs the whole before a row."""
    from tempfile import SpooledTemporaryFile

    pipe = cast(BinaryIO, source)
    spool = cast(BinaryIO, SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    total = 0
    while piece := pipe.read(_PIECE):
        total += len(piece)
        if total > MAX_TEXT:
            spool.close()
            raise UsageError("file.too_large", file=name, limit=f"{MAX_TEXT >> 20} MB")
        spool.write(piece)
    return spool


def _foreign(head: bytes) -> str | None:
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for magic, kind in _MARKUP if start.startswith(magic)), None)


def _is_binary(head: bytes) -> bool:
    """Whether it is no text at all: many NULs without a mark of UTF-16 or UTF-32. One NUL is a row's problem."""
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    return not marked and head.count(0) * 10 > len(head)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
