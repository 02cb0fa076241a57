"""Whether an item fits a condition: wildcards, and regions as people write them. Which rule wins is not told here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from dropship_cli.domain.item import Item

_ALTERNATIVES = re.compile(r"[、，,；;|/]")
_TAIL = r"(?:.{0,14}自治[州县旗区]|地区|盟|新区|市|区|县|旗|镇|乡|街道)?"
_PROVINCE_TAIL = r"(?:省|市|.{0,5}自治区|特别行政区)?"
_PROVINCES = frozenset(
    {
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建",
        "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾",
        "香港", "澳门", "内蒙古", "内蒙", "广西", "西藏", "宁夏", "新疆",
    }
)  # fmt: skip
"""A province's short name means the province: 海南 is not 海南藏族自治州, 吉林 not the city of 吉林."""

_REMEMBERED = 1 << 16


def misfit(conditions: Mapping[str, str], item: Item) -> str | None:
    """The name of the first condition that the item does not fit, if there is one."""
    for name, text in conditions.items():  # asked a million times in a large plan: a generator costs double
        if not _is_met(name, text, item):
            return name
    return None


def looked_at(item: Item, condition: str) -> str:
    """What a condition looks at in an item, as a person knows it."""
    return item.title if condition == "product" else str(getattr(item, condition))


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """A text as it is compared: without case, width and doubled spaces; `*` alone asks for nothing."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "" if set(folded) <= {"*"} else folded


def exactness(pattern: str) -> int:
    """0 for a condition that asks for nothing, 1 with wildcards, 2 without."""
    folded = fold(pattern)
    return 0 if not folded else 1 if set(folded) & {"*", "?"} else 2


def fits(pattern: str, text: str) -> bool:
    """Whether the whole `text` fits: `*` stands for any characters, `?` for one, the rest for itself."""
    return bool(_compiled(fold(pattern), "").fullmatch(fold(text)))


@lru_cache(maxsize=_REMEMBERED)
def fits_region(pattern: str, region: str) -> bool:
    """Whether a region (`浙江省 金华市 义乌市`) lies in one that `pattern` names.

    `浙江`, `浙江省 义乌`, `浙江省金华市` and `*州市` all fit it; several stand apart by `、`, `,`, `;`, `|` or `/`.
    """
    words = fold(region).split()
    places = (fold(place).split() for place in _ALTERNATIVES.split(pattern))
    return any(place and _lies_in(place, words) for place in places)


def _is_met(name: str, text: str, item: Item) -> bool:
    if name == "region":
        return fits_region(text, item.region)
    if name == "product":
        return fits(text, item.title) or fits(text, item.product_id)
    return fits(text, looked_at(item, name))


def _lies_in(place: list[str], words: list[str]) -> bool:
    """Whether the place's words are found among the region's, in order."""
    start = 0
    for wanted in place:
        end = _found(wanted, words, start)
        if end is None:
            return False
        start = end
    return True


def _found(wanted: str, words: list[str], start: int) -> int | None:
    """Behind which word `wanted` ends; it may name several words written as one."""
    if wanted in _PROVINCES:
        is_there = start == 0 and words and _compiled(wanted, _PROVINCE_TAIL).fullmatch(words[0])
        return 1 if is_there else None
    named = _compiled(wanted, _TAIL)
    for first in range(start, len(words)):
        for end in range(first + 1, len(words) + 1):
            if named.fullmatch("".join(words[first:end])):
                return end
    return None


@lru_cache(maxsize=_REMEMBERED)
def _compiled(folded: str, tail: str) -> re.Pattern[str]:
    """Each part between stars is found where it first stands and not looked for again, so that no text is slow."""
    parts = [re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", folded)]
    middle = "".join(f"(?>.*?{part})" for part in parts[1:-1])
    last = f".*{parts[-1]}" if len(parts) > 1 else ""
    return re.compile(f"{parts[0]}{middle}{last}{tail}", re.DOTALL)
