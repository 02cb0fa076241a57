"""The settings of a profile: names, defaults and bounds, all in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from dropship_cli.domain.errors import UsageError


class Withdraw(IntEnum):
    """After which refunds an allocation is taken back, as long as nothing of the item left."""

    NEVER = 0
    REFUNDED = 1
    OPEN = 2


# A named tuple: every start makes this class, and a dataclass takes three times as long to make.
class Setting(NamedTuple):
    """A number that a shop may tune: its default, its bounds, its unit."""

    default: float
    least: float
    most: float
    unit: str


# What the platforms' pages do not say (doudian.md section 10) is ours to decide, hence a setting.
SETTINGS: Mapping[str, Setting] = {
    "quiet": Setting(60, 0.2, 3600, "seconds"),  # before an unknown outcome is asked about
    "reread": Setting(5, 0.1, 600, "seconds"),  # between two readings "still as before"
    "read_timeout": Setting(20, 0.1, 300, "seconds"),
    "connect_timeout": Setting(5, 0.1, 60, "seconds"),
    "rate": Setting(20, 0.1, 1000, "calls a second, shop and method"),
    "overlap": Setting(300, 0, 86_400, "seconds"),  # a window starts so much before the cursor
    "deadline": Setting(3600, 1, 86_400, "seconds"),  # of a whole run
    "soon": Setting(21_600, 60, 2_592_000, "seconds"),  # before the promised time an item is urgent
    "login_days": Setting(3, 0, 60, "days"),  # before the end of the login `notify` says so
    "reveal_days": Setting(90, 0, 3650, "days"),  # after the shipment a receiver may still be looked at
    "retention": Setting(180, 1, 36_500, "days"),  # `purge` leaves what is younger
    "workers": Setting(8, 1, 64, "calls in flight"),
    "withdraw": Setting(Withdraw.REFUNDED, 0, 2, "0 never, 1 refunded, 2 as soon as a refund is open"),
}


class Settings(NamedTuple):
    """The numbers in force for one profile."""

    quiet: float
    reread: float
    read_timeout: float
    connect_timeout: float
    rate: float
    overlap: float
    deadline: float
    soon: float
    login_days: float
    reveal_days: float
    retention: float
    workers: int
    withdraw: Withdraw = Withdraw.REFUNDED


def settings_of(texts: Mapping[str, str]) -> Settings:
    """The numbers in force: what the profile says, else the defaults; quiet at least two read time-outs."""
    numbers = {
        name: parse(name, texts[name]) if name in texts else one.default for name, one in SETTINGS.items()
    }
    numbers["quiet"] = max(numbers["quiet"], 2 * numbers["read_timeout"])  # reliability.md rule 3
    workers, withdraw = int(numbers.pop("workers")), Withdraw(int(numbers.pop("withdraw")))
    return Settings(**numbers, workers=workers, withdraw=withdraw)


def parse(name: str, text: str) -> float:
    """The number in `text`, or a usage error that names the setting and its bounds."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise UsageError("setting.unknown", name=name, known=", ".join(SETTINGS))
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not setting.least <= number <= setting.most:
        raise UsageError(
            "setting.bad", name=name, value=text, least=setting.least, most=setting.most, unit=setting.unit
        )
    return number
