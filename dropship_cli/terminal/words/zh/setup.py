"""Chinese sentences about being set up: role, profile, secrets, platform access, store, usage."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    # Role
    "role.not_chosen": (
        "[店铺 {shop_id} 还没有身份：]请先选择身份[，只有{wanted}才能{act}]",
        "运行 `dropship role choose merchant`（商家）或 "
        "`dropship role choose factory`（厂家），并用 `--profile` 指定该店铺",
    ),
    "role.wrong": (
        "只有{wanted}才能{act}[，而店铺 {shop_id} 是{role}]",
        "换用{wanted}店铺的配置：`dropship --profile NAME …`，`dropship profile list` 可查看",
    ),
    "role.fixed": ("身份已固定[为{role}]：已经有过绑定申请", "平台不再允许更改；另一种身份请用另一个店铺"),
    "role.none": (
        "该店铺还没有身份",
        "运行 `dropship role choose merchant`（商家）或 `dropship role choose factory`（厂家）",
    ),
    # Settings and profiles
    "setting.unknown": ("没有 {name} 这个设置", "[可用的有：{known}]"),
    "setting.bad": ("设置 {name} 不能是 {value}", "请填 {least} 到 {most} 之间的数[（{unit}）]"),
    "profile.none": (
        "[{home} 里]还没有设置店铺",
        "运行 `dropship init --platform sandbox` 试用，或运行 `dropship init`",
    ),
    "profile.not_chosen": (
        "没有使用中的店铺；现有：{known}",
        "用 `dropship profile use NAME` 选择，或用 `--profile NAME` 指定",
    ),
    "profile.unknown": ("没有名为 {name} 的配置", "用 `dropship profile list` 查看[：{known}]"),
    "profile.exists": ("配置 {name} 已存在", "换一个名字，或先运行 `dropship profile remove {name}`"),
    "profile.bad_name": ("{name} 不能用作配置名", "请用字母、数字、`-` 和 `_`，以字母或数字开头"),
    "profile.damaged": (
        "配置文件[ {path}] 无法读取[：{detail}]",
        "手工修好，或移走后重新运行 `dropship init`",
    ),
    "profile.read_only": (
        "配置[ {profile}] 是只读的，不做任何更改",
        "换用别的配置，或不带 `--read-only` 重新设置",
    ),
    # Who may talk to the platform
    "auth.not_logged_in": ("该店铺没有有效的授权令牌", "运行 `dropship login`"),
    "auth.closed": (
        "店铺已取消授权，或店铺已关闭[：{said}]",
        "在平台后台重新授权应用，然后运行 `dropship login`",
    ),
    "auth.ip": ("平台不接受来自本机地址的调用[：{said}]", "在开放平台控制台把本机的公网地址加入白名单"),
    "auth.app": (
        "平台不认识该应用，或密钥不对[：{said}]",
        "用 `dropship profile show` 核对 app key，再用 `dropship login --secret-stdin` 重新输入密钥",
    ),
    "secret.missing": (
        "没有应用密钥[（配置 {profile}）]",
        "运行 `dropship login --secret-stdin`，或设置 DROPSHIP_APP_SECRET 或 DROPSHIP_APP_SECRET_FILE",
    ),
    "secret.file_open": (
        "密钥文件[ {file}] 属于别人，或别人可以读取[（{why}）]",
        "用 `chmod 600` 改为只有自己可读；如果别人可能看到过，请更换密钥",
    ),
    "token.file_open": (
        "令牌文件[ {file}] 属于别人，或别人可以读取[（{why}）]",
        "用 `chmod 600` 改为只有自己可读，或删除它后运行 `dropship login`",
    ),
    "token.file_bad": ("令牌文件[ {file}] 无法读取", "运行 `dropship login`"),
    "base_url.insecure": (
        "[不接受 {url}：]明文 http 只能用于本机（127.0.0.1、localhost）",
        "`--base-url` 请用 https 地址",
    ),
    "base_url.bad": ("地址[ {url}] 无法调用", "`--base-url` 请写成 https://主机名"),
    "platform.unknown": ("没有 {platform} 这个平台", "可用的有：{known}"),
    # Home, lock, store, backup
    "home.foreign": ("文件夹 {path} 属于别人", "用 `--home DIR` 或 DROPSHIP_HOME 换一个文件夹"),
    "home.not_folder": (
        "{path} 是文件，而这里需要文件夹",
        "用 `--home DIR` 或 DROPSHIP_HOME 指定一个文件夹，或移走该文件",
    ),
    "home.read_only": ("无法写入文件夹 {path}", "请取得写权限，或用 `--home DIR` 换一个文件夹"),
    "lock.busy": ("另一个任务正在为该店铺与平台通信[（进程 {pid}）]", "等它结束，或加上 `--wait SECONDS`"),
    "store.corrupt": (
        "数据文件 {path} 已损坏",
        "用备份替换：`dropship restore FILE`；损坏的文件原样保留",
    ),
    "store.foreign": ("{path} 不是本程序的数据文件", "把它移走，或用 `--home DIR` 换一个文件夹"),
    "store.newer": (
        "数据文件 {path} 由更新版本的 dropship 写成[（结构 {version}，本程序 {known}）]",
        "请安装该版本或更新的版本；文件保持原样",
    ),
    "store.full": ("磁盘已满：无法写入 {path}", "腾出空间后重新运行；已记录的内容没有丢失"),
    "store.read_only": ("数据文件 {path} 无法写入", "检查文件和文件夹的权限，以及磁盘是否只读"),
    "store.failed": ("数据文件[ {path}] 出错[：{detail}]", "运行 `dropship doctor`"),
    "backup.exists": ("文件 {path} 已存在", "换一个名字，或先删除它"),
    "backup.damaged": ("备份 {path} 已损坏：与校验和不符，或无法读取", "换用其他备份；现有数据未动"),
    "backup.failed": ("备份 {path} 无法写入[：{detail}]", "请选择有空间、有权限的位置"),
    "restore.foreign": (
        "文件 {path} 不是本程序的备份",
        "请选择 `dropship backup` 写出的文件；现有数据未动",
    ),
    "restore.doubt": ("备份不知道此后是否已发送", "运行 `dropship sync`，它会先询问再发送"),
    # What was typed
    "confirm.needed": ("此操作需要确认，但没有人可以回答", "加上 `{flag}` 表示事先同意"),
    "confirm.refused": ("已停止：回答为否", "没有做任何更改"),
    "input.needed": ("[需要 {name}，但]没有人可以回答", "[加上 `{flag}`]"),
    # Network and program
    "network.unreachable": ("无法连接平台[：{detail}]", "什么都没有发出；检查网络后运行 `dropship sync`"),
    "network.tls": (
        "与平台的连接不安全：证书未通过校验[（{detail}）]",
        "什么都没有发出；检查本机时间和中间的网络",
    ),
    "answer.missing_row": (
        "平台的回答没有提到这一行：结果未知",
        "运行 `dropship sync`；它会先查询，再决定是否重发",
    ),
    "answer.unreadable": (
        "平台的回答无法读取[（{detail}）]",
        "运行 `dropship sync`；改动的结果会先查清，再决定是否重发",
    ),
    "run.deadline": (
        "本次运行的时间已用完",
        "剩下的在排队；运行 `dropship sync`，或用 `--deadline` 给更多时间",
    ),
    "run.interrupted": ("已中断", "正在发送的都记在日志里；运行 `dropship sync`"),
    "defect": (
        "dropship 本身有缺陷[，详情见 {path}]",
        "请报告；然后运行 `dropship sync`，它会查清正在发送的操作",
    ),
    "sandbox.refused": (
        "沙箱拒绝了：{detail}",
        "用 `dropship sandbox --help` 查看用法",
    ),
    "usage.finish_or_close": (
        "`--finish` 和 `--close` 不能同时使用",
        "去掉其中一个",
    ),
    "usage.orders_or_random": (
        "需要 `--orders FILE` 或 `--random N`，不能两者都给",
        "给出其中一个",
    ),
    "usage.shop_id": (
        "{value} 不是店铺编号",
        "只能是数字",
    ),
}
