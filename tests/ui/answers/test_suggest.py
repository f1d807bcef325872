"""What is suggested can be answered."""

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from ui.answers.suggest import choices_of, follow_ups
from ui.chat.greeting import example_questions
from ui.words import LANGUAGES

QUESTIONS = (
    "“{title}”讲什么？",
    "“{title}”由哪些部门负责？",
    "What does “{title}” say?",
)


@pytest.fixture(scope="module")
def suggested(assistant: Assistant) -> set[str]:
    """What is suggested after answers about every measure, and after answers about none."""
    titles = [m.title for n in assistant.corpus.catalogue.notices for m in n.measures()]
    asked = [q.format(title=t) for t in titles for q in QUESTIONS]
    asked += [
        "中试基地一年奖多少？",
        "今天天气怎么样",
        "企业能补多少？",
        "省科技厅负责哪些措施？",
        "What is the weather?",
    ]
    found = [follow_ups(assistant.ask(q), assistant.corpus) for q in asked]
    assert all(1 <= len(questions) <= 3 for questions in found)
    return {q for questions in found for q in questions}


def test_every_suggestion_is_answered_from_the_notice(assistant: Assistant, suggested: set[str]) -> None:
    answers = [assistant.ask(q) for q in suggested]
    assert len(suggested) > 25
    assert [a.question for a in answers if a.status is not Status.ANSWERED or not a.citations] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_answered(assistant: Assistant, language: str) -> None:
    examples = example_questions(assistant.corpus.catalogue.notices, language)
    answers = [assistant.ask(e.question) for e in examples]
    assert len(answers) == 8
    assert [a.question for a in answers if a.status is not Status.ANSWERED or not a.citations] == []


@pytest.mark.parametrize("question", ["企业能补多少？", "由谁负责？"])
def test_every_choice_is_answered_from_its_measure(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NEEDS_DETAIL
    choices = choices_of(answer, assistant.corpus.catalogue)
    assert len(choices) > 2
    for choice in choices:
        chosen = assistant.ask(choice.question)
        assert chosen.status is Status.ANSWERED
        assert {c.measure_title for c in chosen.citations} == {choice.label}


def test_what_was_just_asked_is_not_suggested(assistant: Assistant) -> None:
    answer = assistant.ask("哪些措施写明了金额")
    assert follow_ups(answer, assistant.corpus) == ("全文有哪些措施？",)
    assert choices_of(answer, assistant.corpus.catalogue) == ()
