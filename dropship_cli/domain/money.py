"""Amounts of money: integer cents (fen) inside, yuan as people write them; what an amount is for is not told here."""

from __future__ import annotations

import re
import unicodedata

MOST = 100_000_000
"""A million yuan: more than one piece, or one package, ever costs in dropshipping. (No source: our decision.)"""

_MARKS = re.compile(r"^(?:¥|RMB|CNY|人民币)\s*|\s*(?:元|RMB|CNY)$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)(?P<yuan>\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(?P<part>\d*))?", re.ASCII
)


class NotMoney(ValueError):
    """A text that is no amount: `code` is `money.number` or `money.decimals`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def cents(text: str) -> int:
    """The cents of `12.5`, `¥1,200.00`, `１２.５０元` or `-3`; zeros behind the second decimal lose nothing.

    Raises `NotMoney` for anything else: a third decimal, an exponent, a comma that groups no thousands.
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    sign = "-" if bare.startswith("-") else ""
    found = _AMOUNT.fullmatch(_MARKS.sub("", _MARKS.sub("", bare.removeprefix("-").strip())))
    if found is None or (sign and found["sign"]):
        raise NotMoney("money.number")
    part = (found["part"] or "").rstrip("0")
    if len(part) > 2:
        raise NotMoney("money.decimals")
    amount = int(found["yuan"].replace(",", "")) * 100 + int(part.ljust(2, "0"))
    return -amount if sign or found["sign"] == "-" else amount


def yuan(amount: int) -> str:
    """`1250` as `12.50`."""
    whole, part = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{part:02d}"
