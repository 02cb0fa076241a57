"""What Typer says of a wrong command line, as an error of ours, so that it is told in the person's language."""

from __future__ import annotations

import re

from typer import TyperException

from dropship_cli.domain.errors import UsageError

_COMMAND = re.compile(r"No such command '(?P<command>.*?)'\.(?: Did you mean (?P<near>.*)\?)?$", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments? ?(?:\(s\) )?\((?P<words>.*)\)$", re.DOTALL)
_VALUE = re.compile(
    r"(?P<value>.*) is not (?:a valid .*|in the range (?P<range>.*)|one of (?P<known>.*))\.$", re.DOTALL
)


def mistyped(error: TyperException) -> UsageError:
    """The same error with a code; what is none of those known here keeps Typer's own English sentence."""
    told = str(getattr(error, "format_message", error.__str__)())
    if told == "Missing command.":
        return UsageError("usage.no_command")
    if found := _COMMAND.match(told):
        return UsageError("usage.command", command=found["command"], near=_plain(found["near"]))
    if found := _EXTRA.match(told):
        return UsageError("usage.extra", words=found["words"])
    return _of_option(error, told) or UsageError("usage.wrong", detail=told)


def _of_option(error: TyperException, told: str) -> UsageError | None:
    """Of an option or an argument: not there, not given, without or with a wrong value.

    Told apart by what they carry: Typer keeps their classes in a module of its own.
    """
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        near = ", ".join(sorted(error.possibilities or ()))
        return UsageError("usage.option", option=option, near=near or None)
    if option is not None and told.endswith("requires an argument."):
        return UsageError("usage.option_value", option=option)
    if option is not None and told.endswith("does not take a value."):
        return UsageError("usage.option_flag", option=option)
    named = re.match(r"(?:Missing \w+|Invalid value for) (?P<name>'[^']*'(?: / '[^']*')*)", told)
    if named is None:
        return None
    name = named["name"].replace("'", "")
    if hasattr(error, "param_type"):
        return UsageError("usage.missing", name=name)
    wrong = _VALUE.match(getattr(error, "message", ""))
    if wrong is None:
        return None
    value, known = wrong["value"].strip("'"), _plain(wrong["known"])
    return UsageError("usage.value", name=name, value=value, range=wrong["range"], known=known)


def _plain(names: str | None) -> str | None:
    return names.replace("'", "") if names else None
