"""Help texts in Chinese about deadlines and alerts."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Only what has to leave within this time (6h, 90m, 1d), late or not.": (
        "只列出这段时间内必须发出的（6h、90m、1d），已超时的也在内。"
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
    "Tell group chats (飞书, 钉钉, 企业微信, any JSON webhook) what needs a person, each case once; for cron.": (
        "把需要人处理的情况发到群聊（飞书、钉钉、企业微信，或任何 JSON webhook），每种情况只发一次；供 cron 使用。"
    ),
    "Cases: late, due soon, a refund open on what a factory has, a change that waits for `ack`, an unknown outcome, "
    "a failed sync, a login about to end.": (
        "情况：已超时、即将超时、已分配的商品退款中、等待 `ack` 的变更、结果未知、同步失败、登录将到期。"
    ),
    "A case is told again only after it was over. After a time-out the message may come twice rather than never.": (
        "同一情况结束后再次出现才会再发。群聊没有答复时，宁可发两遍也不漏发。"
    ),
    "Exit status: 0; 5 a chat is away (the next run says it); 4 a chat refused; 3 no chat is set up.": (
        "退出码：0 正常；5 群聊连接不上（下次再发）；4 群聊拒绝；3 尚未设置群聊。"
    ),
    "Do not wait for the end of quiet hours.": "不等免打扰时段结束。",
    "Only show the messages; nothing is sent or kept.": "只显示消息，不发送也不记录。",
    "The chat's name.": "群聊名称。",
    "Send, where no command of the group is called.": "未指定子命令时即发送。",
    "Tell every chat what it does not know yet; the same as `notify` alone.": (
        "把每个群聊还不知道的情况发给它；与单独的 `notify` 相同。"
    ),
    "feishu, dingtalk, wecom or generic; else as the address says.": (
        "feishu（飞书）、dingtalk（钉钉）、wecom（企业微信）或 generic（通用）；不填则按地址判断。"
    ),
    "The webhook's address: it holds a key. Better leave it out and be asked; - reads a line of stdin.": (
        "webhook 地址，其中含密钥：最好不填，等程序询问；- 表示从标准输入读一行。"
    ),
    "Ask for the signing secret.": "询问加签密钥。",
    "Read the signing secret from stdin.": "从标准输入读取加签密钥。",
    "Nothing is sent then, but told afterwards (Beijing time).": "该时段内不发送，结束后再发（北京时间）。",
    "Add a chat. It is written to in the language of this call (--lang).": (
        "添加群聊。消息使用本次命令的语言（--lang）。"
    ),
    "Address and secret are kept in a file of mode 0600. "
    "They may also come from DROPSHIP_CHAT_URL and DROPSHIP_CHAT_SECRET.": (
        "地址和密钥保存在权限为 0600 的文件里，也可来自 DROPSHIP_CHAT_URL 和 DROPSHIP_CHAT_SECRET。"
    ),
    "List the chats of this profile; addresses are shown without their keys.": (
        "列出该配置的群聊；地址不显示其中的密钥。"
    ),
    "Forget a chat, its address and its secret on this machine.": "删除本机上的群聊及其地址和密钥。",
    "Send one message that says no more than that it arrives, whatever the hour.": (
        "发一条测试消息，不论是否在免打扰时段。"
    ),
    "Show what arrived at the chats that stand here: sandbox:feishu, sandbox:dingtalk, sandbox:wecom, "
    "sandbox:generic.": (
        "显示沙箱里的群聊收到了什么：sandbox:feishu、sandbox:dingtalk、sandbox:wecom、sandbox:generic。"
    ),
    "Over HTTP they are at /chat/feishu/NAME, /chat/dingtalk/?access_token=NAME, /chat/wecom/?key=NAME and "
    "/chat/generic/NAME of `sandbox serve`. Their signing secret is sandbox-chat-not-for-production.": (
        "通过 HTTP 时，它们在 `sandbox serve` 的 /chat/feishu/名称、/chat/dingtalk/?access_token=名称、"
        "/chat/wecom/?key=名称 和 /chat/generic/名称。加签密钥是 sandbox-chat-not-for-production。"
    ),
}
