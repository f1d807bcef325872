"""The chat page's own logic, without a browser."""

import asyncio
from typing import Any

import pytest

from assistant.query import Turn
from corpus import CorpusNotBuilt
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant, make_answer
from ui.answering import AnswerDesk, Opening
from ui.chat import ChatPage, Conversation, build_page
from ui.page import dress_page


def ask(assistant: FakeAssistant, question: object, said: Conversation) -> list[tuple[Any, ...]]:
    async def collect() -> list[tuple[Any, ...]]:
        return [update async for update in ChatPage(AnswerDesk(Opening(assistant))).ask(question, said)]

    return asyncio.run(collect())


def test_the_page_shows_that_it_works_and_then_the_answer(small_corpus: Corpus) -> None:
    waiting, answered = ask(FakeAssistant(small_corpus), "奖多少？", Conversation())
    assert "正在查找原文" in waiting[1] and "奖多少？" in waiting[1]
    box, html, said, opening = answered
    assert box == "" and "年度最高奖补200万元" in html and html.count("\n") == 0
    assert said.turns == (Turn("user", "奖多少？"), Turn("assistant", make_answer().text))
    assert opening["visible"] is False


def test_a_follow_up_carries_what_was_said(small_corpus: Corpus) -> None:
    assistant = FakeAssistant(small_corpus)
    said = ask(assistant, "一问", Conversation())[-1][2]
    html = ask(assistant, "二问", said)[-1][1]
    assert assistant.asked[1][1] == said.turns
    assert html.index("一问") < html.index("二问")


def test_a_long_conversation_is_cut(small_corpus: Corpus) -> None:
    said = Conversation()
    for number in range(50):
        said = said.with_answer(str(number), "答", f"<p>{number}</p>")
    assert len(said.turns) == 20 and said.turns[-2] == Turn("user", "49")
    assert said.shown[0] == "<p>30</p>" and said.shown[-1] == "<p>49</p>"


BAD = ["", "  ", "？", "问" * 501, None, 7, {"a": 1}, ["x"], "\ud800"]


@pytest.mark.parametrize("question", BAD)
def test_bad_questions_are_explained_and_kept_in_the_box(small_corpus: Corpus, question: object) -> None:
    assistant = FakeAssistant(small_corpus)
    box, html, said, _ = ask(assistant, question, Conversation())[-1]
    assert "answer--error" in html and said == Conversation() and not assistant.asked
    assert box == (question.replace("\ud800", " ") if isinstance(question, str) else "")


def test_faults_show_a_number_and_no_traceback(small_corpus: Corpus) -> None:
    assistant = FakeAssistant(small_corpus)
    assistant.fault = RuntimeError("secret")
    html = ask(assistant, "奖多少", Conversation())[-1][1]
    assert "错误编号" in html and "secret" not in html


def test_every_event_is_private_and_the_page_opens_without_an_index() -> None:
    def open_nothing() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    config = build_page(AnswerDesk(Opening(open_nothing))).get_config_file()
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False


def test_the_document_is_dressed() -> None:
    page = dress_page('<html lang="en"><head><meta property="og:url" content="x" /></head><script>1</script>', "n")
    assert 'lang="zh-CN"' in page and "og:url" not in page
    assert page.count('<script nonce="n"') == 2
