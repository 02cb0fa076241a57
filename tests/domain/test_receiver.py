"""When a receiver may be looked at, and that nothing shows one by accident."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dropship_cli.domain.receiver import DAY, Field, Opened, SealedOrder, why_sealed

NOW = 1_790_000_000
OPEN = SealedOrder("6900", {Field.NAME: "##cipher-canary##"}, paid_at=NOW - 9000)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (OPEN, None),
        (replace(OPEN, shipped_at=NOW - 90 * DAY), None),
        (replace(OPEN, shipped_at=NOW - 90 * DAY - 1), "reveal.long_ago"),
        (replace(OPEN, paid_at=None), "reveal.unpaid"),
        (replace(OPEN, closed=True), "reveal.closed"),
        (replace(OPEN, closed=True, paid_at=None, shipped_at=1), "reveal.closed"),
    ],
)
def test_closed_unpaid_and_long_shipped_orders_stay_sealed(order: SealedOrder, expected: str | None) -> None:
    assert why_sealed(order, NOW, 90) == expected


def test_no_text_of_a_receiver_is_in_any_repr() -> None:
    shown = repr(OPEN) + repr(Opened(Field.PHONE, "13890715977", "8050", virtual=True, until=NOW))
    assert not [text for text in ("cipher-canary", "13890715977", "8050") if text in shown]
