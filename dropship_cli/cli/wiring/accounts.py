"""Where a profile calls and what it logs in with, from its first day to its removal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dropship_cli.cli.wiring import home
from dropship_cli.domain.errors import SetupError, UsageError

if TYPE_CHECKING:
    from dropship_cli.domain.shop import Profile
    from dropship_cli.platforms.secrets import SecretPlace


def secret_place(chosen: Profile) -> SecretPlace:
    """Where the profile's app secret is kept."""
    from dropship_cli.platforms.secrets import SecretPlace

    return SecretPlace(chosen.name, chosen.secret_in, home().folder(chosen.name) / "secret")


def token_path(chosen: Profile) -> Path:
    """Where the profile's tokens are kept."""
    return home().folder(chosen.name) / "token.json"


def login_ends(chosen: Profile) -> float | None:
    """When the profile's login can't be renewed any more; nothing without a login, or with one that `doctor` mends."""
    from dropship_cli.platforms.tokens import login_end

    try:
        return login_end(token_path(chosen))
    except SetupError:
        return None


def base_url(platform: str, given: str | None) -> str:
    """The address to call: the given one, checked (https, or loopback), else the platform's own."""
    from dropship_cli.platforms import registry
    from dropship_cli.platforms.base_url import check_base_url

    if platform not in registry.known():
        raise UsageError("platform.unknown", platform=platform, known=", ".join(registry.known()))
    address = given or registry.default_base_url(platform)
    if address is None:
        raise UsageError("input.needed", flag="--base-url")
    check_base_url(address)
    return address


def sandbox_app() -> tuple[str, str]:
    """The key and the secret of the sandbox's app, known to everybody."""
    from dropship_cli.sandbox.schema import APP_KEY, APP_SECRET

    return APP_KEY, APP_SECRET


def keep_secret(chosen: Profile, secret: str) -> None:
    """Keep the app secret where the profile says; an empty one comes from the environment at each run."""
    from dropship_cli.platforms import secrets

    if secret:
        secrets.put(secret_place(chosen), secret)


def forget_tokens(chosen: Profile, *, secret: bool) -> None:
    """Remove tokens, and the secret where asked, from this machine."""
    from dropship_cli.platforms import secrets

    token_path(chosen).unlink(missing_ok=True)
    if secret:
        secrets.forget(secret_place(chosen))


def remove_profile(chosen: Profile) -> None:
    """Remove everything of a profile; refused while another run holds its lock."""
    import shutil

    from dropship_cli.store.lock import shop_lock

    here = home()
    folder = here.folder(chosen.name)
    with shop_lock(folder / "lock"):
        forget_tokens(chosen, secret=True)
        shutil.rmtree(folder)
    if here.current() == chosen.name:
        here.use(None)
