"""The app secret: from the environment, a keyring or a file of one's own, and from nowhere else."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms import secrets
from dropship_cli.platforms.secrets import SecretPlace

CANARY = "secret-canary-77ab"


@pytest.fixture
def place(tmp_path: Path) -> SecretPlace:
    return SecretPlace("merchant", "file", tmp_path / "profile" / "secret")


class Ring(ModuleType):
    """A keyring in memory, in the place of the library."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.errors = ModuleType("keyring.errors")
        self.errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined] - made here

    def get_password(self, service: str, user: str) -> str | None:
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, password: str) -> None:
        self.kept[service, user] = password

    def delete_password(self, service: str, user: str) -> None:
        del self.kept[service, user]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", ring.errors)
    return ring


def test_what_is_put_can_be_got_and_forgotten(place: SecretPlace) -> None:
    secrets.put(place, CANARY)
    assert secrets.get(place, {}) == CANARY
    secrets.forget(place)
    secrets.forget(place)
    with pytest.raises(SetupError) as caught:
        secrets.get(place, {})
    assert (caught.value.code, caught.value.values) == ("secret.missing", {"profile": "merchant"})


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_the_file_is_its_owners_alone_whatever_the_umask(place: SecretPlace, umask: int) -> None:
    old = os.umask(umask)
    try:
        secrets.put(place, CANARY)
    finally:
        os.umask(old)
    assert stat.S_IMODE(place.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o620])
def test_a_file_that_others_can_open_is_refused(place: SecretPlace, mode: int) -> None:
    secrets.put(place, CANARY)
    place.path.chmod(mode)
    with pytest.raises(SetupError) as caught:
        secrets.get(place, {})
    assert caught.value.code == "secret.file_open"
    assert CANARY not in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(place: SecretPlace) -> None:
    secrets.put(place, CANARY)
    os.chown(place.path, 12345, -1)
    with pytest.raises(SetupError) as caught:
        secrets.get(place, {})
    assert caught.value.code == "secret.file_open"


def test_links_pipes_and_folders_are_no_secret_files(place: SecretPlace, tmp_path: Path) -> None:
    place.path.parent.mkdir(parents=True)
    (tmp_path / "real").write_text(CANARY)
    (tmp_path / "real").chmod(0o600)
    for make in (lambda: place.path.symlink_to(tmp_path / "real"), lambda: os.mkfifo(place.path, 0o600)):
        make()
        with pytest.raises(SetupError) as caught:
            secrets.get(place, {})
        assert caught.value.code == "secret.file_open"
        place.path.unlink()
    place.path.mkdir(mode=0o700)
    with pytest.raises(SetupError):
        secrets.get(place, {})


def test_the_environment_goes_first_then_the_file_it_names(place: SecretPlace, tmp_path: Path) -> None:
    secrets.put(place, "from the place")
    named = tmp_path / "credential"
    named.write_text("from the named file\n")
    named.chmod(0o600)
    environ = {"DROPSHIP_APP_SECRET_FILE": str(named)}
    assert secrets.get(place, environ) == "from the named file"
    assert (
        secrets.get(place, {**environ, "DROPSHIP_APP_SECRET": "from the environment"})
        == "from the environment"
    )


@pytest.mark.parametrize(("mode", "code"), [(0o644, "secret.file_open"), (None, "secret.file_unreadable")])
def test_a_named_file_that_is_open_or_absent_is_an_error_and_not_passed_over(
    place: SecretPlace, tmp_path: Path, mode: int | None, code: str
) -> None:
    secrets.put(place, "from the place")
    named = tmp_path / "credential"
    if mode is not None:
        named.write_text(CANARY)
        named.chmod(mode)
    with pytest.raises(SetupError) as caught:
        secrets.get(place, {"DROPSHIP_APP_SECRET_FILE": str(named)})
    assert caught.value.code == code


def test_a_keyring_that_was_chosen_is_used(place: SecretPlace, ring: Ring) -> None:
    chosen = SecretPlace("merchant", "keyring", place.path)
    secrets.put(chosen, CANARY)
    assert not place.path.exists()
    assert secrets.get(chosen, {}) == CANARY
    secrets.forget(chosen)
    secrets.forget(chosen)
    assert ring.kept == {}


def test_a_keyring_that_is_not_installed_is_said_with_the_way_out(
    place: SecretPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    secrets.put(place, CANARY)
    with pytest.raises(SetupError) as caught:
        secrets.get(SecretPlace("merchant", "keyring", place.path), {})
    assert caught.value.code == "secret.keyring_missing", "the file may not be used silently instead"


def test_a_locked_keyring_is_said_without_what_it_said(
    place: SecretPlace, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(service: str, user: str) -> str:
        raise ring.errors.KeyringError(CANARY)

    monkeypatch.setattr(ring, "get_password", locked)
    with pytest.raises(SetupError) as caught:
        secrets.get(SecretPlace("merchant", "keyring", place.path), {})
    assert caught.value.code == "secret.keyring_locked"
    assert CANARY not in repr([caught.value, caught.value.__context__])


def test_a_file_that_is_no_text_is_refused_without_its_content(place: SecretPlace) -> None:
    place.path.parent.mkdir(parents=True)
    place.path.write_bytes(b"\xff\xfe" + CANARY.encode())
    place.path.chmod(0o600)
    with pytest.raises(SetupError) as caught:
        secrets.get(place, {})
    assert CANARY not in repr([caught.value, caught.value.__context__])
