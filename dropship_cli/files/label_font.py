"""Which font draws Chinese on a label: a file that is put into the PDF, else the standard one that viewers bring."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dropship_cli.domain.errors import UsageError

STANDARD = "STSong-Light"
"""Adobe's standard name for a Simplified Chinese font; never in the file, so that a viewer has to have one."""

_NAME = "label"
_PLACES = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/System/Library/Fonts",
    "/Library/Fonts", "~/Library/Fonts",
)  # fmt: skip
_KNOWN = (
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "uming.ttc",
    "ukai.ttc", "Songti.ttc", "STHeiti Medium.ttc", "STHeiti Light.ttc", "simsun.ttc", "msyh.ttc", "simhei.ttf",
    "NotoSansSC-Regular.ttf", "NotoSansSC[wght].ttf", "LXGWWenKai-Regular.ttf",
)  # fmt: skip
"""Files of TrueType outlines with Simplified Chinese, as systems name them; the first that is there is taken."""


@dataclass(frozen=True, slots=True)
class LabelFont:
    """The name under which it is drawn with, and whether it goes into the file."""

    name: str
    embedded: bool


def label_font(path: str | None, texts: Iterable[str]) -> LabelFont:
    """The person's font, else the system's, else the standard one.

    Raises UsageError `label.font` (not a TrueType font), `label.font_lacks` (characters that it has not got).
    """
    if path is not None:
        lacking = _register(path, texts)
        if lacking:
            raise UsageError("label.font_lacks", file=path, characters=lacking)
        return LabelFont(_NAME, embedded=True)
    wanted = list(texts)
    for found in _found():
        try:
            if not _register(str(found), wanted):
                return LabelFont(_NAME, embedded=True)
        except UsageError:
            continue  # a file of this name that is no such font: the next one may be
    return _standard()


def _register(path: str, texts: Iterable[str]) -> str:
    """Make the font known to the drawing library; the characters of the texts that it lacks."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(_NAME, os.path.expanduser(path))
    except (TTFError, OSError) as error:
        raise UsageError("label.font", file=path, reason=str(error)) from None
    pdfmetrics.registerFont(font)
    glyphs = font.face.charToGlyph
    lacking = dict.fromkeys(
        one
        for text in texts
        for one in text
        if one.isprintable() and ord(one) <= 0xFFFF and ord(one) not in glyphs
    )
    return "".join(list(lacking)[:20])


def _found() -> Iterator[Path]:
    """Known fonts of this system, in the order of the table."""
    there: dict[str, Path] = {}
    for place in _PLACES:
        for folder, _, files in os.walk(os.path.expanduser(place)):
            for name in files:
                there.setdefault(name, Path(folder) / name)
    return (there[name] for name in _KNOWN if name in there)


def _standard() -> LabelFont:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(STANDARD))
    return LabelFont(STANDARD, embedded=False)
