"""What Typer itself writes around help texts, in Chinese; found anywhere in a line of it."""

from __future__ import annotations

FRAMES: dict[str, str] = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[required]": "[必填]",
    "; required]": "; 必填]",
    "[default: ": "[默认：",
    "; default: ": "; 默认：",
    "[env var: ": "[环境变量：",
}
