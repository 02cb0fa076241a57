"""The promised JSON of `reveal`: the one record of the program that carries a receiver. Shown once, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dropship_cli.domain.moment import rfc3339
from dropship_cli.domain.receiver import Field, Opened
from dropship_cli.terminal import words


def receiver_record(order_id: str, region: str, fields: Sequence[Opened], lang: str) -> dict[str, Any]:
    """What could be read, null for what could not; `errors` say why, field by field."""
    read = {one.name: one for one in fields if not one.code}
    phone = read.get(Field.PHONE)
    return {
        "order_id": order_id,
        "receiver": _text(read.get(Field.NAME)),
        "phone": _text(phone),
        "phone_extension": (phone.extension or None) if phone else None,
        "phone_virtual": phone.virtual if phone else None,
        "phone_until": rfc3339(phone.until) if phone else None,
        "region": region,
        "address": _text(read.get(Field.ADDRESS)),
        "errors": [_problem(one, lang) for one in fields if one.code],
    }


def _text(opened: Opened | None) -> str | None:
    return None if opened is None else opened.text


def _problem(opened: Opened, lang: str) -> dict[str, Any]:
    code = opened.code or ""
    told = words.joined(
        words.sentence(code, lang, {"said": opened.said}), words.hint(code, lang, {"said": opened.said}), lang
    )
    return {"field": opened.name.value, "error_code": code, "error": told}
