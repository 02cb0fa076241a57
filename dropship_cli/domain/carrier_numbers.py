"""What a tracking number can look like; refuses only what is certain, for a warning is all that hangs on it.

Shapes are the makers' present ones as met in public samples (files-and-carriers.md has no table of them: ours).
"""

from __future__ import annotations

import re

_WELLFORMED = re.compile(r"[A-Z0-9][A-Z0-9-]{3,39}", re.IGNORECASE)

# A shape that only one house issues, and the neutral codes of that house.
_SIGNED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"SF\d{13}"), frozenset({"shunfeng", "shunfengkuaiyun", "fengwang"})),
    (re.compile(r"JT\d{13}"), frozenset({"jtexpress"})),
    (re.compile(r"YT\d{13}"), frozenset({"yuantong", "yuantongkuaiyun"})),
    (re.compile(r"JD[A-Z]{0,2}\d{11,13}(?:-\d+)*-?"), frozenset({"jd", "jingdongkuaiyun"})),
    (re.compile(r"DPK\d{12}"), frozenset({"debangkuaidi", "debangwuliu"})),
)

_SHAPES: dict[str, re.Pattern[str]] = {
    "shunfeng": re.compile(r"SF\d{12,13}|\d{12}|\d{15}"),
    "jtexpress": re.compile(r"JT\d{13}(?:-\d{1,3})?"),
    "yuantong": re.compile(r"[A-Z]{0,2}\d{10,15}"),
    "zhongtong": re.compile(r"(?:ZTO|[A-Z]{0,2})\d{10,15}"),
    "shentong": re.compile(r"(?:STO|[A-Z]{0,2})\d{10,15}"),
    "yunda": re.compile(r"(?:YD|[A-Z])?\d{10,19}"),
    "ems": re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|\d{11,16}"),
    "youzhengguonei": re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|[A-Z]{0,2}\d{9,16}"),
}

# Houses whose numbers carry the signs above, or have shapes of their own: elsewhere we can't be sure.
_KNOWN = frozenset(_SHAPES) | frozenset().union(*(codes for _, codes in _SIGNED))


def is_wellformed(number: str) -> bool:
    """Whether it can be anybody's tracking number: 4 to 40 letters, digits and hyphens."""
    return _WELLFORMED.fullmatch(number) is not None


def signed_by(tracking_number: str) -> str | None:
    """The neutral code of the one express house whose sign the number carries (`SF…`, `YT…`, `JT…`); no guess where
    a sign is shared, nor for plain digits, which many houses issue."""
    number = tracking_number.upper()
    houses = {
        code
        for shape, codes in _SIGNED
        if shape.fullmatch(number)
        for code in codes
        if code in _SHAPES and _SHAPES[code].fullmatch(number)
    }
    return houses.pop() if len(houses) == 1 else None


def is_plausible(code: str, tracking_number: str) -> bool:
    """Whether `tracking_number` may be one of the carrier with this neutral code; False only when it can't be."""
    number = tracking_number.upper()
    if not is_wellformed(number):
        return False
    if any(shape.fullmatch(number) and code in _KNOWN - codes for shape, codes in _SIGNED):
        return False
    own = _SHAPES.get(code)
    return own is None or own.fullmatch(number) is not None
