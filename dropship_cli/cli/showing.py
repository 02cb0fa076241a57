"""What several commands show alike: the outcomes of rows, and the shop that a plan is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dropship_cli.actions.act import Report
from dropship_cli.actions.context import Shop
from dropship_cli.domain.errors import RefusedError
from dropship_cli.domain.mark import KEPT_BACK
from dropship_cli.domain.outcome import Outcome, Result
from dropship_cli.terminal.json_shape import outcome_record
from dropship_cli.terminal.screen import Screen


def show_report(
    screen: Screen,
    shop: Shop,
    report: Report,
    *,
    kind: str = "outcomes",
    records: tuple[str, list[dict[str, Any]]] | None = None,
) -> int:
    """The rows on stdout, the sum and the reason why some wait on stderr; the exit status.

    `answers` are rows about shops (bindings, the role): one refused alone is told as the error that it is.
    `records` are the rows of a command that tells more of each, and their kind of table.
    """
    alone = report.outcomes[0] if kind == "answers" and len(report.outcomes) == 1 else None
    if alone is not None and alone.result is Result.REFUSED:
        named = {"factory_id": alone.item_id, "partner_id": alone.item_id, "said": alone.said or ""}
        raise RefusedError(alone.error_code or "platform.refused", **{**named, **dict(alone.values)})
    shown, rows = records or (kind, [outcome_record(one, screen.lang) for one in report.outcomes])
    screen.records(shown, rows)
    say_where(screen, shop)
    say_sum(screen, report.outcomes)
    if report.error is not None:
        screen.error(report.error)
    return report.exit_status


def say_outcomes(screen: Screen, outcomes: Sequence[Outcome]) -> None:
    """Every row that did not end well, by name, on stderr: nothing unknown is left unsaid."""
    for one in outcomes:
        if one.result not in (Result.DONE, Result.UNCHANGED):
            record = outcome_record(one, screen.lang)
            screen.warning("row.told", item=one.item_id, result=one.result, error=record["error"] or "")


def say_where(screen: Screen, shop: Shop) -> None:
    """Shop, platform, live or sandbox: nobody should have to guess where something went."""
    kind = "where.sandbox" if shop.profile.is_sandbox else "where.live"
    screen.note(kind, profile=shop.profile.name, shop_id=shop.profile.shop_id, platform=shop.profile.platform)


def say_standstill(screen: Screen, shop: Shop) -> None:
    """That nothing is being sent, where somebody stopped the shop."""
    standstill = shop.store.facts.standstill()
    if standstill is not None:
        screen.note("run.stopped", **standstill.error().values)


def say_sum(screen: Screen, outcomes: Sequence[Outcome]) -> None:
    """`458 done, 6 refused`, a line each; of what is queued, how much no run sends by itself."""
    kept = sum(1 for one in outcomes if one.result is Result.QUEUED and one.error_code in KEPT_BACK)
    for result, number in Counter(one.result for one in outcomes).most_common():
        screen.note(f"sum.{result}", count=number, kept=kept or None)
