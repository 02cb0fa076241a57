"""The home folder: profiles and which one is in use, each a small JSON file written whole. No secrets here."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dropship_cli.domain.errors import SetupError, StoreError, UsageError
from dropship_cli.domain.shop import Profile

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_FIELDS = {"name", "platform", "shop_id", "app_key", "base_url", "secret_in", "read_only", "settings"}


class Home:
    """The folder that holds everything: `config.json`, `profiles/NAME/…`, `sandbox/`, `logs/`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def sandbox_ledger(self) -> Path:
        return self.path / "sandbox" / "ledger.db"

    @property
    def log_file(self) -> Path:
        return self.path / "logs" / "dropship.log"

    def folder(self, name: str) -> Path:
        """The folder of one profile; the name is checked, so it can't lead elsewhere."""
        if not _NAME.fullmatch(name):
            raise UsageError("profile.bad_name", name=name)
        return self.path / "profiles" / name

    def make(self, folder: Path) -> Path:
        """Create a folder of ours (0700); a folder of somebody else's is refused (rule 19)."""
        for one in (self.path, *reversed([up for up in folder.parents if self.path in up.parents]), folder):
            _make(one)
        return folder

    def names(self) -> list[str]:
        """Every profile, by name."""
        try:
            return sorted(one.parent.name for one in (self.path / "profiles").glob("*/profile.json"))
        except OSError as error:
            raise _failed(self.path, error) from error

    def load(self, name: str) -> Profile:
        """One profile; `profile.none` (there is not a single one), `profile.unknown` or `profile.damaged` otherwise."""
        path = self.folder(name) / "profile.json"
        found = _read(path)
        if found is None:
            known = self.names()
            if not known:
                raise self.is_empty()
            raise SetupError("profile.unknown", name=name, known=", ".join(known))
        try:
            return _profile(found)
        except (TypeError, ValueError, KeyError) as error:
            raise SetupError("profile.damaged", path=str(path)) from error

    def is_empty(self) -> SetupError:
        """What a command says that needs a shop where none is."""
        return SetupError("profile.none", home=str(self.path))

    def save(self, profile: Profile) -> None:
        self.make(self.folder(profile.name))
        write_whole(self.folder(profile.name) / "profile.json", _text(asdict(profile)))

    def current(self) -> str | None:
        """The profile chosen with `profile use`."""
        found = _read(self.path / "config.json")
        name = found.get("profile") if isinstance(found, dict) else None
        return name if isinstance(name, str) else None

    def use(self, name: str | None) -> None:
        """Choose the profile for calls that name none."""
        self.make(self.path)
        write_whole(self.path / "config.json", _text({"profile": name}))


def write_whole(path: Path, text: str) -> None:
    """Replace a file so that a reader or a crash sees the old or the new text, never a part; 0600."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(
            partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
        _sync_folder(path.parent)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _failed(path, error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True, parents=not folder.parent.exists())
        owner = folder.stat().st_uid
        if hasattr(os, "geteuid") and owner != os.geteuid():
            raise StoreError("home.foreign", path=str(folder))
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise _failed(folder, error) from error


def _failed(path: Path, error: OSError) -> StoreError:
    import errno

    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StoreError("home.not_folder", path=str(_in_the_way(path)))
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return StoreError("store.full" if full else "home.read_only", path=str(path), detail=error.strerror or "")


def _in_the_way(path: Path) -> Path:
    """The file that stands where a folder is needed: `path` itself, or one above it."""
    return next((one for one in (path, *path.parents) if one.exists() and not one.is_dir()), path)


def _read(path: Path) -> Any:
    """The file's content; nothing, which no content is, where there is no file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found is None:
            raise ValueError
        return found
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise _failed(path, error) from error
    except PermissionError as error:
        raise StoreError("home.foreign", path=str(path)) from error
    except (ValueError, RecursionError, OSError) as error:
        raise SetupError("profile.damaged", path=str(path)) from error


def _profile(found: Any) -> Profile:
    """A profile from what the file says; every field checked, unknown ones refused."""
    if not isinstance(found, dict) or set(found) - _FIELDS:
        raise ValueError
    texts = {name: found[name] for name in ("name", "platform", "shop_id", "app_key", "base_url")}
    secret_in, read_only, settings = (
        found.get("secret_in", "file"),
        found.get("read_only", False),
        found.get("settings", {}),
    )
    if not all(isinstance(text, str) for text in (*texts.values(), secret_in)) or not isinstance(
        read_only, bool
    ):
        raise ValueError
    if not isinstance(settings, dict) or not all(isinstance(text, str) for text in settings.values()):
        raise ValueError
    return Profile(**texts, secret_in=secret_in, read_only=read_only, settings=settings)


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
