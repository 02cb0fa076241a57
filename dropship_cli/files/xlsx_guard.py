"""What an .xlsx must pass before python-calamine opens it: size, inflation, document types, far cells.

reliability-evidence.md section 0 finding 7 and section 6 rows 12-14: a legal file of 5 KB with two far cells aborts
the process. What passed is packed again, uncompressed, so that the library sees exactly what was looked at.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.sheet_extent import check_extent
from dropship_cli.files.source import Source
from dropship_cli.files.xml_walk import walk_xml

MAX_FILE = 50 << 20
MAX_ENTRIES = 1_000
MAX_INFLATED = 300 << 20
MAX_RATIO = 100
_DOCTYPE = re.compile(rb"<!doctype", re.IGNORECASE)
_RATIO_FROM = 1 << 20

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_KEPT = frozenset(
    {"[Content_Types].xml", "_rels/.rels", _BOOK, _LINKS, "xl/styles.xml", "xl/sharedStrings.xml"}
)
_XML = (".xml", ".rels", ".vml")
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
# Other archives that people send, by a member that gives them away.
_OTHERS = (
    ("xl/workbook.bin", "Excel binary (.xlsb)"),
    ("mimetype", "OpenDocument (.ods)"),
    ("word/document.xml", "Word (.docx)"),
    ("ppt/presentation.xml", "PowerPoint (.pptx)"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that is safe to open: the archive for the library, its first visible sheet's name and XML."""

    archive: io.BytesIO
    sheet: str
    xml: bytes


def check(source: Source) -> Checked:
    """Raises UsageError `file.too_large`, `file.foreign`, `file.broken_xlsx`, or `file.unsafe_xlsx` with a reason."""
    if source.size > MAX_FILE:
        raise UsageError("file.too_large", file=source.name, limit=f"{MAX_FILE >> 20} MB")
    try:
        with zipfile.ZipFile(source.stream) as archive:
            parts = _parts(archive, source.name)
    except UsageError:
        raise
    except _BROKEN as error:
        raise UsageError("file.broken_xlsx", file=source.name) from error
    sheet, path = _first_sheet(parts, source.name)
    check_extent(parts[path], file=source.name)
    return Checked(_packed(parts, path), sheet, parts[path])


def _parts(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """All members inflated, counted as they come: what the archive says about their sizes may be a lie."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise UsageError("file.unsafe_xlsx", file=file, reason="entries", limit=MAX_ENTRIES)
    if _BOOK not in names:
        kind = next((kind for name, kind in _OTHERS if name in names), "ZIP")
        raise UsageError("file.foreign", file=file, kind=kind)
    if len(names) < len(entries):
        raise UsageError("file.broken_xlsx", file=file)
    parts: dict[str, bytes] = {}
    left = MAX_INFLATED
    for entry in entries:
        content = _inflated(archive, entry, left, file)
        left -= len(content)
        _check_xml(entry.filename, content, file)
        if entry.filename in _KEPT or entry.filename.startswith("xl/worksheets/"):
            parts[entry.filename] = content
    return parts


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


def _check_xml(name: str, content: bytes, file: str) -> None:
    """No document types (they define entities), and no encoding in which one could hide."""
    if not name.lower().endswith(_XML):
        return
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise UsageError("file.unsafe_xlsx", file=file, reason="encoding", limit="UTF-8")
    if b"!" in content and _DOCTYPE.search(content):
        raise UsageError("file.unsafe_xlsx", file=file, reason="doctype", limit=0)


def _first_sheet(parts: Mapping[str, bytes], file: str) -> tuple[str, str]:
    """The name and the path of the first sheet that a person sees."""
    links = {
        attributes.get("Id", ""): attributes
        for attributes in _elements(parts.get(_LINKS, b""), "Relationship", file)
        if attributes.get("Type", "").endswith("/worksheet")
    }
    for sheet in _elements(parts[_BOOK], "sheet", file):
        link = next((links[v] for k, v in sheet.items() if k.endswith(":id") and v in links), None)
        if link is None or sheet.get("state", "visible") != "visible":
            continue
        target = link.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in parts:
            return sheet.get("name", ""), path
    raise UsageError("file.broken_xlsx", file=file)


def _elements(xml: bytes, wanted: str, file: str) -> list[dict[str, str]]:
    """The attributes of all elements with this local name."""
    found: list[dict[str, str]] = []
    walk_xml(xml, lambda name, attributes: found.append(attributes) if name == wanted else None, file=file)
    return found


def _packed(parts: Mapping[str, bytes], sheet: str) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            if name in _KEPT or name == sheet:
                archive.writestr(zipfile.ZipInfo(name), content)
    packed.seek(0)
    return packed
