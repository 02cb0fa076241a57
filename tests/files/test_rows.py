"""Good files in all their dresses are read: every row, its number, its mended values, its own cells."""

from __future__ import annotations

import io
import os
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dropship_cli.domain.errors import UsageError
from dropship_cli.files import delimited
from dropship_cli.files.headers import ALLOCATION, ITEMS, SHIPMENT, Columns, Meaning
from dropship_cli.files.rows import Row, open_rows
from dropship_cli.files.writing import write_rows

Write = Callable[..., str]
HEADING = "item_id,carrier,tracking_number,quantity"


def rows_of(path: str, columns: Columns = SHIPMENT, **options: object) -> list[Row]:
    with open_rows(path, columns, **options) as sheet:  # type: ignore[arg-type] - the options are open_rows' own
        return list(sheet)


def item_ids(rows: list[Row]) -> list[str]:
    return [row.cells[Meaning.ITEM] for row in rows]


def test_a_platforms_own_export_is_read(sheet: Write) -> None:
    """Byte order mark, CRLF, a tab before each identifier, columns of no interest."""
    path = sheet("\ufeff订单编号,子订单编号,商家编码,厂家店铺编号,备注\r\n\t6923,\t6924,,880011,\r\n")
    with open_rows(path, ALLOCATION) as read:
        assert read.headers == ("订单编号", "子订单编号", "商家编码", "厂家店铺编号", "备注")
        assert read.name == path
        assert list(read) == [
            Row(
                2,
                {"order_id": "6923", "item_id": "6924", "factory_id": "880011"},
                ("\t6923", "\t6924", "", "880011", ""),
                None,
            )
        ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_delimiter_line_end_and_encoding(sheet: Write, delimiter: str, end: str, encoding: str) -> None:
    lines = [
        ["快递单号", "备注", "代发订单号", "快递公司"],
        ["YT1", f"a{delimiter}b", "1", "圆通速递"],
        ["ZT2", "", "2", "中通"],
    ]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    rows = rows_of(sheet(text.encode(encoding), "batch.txt"))
    assert [(row.number, row.cells["item_id"], row.cells["carrier"]) for row in rows] == [
        (2, "1", "圆通速递"),
        (3, "2", "中通"),
    ]
    assert rows[0].original == ("YT1", f"a{delimiter}b", "1", "圆通速递")
    assert all(row.problem is None for row in rows)


def test_numbers_are_those_a_spreadsheet_shows(sheet: Write) -> None:
    """Blank lines count and are skipped; a line break inside quotes is one row."""
    path = sheet('\n\nitem_id,备注\n1,"two\nlines, ""quoted"""\n\n,\n2,\n')
    rows = rows_of(path, ITEMS)
    assert [(row.number, row.cells["item_id"]) for row in rows] == [(4, "1"), (7, "2")]
    assert rows[0].original[1] == 'two\nlines, "quoted"'


def test_excels_own_line_about_the_delimiter_is_obeyed(sheet: Write) -> None:
    rows = rows_of(sheet("sep=;\r\nitem_id;备注\r\n1;a,b,c,d\r\n"), ITEMS)
    assert [(row.number, row.original) for row in rows] == [(3, ("1", "a,b,c,d"))]


def test_a_heading_without_rows_is_an_empty_sheet(sheet: Write) -> None:
    assert rows_of(sheet(HEADING)) == []
    assert rows_of(sheet(HEADING + "\r\n\r\n")) == []


def test_a_column_that_stands_empty_may(sheet: Write) -> None:
    rows = rows_of(sheet(HEADING + "\n1,ZTO,78173786485074,\n"))
    assert rows[0].cells["quantity"] == ""
    assert rows[0].problem is None


def test_short_rows_and_empty_cells_at_the_end_are_no_problem(sheet: Write) -> None:
    rows = rows_of(sheet(HEADING + "\n1,ZTO,7817\n2,ZTO,7818,1,,,\n"))
    assert [row.problem for row in rows] == [None, None]


def test_a_totals_line_is_a_row(sheet: Write) -> None:
    rows = rows_of(sheet(HEADING + "\n1,ZTO,78173786485074,1\n合计,,,1\n"))
    assert rows[1].cells["item_id"] == "合计"
    assert rows[1].problem is not None
    assert rows[1].problem.code == "row.missing"


def test_the_format_is_found_by_content_not_by_name(sheet: Write, book: Write) -> None:
    assert item_ids(rows_of(book(name="book.csv"))) == ["6923001"]
    assert item_ids(rows_of(sheet(HEADING + "\n1,ZTO,7817,1\n", "text.xlsx"))) == ["1"]


def test_standard_input_is_read_whatever_it_is(book: Write) -> None:
    text = (HEADING + "\n1,圆通,YT1234,1\n").encode("gb18030")
    assert item_ids(rows_of("-", stdin=io.BytesIO(text))) == ["1"]
    assert item_ids(rows_of("-", stdin=io.BytesIO(Path(book()).read_bytes()))) == ["6923001"]


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("item_id\n1\n2\n",))
    writer.start()
    assert item_ids(rows_of(str(pipe), ITEMS)) == ["1", "2"]
    writer.join()


def test_the_users_encoding_wins(sheet: Write) -> None:
    path = sheet("訂單,item_id\n甲,1\n".encode("big5"))
    assert rows_of(path, ITEMS, encoding="big5")[0].original == ("甲", "1")


def test_what_a_spreadsheet_holds_is_read_as_it_is_shown(book: Write) -> None:
    rows = (
        '<row r="3"><c r="A3"><v>6923002</v></c><c r="B3" t="inlineStr"><is><r><t>中</t></r><r><t>通</t></r></is></c>'
        '<c r="C3"><v>78173786485074</v></c></row>'
        '<row r="6"><c r="A6" t="str"><v>6923003</v></c><c r="C6"><v>1</v></c><c r="B6" t="b"><v>1</v></c></row>'
    )
    read = rows_of(book(rows))
    assert [row.number for row in read] == [2, 3, 6]
    assert read[1].cells == {"item_id": "6923002", "carrier": "中通", "tracking_number": "78173786485074"}
    assert read[2].original == ("6923003", "TRUE", "1")


def test_a_sheet_that_begins_lower_and_further_right_keeps_its_numbers(book: Write) -> None:
    body = (
        '<sheetData><row r="4"><c r="C4" t="inlineStr"><is><t>item_id</t></is></c></row>'
        '<row r="5"><c r="C5"><v>7</v></c></row></sheetData>'
    )
    read = rows_of(book(body=body), ITEMS)
    assert [(row.number, row.cells["item_id"]) for row in read] == [(5, "7")]


def test_the_first_sheet_that_a_person_sees_is_read(book: Write) -> None:
    hidden = '<sheet name="codes" sheetId="2" state="hidden" r:id="rId2"/><sheet name="S1" sheetId="1" r:id="rId1"/>'
    assert item_ids(rows_of(book(others=["<sheetData/>"], sheets=hidden))) == ["6923001"]


def test_the_other_sheets_that_a_person_sees_are_named(book: Write) -> None:
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, name, state in [
            (1, "monday", "visible"), (2, "codes", "hidden"), (3, "tuesday", "visible"), (4, "empty", "visible")
        ]
    )  # fmt: skip
    full = '<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>'
    with open_rows(book(others=[full, full, "<sheetData/>"], sheets=listed), SHIPMENT) as read:
        assert read.unread == ("tuesday",)
        assert [row.cells["item_id"] for row in read] == ["6923001"]


def test_batches_and_single_rows_read_alike(sheet: Write) -> None:
    """One odd row sends its batch another way: the others must come out the same."""
    good = [f"{number},中通快递,{78173786485074 + number},1" for number in range(600)]
    odd = [*good[:300], "bad row,中通快递,1,1", *good[300:]]
    straight, mixed = rows_of(sheet("\n".join([HEADING, *good]))), rows_of(sheet("\n".join([HEADING, *odd])))
    assert [row.cells for row in mixed if row.problem is None] == [row.cells for row in straight]
    assert [row.original for row in mixed if row.problem is None] == [row.original for row in straight]
    assert [row.number for row in mixed] == list(range(2, 603))
    assert [row.number for row in mixed if row.problem] == [302]


def test_memory_stays_flat_however_long_the_text(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        path.write_text(HEADING + "\n" + "".join(f"{n},中通,{n},1\n" for n in range(count)))
        tracemalloc.start()
        with open_rows(str(path), SHIPMENT) as read:
            assert sum(1 for _ in read) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(40_000) < peak(10_000) + (2 << 20)


def test_more_rows_than_the_limit_are_refused(sheet: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 3)
    with pytest.raises(UsageError, match=r"file\.too_many_rows"):
        rows_of(sheet("item_id\n1\n2\n3\n"), ITEMS)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_what_we_write_we_read(tmp_path: Path, suffix: str) -> None:
    path = str(tmp_path / f"out{suffix}")
    write_rows(path, ["item_id", "carrier", "tracking_number", "quantity"], _many())
    read = rows_of(path)
    assert [
        tuple(row.cells[name] for name in ("item_id", "tracking_number", "quantity")) for row in read
    ] == [(item, number, str(count)) for item, _, number, count in _many()]
    assert all(row.problem is None for row in read)


def _many() -> Iterator[tuple[str, str, str, int]]:
    for number in range(1_000):
        yield str(6923007000000000000 + number), "中通快递(常用)", str(78173786485074 + number), number + 1


@pytest.mark.parametrize("text", [
    "发货清单 11月\nitem_id,备注\n1,急\n",
    "发货清单,,\n\n厂家：老王,,\nitem_id,备注,\n1,急,\n",
    "发货清单; 11月\t\nitem_id\t备注\n1\t急\n",
])  # fmt: skip
@pytest.mark.parametrize("name", ["batch.csv", "batch.xlsx"])
def test_a_title_may_stand_above_the_headings(sheet: Write, text: str, name: str) -> None:
    (row,) = rows_of(sheet(text, name), ITEMS)
    assert (row.cells[Meaning.ITEM], row.number) == ("1", text.count("\n"))


def test_a_file_without_headings_is_told_by_its_first_row(sheet: Write) -> None:
    with pytest.raises(UsageError, match=r"file\.no_header") as error:
        rows_of(sheet("6923001\n6923002\n6923003\n"), ITEMS)
    assert error.value.values["found"] == "6923001"
