"""Help texts in Chinese of the commands of the main job."""

from __future__ import annotations

HELP: dict[str, str] = {
    "First replace the kept app secret by a line from stdin.": "先从标准输入读取一行，替换已保存的应用密钥。",
    "Dropshipping (代发) from the terminal: bind factories, allocate orders, ship, lose nothing.": (
        "在终端里做代发：绑定厂家、分配订单、发货，什么都不丢。"
    ),
    "The options below may stand before or after the command.": ("下面的选项放在命令前后都可以。"),
    "First steps: `dropship demo`, then `dropship init --platform sandbox`.": (
        "第一步：`dropship demo`，然后 `dropship init --platform sandbox`。"
    ),
    "Which shop.": "用哪个店铺。",
    "Where configuration, store, sandbox and logs live.": ("配置、数据、沙箱和日志所在的文件夹。"),
    "Records as JSON on stdout.": "以 JSON 输出到标准输出。",
    "zh or en.": "zh（中文）或 en（英文）。",
    "Less on stderr.": "标准错误上少说一些。",
    "More on stderr.": "标准错误上多说一些。",
    "Plain text (also NO_COLOR).": "不用颜色（也可设 NO_COLOR）。",
    "Show the version.": "显示版本。",
    "Show this message and exit.": "显示此帮助。",
    "Install completion for the current shell.": "为当前 shell 安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，可复制或自行安装。"
    ),
    "Make a profile. With --platform sandbox: a merchant and three factories to play with, no sign-up.": (
        "新建配置。用 --platform sandbox 可得到一个商家和三个厂家供试用，无需注册。"
    ),
    "sandbox, doudian, …": "sandbox（沙箱）、doudian（抖店）……",
    "The profile's name; also --profile.": "配置名；也可用 --profile。",
    "The shop's number.": "店铺编号。",
    "The app's key.": "应用的 app key。",
    "Another address than the platform's own.": "不用平台自己的地址，改用此地址。",
    "Read the app secret from stdin.": "从标准输入读取应用密钥。",
    "Keep the secret in the system's keyring.": "把密钥存入系统钥匙串。",
    "A profile that refuses every change.": "只读配置，不做任何更改。",
    "Get an access token; it is renewed by itself from then on.": ("获取授权令牌；此后自动续期。"),
    "For an app used by many shops: the code from the merchant's click.": (
        "多店铺共用的应用：商家点击授权后得到的授权码。"
    ),
    "Forget the tokens of this profile on this machine.": ("删除本机上该配置的令牌。"),
    "Forget the app secret too.": "同时删除应用密钥。",
    "Apply to a factory (merchant). The first application fixes the shop's role for good.": (
        "向厂家申请绑定（商家）。第一次申请会永久固定店铺身份。"
    ),
    "The factory's shop id.": "厂家的店铺编号。",
    "Do not ask.": "不再询问，视为同意。",
    "Wait so many seconds for another run of this shop to end.": (
        "等待该店铺的另一个任务结束，最多这么多秒。"
    ),
    "End the binding with a factory (merchant); what it was given and has not shipped stays with it.": (
        "解除与厂家的绑定（商家）；已分配而未发货的仍归该厂家。"
    ),
    "Accept a merchant's application (factory). Orders paid from now on can reach you.": (
        "接受商家的申请（厂家）。此后付款的订单可以分配给你。"
    ),
    "The merchant's shop id.": "商家的店铺编号。",
    "Refuse a merchant's application (factory).": "拒绝商家的申请（厂家）。",
    "What the merchant will read.": "商家会看到的理由。",
    "List bindings and applications, as last read from the platform.": (
        "列出绑定和申请，以最近一次从平台读取的为准。"
    ),
    "Send what waits, ask about unknown outcomes, read what changed. Made for cron: silent when all is well.": (
        "发送排队的操作，查询未知结果，读取变化。适合 cron：一切正常时不输出。"
    ),
    "Read again from this day or time.": "从这一天或时间起重新读取。",
    "End the run after this long (90s, 4m, 1h).": ("最多运行这么久（90s、4m、1h）。"),
    "unallocated, allocated, to-ship, partial, shipped, refund, closed, …": (
        "unallocated（未分配）、allocated（已分配）、to-ship（待发货）、"
        "partial（部分发货）、shipped（已发货）、refund（退款）、closed（已关闭）……"
    ),
    "Only what this factory has.": "只看该厂家的。",
    "Only what this merchant sells.": "只看该商家的。",
    "Only this SKU code.": "只看该商家编码。",
    "Paid (to a factory: allocated) from this day or time on.": "这一天或时间及以后付款（厂家为分配）的。",
    "Paid (to a factory: allocated) before this day or time.": "这一天或时间以前付款（厂家为分配）的。",
    "Only what should have left already.": "只看已超过承诺发货时间的。",
    "At most so many; 0 is all.": "最多这么多条；0 为全部。",
    "Show one order with all its items.": "显示一个订单及其全部商品。",
    "An order, or one item of it.": "订单，或其中一个商品。",
    "Show what needs doing now: to allocate, to ship, late, unknown, queued.": (
        "显示现在要做的事：待分配、待发货、已超时、结果未知、排队中。"
    ),
    "Where this order is, or why it never appears.": ("这个订单在哪里，或为什么不会出现。"),
    "Give items to a factory (merchant): some by name, a whole file, or all by the rules.": (
        "把商品分配给厂家（商家）：逐个指定，用整个文件，或全部按规则。"
    ),
    "Every free item, by the rules (see `rules`).": "全部未分配的商品，按规则（见 `rules`）。",
    "Which factory gets which item: rules for `allocate --auto`.": (
        "什么商品分给哪个厂家：`allocate --auto` 用的规则。"
    ),
    "Conditions take * for any characters and ? for one; case and width do not matter. The first rule that fits "
    "and whose factory can take the item wins: the lower priority first, then the rule that asks for more. Rules "
    "with the same conditions and priority share.": (
        "条件中 * 代表任意字符，? 代表一个字符；不分大小写和全角半角。符合且厂家能接的第一条规则生效："
        "优先级数字小的在前，其次是条件更具体的。条件和优先级相同的规则按份额分。"
    ),
    "List the rules in the order in which they are asked, and those that fight.": (
        "按先后次序列出规则，并指出冲突的规则。"
    ),
    "Add a rule. Items that are there already are allocated by it too, with the next `allocate --auto`.": (
        "添加规则。已有的商品在下一次 `allocate --auto` 时也按它分配。"
    ),
    "SKU code (商家编码).": "商家编码。",
    "Product, by its title or number.": "商品，按标题或商品编号。",
    "Specification.": "规格。",
    "Province, city or district; several with 、 between.": "省、市或区县；多个用、隔开。",
    "Everything: a rule without conditions.": "全部：没有条件的规则。",
    "1 is asked first.": "1 最先。",
    "Proportion among rules with the same conditions (70 and 30).": "条件相同的规则之间的份额（如 70 和 30）。",
    "Items that the factory takes a day (Beijing).": "厂家每天（北京时间）接的商品数。",
    "Remove rules; `rules undo` brings them back.": "删除规则；`rules undo` 可恢复。",
    "Rules by number.": "规则编号。",
    "Take back the last change of the rules; again for the one before it.": (
        "撤销最近一次规则更改；再运行则撤销更早的一次。"
    ),
    "Add rules from a sheet, all of them or, where a row is wrong, none.": (
        "从表格导入规则；有一行出错则全部不导入。"
    ),
    "Columns: 商家编码 sku_code, 商品 product, 规格 spec, 地区 region, 厂家店铺编号 factory_id, 份额 share, "
    "每日上限 capacity, 优先级 priority.": (
        "列：商家编码 sku_code、商品 product、规格 spec、地区 region、厂家店铺编号 factory_id、份额 share、"
        "每日上限 capacity、优先级 priority。"
    ),
    "A .csv, .tsv or .xlsx file; - is stdin.": ".csv、.tsv 或 .xlsx 文件；- 表示标准输入。",
    "Remove every rule that is not in the file.": "删除文件中没有的规则。",
    "Write the rules to a .csv, .tsv or .xlsx sheet that `rules import` reads.": (
        "把规则写入 .csv、.tsv 或 .xlsx 表格，可用 `rules import` 读回。"
    ),
    "Where the sheet goes.": "表格存放的位置。",
    "Show every rule that is looked at for an item, and why it is taken or not.": (
        "显示一个商品看过的每条规则，以及采用或不采用的原因。"
    ),
    "ORDER, ORDER/ITEM or ITEM.": "订单编号、订单编号/子订单编号或子订单编号。",
    "Propose rules from what was allocated by hand. Nothing is kept without --take.": (
        "根据手动分配的记录建议规则。不加 --take 不会采用。"
    ),
    "Look at allocations from this day on; else the last 30 days.": "从这一天起的分配；不填为最近 30 天。",
    "Allocations by hand that make a proposal.": "至少手动分配过这么多次才建议。",
    "Write the proposals to a sheet.": "把建议写入表格。",
    "Keep what is proposed, after asking.": "询问后采用所建议的规则。",
    "ORDER, ORDER/ITEM or ITEM; - reads one a line.": (
        "订单编号、订单编号/子订单编号或子订单编号；- 表示从标准输入逐行读取。"
    ),
    "Read rows from a .csv, .tsv or .xlsx file; - is stdin.": (
        "从 .csv、.tsv 或 .xlsx 文件读取；- 表示标准输入。"
    ),
    "Take back what another factory has, then allocate.": ("先从别的厂家取消分配，再分配。"),
    "Only show the plan; nothing is sent or written.": ("只显示计划，不发送也不写入。"),
    "Write the failed rows here, ready to be mended.": ("把失败的行写到这里，改好后可再次运行。"),
    "Encoding of the file; found out by itself otherwise.": ("文件编码；不填则自动识别。"),
    "Take items back from their factories (merchant), as long as they have not shipped.": (
        "从厂家取消分配（商家），只限尚未发货的。"
    ),
    "Ship items with carrier and tracking number: some by name, or a whole file.": (
        "填写快递公司和单号发货：逐个指定，或用整个文件。"
    ),
    "Name or code; see `carriers`.": "名称或代码；见 `carriers`。",
    "The tracking number.": "快递单号。",
    "Pieces in this package; else all that is left.": ("该包裹的件数；不填为全部剩余。"),
    "Correct the number of what is shipped already.": "更正已发货的单号。",
    "With --amend: the wrong number, where there are several.": (
        "与 --amend 同用：有多个单号时，指明填错的那个。"
    ),
    "Ship although the buyer asked for a refund, and refuse it.": ("买家已申请退款仍发货，并拒绝退款。"),
    "List the platform's carriers, or find one by Chinese name, English name or code.": (
        "列出平台的快递公司，或按中文名、英文名、代码查找。"
    ),
    "Part of a name, or a code.": "名称的一部分，或代码。",
    "Show every act: who, when, what, and what came of it; the newest first.": (
        "显示每个操作：何人、何时、做什么、结果如何；新的在前。"
    ),
    "At most so many entries.": "最多这么多条。",
    "From this day or time on.": "这一天或时间及以后。",
    "Copy the shop's store while it is in use, check the copy, and keep its SHA-256 beside it.": (
        "在使用中备份店铺数据，校验副本，并在旁边保存其 SHA-256。"
    ),
    "Where the copy goes.": "备份存放的位置。",
    "Replace a file that is there.": "覆盖已有的文件。",
    "What was asked for since the backup and never sent is listed: ask again for what you still want.": (
        "备份之后提出而从未发送的操作会列出：仍需要的请重新提出。"
    ),
    "Put a backup in the store's place; the replaced store is kept, and nothing is sent before a full `sync`.": (
        "用备份替换数据；被替换的数据会保留，完整 `sync` 之前不发送任何操作。"
    ),
    "A copy made by `backup`.": "由 `backup` 生成的备份。",
    "Call a method of the platform, signed and authorised. What changes something asks first.": (
        "直接调用平台接口，自动签名和授权。会更改数据的先询问。"
    ),
    "For example iop.roleGet.": "例如 iop.roleGet。",
    "The parameters as a JSON object.": "参数，JSON 对象。",
    "Sign for this time (seconds, or as the platform writes it).": ("用这个时间签名（秒数，或平台的写法）。"),
    "Only show the request, the token masked.": "只显示请求，令牌会遮住。",
    "Shops on this machine: one profile is one shop on one platform in one role.": (
        "本机上的店铺：一个配置就是一个平台上一个店铺的一种身份。"
    ),
    "Shops on this machine.": "本机上的店铺。",
    "List the profiles; the one in use is marked.": "列出配置；正在使用的有标记。",
    "Use this profile where a call names none.": "没有指明时使用该配置。",
    "The profile's name.": "配置名。",
    "Show one profile and the settings in force; never a secret.": ("显示一个配置和生效的设置；不显示密钥。"),
    "Change a setting of the profile in use.": "更改当前配置的一项设置。",
    "quiet, reread, rate, overlap, deadline, …": ("quiet、reread、rate、overlap、deadline……"),
    "A number; `default` takes it back.": "数字；`default` 恢复默认值。",
    "Remove a profile with its store, tokens and secret from this machine. The platform keeps what it has.": (
        "从本机删除配置及其数据、令牌和密钥。平台上的数据不变。"
    ),
    "Show, choose or switch the shop's role.": "显示、选择或更换店铺身份。",
    "Show the shop's role as the platform has it; choose it once, switch it before the first application.": (
        "显示平台上的店铺身份；选择一次，首次申请前可更换。"
    ),
    "Choose the role. It can be switched until the first application, then never.": (
        "选择身份。首次申请前可更换，之后永不能改。"
    ),
    "merchant sells, factory ships.": "merchant（商家）销售，factory（厂家）发货。",
    "The name the other side sees.": "对方看到的名称。",
    "Who sends, on labels (factory).": "面单上的发件人（厂家）。",
    "Take the other role, as long as no application fixed it.": (
        "换成另一种身份，只限还没有申请固定身份时。"
    ),
    "What has not reached the platform yet: list, retry, drop.": ("尚未到达平台的操作：查看、重发、丢弃。"),
    "What has not reached the platform yet, or whose outcome is unknown.": ("尚未到达平台或结果未知的操作。"),
    "List what waits, what is being sent, and what is unknown.": ("列出排队中、发送中和结果未知的操作。"),
    "Send what waits now. An unknown one that you name is sent again on your word: look at the platform first.": (
        "立即发送排队的操作。指名重发结果未知的操作由你负责：请先到平台查看。"
    ),
    "Operations by id.": "操作编号。",
    "Give up operations that wait or are unknown. What the platform has done stays done.": (
        "放弃排队中或结果未知的操作。平台已完成的不会撤销。"
    ),
    "The platform on your own machine: place orders, play the buyer.": (
        "本机上的模拟平台：下订单，扮演买家。"
    ),
    "Serve the sandbox on 127.0.0.1 for other programs, until Ctrl-C.": (
        "在 127.0.0.1 上为其他程序提供沙箱，按 Ctrl-C 结束。"
    ),
    "0 takes a free one.": "0 表示自动选择空闲端口。",
    "Place buyers' orders. Bind first: the platform shows only orders paid after a binding.": (
        "放入买家订单。请先绑定：平台只显示绑定之后付款的订单。"
    ),
    "A merchant's export from the shop's console.": "商家从店铺后台导出的文件。",
    "Invent so many items.": "随机生成这么多商品。",
    "The same number invents the same orders.": "相同的数字生成相同的订单。",
    "Paid at this time; else now.": "付款时间；不填为现在。",
    "Be the buyer: ask for a refund of one item (or finish or close one that is open).": (
        "扮演买家：为一个商品申请退款（或完成、关闭退款）。"
    ),
    "A dropship order (子订单编号).": "代发订单（子订单编号）。",
    "The money went back.": "退款成功。",
    "The buyer withdrew, or it was refused.": "买家撤回，或被拒绝。",
    "Be the buyer: cancel a whole order.": "扮演买家：取消整个订单。",
    "The buyer's order.": "买家的订单。",
    'Be the merchant who clicks "authorise": print a code for `login --code` (10 minutes, once).': (
        "扮演点击授权的商家：给出 `login --code` 用的授权码（10 分钟内用一次）。"
    ),
    "A shop id.": "店铺编号。",
    "Change how the sandbox behaves, for every process that uses it.": (
        "更改沙箱的行为，对所有使用它的程序生效。"
    ),
    "rate_per_second, skew_seconds, access_life, …": ("rate_per_second、skew_seconds、access_life……"),
    "A whole number.": "整数。",
    "Let the next calls go wrong, to see what your scripts make of it.": (
        "让接下来的调用出错，看看你的脚本如何应对。"
    ),
    "busy_before, busy_after, html, drop_row, …": ("busy_before、busy_after、html、drop_row……"),
    "Only calls of this method.": "只对该接口。",
    "So many calls.": "这么多次调用。",
    "Forget every order, role and binding of the sandbox. The profiles' own stores are left alone.": (
        "清空沙箱的全部订单、身份和绑定。各配置自己的数据不变。"
    ),
    "Check configuration, files, store, journal, token, reach and clock of this profile.": (
        "检查该配置的设置、文件、数据、操作日志、令牌、连接和时间。"
    ),
    "Play the whole story in a temporary home: roles, bindings, orders, allocation, a refund, shipment.": (
        "在临时文件夹里演示全过程：身份、绑定、订单、分配、退款、发货。"
    ),
}
