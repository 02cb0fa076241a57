"""Our neutral carrier codes and Doudian's: alike but for two that mean each other's house there. No calls."""

from __future__ import annotations

# At Doudian `debangwuliu` is 德邦快递 (files-and-carriers.md section 5, false friends). The pair is swapped, so
# that no two of its codes fall together.
_TO_DOUDIAN = {"debangkuaidi": "debangwuliu", "debangwuliu": "debangkuaidi"}
_TO_NEUTRAL = {theirs: ours for ours, theirs in _TO_DOUDIAN.items()}


def to_doudian(code: str) -> str:
    """The platform's code for a neutral one."""
    return _TO_DOUDIAN.get(code, code)


def to_neutral(code: str) -> str:
    """The neutral code for one of the platform's."""
    return _TO_NEUTRAL.get(code, code)
