"""Roles and bindings in the order of a shop's life: what may be asked when, and what both sides then read."""

from __future__ import annotations

from program import Program


def states(program: Program, profile: str) -> dict[str, str]:
    """The other sides and how it stands with them."""
    listed = program.ok("bindings", "--json", "-p", profile).json
    other = "merchant_id" if profile.startswith("factory") else "factory_id"
    return {one[other]: one["state"] for one in listed}


def refused(program: Program, *words: str) -> str:
    """The code of a refusal by a rule."""
    ran = program(*words, "--json")
    assert (ran.status, ran.out) == (4, ""), ran
    return str(ran.error["code"])


def test_a_shop_without_a_role_is_told_to_choose_one(fresh: Program) -> None:
    """Reading it is no error; whatever needs one says which command chooses it."""
    ran = fresh.ok("role")
    assert "dropship role choose merchant" in ran.err
    assert "role choose" in fresh.ok("status").out
    assert refused(fresh, "role", "switch") == "role.none"
    assert fresh("sync").status == 4
    for words in (("bindings",), ("allocate", "1", "--to", "2"), ("bind", "880011", "--yes")):
        assert refused(fresh, *words) == "role.not_chosen"


def test_choosing_again_changes_nothing_and_the_name_is_seen(fresh: Program) -> None:
    words = ("role", "choose", "factory", "-p", "factory-1", "--json")
    named = fresh.ok(*words, "--shop-name", "义乌好物", "--sender", "吴先生")
    assert named.results == [("done", None)]
    assert fresh.ok(*words).results == [("unchanged", None)]
    fresh.ok("role", "choose", "merchant", "-p", "merchant")
    fresh.ok("bind", "880011", "--yes", "-p", "merchant")
    (binding,) = fresh.ok("bindings", "--json", "-p", "merchant").json
    assert (binding["factory_id"], binding["name"], binding["state"]) == ("880011", "义乌好物", "applied")


def test_a_binding_from_application_to_end(fresh: Program) -> None:
    """Refused, applied again, bound, ended; each side reads the same; each act once."""
    fresh.ok("role", "choose", "merchant", "-p", "merchant")
    fresh.ok("role", "choose", "factory", "-p", "factory-1")
    fresh.ok("bind", "880011", "--yes", "-p", "merchant")
    fresh.ok("reject", "660001", "--reason", "满了", "-p", "factory-1")
    fresh.ok("sync", "-p", "merchant")
    assert states(fresh, "merchant") == {"880011": "refused"}
    fresh.ok("bind", "880011", "-p", "merchant")  # the role is fixed already: nothing to ask
    fresh.ok("accept", "660001", "-p", "factory-1")
    assert refused(fresh, "accept", "660001", "-p", "factory-1") == "binding.not_pending"
    fresh.ok("sync", "-p", "merchant")
    assert states(fresh, "merchant") == {"880011": "bound"}
    assert states(fresh, "factory-1") == {"660001": "bound"}
    ran = fresh("unbind", "880011", "-p", "merchant")
    assert (ran.status, "--yes" in ran.err) == (2, True)
    fresh.ok("unbind", "880011", "--yes", "-p", "merchant")
    assert refused(fresh, "unbind", "880011", "-p", "merchant") == "binding.not_active"  # before it asks
    assert states(fresh, "merchant") == {"880011": "unbound"}


def test_a_factory_that_is_no_longer_bound_gets_nothing_new(bound: Program) -> None:
    bound.ok("sandbox", "seed", "--random", "1")
    bound.ok("sync", "-p", "merchant")
    (item,) = list(bound.items())[:1]
    bound.ok("unbind", "880022", "--yes", "-p", "merchant")
    ran = bound("allocate", item, "--to", "880022", "--json", "-p", "merchant")
    assert (ran.status, ran.results) == (4, [("refused", "allocate.not_bound")])


def test_whose_act_it_is(bound: Program) -> None:
    """With the wrong role a command says which role it takes."""
    for words in (
        ("accept", "880011", "-p", "merchant"),
        ("reject", "880011", "--reason", "no", "-p", "merchant"),
        ("unbind", "660001", "--yes", "-p", "factory-1"),
        ("allocate", "1", "--to", "880022", "-p", "factory-1"),
        ("unallocate", "1", "-p", "factory-1"),
    ):
        assert refused(bound, *words) == "role.wrong"


def test_what_doudian_leaves_to_its_console(fresh: Program) -> None:
    """Said with its place before a person or the network is asked; nothing is journalled."""
    fresh.ok(
        "init", "--platform", "doudian", "--profile", "real", "--shop-id", "77", "--app-key", "7",
        "--secret-stdin", "--base-url", "http://127.0.0.1:9", stdin="s",
    )  # fmt: skip
    for words in (
        ("role", "switch"),
        ("role", "choose", "factory"),
        ("bind", "880011"),
        ("accept", "660001"),
        ("reject", "660001", "--reason", "no"),
        ("unbind", "880011"),
    ):
        ran = fresh(*words, "-p", "real", "--json")
        assert (ran.status, ran.error["code"]) == (4, "console.only"), words
        assert "代发管理" in ran.error["where"]
    assert fresh.ok("log", "--json", "-p", "real").json == []
