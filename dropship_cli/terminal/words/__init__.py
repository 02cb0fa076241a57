"""What is said to people: sentences, hints and words by code, in two languages; knows no stream and no style.

In a catalogue `{name}` is a value, `{name:raw}` the value as a command takes it, and `[…]` a part that is left
out when one of its values is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from dropship_cli.terminal.clean import clean as clean

LANGUAGES = ("en", "zh")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{([a-z_]+)(?::raw)?\}")
_WORDED = {
    "act": "act",
    "kind": "act",
    "role": "role",
    "wanted": "role",
    "shipped_by": "role",
    "field": "field",
    "result": "result",
    "world": "label",
    "missing": "export",
}
_ENUMS = {
    "Role": "role",
    "AllocationState": "allocation",
    "ShipmentState": "shipment",
    "RefundState": "refund",
    "BindingState": "binding",
    "State": "operation",
    "Kind": "act",
    "Result": "result",
}


class Shown(str):
    """A value as people read it; `{…:raw}` gives it as a command takes it."""

    __slots__ = ("raw",)
    raw: str

    def __format__(self, spec: str) -> str:
        return self.raw if spec == "raw" else str(self)


def language(explicit: str | None, environ: Mapping[str, str]) -> str:
    """`zh` or `en`: what was asked for, else DROPSHIP_LANG, LC_ALL, LANG; the first that is set decides."""
    asked = (explicit, *(environ.get(name) for name in ("DROPSHIP_LANG", "LC_ALL", "LANG")))
    return "zh" if next(filter(None, asked), "").lower().startswith("zh") else "en"


def sentence(code: str, lang: str, values: Mapping[str, object]) -> str:
    """What happened, without a full stop; an unknown code is shown itself, with its values."""
    found = _errors(lang).get(code)
    return _fill(found[0], lang, values) if found else _bare(code, lang, values)


def hint(code: str, lang: str, values: Mapping[str, object]) -> str:
    """What to do about it, without a full stop; empty when there is nothing to say."""
    found = _errors(lang).get(code)
    return _fill(found[1], lang, values) if found else ""


def says(code: str, lang: str, name: str) -> bool:
    """Whether the sentence or the hint of an error speaks of the value `name`."""
    return any(f"{{{name}" in part for part in _errors(lang).get(code, ()))


def knows(code: str, lang: str) -> bool:
    """Whether there is a sentence for an error's code."""
    return code in _errors(lang)


def note(code: str, lang: str, values: Mapping[str, object]) -> str:
    """A note, a question or a label; what is only among the errors is said with its hint."""
    template = _notes(lang).get(code)
    if template is not None:
        return _fill(template, lang, values)
    return joined(sentence(code, lang, values), hint(code, lang, values), lang)


def word(key: str, lang: str, otherwise: str) -> str:
    """The word of a state, a heading or a label; `otherwise` where there is none."""
    return _notes(lang).get(key, otherwise)


def joined(what: str, todo: str, lang: str) -> str:
    """Two sentences with their full stops, or one."""
    stop, between = ("。", "") if lang == "zh" else (".", " ")
    return between.join(part.rstrip(".。") + stop for part in (what, todo) if part)


def translate(text: str, lang: str) -> str:
    """A help text in the person's language, paragraph by paragraph; the English text is its own key."""
    return text if lang != "zh" else "\n\n".join(map(_chinese_help, text.split("\n\n")))


def gist(text: str, lang: str) -> str:
    """The first sentence of a help text in the person's language, without its full stop."""
    paragraph = translate(" ".join(text.split("\n\n")[0].split()), lang)
    return paragraph.partition(". ")[0].partition("。")[0].removesuffix(".")


def framed(text: str, lang: str) -> str:
    """A line of help with what Typer wrote around our texts in the person's language."""
    if lang != "zh":
        return text
    from dropship_cli.terminal.words.zh_help.frames import FRAMES

    for english, chinese in FRAMES.items():
        text = text.replace(english, chinese)
    return text


def _errors(lang: str) -> Mapping[str, tuple[str, str]]:
    if lang == "zh":
        from dropship_cli.terminal.words.zh import ERRORS as CHINESE

        return CHINESE
    from dropship_cli.terminal.words.en import ERRORS

    return ERRORS


def _notes(lang: str) -> Mapping[str, str]:
    if lang == "zh":
        from dropship_cli.terminal.words.zh import NOTES as CHINESE

        return CHINESE
    from dropship_cli.terminal.words.en import NOTES

    return NOTES


def _chinese_help(paragraph: str) -> str:
    """Examples are the same in every language, but the word before them."""
    from dropship_cli.terminal.words.zh_help import HELP

    text = " ".join(paragraph.split())
    label, colon, example = text.partition(": ")
    return "例：" + example if colon and label in ("Example", "Examples") else HELP.get(text, paragraph)


def _fill(template: str, lang: str, values: Mapping[str, object]) -> str:
    given = {name for name, value in values.items() if value is not None and value != ""}

    def keep(part: re.Match[str]) -> str:
        return part[1] if set(_NAME.findall(part[1])) <= given else ""

    text = _OPTIONAL.sub(keep, template)
    return text.format_map({name: _shown(name, values.get(name, "?"), lang) for name in _NAME.findall(text)})


def _shown(name: str, value: object, lang: str) -> Shown:
    raw = clean(_text(value))
    room = _ENUMS.get(type(value).__name__) if isinstance(value, Enum) else _WORDED.get(name)
    if room:
        text = re.sub(r"\w+", lambda one: word(f"{room}.{one[0]}", lang, one[0]), raw.replace("|", "/"))
    shown = Shown(text if room else raw)
    shown.raw = raw
    return shown


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return ", ".join(map(_text, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _bare(code: str, lang: str, values: Mapping[str, object]) -> str:
    facts = ", ".join(f"{clean(name)}: {_shown(name, value, lang)}" for name, value in values.items())
    return clean(code) + (f" ({facts})" if facts else "")
