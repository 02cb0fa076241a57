"""Labels as a PDF, 76 × 130 mm, one page each; what is on them and who may print it is not decided here.

The words on a label are Chinese whatever the person's language: the carrier's people read them (our decision).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dropship_cli.domain.label import Label
from dropship_cli.domain.waybill import Goods
from dropship_cli.files.atomic import written_whole
from dropship_cli.files.label_font import label_font

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
WIDTH, HEIGHT, EDGE = 76 * MM, 130 * MM, 3 * MM
BAR = 0.33 * MM
"""Width of the thinnest bar: what a hand scanner reads from a 203 dpi thermal printer (two dots or more)."""

_GOODS_LINES = 7
_DRAWN = "收寄另种共件等单×…"
"""What the labels' own words need of a font."""
_RECEIVER_NOTE = "完整收件人由平台打印组件解密"


def write_labels(
    path: str, labels: Sequence[Label], *, font: str | None = None, overwrite: bool = False
) -> bool:
    """Write the labels in their order; whether the font is in the file (else the viewer has to have one).

    Raises UsageError as `written_whole` and `label_font` do.
    """
    chosen = label_font(font, (text for label in labels for text in _texts(label)))
    with written_whole(path, overwrite=overwrite) as stream:
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
        canvas.setTitle("dropship labels")
        for label in labels:
            _Page(canvas, chosen.name).draw(label)
            canvas.showPage()
        canvas.save()
    return chosen.embedded


class _Page:
    """One label; `y` is where the next line begins, from the top down."""

    def __init__(self, canvas: Canvas, font: str) -> None:
        self._canvas, self._font = canvas, font
        self._y = HEIGHT - EDGE

    def draw(self, label: Label) -> None:
        self._head(label)
        self._barcode(label.waybill.tracking_number, height=16 * MM, caption_size=11)
        self._rule()
        self._receiver(label)
        self._sender(label)
        self._rule()
        self._goods(label.waybill.goods)
        self._foot(label)

    def _head(self, label: Label) -> None:
        routing = label.waybill.routing
        self._line(label.carrier_name, 13)
        self._line(routing.get("sort_code", ""), 22)
        places = (
            " ".join(filter(None, (routing.get(f"{place}_name"), routing.get(f"{place}_code"))))
            for place in ("package", "destination")
        )
        self._line("  ".join(filter(None, places)), 9)
        self._rule()

    def _receiver(self, label: Label) -> None:
        data = label.data
        self._line("收  " + "  ".join(filter(None, (data.name, data.phone))), 11)
        self._line(data.area, 10)
        self._line(_RECEIVER_NOTE, 6)

    def _sender(self, label: Label) -> None:
        one = label.sender
        if one is not None:
            self._line(f"寄  {one.name}  {one.mobile}", 8)
            self._line(
                " ".join(filter(None, (one.province, one.city, one.district, one.street, one.detail))), 8
            )

    def _goods(self, goods: Sequence[Goods]) -> None:
        for one in goods[:_GOODS_LINES]:
            self._line(_goods_text(one), 8)
        if len(goods) > _GOODS_LINES:
            rest = goods[_GOODS_LINES:]
            self._line(f"另 {len(rest)} 种，共 {sum(one.quantity for one in rest)} 件", 8)

    def _foot(self, label: Label) -> None:
        """The item's own number, to be scanned before the tracking number (`ship --scan`)."""
        self._y = EDGE + 13 * MM
        waybill = label.waybill
        more = f"  等 {len(waybill.goods)} 单" if len(waybill.goods) > 1 else ""
        self._barcode(waybill.item_id, height=7 * MM, caption_size=7, more=more)

    def _barcode(self, text: str, *, height: float, caption_size: float, more: str = "") -> None:
        from reportlab.graphics.barcode.code128 import Code128

        bars = Code128(text, barWidth=BAR, barHeight=height, quiet=False, humanReadable=False)
        if bars.width > WIDTH - 2 * EDGE:
            narrower = BAR * (WIDTH - 2 * EDGE) / bars.width
            bars = Code128(text, barWidth=narrower, barHeight=height, quiet=False, humanReadable=False)
        self._y -= height + MM
        bars.drawOn(self._canvas, (WIDTH - bars.width) / 2, self._y)
        self._line(text + more, caption_size, centred=True)

    def _line(self, text: str, size: float, *, centred: bool = False) -> None:
        """One line, cut at the edge; nothing for nothing."""
        if not text.strip():
            return
        self._y -= size * 1.15
        shown = _fitted(text, self._font, size)
        self._canvas.setFont(self._font, size)
        if centred:
            self._canvas.drawCentredString(WIDTH / 2, self._y, shown)
        else:
            self._canvas.drawString(EDGE, self._y, shown)
        self._y -= size * 0.15

    def _rule(self) -> None:
        self._y -= 1.5 * MM
        self._canvas.line(EDGE, self._y, WIDTH - EDGE, self._y)


def _goods_text(one: Goods) -> str:
    spec = f" [{one.spec}]" if one.spec else ""
    return f"{one.quantity} × {one.sku_code or one.title}{spec}" + (f" {one.title}" if one.sku_code else "")


def _fitted(text: str, font: str, size: float) -> str:
    """The text as far as it has room: a label is no place for a second line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    shown = plain(text)
    room = WIDTH - 2 * EDGE
    if stringWidth(shown, font, size) <= room:
        return shown
    while shown and stringWidth(shown + "…", font, size) > room:
        shown = shown[:-1]
    return shown + "…"


def plain(text: str) -> str:
    """Text that can be drawn: no control characters, and a box for what is beyond the fonts' plane."""
    return "".join("□" if ord(one) > 0xFFFF else one for one in text if one.isprintable())


def _texts(label: Label) -> Iterator[str]:
    """Everything that is drawn, so that a font without it is refused before anything is written."""
    yield from (label.carrier_name, *label.waybill.routing.values(), label.data.name, label.data.area)
    yield from (_goods_text(one) for one in label.waybill.goods[:_GOODS_LINES])
    if label.sender is not None:
        yield from (str(value) for value in label.sender.as_wish().values())
    yield from (_RECEIVER_NOTE, _DRAWN)
