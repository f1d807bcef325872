"""A new question inherits what it lacks; one that names its own subject starts afresh."""

import pytest

from assistant.ask import Assistant
from assistant.naming.numbers import step_number
from assistant.query import Ask, Query
from assistant.understanding.frame import Turn


def read(assistant: Assistant, question: str, *earlier: str) -> Query:
    return assistant.read(question, [Turn("user", e) for e in earlier])


INHERITED = [
    (("中试基地一年奖多少？",), "什么时候申报？", ["中试基地"], Ask.DATE),
    (("中试基地一年奖多少？",), "谁负责？", ["中试基地"], Ask.DEPARTMENT),
    (("中试基地一年奖多少？",), "它归哪个部门管？", ["中试基地"], Ask.DEPARTMENT),
    (("中试基地一年奖多少？",), "专利池呢？", ["专利池"], Ask.SUM),
    (("第九条由谁负责",), "第十条呢", ["第十条"], Ask.DEPARTMENT),
    (("第九条由谁负责",), "下一条呢", ["第10条"], Ask.DEPARTMENT),
    (("第九条由谁负责",), "上一条呢？", ["第8条"], Ask.DEPARTMENT),
    (("创新券多少钱", "那谁负责"), "怎么申请", ["创新券"], Ask.ROUTE),
    (("创新券多少钱", "算力券呢"), "谁负责", ["算力券"], Ask.DEPARTMENT),
    (("创新券",), "多少钱", ["创新券"], Ask.SUM),
    (("How much is the innovation voucher?",), "How do I apply for it?", ["创新券"], Ask.ROUTE),
    (("创新券多少钱",), "专利池的条件是什么", ["专利池"], Ask.CONDITION),
    (("省科技厅负责哪几条",), "省财政厅呢", ["省财政厅"], Ask.MEASURES),
    (("第六条由谁负责？",), "它还管哪几条？", ["省市场监管局"], Ask.MEASURES),
    # Talk in between changes nothing.
    (("创新券多少钱", "谢谢"), "谁负责", ["创新券"], Ask.DEPARTMENT),
    (("创新券多少钱", "今天天气怎么样"), "谁负责", ["创新券"], Ask.DEPARTMENT),
    (("创新券多少钱",), "再详细一点", ["创新券"], Ask.DETAIL),
    (("创新券多少钱",), "再说一遍", ["创新券"], Ask.SUM),
    (("创新券多少钱", "算力券归哪个部门管"), "再说一遍", ["算力券"], Ask.DEPARTMENT),
]


@pytest.mark.parametrize(("earlier", "question", "subjects", "ask"), INHERITED)
def test_inherits(earlier: tuple[str, ...], question: str, subjects: list[str], ask: Ask, assistant: Assistant) -> None:
    query = read(assistant, question, *earlier)
    assert [s.text for s in query.subjects] == subjects
    assert [r.ask for r in query.asks] == [ask]
    assert [[s.text for s in r.subjects] for r in query.asks] == [subjects]
    assert query.asked == question


AFRESH = [
    ("技术经理人有什么支持政策吗", ["技术经理人"]),
    ("低空经济的企业有什么扶持", ["低空经济"]),
    ("这份通知的文号是多少", []),
    ("这份文件有效期多久", []),
    ("哪一项补助最高", []),
    ("所有补助加起来多少", []),
    ("一共有多少条措施", []),
    ("今天天气怎么样", []),
]


@pytest.mark.parametrize(("question", "subjects"), AFRESH)
def test_starts_afresh(question: str, subjects: list[str], assistant: Assistant) -> None:
    query = read(assistant, question, "创新券多少钱")
    assert ([s.text for s in query.subjects], query.standalone) == (subjects, question)


def test_lent_names_stand_in_front_with_right_places(assistant: Assistant) -> None:
    query = read(assistant, "给200万元吗？", "中试基地一年奖多少？")
    assert query.standalone == "中试基地：给200万元吗？"
    assert [query.standalone[s.start : s.end] for s in query.subjects] == ["中试基地"]
    assert [query.standalone[a.start : a.end] for a in query.amounts] == ["200万元"]
    assert [s.is_lent for s in query.subjects] == [True]


def test_a_turn_lends_what_a_clause_before_would(assistant: Assistant) -> None:
    across, within = read(assistant, "谁负责？", "创新券多少钱？"), read(assistant, "创新券多少钱？谁负责？")
    assert [(r.ask, [s.text for s in r.subjects]) for r in across.asks] == [(Ask.DEPARTMENT, ["创新券"])]
    assert [(r.ask, [s.text for s in r.subjects]) for r in within.asks] == [
        (Ask.SUM, ["创新券"]),
        (Ask.DEPARTMENT, ["创新券"]),
    ]


@pytest.mark.parametrize("role", ["assistant", "system", ""])
def test_only_the_user_lends(role: str, assistant: Assistant) -> None:
    query = assistant.read("谁负责？", [Turn(role, "中试基地奖多少？")])
    assert (query.subjects, query.asks) == ((), ())


def test_only_the_last_twenty_turns_lend(assistant: Assistant) -> None:
    turns = [Turn("user", "中试基地奖多少？"), *[Turn("user", "谢谢")] * 19]
    assert [s.text for s in assistant.read("谁负责？", turns).subjects] == ["中试基地"]
    assert assistant.read("谁负责？", [*turns, Turn("user", "谢谢")]).subjects == ()


def test_odd_turns_lend_nothing(assistant: Assistant) -> None:
    turns = [Turn("user", t) for t in ("", " ", "\ud83d", "\x00", "😀" * 500, "？" * 2000)]
    assert assistant.read("谁负责？", turns).subjects == ()


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
