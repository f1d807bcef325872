"""A message that only asks more, or once more, is read as the message that it means."""

import pytest

from assistant.ask import Assistant
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import Act, Clause, Operation, Turn, Want
from assistant.understanding.stack import find_talk


def clause(act: Act, *names: str) -> Clause:
    return Clause("嗯", 0, 1, act, Want(), tuple(Subject(SubjectKind.TERM, n, 0, len(n)) for n in names))


TALK = [
    ([clause(Act.MORE)], Act.MORE),
    ([clause(Act.TOLD), clause(Act.REPEAT)], Act.REPEAT),
    ([clause(Act.THANKS), clause(Act.MORE)], Act.MORE),
    ([clause(Act.CORRECT), clause(Act.REPEAT)], Act.REPEAT),
    ([clause(Act.CORRECT, "专利池")], Act.CORRECT),
    ([clause(Act.MORE, "专利池")], None),
    ([clause(Act.MORE), clause(Act.ASK)], None),
    ([clause(Act.MORE), clause(Act.UNSAFE)], None),
    ([clause(Act.TOLD)], None),
    ([], None),
]


@pytest.mark.parametrize(("clauses", "act"), TALK)
def test_find_talk(clauses: list[Clause], act: Act | None) -> None:
    assert find_talk(clauses) is act


def ask(*earlier: str) -> list[Turn]:
    return [t for e in earlier for t in (Turn("user", e), Turn("assistant", f"答：{e}"))]


SUM, SAID = Want("sum", Operation.STATE), Want()
LEANING = [
    (("中试基地一年奖多少？",), "还有呢", (Act.MORE, SAID), [SUM], 1),
    (("中试基地一年奖多少？",), "没看懂", (Act.REPEAT, SUM), [SUM], 0),
    (("中试基地一年奖多少？", "还有呢"), "还有别的吗", (Act.MORE, SAID), [SUM], 2),
    (("中试基地一年奖多少？", "还有呢"), "没看懂", (Act.REPEAT, SAID), [SAID, SUM], 1),
    (("中试基地一年奖多少？", "没看懂"), "还有呢", (Act.MORE, SAID), [SUM], 2),
    (("中试基地一年奖多少？", "没看懂"), "再说一遍", (Act.REPEAT, SUM), [SUM], 0),
    (("中试基地一年奖多少？", "谢谢"), "再说一遍", (Act.REPEAT, SUM), [SUM], 0),
]


@pytest.mark.parametrize(("earlier", "question", "leans", "before", "answers"), LEANING)
def test_takes_over(
    earlier: tuple[str, ...],
    question: str,
    leans: tuple[Act, Want],
    before: list[Want],
    answers: int,
    assistant: Assistant,
) -> None:
    """The clauses it leans on, last first, and how many of the answers it looks at."""
    frame, (asked,) = assistant.read(question, ask(*earlier))
    assert (asked.act, asked.want, [s.text for s in asked.all_names]) == (*leans, ["中试基地"])
    wants, one = [], asked.before
    while one:
        wants.append(one.want)
        one = one.before
    assert (wants, len(frame.answers)) == (before, answers)
    assert (frame.asked, frame.text) == (question, "中试基地一年奖多少？")


def test_the_language_is_that_of_the_message(assistant: Assistant) -> None:
    frame, _ = assistant.read("Say that again in simpler words", ask("中试基地一年奖多少？"))
    assert (frame.language, frame.text) == ("en", "中试基地一年奖多少？")


def test_a_message_that_asks_is_itself(assistant: Assistant) -> None:
    frame, (asked,) = assistant.read("谁负责", ask("中试基地一年奖多少？"))
    assert (asked.before, frame.text, len(frame.answers)) == (None, "谁负责", 1)
