"""Which encoding a text file is in, judged on the whole of it in pieces; nothing is split into rows here.

The rule is reliability-evidence.md section 6 row 18: 圆通 in GBK is valid UTF-8, so "try UTF-8 first" is wrong.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dropship_cli.domain.errors import UsageError

_PIECE = 1 << 20
_SHOWN = 40
# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Texts, not patterns: compiling them takes 10 ms, and only Chinese files need it.
_WIDE = "[\u0800-\U0010ffff]"
_NOT_HANZI = "[^\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# What people call GB2312 or GBK is read as their superset. Python's utf-8-sig takes half a mark at the end for
# nothing; readers take a whole mark off themselves.
_CALLED = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a whole file reads in one encoding; `broken_at` is the line of the first wrong byte."""

    broken_at: int | None = None
    ascii: bool = True
    wide: bool = False
    hanzi: bool = True


def choose(stream: BinaryIO, *, file: str, given: str | None = None) -> str:
    """The codec that reads all of `stream` strictly; `given` (--encoding) wins. Leaves `stream` at its start.

    Raises UsageError `file.unknown_encoding`, or `file.encoding` with the line of the first byte that can't be read.
    """
    marked = _marked(stream)
    wanted = _codec(given, file) if given else marked
    if wanted is None:
        return _judged(stream, file)
    reading = _read(stream, wanted)
    if reading.broken_at is not None:
        raise UsageError("file.encoding", file=file, encoding=given or wanted, line=reading.broken_at)
    return wanted


def _judged(stream: BinaryIO, file: str) -> str:
    """The rule proper, for a file without a mark."""
    utf8 = _read(stream, "utf-8")
    if utf8.broken_at is None and (utf8.ascii or utf8.wide):
        return "utf-8"
    gb = _read(stream, "gb18030")
    if gb.broken_at is None and (utf8.broken_at is not None or gb.hanzi):
        return "gb18030"
    if utf8.broken_at is None:
        return "utf-8"
    raise UsageError(
        "file.encoding", file=file, encoding="UTF-8 / GB18030", line=max(utf8.broken_at, gb.broken_at or 0)
    )


def _marked(stream: BinaryIO) -> str | None:
    stream.seek(0)
    head = stream.read(4)
    stream.seek(0)
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), None)


def _codec(given: str, file: str) -> str:
    """The Python codec for what a person calls an encoding; only those that turn bytes into text."""
    try:
        info = codecs.lookup(given)
        "".encode(given)  # LookupError for codecs between bytes and bytes
    except (LookupError, ValueError) as error:
        raise UsageError("file.unknown_encoding", file=file, encoding=given[:_SHOWN]) from error
    return _CALLED.get(info.name, info.name)


def _read(stream: BinaryIO, codec: str) -> _Reading:
    """Decodes all of `stream`, a piece at a time, and notes what was in it."""
    decoder = codecs.getincrementaldecoder(codec)()
    lines, only_ascii, wide, hanzi = 1, True, False, True
    for piece, last in _pieces(stream):
        try:
            text = decoder.decode(piece, last)
        except UnicodeError as error:
            return _Reading(broken_at=lines + _lines_before(error))
        lines += text.count("\n") or text.count("\r")
        if not text.isascii():
            only_ascii = False
            wide = wide or re.search(_WIDE, text) is not None
            hanzi = hanzi and re.search(_NOT_HANZI, text) is None
    return _Reading(None, only_ascii, wide, hanzi)


def _pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    stream.seek(0)
    while piece := stream.read(_PIECE):
        yield piece, False
    yield b"", True
    stream.seek(0)


def _lines_before(error: UnicodeError) -> int:
    if not isinstance(error, UnicodeDecodeError):
        return 0
    good = error.object[: error.start]
    return good.count(b"\n") or good.count(b"\r")
