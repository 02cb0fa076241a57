"""What merchants, factories, buyers, the wire and time may do next: the rules of the state machine, at random.

The model is small on purpose: the judge compares ledger and stores; no second telling of the program is kept here.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dropship_cli.actions.act import Report
from dropship_cli.actions.allocate import allocate, unallocate
from dropship_cli.actions.context import Shop
from dropship_cli.actions.queue import drop, retry
from dropship_cli.actions.ship import How, ShipmentRow, ship
from dropship_cli.domain.errors import DropshipError
from dropship_cli.domain.outcome import Result
from dropship_cli.sandbox import buyers
from dropship_cli.sandbox.errors import SandboxError
from tests.faults import judge
from tests.faults.commands import allocations, references
from tests.faults.fault import CLOCKS, Fault
from tests.faults.stages import ITEMS, Stages
from tests.faults.transport import CHANGES, Plan
from tests.faults.world import QUIET, SHOPS, Died

NAMES = ("merchant", "factory-1", "factory-2")
LIES = {Fault.ROWS_MISSING, Fault.ROWS_DOUBLED, Fault.ROWS_OF_STRANGERS, Fault.OTHER_ANSWER}
"""Faults for changes only."""
FINE = (Result.DONE, Result.UNCHANGED)

Trouble = tuple[Fault, int, bool] | int | None
"""A fault at the call of this number (of any, or of changing ones), or a death at this transaction, or nothing."""

troubles = st.none() | st.tuples(st.sampled_from(Fault), st.integers(0, 1), st.booleans()) | st.integers(0, 5)
items = st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True)
factories = st.sampled_from(NAMES[1:])


class Trade(RuleBasedStateMachine):
    """A merchant, two factories and their buyers on a bad wire. Subclasses bring the stages and a folder."""

    stages: Stages
    memory: str | None
    seen: Counter[str]
    """Over all examples: what the machine has really met."""

    @initialize(stage=st.sampled_from(["bound", "allocated", "shipped"]))
    def begin(self, stage: str) -> None:
        """A bound merchant with five items, two pieces each; perhaps allocated, or shipped already."""
        self._folder = tempfile.TemporaryDirectory(prefix="trade-", dir=self.memory)
        self.world = self.stages.copy(stage, Path(self._folder.name) / "world")
        self.items = list(ITEMS)
        self.plans: list[Plan] = []
        self.numbers = 0
        self.unsaid: list[str] = []
        self.begun_with = self._wishes()

    @rule(quantities=st.lists(st.integers(1, 3), min_size=1, max_size=2))
    def order(self, quantities: list[int]) -> None:
        """A buyer orders."""
        self.world.clock.advance(1)
        self.items += self.world.order(10 + len(self.items), quantities)

    @rule(chosen=items, factory=factories, again=st.booleans(), trouble=troubles)
    def allocate(self, chosen: list[int], factory: str, again: bool, trouble: Trouble) -> None:
        """The merchant gives items to a factory, or from another one."""
        rows = allocations(factory, self._named(chosen))
        self._act("merchant", lambda shop: allocate(shop, rows, reallocate=again), trouble)

    @rule(chosen=items, trouble=troubles)
    def unallocate(self, chosen: list[int], trouble: Trouble) -> None:
        """The merchant takes items back."""
        self._act("merchant", lambda shop: unallocate(shop, references(self._named(chosen))), trouble)

    @rule(chosen=items, name=st.sampled_from(NAMES), reject=st.booleans(), trouble=troubles)
    def ship(self, chosen: list[int], name: str, reject: bool, trouble: Trouble) -> None:
        """A factory ships, or the merchant itself."""
        self._act(name, lambda shop: ship(shop, self._packages(chosen), How(reject_refund=reject)), trouble)

    @rule(chosen=items, trouble=troubles)
    def ship_a_part(self, chosen: list[int], trouble: Trouble) -> None:
        """The merchant ships one piece of each."""
        self._act("merchant", lambda shop: ship(shop, self._packages(chosen, 1), How()), trouble)

    @rule(chosen=items, name=st.sampled_from(NAMES), trouble=troubles)
    def amend(self, chosen: list[int], name: str, trouble: Trouble) -> None:
        """Whoever shipped corrects a number."""
        self._act(name, lambda shop: ship(shop, self._packages(chosen), How(amend=True)), trouble)

    @rule(at=st.integers(0, 9), act=st.sampled_from(["refund", "refund_close", "refund_finish", "cancel"]))
    def buy(self, at: int, act: str) -> None:
        """A buyer changes their mind, where the platform lets them."""
        item = self._named([at])[0]
        with suppress(SandboxError):
            getattr(buyers, act)(self.world.ledger, item, self.world.clock.platform)

    @rule(seconds=st.sampled_from([1.0, 6.0, 46.0, QUIET, 400.0]))
    def wait(self, seconds: float) -> None:
        """Time passes; what was held back arrives."""
        self.world.clock.off = 0.0
        self.world.clock.advance(seconds)
        self.world.wire.commit_late()

    @rule(name=st.sampled_from(NAMES), trouble=troubles)
    def sync(self, name: str, trouble: Trouble) -> None:
        """What cron does."""
        self._meet(trouble)
        with self._perhaps_dying():
            self.world.sync(name)

    @precondition(lambda self: not self.world.wire.held)
    @rule(name=st.sampled_from(NAMES), again=st.booleans())
    def decide(self, name: str, again: bool) -> None:
        """A person decides about corrections whose outcome nobody can know."""
        waiting = self._unknown_amendments(name)
        if waiting:
            self._act(name, lambda shop: retry(shop, waiting) if again else _dropped(shop, waiting), None)

    @invariant()
    def nothing_lost_nothing_twice(self) -> None:
        """I2, I3, I4 after every step."""
        assert not self.unsaid
        assert not self.world.wire.overlaps
        assert (found := self._differences(drained=False)) == [], found

    def teardown(self) -> None:
        """Faults end, two runs of each, and everything agrees (I1-I7)."""
        if not hasattr(self, "world"):
            return
        self.seen["faults that struck"] += sum(plan.fired for plan in self.plans)
        self.seen["wishes"] += self._wishes() - self.begun_with
        try:
            self._settle()
            assert (found := self._differences(drained=True)) == [], found
            for name in NAMES:
                store = self.world.store_file(name)
                assert not judge.item_differences(self.world.ledger, store, SHOPS[name])
                assert not judge.strange_packages(self.world.ledger, store)
        finally:
            self._folder.cleanup()

    def _wishes(self) -> int:
        return sum(len(judge.journal(self.world.store_file(name), "")) for name in NAMES)

    def _settle(self) -> None:
        self.world.wire.plans.clear()
        self.world.dies_at = None
        for _ in range(2):
            self.wait(QUIET)
            self.world.sync(*NAMES)

    def _act(self, name: str, act: Callable[[Shop], Report], trouble: Trouble) -> None:
        """One command in this trouble; a death or an error that says so is an end like any other."""
        self._meet(trouble)
        with self._perhaps_dying(), suppress(DropshipError), self.world.shop(name) as shop:
            report = act(shop)
            if not report.exit_status and not all(one.result in FINE for one in report.outcomes):
                self.unsaid.append(f"I4: exit status 0 for {report.outcomes}")

    def _meet(self, trouble: Trouble) -> None:
        """Let the next run meet it."""
        wire = self.world.wire
        if isinstance(trouble, int):
            self.world.dies_at = trouble
        # A clock that jumps a day ahead ends every quiet time at once: nothing on this machine could tell.
        elif trouble is not None and not (trouble[0] in CLOCKS and wire.held):
            fault, at, reads = trouble
            # Lists that lie about their rows cannot be seen through.
            fits = str.__len__ if reads and fault not in LIES else CHANGES.__contains__
            self.plans.append(Plan(fault, at, fits))
            wire.plans[:] = self.plans[-1:]

    @contextmanager
    def _perhaps_dying(self) -> Iterator[None]:
        try:
            yield
        except Died:
            self.seen["deaths"] += 1
        self.world.dies_at = None

    def _named(self, chosen: Sequence[int]) -> list[str]:
        return [
            self.items[-1 - number % len(self.items)] for number in dict.fromkeys(one % 5 for one in chosen)
        ]

    def _packages(self, chosen: Sequence[int], pieces: int | None = None) -> list[ShipmentRow]:
        """Each item in a package whose number was never used before: an effect belongs to one wish."""
        rows = []
        for one in references(self._named(chosen)):
            self.numbers += 1
            rows.append(ShipmentRow(one, "shunfeng", f"SF{self.numbers:010d}", pieces))
        return rows

    def _unknown_amendments(self, name: str) -> list[str]:
        entries = judge.journal(self.world.store_file(name), SHOPS[name])
        return [one.op_id for one in entries if one.kind == "amend" and one.state == "unknown"]

    def _differences(self, *, drained: bool) -> list[str]:
        stores = {SHOPS[name]: self.world.store_file(name) for name in NAMES}
        problems = judge.disagreements(self.world.ledger, stores, drained=drained)
        if drained:
            problems += [
                f"I7: {one.kind} {one.target} is still unknown"
                for shop_id, store in stores.items()
                for one in judge.journal(store, shop_id)
                if one.state == "unknown" and one.kind != "amend"
            ]
        return problems


def _dropped(shop: Shop, op_ids: list[str]) -> Report:
    return Report([one for one in drop(shop, op_ids) if one.result in FINE])


def machine(stages: Stages, memory: str | None) -> type[Trade]:
    """The machine on these stages, a world in this folder for each example."""
    return type("TradeHere", (Trade,), {"stages": stages, "memory": memory, "seen": Counter()})
