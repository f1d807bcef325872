"""Words of earlier answers are recognised through marks of citations, quotations, tables and line breaks."""

import pytest

from assistant.composing.talk.shown import Shown, bare, says_line

ANSWER = "对服务突出的省级中试基地，年度最高奖补200万元。[1]\n\n> 对省级概念验证中心给予一定支持；对服务突出的省级\n中试基地。[1][2]"


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("对服务突出的省级中试基地，年度最高奖补200万元", True),
        ("对省级概念验证中心给予一定支持。", True),
        ("对服务突出的省级中试基地。", True),
        ("专利池", False),
        ("。", False),
    ],
)
def test_holds(words: str, holds: bool) -> None:
    assert Shown.before([ANSWER]).holds(words) is holds


def test_nothing_shown() -> None:
    assert Shown.before([]) == Shown("")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("对服务突出的省级中试基地，年度最高奖补200万元。", True),
        ("对省级概念验证中心给予一定支持；对服务突出的省级", False),
        ("年度最高奖补200万元。", False),
    ],
)
def test_own_lines_only(line: str, says: bool) -> None:
    """A quotation is no line of ours, nor is a piece of one."""
    assert says_line(ANSWER, line) is says


def test_items_of_lists_and_rows_are_no_lines() -> None:
    assert not says_line("共1项。\n1. 专利池\n| 专利池 |", "专利池")


def test_bare() -> None:
    assert bare("> 最高 **200万元**。[12]") == "最高200万元"
