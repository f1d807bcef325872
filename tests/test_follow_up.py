"""A new question inherits what it lacks; one that names its own subject starts afresh."""

import pytest
from assistant.follow_up import step_number

from assistant.ask import Assistant
from assistant.naming.subject import Subject, SubjectKind
from assistant.query import Ask, Query
from assistant.understanding.frame import Turn


def frame(assistant: Assistant, question: str, *earlier: str) -> Query:
    return assistant._understander.understand(question, [Turn("user", e) for e in earlier])


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
    (("How much can the patent pool get?",), "Who is responsible for it?", ["专利池"], Ask.DEPARTMENT),
    (("创新券多少钱",), "专利池的条件是什么", ["专利池"], Ask.CONDITION),
]


@pytest.mark.parametrize(("earlier", "question", "subjects", "ask"), INHERITED)
def test_inherits(earlier: tuple[str, ...], question: str, subjects: list[str], ask: Ask, assistant: Assistant) -> None:
    query = frame(assistant, question, *earlier)
    assert [s.text for s in query.subjects] == subjects
    assert ask in {r.ask for r in query.asks}
    assert query.asked == question


AFRESH = [
    ("技术经理人有什么支持政策吗", "创新券多少钱"),
    ("低空经济的企业有什么扶持", "创新券多少钱"),
]


@pytest.mark.parametrize(("question", "earlier"), AFRESH)
def test_starts_afresh(question: str, earlier: str, assistant: Assistant) -> None:
    assert not {"第九条", "创新券"} & {s.text for s in frame(assistant, question, earlier).subjects}


def test_lent_names_stand_in_front_with_right_places(assistant: Assistant) -> None:
    query = frame(assistant, "给200万元吗？", "中试基地一年奖多少？")
    assert query.standalone == "中试基地：给200万元吗？"
    assert [query.standalone[s.start : s.end] for s in query.subjects] == ["中试基地"]
    assert [query.standalone[a.start : a.end] for a in query.amounts] == ["200万元"]
    assert [s.is_lent for s in query.subjects] == [True]


def test_both_of_two(assistant: Assistant) -> None:
    query = frame(assistant, "这两个哪个多？", "中试基地奖多少？", "专利池呢？")
    assert {s.text for s in query.subjects} == {"中试基地", "专利池"}


@pytest.mark.parametrize("role", ["assistant", "system", ""])
def test_only_the_user_lends(role: str, assistant: Assistant) -> None:
    query = assistant._understander.understand("谁负责？", [Turn(role, "中试基地奖多少？")])
    assert query.subjects == ()


def test_odd_turns_lend_nothing(assistant: Assistant) -> None:
    turns = [Turn("user", t) for t in ("", " ", "\ud83d", "\x00", "😀" * 500, "？" * 2000)]
    assert assistant._understander.understand("谁负责？", turns).subjects == ()


def numbered(number: int) -> Query:
    return Query("", "", "zh", subjects=(Subject(SubjectKind.NUMBER, f"第{number}条", 0, 3, (), number),))


STEPS = [
    ("下一条呢", (7,), "第8条呢"),
    ("上一条是什么", (7,), "第6条是什么"),
    ("后一项", (3, 7), "第8条"),
    ("the next one", (7,), "the 第8条"),
    ("下一条呢", (), "下一条呢"),
    ("那条呢", (7,), "那条呢"),
    ("上一条", (1,), "第0条"),
]


@pytest.mark.parametrize(("text", "numbers", "expected"), STEPS)
def test_steps_to_the_neighbour(text: str, numbers: tuple[int, ...], expected: str) -> None:
    assert step_number(text, [numbered(n) for n in numbers]) == expected
