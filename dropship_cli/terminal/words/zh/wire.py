"""Chinese sentences about access to the platform, its answers, and what is in between."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "auth.other_shop": (
        "授权码属于店铺 {given}，而当前配置是店铺 {shop_id}",
        "请让正确的店铺授权，或为另一家店铺新建配置",
    ),
    "platform.busy": (
        "平台系统繁忙，结果未知[：{said}]",
        "`dropship sync` 会先查询结果，再决定是否重发",
    ),
    "auth.permission": (
        "平台没有给应用这项权限[：{said}]",
        "在开放平台控制台申请权限，然后运行 `dropship login`",
    ),
    "auth.package": (
        "应用没有包含该接口的权限包[：{said}]",
        "在开放平台控制台申请权限包",
    ),
    "auth.lapsed": (
        "店铺没有授权该应用，或授权已失效[：{said}]",
        "在平台后台授权，然后运行 `dropship login`",
    ),
    "auth.app_forbidden": (
        "平台已禁用该应用[：{said}]",
        "请联系平台客服",
    ),
    "auth.signature": (
        "平台不接受签名：应用密钥不对",
        "用 `dropship login --secret-stdin` 重新输入密钥",
    ),
    "auth.app_key": (
        "平台不认识该 app key，或应用已过期[：{said}]",
        "用 `dropship profile show` 核对",
    ),
    "auth.token": (
        "平台不接受令牌[：{said}]",
        "运行 `dropship login`",
    ),
    "auth.login": (
        "平台没有发放令牌[：{said}]",
        "核对店铺授权，再运行 `dropship login`；多店铺应用要用新的 `--code`",
    ),
    "token.none": (
        "平台已不认识该令牌",
        "运行 `dropship login`",
    ),
    "token.racing": (
        "另一个任务正在刷新令牌",
        "请重新运行",
    ),
    "token.busy": (
        "另一个任务正在刷新令牌",
        "请重新运行",
    ),
    "clock.wrong": (
        "本机时间与平台相差太多",
        "校准时间后运行 `dropship doctor`",
    ),
    "secret.file_unreadable": (
        "密钥文件[ {file}] 无法读取[（{why}）]",
        "检查 DROPSHIP_APP_SECRET_FILE，或用 `dropship login --secret-stdin` 重新输入密钥",
    ),
    "secret.keyring_missing": (
        "密钥存放在系统钥匙串，但这里没有可用的钥匙串",
        "安装 `dropship[keyring]`，或设置 DROPSHIP_APP_SECRET",
    ),
    "secret.keyring_locked": (
        "系统钥匙串已锁定",
        "请解锁，或设置 DROPSHIP_APP_SECRET",
    ),
    "platform.bad_call": (
        "平台认为调用本身有误[：{said}]",
        "运行 `dropship sync`；如再次出现，请报告",
    ),
    "platform.method_off": (
        "平台不（再）提供该接口[：{said}]",
        "请在平台后台操作",
    ),
    "platform.suspected": (
        "平台认为当前环境有风险而拒绝[：{said}]",
        "请联系平台客服",
    ),
    "platform.silent": (
        "平台不再回应[：{detail}]",
        "要求已保留；稍后运行 `dropship sync`",
    ),
    "network.no_answer": (
        "平台没有回答[（{detail}）]",
        "运行 `dropship sync`；改动的结果会先查清，再决定是否重发",
    ),
    "answer.redirect": (
        "平台地址返回了重定向[（{detail}）]，程序不会跟随",
        "检查 `--base-url` 和中间的网络",
    ),
    "answer.status": (
        "平台自身出错[（{detail}）]",
        "运行 `dropship sync`；改动的结果会先查清，再决定是否重发",
    ),
    "answer.too_big": (
        "平台的回答大得不合理",
        "检查 `--base-url` 和中间的网络",
    ),
    "answer.coding": (
        "平台的回答不是所要求的格式",
        "检查 `--base-url` 和中间的网络",
    ),
    "request.bad": (
        "无法生成调用",
        "什么都没有发出；请报告",
    ),
    "sandbox.absent": (
        "该配置的沙箱不存在",
        "请通过 `dropship` 运行，或设置 `--base-url`",
    ),
    "run.ended_early": (
        "已停止[；排队中：{queued}][；结果未知：{unknown}]",
        "正在发送的都记在日志里；运行 `dropship sync`",
    ),
    "store.busy": (
        "另一个程序正在写入数据文件[ {path}]",
        "稍后重新运行",
    ),
    "usage.params": (
        "{option} 不是 JSON 对象[：{detail}]",
        "名称和文字用双引号，在命令行里整体加单引号",
    ),
    "usage.lang": ("没有 {value} 这种语言", "请用 en 或 zh"),
    "usage.state": (
        "没有 {state} 这个状态",
        "可用的有：{known}",
    ),
    "usage.no_command": ("没有给出命令", "用 `dropship --help` 查看有哪些"),
    "usage.command": ("没有 {command} 这个命令", "[是不是 {near}？]用 `--help` 查看有哪些"),
    "usage.option": ("这里没有 {option} 这个选项", "[是不是 {near}？]用 `--help` 查看有哪些"),
    "usage.option_value": ("选项 {option} 需要一个值", "用 `--help` 查看用法"),
    "usage.option_flag": ("选项 {option} 不带值", "用 `--help` 查看用法"),
    "usage.missing": ("缺少 {name}", "用 `--help` 查看用法"),
    "usage.value": ("{name} 不能是 {value}[，范围是 {range}][，可以是 {known}]", "用 `--help` 查看用法"),
    "usage.extra": ("命令行上多出了[ {words}]", "用 `--help` 查看用法"),
    "usage.one_shop": (
        "{flag} 只用于一个店铺，而不指定店铺会建立四个",
        "用 `--shop-id` 和 `--profile` 指定店铺，或去掉 {flag}",
    ),
    "usage.wrong": (
        "{detail}",
        "用 `--help` 查看用法",
    ),
    "usage.duration": (
        "{value} 不是时长",
        "写成 90s、4m、6h 或 1d",
    ),
    "usage.items_or_batch": (
        "需要指定商品或文件",
        "给出 ITEM 或 `--batch FILE`，不能两者都给",
    ),
    "usage.needs": (
        "需要 {flag}",
        "用 `--help` 查看用法",
    ),
    "usage.not_with_batch": (
        "{flag} 不能与 `--batch` 同用",
        "由文件逐行给出；请去掉 {flag}",
    ),
    "usage.errors_over_input": (
        "{file} 是要读取的文件，失败的行不能再写到那里",
        "请给 `--errors` 另一个文件名",
    ),
    "usage.only_with_batch": (
        "{flag} 只能与 `--batch` 同用",
        "请去掉，或给出文件",
    ),
    "usage.moment": (
        "{value} 不是日期或时间",
        "写成 2026-11-12、2026-11-12T08:00 或 2026-11-12T08:00:00+08:00",
    ),
}
