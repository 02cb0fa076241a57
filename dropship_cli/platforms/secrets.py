"""Where the app secret is kept: the environment, the system's keyring, or a file of mode 0600; never asked for here.

The place is decided once, at `init`, and never changed silently at reading time (evidence, section 6 row 2).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dropship_cli.domain.errors import SetupError
from dropship_cli.platforms.private_file import read_private, remove_private, write_private

SECRET, SECRET_FILE = "DROPSHIP_APP_SECRET", "DROPSHIP_APP_SECRET_FILE"
_SERVICE = "dropship"
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """One profile's place: `kept_in` is `file` or `keyring` (as `Profile.secret_in`), `path` the file's."""

    profile: str
    kept_in: str
    path: Path


def get(place: SecretPlace, environ: Mapping[str, str] = os.environ) -> str:
    """The secret: `DROPSHIP_APP_SECRET`, `DROPSHIP_APP_SECRET_FILE`, then the profile's place.

    Raises `SetupError`: `secret.missing`, `secret.file_open`, `secret.keyring_missing`, `secret.keyring_locked`.
    """
    found = environ.get(SECRET, "").strip() or _from_named_file(environ) or _from_place(place)
    if not found:
        raise SetupError("secret.missing", profile=place.profile)
    return found


def put(place: SecretPlace, secret: str) -> None:
    """Keep the secret in the profile's place. Raises `SetupError`, or `StoreError` where the disk fails."""
    if place.kept_in != "keyring":
        write_private(place.path, secret.encode() + b"\n")
        return
    _with_keyring(place, lambda keyring: keyring.set_password(_SERVICE, place.profile, secret))


def forget(place: SecretPlace) -> None:
    """Remove the secret from the profile's place; nothing happens where there is none."""
    if place.kept_in != "keyring":
        remove_private(place.path)
        return
    if _from_place(place):
        _with_keyring(place, lambda keyring: keyring.delete_password(_SERVICE, place.profile))


def _from_place(place: SecretPlace) -> str:
    if place.kept_in == "keyring":
        return _with_keyring(place, lambda keyring: keyring.get_password(_SERVICE, place.profile)) or ""
    return _text(read_private(place.path, "secret.file_open") or b"", place.path)


def _from_named_file(environ: Mapping[str, str]) -> str:
    name = environ.get(SECRET_FILE)
    if not name:
        return ""
    path = Path(name)
    try:
        found = path.stat()
        # A supervisor's credential is root's, with a mode of its own; one's own open file is a mistake.
        if found.st_uid == os.geteuid() and found.st_mode & 0o077:
            raise SetupError("secret.file_open", file=path.name, why=f"mode {found.st_mode & 0o777:04o}")
        with path.open("rb") as file:
            return _text(file.read(_MOST_BYTES), path)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise SetupError("secret.file_unreadable", file=path.name, why=why) from None


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode().strip()
    except UnicodeDecodeError:
        pass
    raise SetupError("secret.file_unreadable", file=path.name, why="not text")


def _with_keyring(place: SecretPlace, act: Callable[[Any], Any]) -> Any:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise SetupError("secret.keyring_missing", profile=place.profile) from None
    try:
        return act(keyring)
    except keyring.errors.KeyringError:
        pass
    # Outside the handler: what a keyring says of its trouble is not ours to carry along.
    raise SetupError("secret.keyring_locked", profile=place.profile)
