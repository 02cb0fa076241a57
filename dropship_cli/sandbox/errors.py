"""What can be said no to: the reasons of the sandbox's world, without any platform's numbers."""

from enum import StrEnum


class SandboxError(Exception):
    """The person who runs the sandbox gave it something it cannot use; the text is one whole sentence."""


class Why(StrEnum):
    """Every reason for which the world refuses an act; a dialect gives each its code."""

    NO_SUCH_SHOP = "no such shop"
    ITSELF = "a shop cannot be bound to itself"
    WRONG_ROLE = "the shop's role does not allow this"
    ROLE_CHOSEN = "the role is chosen already"
    ROLE_NOT_CHOSEN = "no role is chosen yet"
    ROLE_FIXED = "the role is fixed by the first application"
    NOT_A_FACTORY = "the shop has not chosen to be a factory"
    NOT_OPEN = "the factory has not opened its shop yet"
    APPLIED_ALREADY = "applied or bound already"
    NOT_PENDING = "no application is waiting"
    NOT_BOUND = "not bound"
    PAID_BEFORE_BINDING = "the order was paid before the binding"
    NO_SUCH_ITEM = "no such dropship order"
    NO_SUCH_ORDER = "no such order"
    NOT_ALLOCATED = "not allocated"
    ALLOCATED = "allocated already"
    ALLOCATION_CANCELLED = "the allocation was cancelled"
    SHIPPED = "shipped already"
    NOT_SHIPPED = "not shipped yet"
    REFUND_OPEN = "a refund is open"
    NO_REFUND_OPEN = "no refund is open"
    REFUNDED = "refunded before shipping"
    CLOSED = "the order is closed"
    FINISHED = "the order is finished"
    NOT_PAID = "the order is not paid"
    QUANTITY = "the quantity is not what is left to ship"
    NO_SENDER = "no default sender address"
    NO_SUCH_PACKAGE = "no such package"
    OTHER_RECEIVER = "the orders have different receivers"
    SHIPPED_BY_PACKAGE = "shipped by package, amend the package"
    NO_SUCH_CARRIER = "no such carrier"
    NO_SUCH_WAYBILL = "no such waybill"
    WAYBILL_CANCELLED = "the waybill was cancelled already"
    WAYBILL_USED = "the waybill is used by a shipment"


class Refused(Exception):
    """The world refuses one act; nothing of it has happened once the transaction is rolled back."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
