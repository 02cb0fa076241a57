"""Chinese sentences about files that people exchange and their rows."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "file.not_found": (
        "没有文件 {file}",
        "请核对文件名",
    ),
    "file.is_folder": (
        "{file} 是文件夹",
        "请指定其中的文件",
    ),
    "file.unreadable": (
        "{file} 无法读取[：{reason}]",
        "检查文件的权限",
    ),
    "file.empty": (
        "{file} 是空的",
        "请检查是否完整导出",
    ),
    "file.binary": (
        "{file} 不是文本表格",
        "请另存为 .csv 或 .xlsx",
    ),
    "file.foreign": (
        "{file} 不是可读取的表格[，而是 {kind}]",
        "请另存为 .csv 或 .xlsx",
    ),
    "file.too_large": (
        "{file} 超过 {limit}",
        "请拆成几个文件",
    ),
    "file.too_many_rows": (
        "{file} 超过 {limit} 行",
        "请拆成几个文件",
    ),
    "file.cell_too_large": (
        "{file} 第 {row} 行：单元格过大",
        "请缩短；也可能少了一个引号",
    ),
    "file.unclosed_quote": (
        "{file}：第 {row} 行之前有一个引号没有闭合",
        "请补上或删除引号",
    ),
    "file.encoding": (
        "{file}[ 第 {line} 行]：不是 {encoding} 编码",
        "用 `--encoding` 指明编码，或另存为 UTF-8",
    ),
    "file.unknown_encoding": (
        "没有 {encoding} 这种编码",
        "请用 utf-8 或 gb18030",
    ),
    "file.no_header": (
        "{file} 没有表头[；找到的是：{found}]",
        "第一行（有标题时为标题的下一行）必须是列名[：{missing}]",
    ),
    "file.missing_column": (
        "{file} 缺少列：{missing}[；找到的是：{found}]",
        "请补上，或改列名",
    ),
    "file.ambiguous_column": (
        "{file} 有两列意思相同：{ambiguous}",
        "请改名或删除其中一列",
    ),
    "file.headers": (
        "{file} 的列不对：缺少 {missing}；重复 {ambiguous}",
        "请修改列名",
    ),
    "file.broken_xlsx": (
        "{file} 已损坏，或不是真正的 .xlsx",
        "用表格软件打开后重新保存",
    ),
    "file.unsafe_xlsx": (
        "打开 {file} 不安全[（{reason}，上限 {limit}）]",
        "把需要的行另存为新文件",
    ),
    "file.exists": (
        "{file} 已存在",
        "换一个名字，或先删除它",
    ),
    "file.write": (
        "{file} 无法写入[：{why}]",
        "检查空间和权限",
    ),
    "row.columns": (
        "该行有 {cells} 个单元格，而表头只有 {headers} 个",
        "含逗号的单元格可能需要加引号",
    ),
    "row.header_again": (
        "这里又出现了一次表头",
        "请删除该行",
    ),
    "row.missing": (
        "{column} 为空",
        "请填写",
    ),
    "row.nul": (
        "[{column}：]含有文本中不会有的字符",
        "请重新填写",
    ),
    "row.too_long": (
        "[{column}：]有 {length} 个字符，最多 {limit} 个",
        "请缩短",
    ),
    "row.cell_error": (
        "[{column}：]{given} 是表格软件的错误值",
        "请修正单元格",
    ),
    "row.scientific": (
        "[{column}：]{given} 在表格软件里丢失了数字",
        "把该列设为文本后重新粘贴",
    ),
    "row.float_id": (
        "[{column}：]{given} 是表格数值，可能已丢失数字",
        "把该列设为文本后重新粘贴",
    ),
    "row.identifier": (
        "[{column}：]{given} 不可能是编号或代码",
        "请核对单元格",
    ),
    "row.quantity": (
        "[{column}：]{given} 不是大于零的整数",
        "请写 1、2、3…",
    ),
    "row.formula": (
        "[{column}：]是公式",
        "请粘贴为数值",
    ),
    "row.date": (
        "[{column}：]{given} 是表格软件的日期",
        "把该列设为文本后重新填写",
    ),
    "file.disk": (
        "{file} 无法写入：磁盘已满或拒绝写入[（{reason}）]",
        "腾出空间，或换一个位置",
    ),
    "file.unwritable": (
        "{file} 无法写入[：{reason}]",
        "检查文件夹的权限，或换一个位置",
    ),
}
