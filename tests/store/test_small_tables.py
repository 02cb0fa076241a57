"""Facts, cursors, carriers, bindings and the log: the last word wins, cursors never go back, the log only grows."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropship_cli.domain.binding import Binding, BindingState
from dropship_cli.domain.carrier import Carrier
from dropship_cli.domain.shop import Role
from dropship_cli.store.db import Store

from .conftest import forgotten


def test_a_fact_is_remembered_replaced_and_forgotten(store: Store) -> None:
    assert store.facts.get("shop_name") is None
    for name in ("一号店", "二号店"):
        store.facts.put("shop_name", name)
        assert store.facts.get("shop_name") == name
    store.facts.put("shop_name", None)
    assert store.facts.get("shop_name") is None


@pytest.mark.parametrize("role", Role)
def test_the_role_is_as_last_told(store: Store, role: Role) -> None:
    assert store.facts.role() is None
    store.facts.put("role", role)
    assert store.facts.role() is role


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.integers(0, 10**10), min_size=1))
def test_a_cursor_never_goes_back(store: Store, moves: list[int]) -> None:
    with forgotten(store):
        for number, move in enumerate(moves):
            store.facts.move_cursor("items", move)
            assert store.facts.cursor("items") == max(moves[: number + 1])


def test_a_forgotten_cursor_begins_anew_and_no_other_is_touched(store: Store) -> None:
    store.facts.move_cursor("items", 50)
    store.facts.move_cursor("bindings", 60)
    store.facts.forget_cursor("items")
    assert (store.facts.cursor("items"), store.facts.cursor("bindings")) == (None, 60)
    store.facts.move_cursor("items", 10)
    assert store.facts.cursor("items") == 10


def test_a_cursor_stands_only_where_its_rows_stand(store: Store) -> None:
    """Rule 9: a page that fails leaves the cursor where it was."""
    with suppress(RuntimeError), store.transaction():
        store.facts.move_cursor("items", 50)
        raise RuntimeError
    assert store.facts.cursor("items") is None


def test_the_platforms_carriers_replace_the_ones_before(store: Store) -> None:
    store.facts.put_carriers([Carrier("zhongtong", "中通"), Carrier("yuantong", "圆通", platform_code="YT")])
    store.facts.put_carriers([Carrier("yuantong", "圆通速递", platform_code="YT"), Carrier("ems", "EMS")])
    assert [(one.code, one.name, one.platform_code) for one in store.facts.carriers()] == [
        ("ems", "EMS", "ems"), ("yuantong", "圆通速递", "YT"),
    ]  # fmt: skip


def test_of_several_applications_to_one_partner_the_newest_counts(store: Store) -> None:
    newest = Binding("F1", "一厂", BindingState.BOUND, applied_at=30, bound_at=31)
    older = Binding("F1", "一厂", BindingState.REFUSED, applied_at=10, refused_at=11)
    store.bindings.replace([newest, older])
    assert store.bindings.all() == {"F1": newest}


def test_bindings_come_newest_first_and_a_shorter_list_takes_none_away(store: Store) -> None:
    """A platform's list may shrink for a while: what was bound stays known until told otherwise."""
    first, second = (
        Binding(name, name, BindingState.APPLIED, applied_at=at) for name, at in (("F1", 1), ("F2", 2))
    )
    store.bindings.replace([second, first])
    assert list(store.bindings.all()) == ["F2", "F1"]
    bound = Binding("F1", "F1", BindingState.BOUND, applied_at=3, bound_at=4)
    store.bindings.replace([bound])
    assert store.bindings.all() == {"F1": bound, "F2": second}
    assert list(store.bindings.all()) == ["F1", "F2"]


def test_the_log_shows_the_newest_first_in_the_order_of_writing_whatever_the_clock_says(store: Store) -> None:
    for at in (5.0, 9.0, 2.0):
        store.log.add("sync", who="me", at=at, target="T", outcome="done", detail=str(at))
    assert [entry["at"] for entry in store.log.recent(9)] == [2.0, 9.0, 5.0]
    assert [entry["at"] for entry in store.log.recent(9, since=4.0)] == [9.0, 5.0]
    assert store.log.recent(1) == [
        {"at": 2.0, "who": "me", "act": "sync", "target": "T", "outcome": "done", "detail": "2.0"}
    ]
