"""The home folder: names that lead nowhere else, files written whole, damaged ones named, everything its owner's."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.errors import SetupError, StoreError, UsageError
from dropship_cli.domain.shop import Profile
from dropship_cli.store.profiles import Home, write_whole

from .conftest import release, start

SHOP = Profile("main", "doudian", "66", "70", "https://example.com", settings={"quiet": "90"})
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)


@pytest.fixture
def here(tmp_path: Path) -> Home:
    return Home(tmp_path / "dropship")


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


@same_folder
@given(
    words,
    words,
    st.sampled_from(["file", "keyring"]),
    st.booleans(),
    st.dictionaries(words, words, max_size=2),
)
def test_a_profile_comes_back_as_it_was_saved(
    here: Home,
    shop_id: str,
    url: str,
    secret_in: str,
    read_only: bool,
    tuned: dict[str, str],
) -> None:
    profile = Profile("main", "doudian", shop_id, "k", url, secret_in, read_only, tuned)
    here.save(profile)
    assert here.load("main") == profile


def test_profiles_are_listed_by_name_and_one_is_chosen(here: Home) -> None:
    assert (here.names(), here.current()) == ([], None)
    for name in ("b", "a"):
        here.save(Profile(name, "sandbox", "1", "k", "sandbox:"))
    (here.path / "profiles" / "no-profile").mkdir()
    assert here.names() == ["a", "b"]
    here.use("a")
    assert here.current() == "a"
    here.use(None)
    assert here.current() is None


def test_an_unknown_profile_is_told_with_the_known_ones(here: Home) -> None:
    with pytest.raises(SetupError) as error:
        here.load("main")
    assert (error.value.code, error.value.values) == ("profile.none", {"home": str(here.path)})
    here.save(SHOP)
    with pytest.raises(SetupError) as error:
        here.load("other")
    assert error.value.values["known"] == "main"


BAD_NAMES = [
    "",
    ".",
    "..",
    "../x",
    "a/b",
    "/etc",
    "A",
    "名",
    "a b",
    "a\x00b",
    "-x",
    "x" * 65,
    "a\n",
    "con/",
    "~",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_could_lead_elsewhere_is_refused(here: Home, name: str) -> None:
    with pytest.raises(UsageError, match=r"profile\.bad_name"):
        here.folder(name)


@given(st.text())
def test_a_name_that_is_taken_stays_inside(name: str) -> None:
    here = Home(Path("/somewhere"))
    try:
        folder = here.folder(name)
    except UsageError:
        return
    assert folder.resolve().parent == Path("/somewhere/profiles")


GOOD = json.dumps(asdict(SHOP))


@same_folder
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"[" * 100_000)
@example(b"9" * 5000)
@example(b"null")
@example(b"\xef\xbb\xbf{}")
@example(GOOD[:-1].encode())
@example(GOOD.replace("main", "\\ud800").replace("}", ', "extra": 1}').encode())
def test_a_damaged_profile_is_named_whatever_is_in_it(here: Home, content: bytes) -> None:
    file = here.make(here.folder("main")) / "profile.json"
    file.write_bytes(content)
    with pytest.raises(SetupError) as error:
        here.load("main")
    assert (error.value.code, error.value.values) == ("profile.damaged", {"path": str(file)})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@same_folder
@given(st.sampled_from(sorted(asdict(SHOP))), anything)
def test_a_field_of_the_wrong_kind_is_damage(here: Home, field: str, value: object) -> None:
    changed = {**asdict(SHOP), field: value}
    (here.make(here.folder("main")) / "profile.json").write_text(json.dumps(changed))
    with suppress(SetupError):
        loaded = here.load("main")
        assert asdict(loaded) == changed
        assert type(getattr(loaded, field)) is type(getattr(SHOP, field))


@same_folder
@given(st.binary(max_size=40))
@example(b"[]")
@example(b'{"profile": 7}')
def test_a_damaged_choice_is_named_or_none(here: Home, content: bytes) -> None:
    (here.make(here.path) / "config.json").write_bytes(content)
    with suppress(SetupError):
        assert here.current() is None


@pytest.mark.usefixtures("no_umask")
def test_folders_and_files_are_their_owners_alone_whatever_the_umask(here: Home) -> None:
    here.save(SHOP)
    here.use("main")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [here.path, *here.path.rglob("*")]}
    assert modes == {
        "dropship": 0o700, "profiles": 0o700, "main": 0o700, "profile.json": 0o600, "config.json": 0o600,
    }  # fmt: skip


def test_a_folder_that_was_opened_to_others_is_closed_again(here: Home) -> None:
    here.save(SHOP)
    for folder in (here.path, here.folder("main")):
        folder.chmod(0o755)
    here.make(here.folder("main"))
    assert {stat.S_IMODE(one.stat().st_mode) for one in (here.path, here.folder("main"))} == {0o700}


def test_a_folder_of_somebody_elses_is_refused(here: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    here.save(SHOP)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(StoreError) as error:
        here.save(SHOP)
    assert (error.value.code, error.value.values["path"]) == ("home.foreign", str(here.path))


def test_a_file_in_the_place_of_a_folder_is_a_store_error(here: Home) -> None:
    here.path.write_text("")
    for act in (lambda: here.save(SHOP), lambda: here.use("a"), lambda: here.load("main"), here.current):
        with pytest.raises(StoreError):
            act()


def test_a_file_that_cannot_be_replaced_is_a_store_error_and_leaves_no_part(here: Home) -> None:
    (here.make(here.folder("main")) / "profile.json").mkdir()
    with pytest.raises(StoreError):
        here.save(SHOP)
    assert [one.name for one in here.folder("main").iterdir()] == ["profile.json"]
    with pytest.raises(SetupError):
        here.load("main")


def test_a_link_left_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    """The name of the part can be guessed; who puts a link there gains nothing."""
    dear = tmp_path / "dear"
    dear.write_text("dear")
    (tmp_path / f".file.{os.getpid()}.part").symlink_to(dear)
    with pytest.raises(StoreError):
        write_whole(tmp_path / "file", "text")
    assert dear.read_text() == "dear"


def test_a_reader_sees_the_old_text_or_the_new_and_never_a_part(tmp_path: Path) -> None:
    file = tmp_path / "file"
    texts = {letter * 50_000 for letter in "ab"}
    write_whole(file, "a" * 50_000)

    def rewrite(_: object) -> None:
        for letter in "ba" * 60:
            write_whole(file, letter * 50_000)

    child = start(rewrite)
    release(child)
    seen = {file.read_text() for _ in range(2000)}
    assert child.result() is None
    assert seen <= texts
