"""A shop's numbers: defaults within their own bounds, bounds kept, and a quiet time that can't be tuned away."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropship_cli.domain.errors import UsageError
from dropship_cli.domain.settings import SETTINGS, Settings, parse, settings_of


@pytest.mark.parametrize("name", SETTINGS)
def test_each_default_lies_within_its_bounds_and_each_bound_may_be_taken(name: str) -> None:
    setting = SETTINGS[name]
    assert setting.least <= setting.default <= setting.most
    assert parse(name, str(setting.least)) == setting.least
    assert parse(name, str(setting.most)) == setting.most


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "text", ["", "x", "nan", "inf", "-inf", "1,5", "20s", "0x10", "-0.0001", "1e9", "二十"]
)
def test_a_bad_number_is_refused_with_the_bounds(name: str, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(name, text)
    setting = SETTINGS[name]
    assert refused.value.code == "setting.bad"
    assert refused.value.values == {
        "name": name, "value": text, "least": setting.least, "most": setting.most, "unit": setting.unit,
    }  # fmt: skip


@given(st.text())
def test_any_text_is_a_number_within_the_bounds_or_a_usage_error(text: str) -> None:
    with suppress(UsageError):
        assert SETTINGS["quiet"].least <= parse("quiet", text) <= SETTINGS["quiet"].most


def test_an_unknown_setting_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as refused:
        parse("speed", "1")
    assert refused.value.code == "setting.unknown"
    assert all(name in str(refused.value.values["known"]) for name in SETTINGS)


def test_without_a_word_the_defaults_hold() -> None:
    settings = settings_of({})
    assert {name: getattr(settings, name) for name in SETTINGS} == {
        name: setting.default for name, setting in SETTINGS.items()
    }
    assert set(Settings._fields) == set(SETTINGS)


def test_a_damaged_profile_does_not_smuggle_a_number_past_its_bounds() -> None:
    with pytest.raises(UsageError):
        settings_of({"rate": "100000"})


@pytest.mark.parametrize(
    ("quiet", "read_timeout", "in_force"),
    [("60", "20", 60), ("1", "20", 40), ("60", "300", 600), ("0.2", "0.1", 0.2)],
)
def test_the_quiet_time_is_at_least_two_read_timeouts(quiet: str, read_timeout: str, in_force: float) -> None:
    """A call given up may still be committed later: asking sooner ships twice."""
    assert settings_of({"quiet": quiet, "read_timeout": read_timeout}).quiet == in_force


@given(st.floats(0.2, 3600), st.floats(0.1, 300))
def test_no_pair_of_settings_makes_it_shorter(quiet: float, read_timeout: float) -> None:
    settings = settings_of({"quiet": str(quiet), "read_timeout": str(read_timeout)})
    assert settings.quiet >= 2 * settings.read_timeout


def test_workers_are_whole() -> None:
    assert settings_of({"workers": "4"}).workers == 4
    assert isinstance(settings_of({}).workers, int)
