"""XML's elements one after the other, without a tree, for small or odd parts of a workbook."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from dropship_cli.domain.errors import UsageError


def walk_xml(xml: bytes, visit: Callable[[str, dict[str, str]], object], *, file: str) -> None:
    """Calls `visit(local name, attributes)` for each element; UsageError `file.broken_xlsx` where it is no XML."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: visit(name.rpartition(":")[2], attributes)
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UsageError("file.broken_xlsx", file=file) from error
