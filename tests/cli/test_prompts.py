"""At a terminal: questions, hidden secrets, tables that fit, colour only where it is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from program import Program, copy_of
from pty_program import at_terminal

SECRET = "a-secret-nobody-may-see"


@pytest.fixture
def chosen(fresh: Program) -> Program:
    """A merchant and a factory that have not met."""
    fresh.ok("role", "choose", "merchant", "-p", "merchant")
    fresh.ok("role", "choose", "factory", "-p", "factory-1")
    return fresh


def test_the_first_application_is_asked_for_once(chosen: Program) -> None:
    """No means no, and so does Enter; yes sends it; the second application is no longer a question."""
    before = chosen.effects()
    for answer in ("n", ""):
        shown = at_terminal(chosen, "bind", "880011", answers=[answer])
        assert (shown.status, "for good" in shown.text) == (4, True)
    assert chosen.effects() == before
    shown = at_terminal(chosen, "bind", "880011", "--lang", "zh", answers=["是"])
    assert (shown.status, "不可更改" in shown.text or "880011" in shown.text) == (0, True)
    assert len(chosen.effects()) == len(before) + 1


def test_the_wizard_asks_for_what_no_flag_says(fresh: Program) -> None:
    """Platform, name, shop, key, and the secret, which is not shown."""
    shown = at_terminal(fresh, "init", answers=["doudian", "real", "77", "7043675397937989128", SECRET])
    assert shown.status == 0, shown
    assert SECRET not in shown.raw
    made = fresh.ok("profile", "show", "real", "--json").json
    assert (made["platform"], made["shop_id"], made["app_key"]) == ("doudian", "77", "7043675397937989128")
    assert (fresh.home / "profiles" / "real" / "secret").read_text().strip() == SECRET


def test_the_wizard_refuses_a_name_before_it_asks_further(fresh: Program) -> None:
    shown = at_terminal(fresh, "init", answers=["doudian", "my shop"])
    assert (shown.status, "error: my shop" in shown.text) == (2, True), shown
    assert "shop's number" not in shown.text


def test_a_secret_typed_again_is_not_shown(fresh: Program) -> None:
    """`--secret-stdin` at a terminal."""
    shown = at_terminal(fresh, "login", "--secret-stdin", answers=["sandbox-secret-not-for-production"])
    assert (shown.status, "not-for-production" in shown.raw) == (0, False)


def test_the_doctor_speaks_the_persons_language_and_fits_the_terminal(fresh: Program) -> None:
    shown = at_terminal(fresh, "doctor", "--lang", "zh", columns=80)
    assert (shown.status, "configuration" in shown.text, "推送接收" in shown.text) == (0, False, True)
    assert max(map(_width, shown.text.splitlines())) <= 80


def test_a_factory_that_is_new_to_a_sku_is_asked_about(seeded_once: Program, tmp_path: Path) -> None:
    """At a terminal only, with its number and name; a script said what it wants, and the first factory of a SKU is no
    surprise."""
    world = copy_of(seeded_once, tmp_path / "world")
    free = [item for item, row in world.items().items() if row["sku_code"] == "SJK-15P" and _is_free(row)]
    one, two = free[:2]
    first = at_terminal(world, "allocate", one, "--to", "880011")
    assert first.status == 0
    shown = at_terminal(world, "allocate", two, "--to", "880022", answers=["n"])
    assert (shown.status, "880022" in shown.text, "SJK-15P" in shown.text) == (4, True, True)
    assert [item for act, item, _ in world.effects() if act == "allocated"] == [one]
    world.ok("allocate", two, "--to", "880022")


def _is_free(row: dict[str, Any]) -> bool:
    return (row["allocation"], row["shipment"], row["refund"], row["closed"]) == (
        "unallocated",
        "none",
        "none",
        False,
    )


def test_ctrl_c_at_a_question_is_130(chosen: Program) -> None:
    shown = at_terminal(chosen, "bind", "880011", answers=["\x03"])
    assert (shown.status, "Traceback" in shown.raw) == (130, False)
    assert chosen.ok("bindings", "--json").json == []


@pytest.mark.parametrize("columns", [60, 120])
def test_a_table_fits_the_terminal(seeded_once: Program, columns: int) -> None:
    """No line is wider than the terminal, a screenful is shown, and the rest is counted."""
    shown = at_terminal(seeded_once, "orders", columns=columns)
    assert shown.status == 0
    assert max(map(_width, shown.text.splitlines())) <= columns
    assert "50 of 511" in shown.text
    assert len(shown.text.splitlines()) < 70


@pytest.mark.parametrize(
    ("words", "environ", "coloured"),
    [
        ((), {}, True),
        (("--no-color",), {}, False),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
    ],
)
def test_colour_only_where_it_is_wanted(
    seeded_once: Program, words: tuple[str, ...], environ: dict[str, str], coloured: bool
) -> None:
    shown = at_terminal(seeded_once, "orders", "--state", "refund", "-n", "3", *words, **environ)
    assert shown.status == 0
    assert ("\x1b[" in shown.raw) == coloured


def _width(line: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(one) in "WF" else 1 for one in line.rstrip("\r"))
