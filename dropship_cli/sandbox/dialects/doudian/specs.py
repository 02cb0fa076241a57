"""A specification as text (``颜色:红;尺码:M``) and as the wire's list of names and values."""

import re

_DEFAULT_NAME = "规格"


def spec_list(text: str) -> list[dict[str, str]]:
    """The parts of a specification; a part without a name is called 规格."""
    parts = [part.strip() for part in re.split("[;；]", text) if part.strip()]
    return [_named(part) for part in parts]


def _named(part: str) -> dict[str, str]:
    name, colon, value = part.partition(":")
    return {"name": name, "value": value} if colon else {"name": _DEFAULT_NAME, "value": part}
