"""Which column means what: the accepted headings as data, and the match of a file's own; no cell is read here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dropship_cli.domain.errors import UsageError


class Meaning(StrEnum):
    """What a column of a batch file can mean; the value is the heading that we write (cli.md, "Batch files")."""

    ORDER = "order_id"
    ITEM = "item_id"
    FACTORY = "factory_id"
    CARRIER = "carrier"
    TRACKING = "tracking_number"
    QUANTITY = "quantity"


class Kind(StrEnum):
    """How the cells of a column are read: see `cells.mend`."""

    IDENTIFIER = "identifier"
    NAME = "name"
    QUANTITY = "quantity"
    TEXT = "text"


# The table of cli.md, "Batch files"; the first heading is the one written.
HEADERS: Mapping[str, tuple[str, ...]] = {
    Meaning.ORDER: ("order_id", "订单编号", "订单号", "主订单编号", "父订单号"),
    Meaning.ITEM: ("item_id", "子订单编号", "子订单号", "商品单号", "代发订单号", "代打订单号"),
    Meaning.FACTORY: ("factory_id", "厂家店铺编号", "厂家ID", "厂家编号"),
    Meaning.CARRIER: ("carrier", "快递公司", "物流公司", "快递公司编码"),
    Meaning.TRACKING: ("tracking_number", "快递单号", "运单号", "物流单号"),
    Meaning.QUANTITY: ("quantity", "数量", "发货数量"),
}

KINDS: Mapping[str, Kind] = {
    Meaning.ORDER: Kind.IDENTIFIER,
    Meaning.ITEM: Kind.IDENTIFIER,
    Meaning.FACTORY: Kind.NAME,  # a factory that is not on the platform has a name, with spaces perhaps
    Meaning.CARRIER: Kind.NAME,
    Meaning.TRACKING: Kind.IDENTIFIER,
    Meaning.QUANTITY: Kind.QUANTITY,
}

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x1f\x7f]")
_REMARK = re.compile(r"\((?:必填|选填|必须|required|optional|元|件)\)$")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """What a reader asks of a file: headings by meaning, and groups of meanings of which one column must be there.

    `kinds` says how cells are read; a meaning that it does not name is plain text.
    """

    table: Mapping[str, tuple[str, ...]]
    required: Sequence[Sequence[str]] = ()
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)

    def kind(self, meaning: str) -> Kind:
        """How the cells of this meaning are read."""
        return self.kinds.get(meaning, Kind.TEXT)

    def known(self, headings: Sequence[str]) -> int:
        """How many of `headings` mean something here."""
        accepted = self._accepted()
        return sum(normal(heading) in accepted for heading in headings)

    def match(self, headings: Sequence[str], *, file: str) -> dict[str, int]:
        """The column (from 0) of each meaning that is there.

        Raises UsageError: `file.no_header`, `file.missing_column`, `file.ambiguous_column`, or `file.headers`
        when columns are missing and ambiguous at once; each names all it found wrong.
        """
        places = self._places(headings)
        missing = [" / ".join(group) for group in self.required if not any(places.get(m) for m in group)]
        doubled = [
            f"{meaning} ({_listed(headings[i] for i in at)})" for meaning, at in places.items() if len(at) > 1
        ]
        if not places:
            raise UsageError("file.no_header", file=file, missing="; ".join(missing), found=_found(headings))
        if missing or doubled:
            raise _unusable(file, "; ".join(missing), "; ".join(doubled), _found(headings))
        return {
            str(meaning): at[0] for meaning, at in places.items()
        }  # plain text: dictionaries are quicker so

    def _accepted(self) -> dict[str, str]:
        return {normal(name): meaning for meaning, names in self.table.items() for name in names}

    def _places(self, headings: Sequence[str]) -> dict[str, list[int]]:
        accepted = self._accepted()
        places: dict[str, list[int]] = {}
        for at, heading in enumerate(headings):
            if meaning := accepted.get(normal(heading)):
                places.setdefault(meaning, []).append(at)
        return places


def batch_columns(*meanings: Meaning, required: Sequence[Sequence[str]] = ()) -> Columns:
    """The columns of a batch file that reads only these meanings of cli.md's table."""
    return Columns({meaning: HEADERS[meaning] for meaning in meanings}, required)


def normal(heading: str) -> str:
    """A heading as it is compared: without marks of byte order, width, case, spaces, `_`, `*`, （必填） and a unit:
    （元）, （件）."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", heading)).casefold()
    bare = re.sub(r"[\s_'\"-]", "", folded).strip("*")
    return _REMARK.sub("", bare).strip("*")


def _unusable(file: str, missing: str, ambiguous: str, found: str) -> UsageError:
    if not ambiguous:
        return UsageError("file.missing_column", file=file, missing=missing, found=found)
    if not missing:
        return UsageError("file.ambiguous_column", file=file, ambiguous=ambiguous, found=found)
    return UsageError("file.headers", file=file, missing=missing, ambiguous=ambiguous, found=found)


def _found(headings: Sequence[str]) -> str:
    """The headings of a file for an error: the first dozen, each cut, so that a data row can't flood the line."""
    shown = [heading.strip()[:20] for heading in headings if heading.strip()]
    return _listed(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


_ITEM = (Meaning.ORDER, Meaning.ITEM)
ITEMS = batch_columns(*_ITEM, required=(_ITEM,))
ALLOCATION = batch_columns(*_ITEM, Meaning.FACTORY, required=(_ITEM, (Meaning.FACTORY,)))
WAYBILL = batch_columns(*_ITEM, Meaning.CARRIER, required=(_ITEM,))
SHIPMENT = batch_columns(
    *_ITEM,
    Meaning.CARRIER,
    Meaning.TRACKING,
    Meaning.QUANTITY,
    required=(_ITEM, (Meaning.CARRIER,), (Meaning.TRACKING,)),
)
