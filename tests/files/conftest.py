"""Makers of spreadsheets, good and bad, for the readers' tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Book = Callable[..., str]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = f'''<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>'''
WORKBOOK = f'''<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>%s</sheets></workbook>'''
LINKS = f'''<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'''
ROOT = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'


def link(number: int) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'


def worksheet(body: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{body}</worksheet>'.encode()


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADING = (
    '<row r="1">' + cell("A1", "item_id") + cell("B1", "carrier") + cell("C1", "tracking_number") + "</row>"
)
GOOD = '<row r="2">' + cell("A2", "6923001") + cell("B2", "中通") + cell("C2", "78173786485074") + "</row>"


def archive(bodies: list[str], *, sheets: str | None = None, more: dict[str, bytes] | None = None) -> bytes:
    """An .xlsx whose sheets hold these bodies; `more` adds or replaces members."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(bodies) + 1))
    members = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": (LINKS % ROOT).encode(),
        "xl/workbook.xml": (WORKBOOK % (sheets or listed)).encode(),
        "xl/_rels/workbook.xml.rels": (LINKS % "".join(map(link, range(1, len(bodies) + 1)))).encode(),
    }
    for n, body in enumerate(bodies, 1):
        members[f"xl/worksheets/sheet{n}.xml"] = worksheet(body)
    members |= more or {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Writes an .xlsx: `rows` follow the usual heading and one good row in the first sheet."""

    def make(rows: str = "", *, name: str = "book.xlsx", body: str | None = None, **options: object) -> str:
        path = tmp_path / name
        first = body if body is not None else f"<sheetData>{HEADING}{GOOD}{rows}</sheetData>"
        path.write_bytes(archive([first, *options.pop("others", [])], **options))  # type: ignore[misc, arg-type] - the options are archive's own
        return str(path)

    return make


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    """Writes bytes or text (as UTF-8) to a file and gives its path."""

    def write(content: bytes | str, name: str = "batch.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write
