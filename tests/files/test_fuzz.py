"""Any bytes whatever are rows or one UsageError: no other exception, no hang, no guess."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.errors import UsageError
from dropship_cli.files.headers import ALLOCATION, ITEMS, SHIPMENT, Columns
from dropship_cli.files.rows import Row, open_rows
from dropship_cli.files.writing import write_rows

pytestmark = pytest.mark.timeout(900)  # --nightly asks for thousands of examples

FREE = Columns({"item": ("item_id",), "text": ("a", "b")})
COLUMNS = st.sampled_from([ALLOCATION, ITEMS, SHIPMENT, FREE])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "big5"])
KNOWN = [
    "item_id",
    "子订单号",
    "订单编号",
    "factory_id",
    "carrier",
    "快递公司",
    "tracking_number",
    "quantity",
    "a",
    "数量（必填）",
]
WORDS = st.sampled_from(
    [*KNOWN, "", "-", "1", "6923007000000001327", "6.9E+17", "中通", "圆通", "=1", "'", '"', "\0", "9" * 70]
)
TEXT = st.lists(
    WORDS
    | st.sampled_from([",", "\t", ";", "|", "\r\n", "\n", "\r", '"', "\ufeff", "\u2028", "é"])
    | st.text(max_size=3),
    max_size=60,
).map("".join)
TABLE = st.lists(st.lists(WORDS, max_size=6), max_size=8)


def read(raw: bytes, columns: Columns, encoding: str | None = None) -> list[Row] | None:
    """The rows, checked for what every reader of them relies on; None for a file that was refused."""
    try:
        with open_rows("-", columns, stdin=io.BytesIO(raw), encoding=encoding) as sheet:
            rows = list(sheet)
    except UsageError as error:
        _check_refusal(error)
        return None
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    assert all(number >= 2 for number in numbers)
    for row in rows:
        assert all(isinstance(value, str) for value in [*row.cells.values(), *row.original])
        assert row.problem is None or row.problem.code.startswith("row.")
    return rows


def _check_refusal(error: UsageError) -> None:
    assert error.code.startswith("file.")
    assert error.values["file"] == "-"
    assert len(str(error)) < 2_000


@given(st.binary(max_size=400), COLUMNS)
def test_any_bytes(raw: bytes, columns: Columns) -> None:
    read(raw, columns)


@given(TEXT, ENCODINGS, COLUMNS)
def test_any_text_in_any_encoding(text: str, encoding: str, columns: Columns) -> None:
    read(text.encode(encoding, "replace"), columns)


@given(
    TEXT,
    ENCODINGS,
    st.sampled_from(["utf-8", "gbk", "utf-16", "latin-1", "utf-7", "big5", "hz", "none", "uu", "punycode"]),
)
def test_any_text_read_as_any_encoding(text: str, encoding: str, told: str) -> None:
    read(text.encode(encoding, "replace"), ITEMS, told)


@given(st.sampled_from(KNOWN), TABLE, st.sampled_from([",", "\t", ";", "|"]))
def test_any_table_under_a_good_heading(heading: str, table: list[list[str]], delimiter: str) -> None:
    lines = [[heading, "备注"], *table]
    read("\n".join(delimiter.join(line) for line in lines).encode(), ITEMS)


@given(st.data())
def test_any_damage_to_a_good_text(data: st.DataObject) -> None:
    good = "item_id,carrier,tracking_number,quantity\r\n" + "6923007,中通快递,78173786485074,1\r\n" * 5
    read(_damaged(data, good.encode(data.draw(ENCODINGS), "replace")), SHIPMENT)


@pytest.fixture(scope="module")
def good_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("fuzz") / "good.xlsx"
    write_rows(
        str(path), ["item_id", "carrier", "tracking_number", "quantity"], [["1", "中通", "7817", 1]] * 20
    )
    return path.read_bytes()


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_to_a_spreadsheet(good_book: bytes, data: st.DataObject) -> None:
    read(_damaged(data, good_book), SHIPMENT)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_to_a_part_of_a_spreadsheet(good_book: bytes, data: st.DataObject) -> None:
    """Below the checksums: the archive is sound, what is in it is not."""
    with zipfile.ZipFile(io.BytesIO(good_book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = _damaged(data, parts[name])
    read(_zipped(parts), SHIPMENT)


REFERENCES = st.sampled_from(
    ["A2", "B2", "D3", "Z9", "AA12", "IV5", "XFD9", "a2", "A0", "A1048577", "2", "", "A2 "]
)
TAGS = st.sampled_from(["row", "c", "v", "f", "is", "t", "sheetData", "x:c", "mergeCell"])
PIECES = st.one_of(
    st.builds(
        '<c r="{}" t="{}"><v>{}</v></c>'.format,
        REFERENCES,
        st.sampled_from(["s", "b", "e", "str", "n", "d"]),
        WORDS,
    ),
    st.builds('<c r="{}"><f>1</f><v>{}</v></c>'.format, REFERENCES, st.integers()),
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.builds('<row r="{}">'.format, st.integers(-1, 1_100_000)),
    st.sampled_from(
        ["<c/>", "<c><v>1</v></c>", "<!-- x -->", "<![CDATA[<c r='A1'>]]>", "&amp;", "&x;", "text", "\ufffe"]
    ),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_sheet_of_cells(cells: str) -> None:
    heading = '<row r="1"><c r="A1" t="str"><v>item_id</v></c></row>'
    read(_zipped(_small_book() | {"xl/worksheets/sheet1.xml": _sheet_of(heading + cells)}), ITEMS)


def test_the_fuzzers_bases_are_good_files() -> None:
    """A reader that refuses everything would pass all of the above: these must be read."""
    assert read(b"item_id\n1\n2\n", ITEMS) is not None
    body = '<row r="1"><c r="A1" t="str"><v>item_id</v></c></row>'
    assert read(_zipped(_small_book() | {"xl/worksheets/sheet1.xml": _sheet_of(body)}), ITEMS) == []


def _sheet_of(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    return body.encode("utf-8", "replace")


def _small_book() -> dict[str, bytes]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheets = '<sheets><sheet name="S" r:id="r1"/></sheets>'
    link = f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
    return {
        "xl/workbook.xml": f'<workbook xmlns:r="{office}">{sheets}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{link}</Relationships>'.encode(),
    }


def _damaged(data: st.DataObject, raw: bytes) -> bytes:
    """Cut, flipped, doubled, or with something put in."""
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 30))
        put = data.draw(st.binary(max_size=8) | st.just(raw[at : at + length]))
        raw = raw[:at] + put + raw[at + length * data.draw(st.integers(0, 1)) :]
    return raw


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
