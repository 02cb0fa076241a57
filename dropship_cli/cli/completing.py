"""Shell completion: what may stand at the cursor, from the commands, this machine's profiles and the shop's store.

A shell calls the program with the environment that Typer's `--show-completion` scripts set. Only the command that is
being typed is imported, no call is made, nothing is written, and an error is no candidate: stderr stays silent.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dropship_cli.cli import options, wiring
from dropship_cli.cli.offering import profiles, starting, values
from dropship_cli.cli.options import ASKED, GLOBALS
from dropship_cli.domain.errors import DropshipError

if TYPE_CHECKING:
    from dropship_cli.terminal.completion_text import Candidate


def shell_that_asks() -> str | None:
    """The shell whose completion this call answers, if it is one that we know."""
    from dropship_cli.terminal.completion_text import SHELLS

    shell = os.environ.get(ASKED, "").removeprefix("complete_")
    return shell if shell in SHELLS else None


def complete(shell: str) -> int:
    """Answer the shell. fish asks first whether there is anything: status 1 lets it offer files."""
    from dropship_cli.terminal.completion_text import written

    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - nothing of ours may stand between the words of a person
    words, start = _typed(shell)
    try:
        found = candidates(words, start)
    except DropshipError:
        found = []
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 0 if found else 1
    wiring.screen().raw(written(shell, found))
    return 0


def candidates(words: Sequence[str], start: str) -> list[Candidate]:
    """What may follow `words` (all before the cursor, without the program's name) and begins with `start`."""
    if words and words[-1] in options.VALUED:
        return starting(_global_values(options.VALUED[words[-1]]), start)
    own = _own_words(words)
    if not own:
        return starting(_flags(_root()) if start.startswith("-") else _commands(), start)
    return _of_command(own, start)


def _typed(shell: str) -> tuple[list[str], str]:
    """The whole words before the cursor, and the beginning of the one at it. `=` is a word of its own to bash."""
    if shell == "bash":
        words = _split(os.environ.get("COMP_WORDS", ""))
        at = int(os.environ.get("COMP_CWORD") or len(words))
        before, start = words[1:at], words[at] if at < len(words) else ""
    else:
        line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
        words = _split(line)[1:]
        before, start = (words, "") if line[-1:].isspace() else (words[:-1], words[-1] if words else "")
    if start == "=":
        start = ""
    return [word for word in before if word != "="], start


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quotation mark is still open
        return text.split()


def _own_words(words: Sequence[str]) -> list[str]:
    """The words of the command, its global options taken over and away: they may stand anywhere."""
    front = options.hoist(words)
    own: list[str] = []
    rest = iter(front)
    for word in rest:
        if word in options.VALUED.values():
            setattr(GLOBALS, word.removeprefix("--"), next(rest, None))
        elif word not in options.FLAGS.values():
            own.append(word)
    GLOBALS.home = GLOBALS.home or os.environ.get("DROPSHIP_HOME")
    GLOBALS.profile = GLOBALS.profile or os.environ.get("DROPSHIP_PROFILE")
    return own


def _of_command(words: Sequence[str], start: str) -> list[Candidate]:
    """Candidates inside a command: an option's value, an option, a command of the group, or an argument."""
    from dropship_cli.cli.main import COMMANDS

    if words[0] not in COMMANDS:
        return []
    node = _root(words[0]).commands[words[0]]
    path, given, pending = [words[0]], 0, None
    for word in words[1:]:
        if pending is not None:
            pending = None
        elif word.startswith("-") and word != "-":
            pending = _valued(node, word)
        elif word in getattr(node, "commands", {}):
            node = node.commands[word]
            path.append(word)
        else:
            given += 1
    if pending is not None:
        return values(pending, path, start)
    if start.startswith("-"):
        return starting([*_flags(node), *_flags(_root())], start)
    children = getattr(node, "commands", {})
    if children:
        return starting([(name, _told(child.help)) for name, child in children.items()], start)
    argument = _argument(node, given)
    return [] if argument is None else values(argument, path, start)


def _root(*names: str) -> Any:
    from dropship_cli.cli.main import build

    return build(names or ["order"])


def _commands() -> list[Candidate]:
    """Every command; what it does only where the shell shows that, as it costs every module."""
    from dropship_cli.cli.main import COMMANDS, build

    if shell_that_asks() == "bash":
        return [(name, "") for name in COMMANDS]
    listed = build(list(COMMANDS), named_only=True)
    return [(name, _told(one.help)) for name, one in getattr(listed, "commands", {}).items()]


def _flags(node: Any) -> list[Candidate]:
    return [
        (name, _told(getattr(one, "help", "")))
        for one in node.params
        if one.param_type_name == "option"
        for name in (*one.opts, *one.secondary_opts)
        if name.startswith("--")
    ]


def _valued(node: Any, word: str) -> Any:
    """The option that `word` names and that wants a value, if it does."""
    for one in node.params:
        if one.param_type_name == "option" and word in one.opts and not one.is_flag:
            return one
    return None


def _argument(node: Any, given: int) -> Any:
    """The argument that comes after so many."""
    arguments = [one for one in node.params if one.param_type_name == "argument"]
    if arguments and (given >= len(arguments)) and arguments[-1].nargs == -1:
        return arguments[-1]
    return arguments[given] if given < len(arguments) else None


def _global_values(option: str) -> list[Candidate]:
    if option == "--profile":
        return profiles()
    return [("en", "English"), ("zh", "中文")] if option == "--lang" else []


def _told(help_text: str | None) -> str:
    """The first sentence of a help text in the person's language."""
    from dropship_cli.terminal.words import gist, language

    return gist(help_text or "", language(GLOBALS.lang, os.environ))
