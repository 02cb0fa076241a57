"""How a carrier's name is compared: spelling evened out, tails taken off; which carrier it is, `carrier` decides.

快运, 物流 and 国际 are never taken off: they are other carriers than the 快递 of the same house
(files-and-carriers.md section 5, "False friends").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETED = re.compile(r"[(\[{<【〔《「][^)\]}>】〕》」]*[)\]}>】〕》」]")
_NOISE = re.compile(r"[\W_]+")
_OTHER_HOUSE = re.compile(
    r"快运|物流|国际|冷链|同城|大件|重货|freight|logistics|international", re.IGNORECASE
)
_COMPANY = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$")
_TAIL = re.compile(r"(?:快递|速递|速运|快件|express|kuaidi)$")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """`text` without width, case, spaces and punctuation; a remark in brackets goes unless it names a service."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOISE.sub("", _BRACKETED.sub(_kept_remark, folded))


@lru_cache(maxsize=8192)
def stem(text: str) -> str:
    """The house's name alone: the key without 有限公司, 快递, 速递, 速运, Express. Empty when nothing is left."""
    return _TAIL.sub("", _COMPANY.sub("", key(text)))


def _kept_remark(match: re.Match[str]) -> str:
    """Drops (常用) but keeps (快运): that is another carrier."""
    return match[0] if _OTHER_HOUSE.search(match[0]) else ""
