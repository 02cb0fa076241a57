"""Every code that the program can say has a sentence in both languages, and the sentence asks for facts that
are really given."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import dropship_cli
from dropship_cli.domain import errors

PACKAGE = Path(dropship_cli.__file__).parent
CODE = re.compile(r"[a-z][a-z_0-9]*(\.[a-z][a-z_0-9]*)+")
FAMILY = {name for name in vars(errors) if name.endswith("Error")}
SPEAKERS = FAMILY | {"NotSent", "NoAnswer", "Problem", "Cannot", "Outcome", "Answer", "refuse"}
SPEAKING_METHODS = {"note", "detail", "warning", "line", "confirm", "progress", "question"}
FILE_NAMES = (".json", ".db", ".toml", ".log", ".csv", ".lock", ".tmp", ".txt", ".xml", ".py")
MODULES = {"typer", "os", "sys"}
WIRE_METHODS = re.compile(r"token\.(create|refresh)|console\.(role|shop|binding)\..*")


def catalogues() -> dict[str, tuple[dict[str, tuple[str, str]], dict[str, str]]]:
    modules = {lang: importlib.import_module(f"dropship_cli.terminal.words.{lang}") for lang in ("en", "zh")}
    return {lang: (module.ERRORS, module.NOTES) for lang, module in modules.items()}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Everything that speaks through `terminal`: the sandbox is a program of its own."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if room not in ("sandbox", "terminal"):
            yield path, ast.parse(path.read_text("utf-8"))


def name_of(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def spoken(tree: ast.Module) -> Iterator[str]:
    """Codes that are given to somebody who speaks them, whatever room they are from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in SPEAKERS | SPEAKING_METHODS:
            yield from texts([*node.args, *(one.value for one in node.keywords)])


def lying_about(path: Path, tree: ast.Module, rooms: set[str]) -> Iterator[str]:
    """Codes in tables and returned values: text that begins as our codes begin; in `cli` all that looks like one."""
    anything = path.parent.name == "cli"
    for text in texts([node for node in ast.walk(tree) if isinstance(node, ast.Constant)]):
        room = text.partition(".")[0]
        is_ours = room in rooms or (anything and not room.startswith("dropship") and room not in MODULES)
        if is_ours and not text.endswith(FILE_NAMES) and not WIRE_METHODS.fullmatch(text):
            yield text


def test_every_code_of_the_program_has_a_sentence_in_both_languages() -> None:
    known = catalogues()
    rooms = {code.partition(".")[0] for code in known["en"][0]} | {"check"}
    codes = {
        code: path.relative_to(PACKAGE)
        for path, tree in sources()
        for code in (*spoken(tree), *lying_about(path, tree, rooms))
        if not code.endswith(FILE_NAMES)
    }
    assert len(codes) > 40, "the walk finds nothing any more"
    missing = [
        f"{lang}: {code} ({path})"
        for code, path in sorted(codes.items())
        for lang, (sentences, notes) in known.items()
        if code not in sentences and code not in notes
    ]
    assert not missing, "no words for:\n" + "\n".join(missing)


def raised(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Errors raised with all their facts in sight."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or name_of(node) not in FAMILY or not node.args:
            continue
        names = {one.arg for one in node.keywords}
        if None not in names:
            yield from ((code, {name for name in names if name}) for code in texts(node.args[:1]))


def test_no_sentence_asks_for_a_fact_that_its_error_does_not_carry() -> None:
    """Otherwise the person reads `?`; what is optional stands in brackets."""
    wrong = []
    for lang, (sentences, _) in catalogues().items():
        for path, tree in sources():
            for code, given in raised(tree):
                told = re.sub(r"\[[^\]]*\]", "", " ".join(sentences.get(code, ("", ""))))
                wanted = set(re.findall(r"\{([a-z_]+)", told))
                wrong += [f"{lang}: {code} ({path.name}) lacks {name}" for name in wanted - given]
    assert not wrong, "\n".join(wrong)


def test_codes_that_are_put_together_have_a_room_in_both_languages() -> None:
    """`f"sum.{result}"` can't be looked up here, but that there are words under `sum.` can."""
    missing = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or name_of(node) not in SPEAKING_METHODS or not node.args:
                continue
            first = node.args[0]
            if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                room = str(first.values[0].value)
                missing += [
                    f"{lang}: {room}… ({path.name})"
                    for lang, (_, notes) in catalogues().items()
                    if not any(code.startswith(room) for code in notes)
                ]
    assert not missing, "\n".join(missing)
