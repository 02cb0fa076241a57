"""Labels as they come out of the printer: the PDF is drawn as a picture, its barcodes are scanned, its text is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.label import Label, PrintData
from dropship_cli.domain.waybill import Goods, Sender, Waybill
from dropship_cli.files import label_font
from dropship_cli.files.labels import write_labels

DPI = 203  # a thermal printer
ROUTING = {
    "sort_code": "571-020-11", "package_code": "P57", "package_name": "杭州集包", "destination_code": "5710",
    "destination_name": "杭州分拨",
}  # fmt: skip
WAYBILL = Waybill(
    "zhongtong", "76000000000012", "6923007000000001327", "660001",
    goods=(Goods("6923007000000001327", 2, "SJK-15P", "透明", "手机壳 <磨砂> & 防摔"),), routing=ROUTING,
)  # fmt: skip
DATA = PrintData(
    "zhongtong", "76000000000012", "cipher", "sign", "王**", "13*******64", "浙江省 金华市 义乌市"
)
LABEL = Label(WAYBILL, "中通快递", DATA, Sender("一号仓", "13800000000", "浙江省", "金华市", "义乌市", "1号"))


@dataclass(frozen=True)
class Page:
    """What a reader sees of a page; the size in millimetres."""

    size: tuple[float, float]
    text: str
    barcodes: list[str]


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on every machine."""
    monkeypatch.setattr(label_font, "_PLACES", ())


def read(path: Path) -> list[Page]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [_page(pdf[number]) for number in range(len(pdf))]


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(picture)
    assert {one.format for one in found} <= {zxingcpp.BarcodeFormat.Code128}
    by_height = sorted(found, key=lambda one: one.position.top_left.y)
    text = page.get_textpage().get_text_range()
    return Page(
        (round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 1)), text, [one.text for one in by_height]
    )


def drawn(tmp_path: Path, *labels: Label) -> list[Page]:
    write_labels(str(tmp_path / "labels.pdf"), labels)
    return read(tmp_path / "labels.pdf")


def test_a_label_is_one_page_with_everything_on_it(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, LABEL)
    assert page.size == (76.0, 130.0)
    assert page.barcodes == ["76000000000012", "6923007000000001327"]
    for told in (
        "中通快递", "571-020-11", "杭州集包", "5710", "王**", "13*******64", "浙江省 金华市 义乌市", "一号仓",
        "2 × SJK-15P [透明] 手机壳 <磨砂> & 防摔", "76000000000012", "6923007000000001327",
    ):  # fmt: skip
        assert told in page.text


@pytest.mark.parametrize(
    "number",
    [
        "SF1000000000012",
        "YT7123456789012",
        "JDV000012345678-1-1-",
        "432100000000123456",
        "A" * 25,
        "1234",
        "9" * 33,
    ],
)
def test_the_number_is_read_by_a_scanner_from_a_printers_dots(tmp_path: Path, number: str) -> None:
    (page,) = drawn(tmp_path, replace(LABEL, waybill=replace(WAYBILL, tracking_number=number)))
    assert page.barcodes[0] == number


def test_nothing_is_drawn_over_the_edge_or_over_another_thing(tmp_path: Path) -> None:
    """The longest of everything: cut, counted, and both barcodes still scan."""
    goods = tuple(Goods(str(one), 3, "SKU-" + "长" * 40, "规格" * 20, "名" * 60) for one in range(30))
    long = replace(
        LABEL, carrier_name="快" * 60, sender=Sender("仓" * 50, "1" * 20, "省" * 20, "市" * 20, "区" * 20, "号" * 99),
        data=replace(DATA, area="区" * 90),
        waybill=replace(WAYBILL, goods=goods, routing=dict.fromkeys(ROUTING, "9" * 60)),
    )  # fmt: skip
    (page,) = drawn(tmp_path, long)
    assert page.barcodes == ["76000000000012", "6923007000000001327"]
    assert "另 23 种，共 69 件" in page.text
    assert "等 30 单" in page.text
    with pypdfium2.PdfDocument(tmp_path / "labels.pdf") as pdf:
        boxes = [one.get_bounds() for one in pdf[0].get_objects()]
    assert all(
        left >= 0 and bottom >= 0 and right <= 216 and top <= 369 for left, bottom, right, top in boxes
    )


def test_text_from_outside_can_not_break_a_label(tmp_path: Path) -> None:
    odd = Goods("1", 1, "=1+1", "\x1b[31m红\x00\n", "杯 🎁 ‮txt ) Tj (")
    (page,) = drawn(tmp_path, replace(LABEL, waybill=replace(WAYBILL, goods=(odd,))))
    assert "1 × =1+1 [[31m红] 杯 □" in page.text
    assert ") Tj (" in page.text


def test_without_masks_the_label_says_where_the_receiver_is(tmp_path: Path) -> None:
    (page,) = drawn(
        tmp_path, replace(LABEL, data=PrintData("zhongtong", "76000000000012", "opaque"), sender=None)
    )
    assert "完整收件人由平台打印组件解密" in page.text
    assert "opaque" not in page.text


def test_pages_keep_the_order_of_the_labels_and_the_same_labels_give_the_same_file(tmp_path: Path) -> None:
    labels = [
        replace(LABEL, waybill=replace(WAYBILL, tracking_number=f"7600000000{one:04d}")) for one in range(12)
    ]
    pages = drawn(tmp_path, *labels)
    assert [page.barcodes[0] for page in pages] == [one.waybill.tracking_number for one in labels]
    write_labels(str(tmp_path / "again.pdf"), labels)
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "labels.pdf").read_bytes()


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    drawn(tmp_path, LABEL)
    with pytest.raises(UsageError, match=r"file\.exists"):
        write_labels(str(tmp_path / "labels.pdf"), [LABEL])
    write_labels(str(tmp_path / "labels.pdf"), [LABEL, LABEL], overwrite=True)
    assert len(read(tmp_path / "labels.pdf")) == 2


def test_a_font_without_the_labels_characters_is_refused_before_anything_is_written(
    tmp_path: Path, latin_font: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        write_labels(str(tmp_path / "labels.pdf"), [LABEL], font=latin_font)
    assert refusal.value.code == "label.font_lacks"
    assert "中" in str(refusal.value.values["characters"])
    (tmp_path / "no.ttf").write_bytes(b"no font")
    for wrong in (tmp_path / "no.ttf", tmp_path / "missing.ttf"):
        with pytest.raises(UsageError, match=r"label\.font"):
            write_labels(str(tmp_path / "labels.pdf"), [LABEL], font=str(wrong))
    assert not (tmp_path / "labels.pdf").exists()


def test_a_font_that_has_them_goes_into_the_file(
    tmp_path: Path, latin_font: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person's own, else one of the system's; without either the viewer's standard one is asked for."""
    monkeypatch.setattr("dropship_cli.files.labels._texts", lambda label: ["Latin will do"])
    assert not write_labels(str(tmp_path / "standard.pdf"), [LABEL])
    assert write_labels(str(tmp_path / "own.pdf"), [LABEL], font=latin_font)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "wqy-zenhei.ttc").write_bytes(b"broken")
    (tmp_path / "fonts" / "uming.ttc").write_bytes(Path(latin_font).read_bytes())
    monkeypatch.setattr(label_font, "_PLACES", (str(tmp_path / "fonts"),))
    assert write_labels(str(tmp_path / "system.pdf"), [LABEL])
    embedded = {path.stem: b"/FontFile2" in path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert embedded == {"standard": False, "own": True, "system": True}


@pytest.fixture
def latin_font() -> str:
    """A TrueType font that the drawing library brings along; it has no Chinese and no `收`."""
    import reportlab

    return str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")
