"""What a person may say before or after any command, and the options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import typer

from dropship_cli.domain.errors import UsageError


@dataclass
class Globals:
    """The global options of this call; the table is in `dropship --help`."""

    profile: str | None = None
    home: str | None = None
    json: bool = False
    lang: str | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False


GLOBALS = Globals()
"""Set once by the root command before any other runs."""

ASKED = "_DROPSHIP_COMPLETE"
"""In the environment when a shell's completion function calls: `complete_bash`, `complete_zsh`, `complete_fish`."""

VALUED = {"--profile": "--profile", "-p": "--profile", "--home": "--home", "--lang": "--lang"}
FLAGS = {
    "--json": "--json", "--quiet": "--quiet", "-q": "--quiet",
    "--verbose": "--verbose", "-v": "--verbose", "--no-color": "--no-color",
}  # fmt: skip


def hoist(argv: Sequence[str]) -> list[str]:
    """Move global options that stand after the command to the front, where the root command reads them.

    What follows `--` stays as it is, and so does the value of an option that is not global.
    """
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word in FLAGS:
            front.append(FLAGS[word])
        elif name in VALUED and equals:
            front += [VALUED[name], value]
        elif word in VALUED:
            front += [VALUED[word], *([following] if (following := next(words, None)) is not None else [])]
        else:
            rest.append(word)
    return [*front, *rest]


def foresee(argv: Sequence[str]) -> None:
    """Take over form and language before Typer reads the words: its own complaints and help have them too."""
    GLOBALS.json = "--json" in argv
    GLOBALS.lang = next((value for name, value in pairwise(argv) if name == "--lang"), None)


def check() -> None:
    """Refuse a language that nobody speaks; from the environment any locale is taken, as it says more than that."""
    if GLOBALS.lang is not None and not GLOBALS.lang.lower().startswith(("en", "zh")):
        raise UsageError("usage.lang", value=GLOBALS.lang)


def _tell_version(wanted: bool) -> None:
    """Whatever else is said, the version and no more."""
    if wanted:
        from dropship_cli import __version__

        typer.echo(f"dropship {__version__}")
        raise typer.Exit


def root(
    profile: Annotated[
        str | None,
        typer.Option("--profile", "-p", envvar="DROPSHIP_PROFILE", help="Which shop.", metavar="NAME"),
    ] = None,
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            envvar="DROPSHIP_HOME",
            help="Where configuration, store, sandbox and logs live.",
            metavar="DIR",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Records as JSON on stdout.")] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", envvar="DROPSHIP_LANG", help="zh or en.", metavar="LANG")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Less on stderr.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="More on stderr.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Plain text (also NO_COLOR).")] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Dropshipping (代发) from the terminal: bind factories, allocate orders, ship, lose nothing.

    The options below may stand before or after the command.

    First steps: `dropship demo`, then `dropship init --platform sandbox`.
    """
    given = Globals(profile, home, json, lang, quiet, verbose, no_color)
    vars(GLOBALS).update(vars(given))


Items = Annotated[
    list[str] | None,
    typer.Argument(
        help="ORDER, ORDER/ITEM or ITEM; - reads one a line.", metavar="ITEM...", show_default=False
    ),
]
CarrierName = Annotated[str | None, typer.Option("--carrier", "-c", help="Name or code; see `carriers`.")]
Pieces = Annotated[
    int | None, typer.Option("--quantity", help="Pieces in this package; else all that is left.", min=1)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show the plan; nothing is sent or written.")]
Batch = Annotated[
    str | None,
    typer.Option("--batch", help="Read rows from a .csv, .tsv or .xlsx file; - is stdin.", metavar="FILE"),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the file; found out by itself otherwise.")
]
Errors = Annotated[
    str | None,
    typer.Option("--errors", help="Write the failed rows here, ready to be mended.", metavar="FILE"),
]
Wait = Annotated[
    float, typer.Option("--wait", help="Wait so many seconds for another run of this shop to end.", min=0)
]
Deadline = Annotated[
    str | None, typer.Option("--deadline", help="End the run after this long (90s, 4m, 1h).", metavar="TIME")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
