"""What an .xlsx must pass before python-calamine opens it: size, inflation, document types, far cells.

reliability-evidence.md section 0 finding 7 and section 6 rows 12-14: a legal file of 5 KB with two far cells aborts
the process. What passed is packed again, uncompressed, so that the library sees exactly what was looked at.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.archive import members
from dropship_cli.files.sheet_extent import check_extent
from dropship_cli.files.source import Source
from dropship_cli.files.xml_walk import walk_xml

MAX_FILE = 50 << 20

# Where the library looks for things; it finds the workbook under its usual name only.
_TYPES, _PACKAGE, _BOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
_USUAL_PACKAGE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
)
_NEEDED = ("styles", "sharedStrings")
_XML = (".xml", ".rels", ".vml")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s>]")
_DOCTYPE = re.compile(rb"<!doctype", re.IGNORECASE)
# Other archives that people send, by a member that gives them away.
_OTHERS = (
    ("xl/workbook.bin", "Excel binary (.xlsb)"),
    ("mimetype", "OpenDocument (.ods)"),
    ("word/document.xml", "Word (.docx)"),
    ("ppt/presentation.xml", "PowerPoint (.pptx)"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that is safe to open: the parts that the library needs, its first visible sheet's name and XML.

    `unread` names the other sheets that a person sees, as far as they hold anything.
    """

    parts: Mapping[str, bytes]
    sheet: str
    xml: bytes
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """One relationship of a part to another: what kind, and the path of the other."""

    kind: str
    path: str


def check(source: Source) -> Checked:
    """Raises UsageError `file.too_large`, `file.foreign`, `file.broken_xlsx`, or `file.unsafe_xlsx` with a reason."""
    if source.size > MAX_FILE:
        raise UsageError("file.too_large", file=source.name, limit=f"{MAX_FILE >> 20} MB")
    parts = members(source.stream, file=source.name)
    for name, content in parts.items():
        _check_xml(name, content, source.name)
    book = _workbook(parts, source.name)
    links = _links(parts, book, source.name)
    (sheet, path), *others = _visible_sheets(parts, book, links, source.name)
    kept = {path, *(link.path for link in links.values() if link.kind in _NEEDED)} & parts.keys()
    for name in kept:  # all of them: a crooked link could pass any of them off as the sheet
        check_extent(parts[name], file=source.name)
    usual = {_TYPES: parts.get(_TYPES, b""), _PACKAGE: _USUAL_PACKAGE, _BOOK: parts[book]}
    usual[_links_of(_BOOK)] = parts[_links_of(book)]
    unread = tuple(name for name, other in others if _CELL.search(parts[other]))
    return Checked(usual | {name: parts[name] for name in kept}, sheet, parts[path], unread)


def _check_xml(name: str, content: bytes, file: str) -> None:
    """No document types (they define entities), and no encoding in which one could hide."""
    if not name.lower().endswith(_XML):
        return
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise UsageError("file.unsafe_xlsx", file=file, reason="encoding", limit="UTF-8")
    if b"!" in content and _DOCTYPE.search(content):
        raise UsageError("file.unsafe_xlsx", file=file, reason="doctype", limit=0)


def _workbook(parts: Mapping[str, bytes], file: str) -> str:
    """The path of the workbook's part, which the package names; Excel's web edition gives it another than usual."""
    named = [link.path for link in _links(parts, "", file).values() if link.kind == "officeDocument"]
    for path in (*named, _BOOK):
        if path in parts and not any(name in parts for name, _ in _OTHERS):
            return path
    kind = next((kind for name, kind in _OTHERS if name in parts), "ZIP")
    raise UsageError("file.foreign", file=file, kind=kind)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _links(parts: Mapping[str, bytes], part: str, file: str) -> dict[str, _Link]:
    """The relationships of a part (of the package itself for "") by id."""
    xml = parts.get(_links_of(part))
    found: dict[str, _Link] = {}
    for attributes in _elements(xml, "Relationship", file) if xml else ():
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("Id", "") in found:
            raise UsageError("file.broken_xlsx", file=file)
        found[attributes.get("Id", "")] = _Link(kind, posixpath.normpath(path))
    return found


def _visible_sheets(
    parts: Mapping[str, bytes], book: str, links: Mapping[str, _Link], file: str
) -> list[tuple[str, str]]:
    """The names and the paths of the sheets that a person sees: one at least."""
    found: list[tuple[str, str]] = []
    for sheet in _elements(parts[book], "sheet", file):
        link = next((links[v] for k, v in sheet.items() if k.endswith(":id") and v in links), None)
        visible = sheet.get("state", "visible") == "visible"
        if visible and link and link.kind == "worksheet" and link.path in parts:
            found.append((sheet.get("name", ""), link.path))
    if not found:
        raise UsageError("file.broken_xlsx", file=file)
    return found


def _elements(xml: bytes, wanted: str, file: str) -> list[dict[str, str]]:
    """The attributes of all elements with this local name."""
    found: list[dict[str, str]] = []
    walk_xml(xml, lambda name, attributes: found.append(attributes) if name == wanted else None, file=file)
    return found
