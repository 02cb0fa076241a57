"""`queue` and `log`: with the platform away nothing asked for is lost, and a person decides what is given up."""

from __future__ import annotations

from program import Program

FIRST, SECOND, THIRD = "6923007000000001327", "6923007000000001328", "6923007000000001329"
QUEUED = ("queued", "network.unreachable")


def test_what_is_asked_while_the_platform_is_away(seeded: Program) -> None:
    """Queued with status 5, shown, dropped or retried by hand, sent once when the platform is back."""
    back = seeded.away()
    before = seeded.effects()
    ran = seeded("allocate", FIRST, SECOND, "--to", "880011", "--json")
    assert (ran.status, ran.results, ran.error["code"]) == (5, [QUEUED, QUEUED], "network.unreachable")
    ran = seeded("ship", THIRD, "-c", "中通", "-t", "78173786485074", "--json")
    assert (ran.status, ran.results) == (5, [QUEUED])
    waiting = seeded.ok("queue", "--json").json
    assert [(one["kind"], one["target"], one["state"]) for one in waiting] == [
        ("allocate", FIRST, "queued"), ("allocate", SECOND, "queued"), ("ship", THIRD, "queued"),
    ]  # fmt: skip

    # another wish for the same item would overtake the first
    for words in (("allocate", FIRST, "--to", "880022"), ("unallocate", FIRST)):
        ran = seeded(*words, "--json")
        assert (ran.status, ran.results) == (4, [("refused", "operation.pending")])

    dropped = waiting[0]["op_id"]
    ran = seeded("queue", "drop", dropped)
    assert (ran.status, "--yes" in ran.err) == (2, True)
    seeded.ok("queue", "drop", dropped, "--yes")
    for again in (("queue", "drop", dropped, "--yes"), ("queue", "retry", dropped, "--yes")):
        ran = seeded(*again, "--json")
        assert (ran.status, ran.error["code"]) == (4, "operation.ended")
    ran = seeded("queue", "retry", "--json")
    assert (ran.status, ran.results) == (5, [QUEUED, QUEUED])
    assert seeded.effects() == before

    back()
    assert seeded.ok("queue", "retry", "--json").results == [("done", None)] * 2
    assert seeded.ok("queue", "--json").json == []
    done = sorted((act, item) for act, item, _ in seeded.effects()[len(before) :])
    assert done == [("allocated", SECOND), ("shipped", THIRD)]


def test_an_application_waits_too(fresh: Program) -> None:
    """`bind` while the platform is away is sent by the next `sync`."""
    fresh.ok("role", "choose", "merchant", "-p", "merchant")
    fresh.ok("role", "choose", "factory", "-p", "factory-1")
    back = fresh.away()
    ran = fresh("bind", "880011", "--yes", "--json")
    assert (ran.status, ran.results) == (5, [QUEUED])
    back()
    (ended,) = fresh.ok("sync", "--json").json["operations"]
    assert (ended["item_id"], ended["result"]) == ("880011", "done")
    (binding,) = fresh.ok("bindings", "--json").json
    assert (binding["factory_id"], binding["state"]) == ("880011", "applied")


def test_a_sync_that_can_not_reach_the_platform_says_so_until_one_can(seeded: Program) -> None:
    back = seeded.away()
    ran = seeded("sync", "--json")
    assert (ran.status, ran.json["error"], ran.error["code"]) == (
        5,
        "network.unreachable",
        "network.unreachable",
    )
    assert "last sync failed" in seeded.ok("status").out
    back()
    seeded.ok("sync")
    assert "failed" not in seeded.ok("status").out


def test_the_log_has_every_act_and_its_end(seeded: Program) -> None:
    """Who, when, what and what came of it: refusals by the platform and reading rounds, the newest first."""
    seeded.ok("allocate", FIRST, "--to", "880011")
    seeded.ok("sandbox", "refund", SECOND)
    seeded("allocate", SECOND, "--to", "880011")
    rows = seeded.ok("log", "--json", "-n", "3").json
    assert [(row["act"], row["target"], row["outcome"]) for row in rows if row["act"] == "allocate"] == [
        ("allocate", SECOND, "allocate.refund_open"), ("allocate", FIRST, "done"),
    ]  # fmt: skip
    assert all(row["who"] and row["at"] for row in rows)
    whole = seeded.ok("log", "--json", "-n", "1000").json
    assert {row["act"] for row in whole} >= {"role", "apply", "sync", "allocate"}
    assert [row["at"] for row in whole] == sorted((row["at"] for row in whole), reverse=True)
    assert seeded.ok("log", "--json", "--since", "2099-01-01").json == []
