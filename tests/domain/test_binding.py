"""Who may apply, answer and unbind in which state: every state, every rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dropship_cli.domain.binding import (
    Binding,
    BindingState,
    first_bound_at,
    may_answer,
    may_apply,
    may_unbind,
)
from dropship_cli.domain.errors import RefusedError

APPLIED, BOUND, REFUSED, UNBINDING, UNBOUND = BindingState
RULES: list[tuple[Callable[[Binding | None], None], dict[BindingState | None, str]]] = [
    (
        lambda binding: may_apply("M", "F", binding),
        {APPLIED: "binding.applied_already", BOUND: "binding.bound_already", UNBINDING: "binding.bound_already"},
    ),
    (
        lambda binding: may_answer("M", binding),
        {
            None: "binding.none", BOUND: "binding.not_pending", REFUSED: "binding.not_pending",
            UNBINDING: "binding.not_pending", UNBOUND: "binding.not_pending",
        },
    ),
    (
        lambda binding: may_unbind("F", binding),
        {
            None: "binding.not_active", APPLIED: "binding.not_active", REFUSED: "binding.not_active",
            UNBOUND: "binding.not_active",
        },
    ),
]  # fmt: skip


def refusal(rule: Callable[[Binding | None], None], binding: Binding | None) -> str | None:
    try:
        rule(binding)
    except RefusedError as error:
        return error.code
    return None


@pytest.mark.parametrize("state", [None, *BindingState])
@pytest.mark.parametrize(("rule", "codes"), RULES, ids=["apply", "answer", "unbind"])
def test_each_state_allows_or_refuses_by_name(
    rule: Callable[[Binding | None], None], codes: dict[BindingState | None, str], state: BindingState | None
) -> None:
    binding = None if state is None else Binding("F", "", state)
    assert refusal(rule, binding) == codes.get(state)


@pytest.mark.parametrize("state", [None, *BindingState])
def test_nobody_binds_itself_whatever_stands_there(state: BindingState | None) -> None:
    binding = None if state is None else Binding("M", "", state)
    assert refusal(lambda found: may_apply("M", "M", found), binding) == "binding.itself"


def test_orders_are_shown_from_the_first_binding_on_ended_ones_included() -> None:
    assert first_bound_at([]) is None
    assert first_bound_at([Binding("A", "", APPLIED)]) is None
    ended = Binding("A", "", UNBOUND, bound_at=50)
    assert first_bound_at([Binding("B", "", BOUND, bound_at=90), ended, Binding("C", "", APPLIED)]) == 50
