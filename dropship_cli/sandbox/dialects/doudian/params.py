"""Reading the parameters of a call as freely as the platform does: ids as text or number, null as absent.

What cannot be read raises the ``Fail`` that the method's own error table names.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from dropship_cli.sandbox.dialects.doudian.answers import INVALID, Fail, invalid

_MOST_TEXT = 10_000
_INT64 = 2**63 - 1
_WINDOW = 1800
_MILLISECONDS = 10**11
_MOST_ROWS = 100
# JSON can spell half of a character; no store and no UTF-8 can hold one.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Params:
    """One JSON object of parameters; ``wrong`` is what is raised for a member that cannot be read."""

    def __init__(self, members: Mapping[str, Any], wrong: Fail | None = None) -> None:
        self._members = members
        self.wrong = wrong or invalid(10000, "参数错误")

    def has(self, name: str) -> bool:
        """Whether the member is there and is neither null nor empty text."""
        return self._members.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A text, or a whole number as text; empty when absent."""
        value = self._members.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.wrong
        text = str(value).strip()
        if len(text) > _MOST_TEXT or _HALF_CHARACTER.search(text):
            raise self.wrong
        return text

    def need_text(self, name: str) -> str:
        """A text that must not be empty."""
        value = self.text(name)
        if not value:
            raise self.wrong
        return value

    def whole(self, name: str) -> int | None:
        """A whole number below 2^63, or one as text; ``None`` when absent."""
        value = self.text(name)
        if not value:
            return None
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 19 or int(digits) > _INT64:
            raise self.wrong
        return int(value)

    def need_whole(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.whole(name)
        if value is None:
            raise self.wrong
        return value

    def flag(self, name: str) -> bool:
        """A truth value, also as text or 0 and 1; false when absent."""
        value = self._members.get(name)
        if value in (None, "", False, 0, "false", "0"):
            return False
        if value in (True, 1, "true", "1"):
            return True
        raise self.wrong

    def list_of(self, name: str) -> list[Any]:
        """A list; empty when absent."""
        value = self._members.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong
        return value

    def rows(self, name: str) -> list["Params"]:
        """A list of objects; empty when absent."""
        found = self.list_of(name)
        if not all(isinstance(row, dict) for row in found):
            raise self.wrong
        return [Params(row, self.wrong) for row in found]

    def texts(self, name: str) -> list[str]:
        """A list of texts that are not empty; empty when absent."""
        return [Params({"": value}, self.wrong).need_text("") for value in self.list_of(name)]

    def wholes(self, name: str) -> list[int]:
        """A list of whole numbers; empty when absent."""
        return [Params({"": value}, self.wrong).need_whole("") for value in self.list_of(name)]

    def raw(self, name: str) -> Any:
        """The member as it came."""
        return self._members.get(name)

    def object(self, name: str) -> "Params":
        """An object, or an empty one when absent."""
        value = self._members.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.wrong
        return Params(value or {}, self.wrong)

    def page(self, number: str, size: str) -> tuple[int, int]:
        """A required page from 0 and its size of 1 to 100 rows."""
        page, rows = self.need_whole(number), self.need_whole(size)
        if page < 0 or not 1 <= rows <= _MOST_ROWS:
            raise self.wrong
        return page, rows

    def window(self, subject: str) -> tuple[int, int] | None:
        """``start_…`` and ``end_…`` of a subject in seconds, 30 minutes apart at most; ``None`` without both.

        The deal pair may come in milliseconds: it is told by its size (section 4, our decision).
        """
        start, end = self.whole(f"start_{subject}"), self.whole(f"end_{subject}")
        if start is None and end is None:
            return None
        if start is None or end is None:
            raise self.wrong
        start, end = (value // 1000 if value > _MILLISECONDS else value for value in (start, end))
        if not 0 <= end - start <= _WINDOW:
            raise self.wrong
        return start, end

    def longest_list(self) -> int:
        """How many rows the call asks about: the length of its longest list."""
        return max((len(member) for member in self._members.values() if isinstance(member, list)), default=0)


def parse(text: str) -> Params:
    """The parameters in a received ``param_json``; nothing at all, ``{}`` and ``[]`` mean none."""
    if text.strip() in ("", "[]"):
        return Params({})
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_json() from error
    if not isinstance(value, dict):
        raise _not_json()
    return Params(value)


def _not_json() -> Fail:
    return Fail(INVALID, "isv.parameter-format-invalid", "param_json 不是合法的JSON对象")
