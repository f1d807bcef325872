"""A new question inherits what it lacks; one that names its own subject starts afresh."""

import pytest

from assistant.ask import Assistant
from assistant.naming.numbers import step_number
from assistant.understanding.frame import Clause, Frame, Turn

Read = tuple[Frame, tuple[Clause, ...]]


def read(assistant: Assistant, question: str, *earlier: str) -> Read:
    return assistant.read(question, [Turn("user", e) for e in earlier])


def describe(clause: Clause) -> tuple[list[str], str]:
    """All names, and what is wanted: `sum state`."""
    return [s.text for s in clause.all_names], f"{clause.want.value} {clause.want.operation}"


INHERITED = [
    (("中试基地一年奖多少？",), "什么时候申报？", ["中试基地"], "date state"),
    (("中试基地一年奖多少？",), "谁负责？", ["中试基地"], "department state"),
    (("中试基地一年奖多少？",), "它归哪个部门管？", ["中试基地"], "department state"),
    (("中试基地一年奖多少？",), "专利池呢？", ["专利池"], "sum state"),
    (("第九条由谁负责",), "第十条呢", ["第十条"], "department state"),
    (("第九条由谁负责",), "下一条呢", ["第10条"], "department state"),
    (("第九条由谁负责",), "上一条呢？", ["第8条"], "department state"),
    (("创新券多少钱", "那谁负责"), "怎么申请", ["创新券"], "route state"),
    (("创新券多少钱", "算力券呢"), "谁负责", ["算力券"], "department state"),
    (("创新券",), "多少钱", ["创新券"], "sum state"),
    (("How much is the innovation voucher?",), "How do I apply for it?", ["创新券"], "route state"),
    (("创新券多少钱",), "专利池的条件是什么", ["专利池"], "condition state"),
    (("省科技厅负责哪几条",), "省财政厅呢", ["省财政厅"], "clause list"),
    (("第六条由谁负责？",), "它还管哪几条？", ["省市场监管局"], "clause list"),
    # What is pointed to is what was spoken of, whatever bodies are named beside it.
    (
        ("第六条由谁牵头",),
        "我们以前一直往科技厅跑，那科技厅在这条的责任单位里有没有？",
        ["第六条", "科技厅"],
        "department check",
    ),
    (("第六条由谁牵头",), "科技厅在这一条里负责吗？", ["第六条", "科技厅"], "clause check"),
    (("第六条由谁牵头",), "科技厅除了这条，在别的条里还有份吗？", ["科技厅"], "clause check"),
    # Talk in between changes nothing.
    (("创新券多少钱", "谢谢"), "谁负责", ["创新券"], "department state"),
    (("创新券多少钱", "今天天气怎么样"), "谁负责", ["创新券"], "department state"),
    (("创新券多少钱",), "再详细一点", ["创新券"], "said state"),
    (("创新券多少钱",), "再说一遍", ["创新券"], "sum state"),
    (("创新券多少钱", "算力券归哪个部门管"), "再说一遍", ["算力券"], "department state"),
]


@pytest.mark.parametrize(("earlier", "question", "names", "want"), INHERITED)
def test_inherits(earlier: tuple[str, ...], question: str, names: list[str], want: str, assistant: Assistant) -> None:
    frame, asked = read(assistant, question, *earlier)
    assert [describe(c) for c in asked] == [(names, want)]
    assert frame.asked == question


AFRESH = [
    ("技术经理人有什么支持政策吗", [(["技术经理人"], "said list")]),
    ("低空经济的企业有什么扶持", [(["低空经济"], "said list")]),
    ("这份通知的文号是多少", [([], "document_number state")]),
    ("这份文件有效期多久", [([], "validity state")]),
    ("哪一项补助最高", [([], "sum rank")]),
    ("所有补助加起来多少", [([], "sum total")]),
    ("一共有多少条措施", [([], "clause count")]),
    # It is not to be answered.
    ("今天天气怎么样", []),
]


@pytest.mark.parametrize(("question", "clauses"), AFRESH)
def test_starts_afresh(question: str, clauses: list[tuple[list[str], str]], assistant: Assistant) -> None:
    frame, asked = read(assistant, question, "创新券多少钱")
    assert [describe(c) for c in asked] == clauses
    assert [c.inherited for c in frame.clauses] == [()]


def test_lent_names_stand_beside_what_was_typed(assistant: Assistant) -> None:
    frame, (asked,) = read(assistant, "给200万元吗？", "中试基地一年奖多少？")
    assert (frame.text, asked.text, asked.masked) == ("给200万元吗？", "给200万元吗？", "给¤吗？")
    assert [frame.text[a.start : a.end] for a in frame.amounts] == ["200万元"]
    assert (asked.names, frame.names) == ((), ())
    assert [(s.text, s.targets, s.is_lent) for s in asked.inherited] == [("中试基地", ("lkz-2025-128/3.9.3",), True)]


def test_an_answer_tells_what_it_took_over(assistant: Assistant) -> None:
    answer = assistant.ask("给200万元吗？", [Turn("user", "中试基地一年奖多少？")])
    assert answer.standalone_question == "中试基地：给200万元吗？"


def test_a_turn_lends_what_a_clause_before_would(assistant: Assistant) -> None:
    _, across = read(assistant, "谁负责？", "创新券多少钱？")
    _, within = read(assistant, "创新券多少钱？谁负责？")
    owners = (["创新券"], "department state")
    assert [describe(c) for c in across] == [owners]
    assert [describe(c) for c in within] == [(["创新券"], "sum state"), owners]


@pytest.mark.parametrize("role", ["assistant", "system", ""])
def test_only_the_user_lends(role: str, assistant: Assistant) -> None:
    frame, asked = assistant.read("谁负责？", [Turn(role, "中试基地奖多少？")])
    assert ([c.all_names for c in frame.clauses], asked) == ([()], ())


def test_only_the_last_twenty_turns_lend(assistant: Assistant) -> None:
    turns = [Turn("user", "中试基地奖多少？"), *[Turn("user", "谢谢")] * 19]
    assert assistant.ask("谁负责？", turns).standalone_question == "中试基地：谁负责？"
    assert assistant.ask("谁负责？", [*turns, Turn("user", "谢谢")]).standalone_question == "谁负责？"


def test_odd_turns_lend_nothing(assistant: Assistant) -> None:
    turns = [Turn("user", t) for t in ("", " ", "\ud83d", "\x00", "😀" * 500, "？" * 2000)]
    frame, asked = assistant.read("谁负责？", turns)
    assert ([c.all_names for c in frame.clauses], asked) == ([()], ())


STEPS = [
    ("下一条呢", [7], "第8条呢"),
    ("上一条是什么", [7], "第6条是什么"),
    ("后一项", [3, 7], "第8条"),
    ("the next one", [7], "the 第8条"),
    ("下一条呢", [], "下一条呢"),
    ("那条呢", [7], "那条呢"),
    ("上一条", [1], "第0条"),
    ("下一条和下一条", [7], "第8条和下一条"),
]


@pytest.mark.parametrize(("text", "numbers", "expected"), STEPS)
def test_steps_to_the_neighbour(text: str, numbers: list[int], expected: str) -> None:
    assert step_number(text, numbers) == expected
