"""The Typer app: which module holds which command, and one way in and out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from dropship_cli.cli import options
from dropship_cli.cli.failing import guarded

if TYPE_CHECKING:
    from dropship_cli.cli.help import Page

COMMANDS = {
    "init": "setup", "login": "setup", "logout": "setup", "profile": "profiles", "doctor": "doctor",
    "role": "role",
    "bind": "binding", "unbind": "binding", "accept": "binding", "reject": "binding", "bindings": "binding",
    "sync": "orders", "orders": "orders", "order": "orders", "status": "orders", "reveal": "revealing",
    "allocate": "allocating", "unallocate": "allocating", "rules": "ruling", "factory": "factories",
    "sheet": "factories",
    "hold": "marking", "release": "marking", "ack": "marking", "note": "marking",
    "pick": "picking", "waybill": "waybilling", "ship": "shipping", "carriers": "shipping",
    "queue": "keeping", "stop": "stopping", "resume": "stopping", "log": "keeping",
    "notify": "notifying", "listen": "listening",
    "export": "exporting", "stats": "figures", "price": "pricing", "statement": "stating",
    "backup": "keeping", "restore": "keeping", "purge": "purging",
    "api": "api", "sandbox": "sandbox", "demo": "demo",
}  # fmt: skip
"""A command's module is imported only when it is called (or when all are listed): a third of a start is imports."""


def run(argv: Sequence[str]) -> int:
    """One call of the program; answers its exit status."""
    from dropship_cli.cli import wiring

    if options.ASKED in os.environ:
        from dropship_cli.cli import completing

        if shell := completing.shell_that_asks():
            return guarded(wiring.screen, wiring.log_file, lambda: completing.complete(shell))
    words = options.hoist(argv)
    options.foresee(words)
    return guarded(wiring.screen, wiring.log_file, lambda: _dispatch(words))


def build(names: Sequence[str], *, named_only: bool = False) -> Any:
    """The root command with these. For a mere list of them (`named_only`) their options are not read."""
    app = typer.Typer(
        name="dropship", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback()(options.root)
    for name in names:
        found = getattr(import_module(f"dropship_cli.cli.{COMMANDS[name]}"), name)
        if named_only:
            app.command(name, help=found.info.help if isinstance(found, typer.Typer) else found.__doc__)(
                _nothing
            )
        elif isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    command = get_command(app)
    _own_help(command)
    return command


def _dispatch(argv: Sequence[str]) -> int:
    options.check()
    argv = list(argv) or ["--help"]
    named = _needed(argv)
    command = build(named, named_only=len(named) > 1)
    try:
        status = command.main(args=argv, prog_name="dropship", standalone_mode=False)
    except SystemExit as end:
        # Typer makes 1 of a closed pipe; here that says "some rows were refused".
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise
    except typer.TyperException as error:
        from dropship_cli.cli.mistyping import mistyped

        raise mistyped(error) from None
    return int(status or 0)


class _Context(typer.Context):
    """Typer's own, but for what it writes help on."""

    def make_formatter(self) -> Page:
        from dropship_cli.cli.help import page

        return page(self)


def _own_help(command: Any) -> None:
    """Typer's help in our form; a value is named like its option, where nothing says more of it."""
    command.context_class = _Context
    for param in command.params:
        if param.metavar is None and not hasattr(param.type, "choices"):
            param.metavar = param.name.upper()
    for child in getattr(command, "commands", {}).values():
        _own_help(child)


def _nothing() -> None:
    """Stands for a command in a mere list."""


def _needed(argv: Sequence[str]) -> Sequence[str]:
    """The command that is called, or all of them for the list of commands, completion and typing errors."""
    words = iter(argv)
    for word in words:
        if word in options.VALUED.values():
            next(words, None)
        elif not word.startswith("-"):
            return [word] if word in COMMANDS else list(COMMANDS)
    return list(COMMANDS)
