"""Makes text from outside safe to print: one layer that every word on the terminal passes; it styles nothing."""

from __future__ import annotations

REPLACEMENT = "\ufffd"
_SPACES = frozenset("\n\t\u00a0\u2028\u2029\u3000")


def clean(text: str) -> str:
    """One printable line: line ends, tabs and odd spaces become a space, everything else that a terminal could
    obey or hide (C0, C1, DEL, bidirectional and zero-width marks, lone surrogates) becomes `\ufffd`."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def escape_json(text: str) -> str:
    r"""JSON text with every unprintable character as `\uXXXX`: reads back the same, and commands no terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char in _SPACES or (char.isspace() and ord(char) > 0xA0) else REPLACEMENT


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
