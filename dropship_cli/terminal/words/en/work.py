"""English sentences about the work itself: bindings, items, allocation, shipment, carriers, the journal."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    # Bindings
    "binding.itself": ("a shop can't be bound to itself[: {factory_id}]", "give the id of another shop"),
    "binding.applied_already": (
        "factory {factory_id} has been applied to and has not answered yet",
        "wait for its answer; `dropship sync` fetches it",
    ),
    "binding.bound_already": ("factory {factory_id} is bound already", "nothing needs to be done"),
    "binding.none": (
        "there is no application of[ merchant {partner_id}]",
        "run `dropship sync`, then `dropship bindings`",
    ),
    "binding.not_pending": (
        "the application[ of {partner_id}] does not wait for an answer[: it is {state}]",
        "`dropship bindings` shows how it stands",
    ),
    "binding.not_active": (
        "[shop {factory_id} is ]not bound",
        "`dropship bindings` shows who is; `dropship bind FACTORY_ID` applies",
    ),
    "binding.unknown_shop": ("there is no shop {factory_id}", "check the id with the factory"),
    "binding.not_factory": (
        "shop {factory_id} is not a factory, or has not chosen its role",
        "ask it to run `dropship role choose factory`, or check the id",
    ),
    # What the platform can't or won't
    "platform.cannot": (
        "this platform offers no way to {act} by program",
        "do it in the platform's console[: {where}]; `dropship sync` then reads the outcome",
    ),
    "console.only": (
        "on this platform only the console can {act}",
        "do it there[: {where}]; `dropship sync` then reads the outcome",
    ),
    "platform.refused": (
        "the platform refused it[: {said}]",
        "[its log id is {log_id}; ]`dropship log` keeps the answer",
    ),
    "platform.limited": (
        "the platform says: too many calls",
        "nothing was done; run `dropship sync` later, or lower the setting `rate`",
    ),
    # Items and orders
    "item.unknown": (
        "[{item}: ]no such item is known here",
        "run `dropship sync`, and check the number; orders paid before the binding never appear",
    ),
    "item.ambiguous": (
        "[{item}: ]a quantity is for one item, and the order has [{items}]",
        "name the item: ORDER_ID/ITEM_ID",
    ),
    "order.unknown": ("[{order}: ]no such order is known here", "run `dropship sync`, and check the number"),
    "order.before_binding": (
        "[{order}: ]the order was paid before the first binding[ ({bound_at})], so the platform never shows it here",
        "`dropship orders import FILE` takes it from an export of the console; then ship it, or allocate it to a local "
        "factory",
    ),
    # Allocation
    "allocate.not_bound": (
        "[factory {factory_id} is ]not bound to this shop",
        "`dropship bindings` shows who is; `dropship bind FACTORY_ID` applies; `dropship factory add NAME` keeps "
        "one that is not on the platform",
    ),
    "allocate.before_binding": (
        "the order was paid before this factory was bound[ ({factory_id})]",
        "allocate it to a factory that was bound then or to a local one, or ship it yourself",
    ),
    "allocate.shipped": ("[{item}: ]shipped already[ by the {shipped_by}]", "nothing needs to be done"),
    "allocate.refund_open": ("[{item}: ]the buyer has asked for a refund", "settle the refund first"),
    "allocate.closed": ("[{item}: ]the order is closed", "nothing needs to be done"),
    "allocate.allocated_already": (
        "[{item}: ]allocated already[ to factory {factory_id}]",
        "withdraw it with `dropship unallocate ITEM`, or pass `--reallocate`, which does both",
    ),
    "allocate.contradicts": (
        "[{item}: ]rows of this file contradict each other[: {factories}]",
        "leave one of them in the file",
    ),
    "allocate.not_allocated": ("[{item}: ]not allocated to anybody", "nothing needs to be withdrawn"),
    # Shipment
    "ship.shipped_already": (
        "[{item}: ]shipped already[ by the {shipped_by}][: {packages}]",
        "only who shipped it can correct the number, with `dropship ship --amend`",
    ),
    "ship.refund_open": (
        "[{item}: ]the buyer has asked for a refund",
        "do not send it; if the refund is to be refused, pass `--reject-refund`",
    ),
    "ship.closed": ("[{item}: ]the order is closed", "do not send it"),
    "ship.not_allocated": (
        "[{item}: ]not allocated to this factory (any more)",
        "do not send it; ask the merchant, or run `dropship sync`",
    ),
    "ship.quantity_wrong": (
        "[{item}: ]the quantities do not fit[: {wanted} given, {left} left to ship]",
        "correct the quantity",
    ),
    "ship.wrong_sum": (
        "[{item}: ]the packages must hold all that is left[: {wanted} given, {left} left to ship]",
        "give one row for each package, the quantities adding up to what is left",
    ),
    "ship.partial_not_possible": (
        "[{item}: ]this platform takes all that is left in one call[: {wanted} given, {left} left to ship]",
        "wait until all packages are ready, and give them together",
    ),
    "ship.contradicts": (
        "[{item}: ]rows of this file contradict each other[: {numbers}]",
        "correct the file; several packages of one item need a quantity in each row",
    ),
    "ship.allocated_elsewhere": (
        "[{item}: ]allocated to somebody else[: factory {factory_id}]",
        "that factory ships it, or withdraw it first with `dropship unallocate ITEM`",
    ),
    "ship.other_number": (
        "[{item}: ]shipped already with another number[: {packages}]",
        "pass `--amend` to correct it",
    ),
    "ship.not_shipped": (
        "[{item}: ]not shipped yet, so there is no number to correct",
        "ship it without `--amend`",
    ),
    "ship.state": (
        "[{item}: ]its state on the platform does not allow shipping[: {said}]",
        "run `dropship sync`, then look with `dropship order ORDER_ID`",
    ),
    "ship.no_sender_address": (
        "the shop has no sender's address on the platform",
        "set one in the platform's console, then run it again",
    ),
    # Carriers and numbers
    "carrier.unknown": (
        "[{given} is ]no carrier that is known here[; near: {nearest}]",
        "`dropship carriers WORD` finds its name or code",
    ),
    "carrier.ambiguous": (
        "[{given} ]may be more than one carrier[: {nearest}]",
        "write the code that `dropship carriers WORD` shows",
    ),
    "tracking.implausible": (
        "[{item}: ]the tracking number[ {tracking_number}] is not of the form that this carrier[ ({carrier})] uses",
        "check it; it is sent as it is",
    ),
    "tracking.invalid": (
        "[{number} is ]not a tracking number",
        "letters, digits and hyphens, 4 to 40 of them",
    ),
    # The journal
    "operation.pending": (
        "[{item}: ]another act on it is on its way[: {act}, {state}]",
        "run `dropship sync`, then look with `dropship queue`",
    ),
    "operation.unknown": ("there is no operation {op_id}", "`dropship queue` shows them"),
    "operation.not_droppable": (
        "operation {op_id} can't be dropped[: it is {state}]",
        "only what is queued or unknown can be; `dropship queue` shows it",
    ),
    "operation.predecessor": (
        "the act that had to come first was not done",
        "look with `dropship log`, then ask for it again",
    ),
    "conflict.changed_elsewhere": (
        "[{item}: ]somebody else changed it meanwhile[: wanted {wanted}, found {seen}]",
        "run `dropship sync`, look with `dropship order ORDER_ID`, and decide again",
    ),
    # What the platform says of a row
    "allocate.paid_before_binding": (
        "the order was paid before this factory was bound",
        "allocate it to a factory that was bound then, or ship it yourself",
    ),
    "binding.no_such_shop": (
        "there is no such shop[: {factory_id}]",
        "check the id with the other side",
    ),
    "binding.not_a_factory": (
        "shop[ {factory_id}] is not a factory, or has not chosen its role",
        "ask it to run `dropship role choose factory`, or check the id",
    ),
    "binding.shop_not_open": (
        "shop[ {factory_id}] is not open on the platform",
        "ask the other side to open it first",
    ),
    "role.chosen_already": (
        "the role is chosen already",
        "`dropship role` shows it; `dropship role switch` changes it while nothing is bound",
    ),
    "item.none": (
        "the platform knows no such item, or does not show it to this shop",
        "check the number; `dropship sync` reads what is there",
    ),
    "order.none": (
        "the platform knows no such order, or does not show it to this shop",
        "check the number; `dropship sync` reads what is there",
    ),
    "ship.refunded": (
        "[{item}: ]refunded before it was shipped",
        "do not send it",
    ),
    "ship.under_review": (
        "[{item}: ]the platform is still reviewing the order for risk",
        "wait an hour or two, then run it again",
    ),
    "ship.supply_chain": (
        "[{item}: ]an order of the supply chain: its supplier ships it",
        "do not send it",
    ),
    "ship.platform_warehouse": (
        "[{item}: ]a warehouse of the platform ships it",
        "do not send it",
    ),
    "ship.other_receiver": (
        "[{item}: ]orders with different receivers can't share a package",
        "give each its own tracking number",
    ),
    "ship.serial_number": (
        "[{item}: ]the platform asks for a serial number",
        "ship it in the platform's console",
    ),
    "ship.which_package": (
        "[{item}: ]it left in more than one package, or in none that is known[: {packages}]",
        "say which number is to be replaced with `--replaces NUMBER`",
    ),
    "amend.state": (
        "[{item}: ]its state on the platform does not allow a correction[: {said}]",
        "correct it in the platform's console",
    ),
    "amend.failed": (
        "[{item}: ]the platform could not correct the number[: {said}]",
        "run it again later, or correct it in the platform's console",
    ),
    "tracking.used": (
        "[{item}: ]this tracking number is used already[: {said}]",
        "check the number",
    ),
    "operation.ended": (
        "operation {op_id} has ended[: it is {state}]",
        "ask for it anew if it is still wanted",
    ),
    "operation.dropped": (
        "dropped: what was asked for is not sent",
        "ask for it anew if it is still wanted",
    ),
    "restore.sync_first": (
        "the store was restored, and what happened since is not known yet",
        "run `dropship sync`; it reads everything before anything is sent",
    ),
}
