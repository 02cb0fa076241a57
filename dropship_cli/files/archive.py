"""The members of a zip archive, inflated within limits; what they are, `xlsx_guard` knows.

reliability-evidence.md section 6 row 12: bytes are counted while reading, for what an archive declares may be a lie.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from copy import copy
from typing import BinaryIO

from dropship_cli.domain.errors import UsageError

MAX_ENTRIES = 1_000
MAX_INFLATED = 300 << 20
MAX_RATIO = 100
_RATIO_FROM = 1 << 20
# All that zipfile and zlib raise on archives that are cut, altered, encrypted or made up.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
)


def members(stream: BinaryIO, *, file: str) -> dict[str, bytes]:
    """All members by name. Raises UsageError `file.broken_xlsx`, or `file.unsafe_xlsx` with a reason and its limit."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _members(archive, file)
    except _BROKEN as error:
        raise UsageError("file.broken_xlsx", file=file) from error


def _members(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UsageError("file.unsafe_xlsx", file=file, reason="entries", limit=MAX_ENTRIES)
    contents: dict[str, bytes] = {}
    left = MAX_INFLATED
    for entry in entries:
        if entry.filename in contents:
            raise UsageError("file.broken_xlsx", file=file)
        contents[entry.filename] = content = _inflated(archive, entry, left, file)
        left -= len(content)
    return contents


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, file: str) -> bytes:
    """One member's content; inflated here, because `zipfile` stops at the size that the archive declares."""
    stored = _stored(archive, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        content, whole = stored, True
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        allowed = min(left, max(_RATIO_FROM, len(stored) * MAX_RATIO))
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        content = inflater.decompress(stored, allowed + 1)
        if len(content) > allowed:
            raise UsageError(
                "file.unsafe_xlsx", file=file, reason="inflated", limit=f"{MAX_INFLATED >> 20} MB"
            )
        whole = inflater.eof
    else:
        raise UsageError("file.broken_xlsx", file=file)
    if not whole or zlib.crc32(content) != entry.CRC:
        raise UsageError("file.broken_xlsx", file=file)
    return content


def _stored(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The member's bytes as they lie in the archive, compressed."""
    raw = copy(entry)
    raw.compress_type, raw.file_size = zipfile.ZIP_STORED, entry.compress_size
    raw.CRC = None  # type: ignore[assignment]  # zipfile then compares none: the one known is the content's
    with archive.open(raw) as member:
        return member.read()
