"""Help texts in Chinese, put together from their parts, paragraph by paragraph; the English text is the key, so that
a changed one is seen as missing."""

from __future__ import annotations

from dropship_cli.terminal.words.zh_help import (
    alerts,
    bench,
    daily,
    local,
    marks,
    money,
    pushes,
    reading,
    safety,
)

HELP: dict[str, str] = {
    **daily.HELP,
    **marks.HELP,
    **money.HELP,
    **alerts.HELP,
    **bench.HELP,
    **local.HELP,
    **safety.HELP,
    **reading.HELP,
    **pushes.HELP,
}
