"""What every platform promises, whichever it is: one suite, subclassed by each dialect with its own world.

A subclass brings a `world` fixture (see `World`): real shops behind real wires, buyers who can be told what to
do, and a judge who counts what the platform really did.
"""

from __future__ import annotations

import itertools
import logging
from typing import Any, Protocol

import pytest

from dropship_cli.domain.binding import BindingState
from dropship_cli.domain.capability import Can, Cannot
from dropship_cli.domain.errors import RefusedError, SetupError
from dropship_cli.domain.item import AllocationState, Item, Origin, RefundState, ShipmentState
from dropship_cli.domain.moment import Window
from dropship_cli.domain.operation import Fence, Kind, Operation
from dropship_cli.domain.shop import Role
from dropship_cli.platforms.base import Answer, ItemRef, NoAnswer, NotSent, Platform, Verdict

MERCHANT, FACTORY = Role.MERCHANT, Role.FACTORY
NUMBERS = [f"SF{number:013d}" for number in range(1_000_000_000_000, 1_000_000_000_020)]
_ids = itertools.count(1)


class World(Protocol):
    """Two factories and a merchant bound to both; `secrets` are texts that nobody may ever read anywhere."""

    merchant_id: str
    factory_id: str
    other_id: str

    @property
    def merchant(self) -> Platform: ...
    @property
    def factory(self) -> Platform: ...
    @property
    def other(self) -> Platform: ...
    @property
    def secrets(self) -> list[str]: ...

    def order(self, *quantities: int) -> list[ItemRef]:
        """A buyer pays an order of lines with these quantities."""
        ...

    def refund(self, ref: ItemRef) -> None: ...
    def refund_done(self, ref: ItemRef) -> None: ...
    def cancel(self, ref: ItemRef) -> None: ...
    def window(self) -> Window: ...
    def pass_time(self, seconds: int) -> None: ...
    def fault(self, kind: Kind, role: Role, name: str) -> None:
        """The next call of this kind fails; names are the sandbox's (`busy_after`, `half`, `limit`, …)."""
        ...

    def effects(self, ref: ItemRef, kind: Kind) -> int:
        """How often the platform really did this to the item."""
        ...


def operation(kind: Kind, ref: ItemRef, **wish: Any) -> Operation:
    return Operation(f"op-{next(_ids):08d}", kind, ref.item_id, wish, order_id=ref.order_id)


def package(number: str, quantity: int, carrier: str = "shunfeng") -> dict[str, object]:
    return {"carrier": carrier, "tracking_number": number, "quantity": quantity}


class PlatformContract:
    """The suite. Nothing in it knows a platform's name, spelling or numbers."""

    # Reading

    def test_each_shop_knows_its_role(self, world: World) -> None:
        assert [world.merchant.role(), world.factory.role()] == [MERCHANT, FACTORY]

    def test_both_sides_see_the_binding(self, world: World) -> None:
        ours = {one.partner_id: one for one in world.merchant.bindings(MERCHANT)}
        theirs = {one.partner_id: one for one in world.factory.bindings(FACTORY)}
        assert set(ours) == {world.factory_id, world.other_id}
        assert set(theirs) == {world.merchant_id}
        for one in (*ours.values(), *theirs.values()):
            assert one.state is BindingState.BOUND
            assert one.partner_name
            assert one.bound_at is not None

    def test_a_paid_order_is_shown_line_by_line(self, world: World) -> None:
        first, second = world.order(3, 1)
        found = {item.item_id: item for item in everything(world, world.merchant, MERCHANT)}
        assert set(found) == {first.item_id, second.item_id}
        item = found[first.item_id]
        assert (item.order_id, item.quantity, item.left) == (first.order_id, 3, 3)
        assert item.merchant_id == world.merchant_id
        assert item.title
        assert item.price is not None
        assert item.paid_at is not None
        assert item.ship_by is not None
        assert item.ship_by > item.paid_at
        assert states(item) == (AllocationState.UNALLOCATED, ShipmentState.NONE, RefundState.NONE)
        assert world.merchant.item(MERCHANT, first) == item

    def test_a_factory_sees_nothing_that_was_not_allocated_to_it(self, world: World) -> None:
        ref = world.order(1)[0]
        assert everything(world, world.factory, FACTORY) == []
        assert world.factory.item(FACTORY, ItemRef(ref.item_id, "", world.merchant_id)) is None

    def test_no_page_holds_too_much_and_no_item_is_missed(self, world: World) -> None:
        refs = [ref for _ in range(26) for ref in world.order(*[1] * 10)]
        pages = list(world.merchant.items(MERCHANT, world.window()))
        assert {item.item_id for page in pages for item in page} == {ref.item_id for ref in refs}
        assert max(map(len, pages)) <= world.merchant.capabilities(MERCHANT).page

    def test_an_item_that_is_not_there_is_nothing(self, world: World) -> None:
        assert world.merchant.item(MERCHANT, ItemRef("6900000000000000001")) is None

    def test_an_empty_window_has_no_pages(self, world: World) -> None:
        assert list(world.merchant.items(MERCHANT, Window(1_600_000_000, 1_600_000_600))) == []

    def test_an_order_tells_when_it_was_paid_and_whether_it_is_closed(self, world: World) -> None:
        ref = world.order(1)[0]
        facts = world.merchant.order_facts(ref.order_id)
        assert facts is not None
        assert (facts.order_id, facts.closed) == (ref.order_id, False)
        assert facts.paid_at is not None
        world.cancel(ref)
        closed = world.merchant.order_facts(ref.order_id)
        assert closed is not None
        assert closed.closed
        assert world.merchant.order_facts("6900000000000000001") is None

    def test_an_item_that_dropshipping_does_not_show_is_told_by_its_order(self, world: World) -> None:
        """States and packages come from there; what it does not tell stays as it was given."""
        first, second = world.order(2, 1)
        known = Item(first.order_id, first.item_id, 2, title="from a file", remark="x", source=Origin.FILE)
        assert world.merchant.ordinary(known) == known
        assert ship_as_merchant(world, first, package(NUMBERS[0], 2)).verdict is Verdict.DONE
        seen = world.merchant.ordinary(known)
        assert seen is not None
        assert (seen.shipment, seen.shipped_by, seen.shipped_quantity) == (
            ShipmentState.SHIPPED,
            "merchant",
            2,
        )
        assert [(one.carrier, one.tracking_number, one.quantity) for one in seen.packages] == [
            ("shunfeng", NUMBERS[0], 2)
        ]
        assert (seen.title, seen.remark, seen.source) == ("from a file", "x", Origin.FILE)
        other = world.merchant.ordinary(Item(second.order_id, second.item_id, 1))
        assert other is not None
        assert (other.shipment, other.packages) == (ShipmentState.NONE, ())
        assert world.merchant.ordinary(Item(first.order_id, "6900000000000000001", 1)) is None
        assert world.merchant.ordinary(Item("6900000000000000001", "6900000000000000001", 1)) is None

    def test_carriers_come_with_neutral_codes(self, world: World) -> None:
        codes = [one.code for one in world.factory.carriers()]
        assert {"shunfeng", "zhongtong", "yuantong", "debangkuaidi"} <= set(codes)
        assert len(codes) == len(set(codes))

    # Allocating

    def test_two_items_of_one_order_go_to_two_factories(self, world: World) -> None:
        first, second = world.order(1, 2)
        wishes = [
            operation(Kind.ALLOCATE, first, factory_id=world.factory_id),
            operation(Kind.ALLOCATE, second, factory_id=world.other_id),
        ]
        assert verdicts(world.merchant.change(MERCHANT, Kind.ALLOCATE, wishes), wishes) == [Verdict.DONE] * 2
        assert [item.item_id for item in everything(world, world.factory, FACTORY)] == [first.item_id]
        assert [item.item_id for item in everything(world, world.other, FACTORY)] == [second.item_id]
        item = read(world, first)
        assert (item.allocation, item.factory_id) == (AllocationState.ALLOCATED, world.factory_id)
        theirs = seen_by_factory(world, second, world.other)
        assert (theirs.quantity, theirs.allocation) == (2, AllocationState.ALLOCATED)
        assert theirs.order_id == theirs.item_id

    def test_a_whole_batch_goes_in_one_call_and_each_row_has_its_own_answer(self, world: World) -> None:
        batch = world.merchant.capabilities(MERCHANT).can(Kind.ALLOCATE).batch
        refs = [ref for _ in range(batch // 10) for ref in world.order(*[1] * 10)]
        assert allocate(world, refs[0]).verdict is Verdict.DONE
        wishes = [operation(Kind.ALLOCATE, ref, factory_id=world.factory_id) for ref in refs]
        answers = {one.op_id: one for one in world.merchant.change(MERCHANT, Kind.ALLOCATE, wishes)}
        assert set(answers) == {one.op_id for one in wishes}
        assert answers[wishes[0].op_id].code == "allocate.allocated_already"
        assert {answers[one.op_id].verdict for one in wishes[1:]} == {Verdict.DONE}
        assert all(world.effects(ref, Kind.ALLOCATE) == 1 for ref in refs)

    def test_what_cannot_be_allocated_is_refused_with_our_code(self, world: World) -> None:
        refunded, closed, shipped = world.order(1)[0], world.order(1)[0], world.order(1)[0]
        world.refund(refunded)
        world.cancel(closed)
        assert ship_as_merchant(world, shipped, package(NUMBERS[0], 1)).verdict is Verdict.DONE
        unknown = ItemRef("6900000000000000001")
        wanted = {
            refunded: "allocate.refund_open", closed: "allocate.closed", shipped: "allocate.shipped",
            unknown: "item.none",
        }  # fmt: skip
        for ref, code in wanted.items():
            answer = allocate(world, ref)
            assert (answer.verdict, answer.code) == (Verdict.REFUSED, code)
            assert answer.said

    def test_a_factory_that_is_not_bound_gets_nothing(self, world: World) -> None:
        ref = world.order(1)[0]
        wish = operation(Kind.ALLOCATE, ref, factory_id="990099")
        answer = world.merchant.change(MERCHANT, Kind.ALLOCATE, [wish])[0]
        assert (answer.verdict, answer.code) == (Verdict.REFUSED, "allocate.not_bound")

    def test_an_allocation_taken_back_frees_the_item(self, world: World) -> None:
        ref = world.order(1)[0]
        allocate(world, ref)
        assert cancel(world, ref).verdict is Verdict.DONE
        assert read(world, ref).is_free
        assert seen_by_factory(world, ref).allocation is AllocationState.CANCELLED
        assert cancel(world, ref).verdict is Verdict.REFUSED
        wish = operation(Kind.ALLOCATE, ref, factory_id=world.other_id)
        assert world.merchant.change(MERCHANT, Kind.ALLOCATE, [wish])[0].verdict is Verdict.DONE

    # Shipping

    def test_what_a_factory_ships_the_merchant_sees_and_siblings_stay(self, world: World) -> None:
        first, sibling = world.order(2, 1)
        allocate(world, first)
        allocate(world, sibling)
        answer = ship_as_factory(world, first, package(NUMBERS[0], 2, "debangkuaidi"))
        assert answer.verdict is Verdict.DONE
        for item in (read(world, first), seen_by_factory(world, first)):
            assert (item.shipment, item.shipped_by) == (ShipmentState.SHIPPED, "factory")
            assert (item.shipped_quantity, item.left) == (2, 0)
            assert [(one.carrier, one.tracking_number) for one in item.packages] == [
                ("debangkuaidi", NUMBERS[0])
            ]
            assert item.shipped_at is not None
        assert read(world, sibling).shipment is ShipmentState.NONE

    def test_several_packages_of_one_item_leave_in_one_call(self, world: World) -> None:
        ref = world.order(3)[0]
        allocate(world, ref)
        answer = ship_as_factory(world, ref, package(NUMBERS[0], 1), package(NUMBERS[1], 2))
        assert answer.verdict is Verdict.DONE
        assert {one.tracking_number for one in read(world, ref).packages} == set(NUMBERS[:2])
        assert len({one.package_id for one in seen_by_factory(world, ref).packages} - {None}) == 2

    def test_part_of_an_item_ships_where_the_role_can_and_is_refused_where_it_cannot(
        self, world: World
    ) -> None:
        ref = world.order(3)[0]
        allocate(world, ref)
        for role, ship in ((FACTORY, ship_as_factory), (MERCHANT, ship_as_merchant)):
            able = client(world, role).capabilities(role).partial
            answer = ship(world, ref, package(NUMBERS[0], 1))
            assert answer.verdict is (Verdict.DONE if able else Verdict.REFUSED)

    def test_the_merchant_ships_in_parts_and_every_piece_is_counted(self, world: World) -> None:
        ref = world.order(3)[0]
        ship_as_merchant(world, ref, package(NUMBERS[0], 1))
        item = read(world, ref)
        assert (item.shipment, item.shipped_quantity, item.left) == (ShipmentState.PARTIAL, 1, 2)
        assert [(one.tracking_number, one.quantity) for one in item.packages] == [(NUMBERS[0], 1)]
        assert ship_as_merchant(world, ref, package(NUMBERS[1], 2)).verdict is Verdict.DONE
        item = read(world, ref)
        assert (item.shipment, item.shipped_by, item.left) == (ShipmentState.SHIPPED, "merchant", 0)
        assert {(one.tracking_number, one.quantity) for one in item.packages} == {
            (NUMBERS[0], 1),
            (NUMBERS[1], 2),
        }
        assert all(one.package_id for one in item.packages)

    def test_the_same_operation_twice_ships_once_where_its_fence_says_so(self, world: World) -> None:
        """Keyed: the second is a success that ships nothing. Fenced: it is refused."""
        ours, theirs = world.order(2)[0], world.order(2)[0]
        allocate(world, theirs)
        for role, ref in ((MERCHANT, ours), (FACTORY, theirs)):
            able = client(world, role).capabilities(role)
            # Half of it, where that is possible: then nothing but the key stands against a second shipment.
            wish = shipping(world, ref, package(NUMBERS[0], 1 if able.partial else 2))
            first, second = (client(world, role).change(role, Kind.SHIP, [wish])[0] for _ in range(2))
            assert first.verdict is Verdict.DONE
            keyed = able.can(Kind.SHIP).fence is Fence.KEYED
            assert second.verdict is (Verdict.DONE if keyed else Verdict.REFUSED)
            assert world.effects(ref, Kind.SHIP) == 1

    def test_of_two_who_ship_one_is_told(self, world: World) -> None:
        ref = world.order(1)[0]
        allocate(world, ref)
        assert ship_as_merchant(world, ref, package(NUMBERS[0], 1)).verdict is Verdict.DONE
        assert ship_as_factory(world, ref, package(NUMBERS[1], 1)).verdict is Verdict.REFUSED
        theirs = seen_by_factory(world, ref)
        assert (theirs.shipment, theirs.shipped_by) == (ShipmentState.SHIPPED, "merchant")
        other = world.order(1)[0]
        allocate(world, other)
        assert ship_as_factory(world, other, package(NUMBERS[2], 1)).verdict is Verdict.DONE
        late = ship_as_merchant(world, other, package(NUMBERS[3], 1))
        assert (late.verdict, late.code) == (Verdict.REFUSED, "ship.shipped_already")

    def test_an_open_refund_blocks_both_unless_it_is_refused_by_shipping(self, world: World) -> None:
        ref, own = world.order(1)[0], world.order(1)[0]
        allocate(world, ref)
        world.refund(ref)
        world.refund(own)
        assert read(world, ref).refund is RefundState.OPEN
        assert read(world, ref).allocation is AllocationState.ALLOCATED
        assert seen_by_factory(world, ref).refund is RefundState.OPEN
        assert ship_as_factory(world, ref, package(NUMBERS[0], 1)).verdict is Verdict.REFUSED
        answer = ship_as_merchant(world, own, package(NUMBERS[1], 1))
        assert (answer.verdict, answer.code) == (Verdict.REFUSED, "ship.refund_open")
        wish = shipping(world, ref, package(NUMBERS[0], 1), reject_refund=True)
        assert world.factory.change(FACTORY, Kind.SHIP, [wish])[0].verdict is Verdict.DONE

    def test_money_that_went_back_closes_the_item_and_is_told(self, world: World) -> None:
        ref = world.order(1)[0]
        world.refund(ref)
        world.refund_done(ref)
        item = read(world, ref)
        assert item.closed
        assert item.refund is RefundState.REFUNDED
        assert ship_as_merchant(world, ref, package(NUMBERS[0], 1)).verdict is Verdict.REFUSED

    def test_money_that_went_back_after_the_shipment_is_told_by_the_order(self, world: World) -> None:
        ref, other = world.order(1)[0], world.order(1)[0]
        for one in (ref, other):
            allocate(world, one)
            assert ship_as_factory(world, one, package(NUMBERS[0], 1)).verdict is Verdict.DONE
        world.refund(ref)
        before = world.merchant.order_facts(ref.order_id)
        world.refund_done(ref)
        after, others = (world.merchant.order_facts(one.order_id) for one in (ref, other))
        assert before is not None
        assert after is not None
        assert others is not None
        assert (before.refunded, after.refunded, others.refunded) == (frozenset(), {ref.item_id}, frozenset())

    @pytest.mark.parametrize("named", [True, False], ids=["package named", "package looked up"])
    def test_a_number_is_corrected_by_whoever_shipped(self, world: World, named: bool) -> None:
        ours, theirs = world.order(2)[0], world.order(2)[0]
        allocate(world, theirs)
        ship_as_merchant(world, ours, package(NUMBERS[0], 2))
        ship_as_factory(world, theirs, package(NUMBERS[1], 2))
        for role, ref in ((MERCHANT, ours), (FACTORY, theirs)):
            wish = operation(
                Kind.AMEND, ref, carrier="yuantong", tracking_number="YT7000000000001", merchant_id=world.merchant_id,
                package_id=shown(world, role, ref).packages[0].package_id if named else None,
            )  # fmt: skip
            assert client(world, role).change(role, Kind.AMEND, [wish])[0].verdict is Verdict.DONE
            numbers = [(one.carrier, one.tracking_number) for one in read(world, ref).packages]
            assert numbers == [("yuantong", "YT7000000000001")]

    def test_which_of_several_packages_is_never_guessed(self, world: World) -> None:
        ref = world.order(2)[0]
        ship_as_merchant(world, ref, package(NUMBERS[0], 1), package(NUMBERS[1], 1))
        wish = {"carrier": "yuantong", "tracking_number": "YT7000000000001", "package_id": None}
        vague = operation(Kind.AMEND, ref, **wish)
        answer = world.merchant.change(MERCHANT, Kind.AMEND, [vague])[0]
        assert (answer.verdict, answer.code) == (Verdict.REFUSED, "ship.which_package")
        plain = operation(Kind.AMEND, ref, **wish, replaces=NUMBERS[1])
        assert world.merchant.change(MERCHANT, Kind.AMEND, [plain])[0].verdict is Verdict.DONE
        assert {one.tracking_number for one in read(world, ref).packages} == {NUMBERS[0], "YT7000000000001"}

    # Receivers

    def test_a_receiver_is_opened_where_the_table_says_so(self, world: World) -> None:
        """Every cipher gets a text of its own or a reason; nobody else's order is shown."""
        ref = world.order(1)[0]
        for role in Role:
            platform = client(world, role)
            able = platform.capabilities(role)
            if isinstance(able.reveal, Cannot):
                with pytest.raises(RefusedError):
                    able.can_reveal()
                continue
            sealed = platform.sealed(ref.order_id)
            assert sealed is not None
            assert (sealed.closed, sealed.paid_at is None, sealed.shipped_at) == (False, False, None)
            opened = platform.opened(sealed)
            assert [one.name for one in opened] == list(sealed.ciphers)
            assert all((one.text != "") is (one.code is None) for one in opened)
            assert not {one.text for one in opened} & set(sealed.ciphers.values())
            assert platform.sealed("4711") is None

    def test_an_order_that_was_closed_says_so_before_it_is_opened(self, world: World) -> None:
        ref = world.order(1)[0]
        world.cancel(ref)
        for role in Role:
            if isinstance(client(world, role).capabilities(role).reveal, Can):
                sealed = client(world, role).sealed(ref.order_id)
                assert sealed is not None
                assert sealed.closed

    # When the platform or the wire is unwell

    @pytest.mark.parametrize("fault", ["busy_after", "error_500_after", "html", "half", "empty"])
    @pytest.mark.parametrize("act", ["allocate", "cancel", "ship as factory", "ship as merchant"])
    def test_what_was_done_without_an_answer_is_unknown_and_not_sent_again(
        self, world: World, act: str, fault: str
    ) -> None:
        ref, role, wish = prepared(world, act)
        world.fault(wish.kind, role, fault)
        with pytest.raises(NoAnswer):
            client(world, role).change(role, wish.kind, [wish])
        assert world.effects(ref, wish.kind) == 1

    @pytest.mark.parametrize("fault", ["busy_before", "error_500_before"])
    @pytest.mark.parametrize("act", ["allocate", "cancel", "ship as factory", "ship as merchant"])
    def test_what_nobody_can_tell_is_unknown_too(self, world: World, act: str, fault: str) -> None:
        ref, role, wish = prepared(world, act)
        world.fault(wish.kind, role, fault)
        with pytest.raises(NoAnswer):
            client(world, role).change(role, wish.kind, [wish])
        assert world.effects(ref, wish.kind) == 0

    @pytest.mark.parametrize("act", ["allocate", "cancel", "ship as factory", "ship as merchant"])
    def test_a_call_refused_for_being_too_many_was_not_sent(self, world: World, act: str) -> None:
        ref, role, wish = prepared(world, act)
        world.fault(wish.kind, role, "limit")
        with pytest.raises(NotSent) as caught:
            client(world, role).change(role, wish.kind, [wish])
        assert caught.value.reason == "platform.limited"
        assert world.effects(ref, wish.kind) == 0

    @pytest.mark.parametrize("act", ["allocate", "cancel", "ship as factory", "ship as merchant"])
    def test_a_token_that_ends_under_way_is_renewed_and_the_act_done_once(
        self, world: World, act: str
    ) -> None:
        ref, role, wish = prepared(world, act)
        world.fault(wish.kind, role, "expire_token")
        assert client(world, role).change(role, wish.kind, [wish])[0].verdict is Verdict.DONE
        assert world.effects(ref, wish.kind) == 1

    @pytest.mark.parametrize(
        ("fault", "first"),
        [("drop_row", Verdict.UNKNOWN), ("double_row", Verdict.DONE), ("strange_row", Verdict.DONE)],
    )
    def test_rows_are_matched_by_id_whatever_the_answer_holds(
        self, world: World, fault: str, first: Verdict
    ) -> None:
        refs = world.order(1, 1, 1)
        wishes = [operation(Kind.ALLOCATE, ref, factory_id=world.factory_id) for ref in refs]
        world.fault(Kind.ALLOCATE, MERCHANT, fault)
        answers = verdicts(world.merchant.change(MERCHANT, Kind.ALLOCATE, wishes), wishes)
        assert sorted(answers) == sorted([first, Verdict.DONE, Verdict.DONE])
        assert all(world.effects(ref, Kind.ALLOCATE) == 1 for ref in refs)

    def test_a_reading_is_asked_again_and_answers_in_the_end(self, world: World) -> None:
        ref = world.order(1)[0]
        world.fault_reading("half")  # type: ignore[attr-defined] - only dialects with a list have it
        assert [item.item_id for item in everything(world, world.merchant, MERCHANT)] == [ref.item_id]

    # Who may

    def test_the_other_roles_calls_are_a_matter_of_set_up(self, world: World) -> None:
        with pytest.raises(SetupError):
            list(world.merchant.items(FACTORY, world.window()))
        with pytest.raises(SetupError):
            world.factory.bindings(MERCHANT)

    def test_every_act_is_either_possible_or_said_where(self, world: World) -> None:
        for role in Role:
            table = client(world, role).capabilities(role)
            assert Kind.SHIP in table.acts
            assert all(isinstance(able, Can) or able.reason for able in table.acts.values())
            assert table.window > 0
            assert table.page > 0

    def test_a_token_lasts_for_a_while(self, world: World) -> None:
        assert world.merchant.log_in() > world.window().end

    def test_a_raw_request_is_shown_without_its_token(self, world: World) -> None:
        world.merchant.role()
        shown = repr(world.merchant.raw("iop.roleGet", {}, timestamp="1700000000"))
        assert not [secret for secret in world.secrets if secret in shown]

    def test_nothing_secret_is_ever_said(self, world: World, caplog: pytest.LogCaptureFixture) -> None:
        """Not in a log line at any level, not in an error or what it carries along."""
        caplog.set_level(logging.DEBUG)
        errors: list[BaseException | None] = []
        for fault in ("busy_after", "html", "half", "limit", "error_500_after"):
            ref = world.order(1)[0]
            world.fault(Kind.ALLOCATE, MERCHANT, fault)
            try:
                allocate(world, ref)
            except (NoAnswer, NotSent) as error:
                errors += [error, error.__cause__, error.__context__]
        assert len(errors) == 15
        said = caplog.text + repr(errors) + repr([vars(error) for error in errors if error])
        assert world.secrets
        assert not [secret for secret in world.secrets if secret in said]


def client(world: World, role: Role) -> Platform:
    return world.merchant if role is MERCHANT else world.factory


def everything(world: World, platform: Platform, role: Role) -> list[Item]:
    return [item for page in platform.items(role, world.window()) for item in page]


def read(world: World, ref: ItemRef) -> Item:
    item = world.merchant.item(MERCHANT, ref)
    assert item is not None
    listed = {one.item_id: one for one in everything(world, world.merchant, MERCHANT)}
    assert listed[ref.item_id] == item, "the list and the item tell different stories"
    return item


def shown(world: World, role: Role, ref: ItemRef) -> Item:
    return read(world, ref) if role is MERCHANT else seen_by_factory(world, ref)


def seen_by_factory(world: World, ref: ItemRef, factory: Platform | None = None) -> Item:
    item = (factory or world.factory).item(FACTORY, ItemRef(ref.item_id, "", world.merchant_id))
    assert item is not None
    return item


def states(item: Item) -> tuple[object, ...]:
    return item.allocation, item.shipment, item.refund


def verdicts(answers: list[Answer], wishes: list[Operation]) -> list[Verdict]:
    by_id = {answer.op_id: answer.verdict for answer in answers}
    return [by_id[wish.op_id] for wish in wishes]


def allocate(world: World, ref: ItemRef) -> Answer:
    wish = operation(Kind.ALLOCATE, ref, factory_id=world.factory_id)
    return world.merchant.change(MERCHANT, Kind.ALLOCATE, [wish])[0]


def cancel(world: World, ref: ItemRef) -> Answer:
    return world.merchant.change(MERCHANT, Kind.CANCEL, [operation(Kind.CANCEL, ref, factory_id=None)])[0]


def shipping(world: World, ref: ItemRef, *packages: dict[str, object], **more: Any) -> Operation:
    return operation(Kind.SHIP, ref, packages=list(packages), merchant_id=world.merchant_id, **more)


def ship_as_factory(world: World, ref: ItemRef, *packages: dict[str, object]) -> Answer:
    return world.factory.change(FACTORY, Kind.SHIP, [shipping(world, ref, *packages)])[0]


def ship_as_merchant(world: World, ref: ItemRef, *packages: dict[str, object]) -> Answer:
    return world.merchant.change(MERCHANT, Kind.SHIP, [shipping(world, ref, *packages)])[0]


def prepared(world: World, act: str) -> tuple[ItemRef, Role, Operation]:
    """An item in the state in which the act is possible, who may do it, and the wish."""
    ref = world.order(1)[0]
    if act == "allocate":
        return ref, MERCHANT, operation(Kind.ALLOCATE, ref, factory_id=world.factory_id)
    if act == "ship as merchant":
        return ref, MERCHANT, shipping(world, ref, package(NUMBERS[0], 1))
    assert allocate(world, ref).verdict is Verdict.DONE
    if act == "cancel":
        return ref, MERCHANT, operation(Kind.CANCEL, ref, factory_id=None)
    return ref, FACTORY, shipping(world, ref, package(NUMBERS[0], 1))
