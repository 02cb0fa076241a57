"""The catalogues agree in both languages, and nothing that is said to a person can fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.actions.doctor import CHECKS
from dropship_cli.domain.binding import BindingState
from dropship_cli.domain.item import AllocationState, RefundState, ShipmentState
from dropship_cli.domain.operation import Kind, State
from dropship_cli.domain.outcome import Result
from dropship_cli.domain.shop import Role
from dropship_cli.terminal import words
from dropship_cli.terminal.words import en, zh

NAME = re.compile(r"\{([a-z_]+)(:raw)?\}")
ROOMS: dict[str, type[StrEnum]] = {
    "role": Role,
    "allocation": AllocationState,
    "shipment": ShipmentState,
    "refund": RefundState,
    "binding": BindingState,
    "operation": State,
    "act": Kind,
    "result": Result,
}


def templates() -> Iterator[tuple[str, str, str]]:
    """Code, English, Chinese: of every sentence, hint and note."""
    for code in en.ERRORS.keys() & zh.ERRORS.keys():
        for english, chinese in zip(en.ERRORS[code], zh.ERRORS[code], strict=True):
            yield code, english, chinese
    for code in en.NOTES.keys() & zh.NOTES.keys():
        yield code, en.NOTES[code], zh.NOTES[code]


def test_both_languages_know_the_same_codes() -> None:
    assert set(en.ERRORS) ^ set(zh.ERRORS) == set()
    assert set(en.NOTES) ^ set(zh.NOTES) == set()


def test_no_code_is_told_twice() -> None:
    """A code in two files of one language would be told by whichever comes last."""
    for catalogue in (en, zh):
        names = [one.name for one in iter_modules(catalogue.__path__, f"{catalogue.__name__}.")]
        for book in ("ERRORS", "NOTES"):
            parts = [getattr(import_module(name), book, {}) for name in names]
            assert sum(map(len, parts)) == len(getattr(catalogue, book))


def test_both_languages_name_the_same_facts() -> None:
    apart = [code for code, *both in templates() if len({frozenset(NAME.findall(text)) for text in both}) > 1]
    assert apart == []


def test_every_error_says_what_to_do() -> None:
    silent = [code for book in (en, zh) for code, (what, todo) in book.ERRORS.items() if not what or not todo]
    assert silent == []


def test_templates_are_plain() -> None:
    """Only `{name}`, `{name:raw}` and `[optional parts]`: anything else could fail while telling an error."""
    for code, *both in templates():
        for text in both:
            assert (
                re.sub(r"\[[^\[\]{}]*(\{[a-z_]+(:raw)?\}[^\[\]{}]*)*\]", "", NAME.sub("{x}", text)).count("[")
                == 0
            )
            assert not set(NAME.sub("", text)) & set("{}"), code
            assert text == text.strip() or code.startswith("label."), code


def test_sentences_end_without_a_stop_since_the_line_adds_it() -> None:
    ended = [code for book in (en, zh) for code, both in book.ERRORS.items() for t in both if t[-1] in ".。"]
    assert ended == []


def test_chinese_is_chinese() -> None:
    """Nothing was left in English by mistake; what is only a value or a mark has no language."""
    left = [
        code for code, english, chinese in templates()
        if english == chinese and re.search(r"[A-Za-z]{3}", NAME.sub("", english))
    ]  # fmt: skip
    assert left == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("room", ROOMS)
def test_every_state_has_its_word(room: str, lang: str) -> None:
    for value in ROOMS[room]:
        assert words.word(f"{room}.{value}", lang, "") != ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_the_doctor_looks_at_has_its_name(lang: str) -> None:
    assert [name for name, _ in CHECKS if not words.word(f"checked.{name}", lang, "")] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sentence_can_be_said_without_a_single_fact(lang: str) -> None:
    for code in en.ERRORS:
        for told in (words.sentence(code, lang, {}), words.hint(code, lang, {})):
            assert "{" not in told
            assert "[" not in told.replace("dropship[keyring]", "")


@given(
    code=st.sampled_from([*en.ERRORS, *en.NOTES]),
    lang=st.sampled_from(["en", "zh"]),
    values=st.dictionaries(
        st.sampled_from([name for name, _ in NAME.findall(str(en.ERRORS) + str(en.NOTES))]),
        st.one_of(
            st.text(), st.none(), st.integers(), st.sampled_from(Kind), st.lists(st.text()), st.floats()
        ),
    ),
)
def test_no_value_breaks_a_sentence_or_reaches_the_terminal_raw(
    code: str, lang: str, values: dict[str, object]
) -> None:
    for told in (
        words.note(code, lang, values),
        words.sentence(code, lang, values),
        words.hint(code, lang, values),
    ):
        assert told.isprintable()


def test_a_value_with_braces_and_brackets_is_only_text() -> None:
    told = words.sentence("platform.refused", "en", {"said": "{lang} [red]{0}[/red]"})
    assert told == "the platform refused it: {lang} [red]{0}[/red]"


def test_a_missing_column_is_named_as_a_sheet_in_that_language_has_it() -> None:
    facts = {"file": "a.csv", "missing": "order_id / item_id; carrier"}
    assert (
        words.sentence("file.missing_column", "zh", facts) == "a.csv 缺少列：订单编号 / 子订单编号; 快递公司"
    )
    assert words.sentence("file.missing_column", "en", facts) == (
        "a.csv lacks a column: order_id / item_id; carrier"
    )


def test_a_missing_fact_is_a_question_mark_and_its_optional_part_vanishes() -> None:
    assert words.sentence("profile.unknown", "en", {}) == "there is no profile ?"
    assert words.sentence("platform.refused", "en", {}) == "the platform refused it"


def test_an_unknown_code_shows_itself_and_its_facts() -> None:
    assert words.sentence("no.such", "en", {"a": 1, "role": Role.FACTORY}) == "no.such (a: 1, role: factory)"
    assert words.hint("no.such", "zh", {}) == ""


def test_states_are_told_in_the_persons_language_but_commands_stay_commands() -> None:
    values = {"role": Role.FACTORY, "wanted": Role.MERCHANT, "act": Kind.ALLOCATE, "shop_id": "1"}
    assert words.sentence("role.wrong", "zh", values) == "只有商家才能分配订单，而店铺 1 是厂家"
    assert "{:raw}".format(words._shown("role", Role.FACTORY, "zh")) == "factory"


@pytest.mark.parametrize(
    ("explicit", "environ", "lang"),
    [
        (None, {}, "en"),
        ("zh", {"DROPSHIP_LANG": "en"}, "zh"),
        (None, {"DROPSHIP_LANG": "zh", "LC_ALL": "C"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh-Hans"}, "zh"),
        (None, {"LANG": "de_DE"}, "en"),
    ],
)
def test_the_first_that_is_set_decides_the_language(
    explicit: str | None, environ: dict[str, str], lang: str
) -> None:
    assert words.language(explicit, environ) == lang


def test_help_without_a_translation_stays_english() -> None:
    assert words.translate("No such help.", "zh") == "No such help."
    assert words.translate("Records as JSON on stdout.", "en") == "Records as JSON on stdout."


def test_help_is_translated_paragraph_by_paragraph_and_examples_stay() -> None:
    text = "Get an access token; it is renewed\nby itself from then on.\n\nExample: dropship login"
    assert words.translate(text, "zh") == "获取授权令牌；此后自动续期。\n\n例：dropship login"
