"""Help texts in Chinese about deadlines and alerts."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Only what has to leave within this time (6h, 90m, 1d), late or not.": (
        "只列出这段时间内必须发出的（6h、90m、1d），已超时的也在内。"
    ),
    "List items, the newest first; with --late and --due the most urgent first. No call is made.": (
        "列出商品，最新的在前；加 --late 或 --due 时最紧急的在前。不调用平台。"
    ),
    "With --late and --due: what is not shipped, not closed and has no refund.": (
        "--late 和 --due 只看未发货、未关闭、无退款的。"
    ),
    "Every factory's numbers; else only while something is late.": "列出每个厂家的数字；否则只在有超时的时候列出。",
    "Exit with 1 while anything is late; for cron.": "有超时的商品时以状态 1 退出；供 cron 使用。",
    "Exit with 1 while anything is late or has to leave within this time (2h, 90m, 1d).": (
        "有已超时的，或这段时间内（2h、90m、1d）必须发出的商品时，以状态 1 退出。"
    ),
    "While something is late a merchant sees which factories it waits for.": "有超时的商品时，商家还会看到是哪些厂家。",
}
