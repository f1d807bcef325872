"""What becomes of a model's sentences: kept in order, mended once, dropped, or all of them left out."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence

import pytest

from assistant.answer import Answer, Composer, Degraded, PartKind, Status, Wording
from assistant.ask import Assistant
from assistant.model.endpoint import Fault, Message, ModelError
from assistant.model.reply import Reply, Said
from assistant.model.writing import Writer, Written
from assistant.output.listener import Listener, Told
from corpus.store import Corpus
from tests.conftest import SEED_ID

ASKED = "服务突出的省级中试基地一年最多奖多少？"
TRUE = "服务突出的省级中试基地，每年最多奖补200万元。"
FALSE = "服务突出的省级中试基地，每年最多奖补900万元。"


class Scripted:
    """Answers each request with the next reply; a fault is raised after what was written before it."""

    def __init__(self, *replies: "str | Fault") -> None:
        self.replies = list(replies)
        self.asked: list[Sequence[Message]] = []

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]:
        self.asked.append(tuple(messages))
        reply = self.replies.pop(0)
        if isinstance(reply, Fault):
            raise ModelError(reply, "坏了")
        yield from (reply[n : n + 7] for n in range(0, len(reply), 7))


def say(*texts: str, source: int = 1, held: bool = True) -> str:
    sentences = [{"text": t, "sources": [source], "kind": "解读"} for t in texts]
    return json.dumps({"held": held, "sentences": sentences}, ensure_ascii=False)


def ask(corpus: Corpus, endpoint: Scripted, listener: Listener | None = None) -> Answer:
    writer = Writer(endpoint, 30.0)  # type: ignore[arg-type]
    return Assistant(corpus, writer=writer).ask(ASKED, notice_ids=(SEED_ID,), listener=listener)


@pytest.fixture
def home(small_corpus: Corpus) -> Corpus:
    return small_corpus


def test_a_sentence_that_holds_stands_for_the_line_it_names(home: Corpus) -> None:
    answer = ask(home, Scripted(say(TRUE)))
    assert (answer.composer, answer.degraded, answer.status) == (Composer.MODEL, None, Status.ANSWERED)
    assert (answer.parts[0].text, answer.parts[0].wording) == (TRUE, Wording.EXPLAINED)
    assert [p.text for p in answer.parts if p.kind is PartKind.DIRECT] == [TRUE]
    assert any(p.kind is PartKind.QUOTE for p in answer.parts)
    assert answer.citations[0].quote.startswith("对省级概念验证中心")


def test_a_sentence_that_fails_is_asked_for_once_more_with_the_reason(home: Corpus) -> None:
    endpoint = Scripted(say(FALSE), say(TRUE))
    assert ask(home, endpoint).parts[0].text == TRUE
    assert "900万元" in endpoint.asked[1][-1].content
    assert endpoint.asked[1][-2].role == "assistant"


def test_without_its_direct_answer_nothing_of_it_is_shown(home: Corpus) -> None:
    plain = Assistant(home).ask(ASKED, notice_ids=(SEED_ID,))
    answer = ask(home, Scripted(say(FALSE, "可以先问省科技厅。"), say(FALSE)))
    assert (answer.composer, answer.degraded) == (Composer.QUOTE, Degraded.MODEL_UNVERIFIED)
    assert answer.parts == plain.parts


def test_a_later_sentence_that_fails_is_left_out(home: Corpus) -> None:
    answer = ask(home, Scripted(say(TRUE, FALSE), say()))
    assert [p.text for p in answer.parts if p.wording] == [TRUE]


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.TIMEOUT])
def test_a_model_that_fails_costs_only_its_sentences(home: Corpus, fault: Fault) -> None:
    answer = ask(home, Scripted(fault))
    assert (answer.degraded, answer.parts) == (
        Degraded(fault.value),
        Assistant(home).ask(ASKED, notice_ids=(SEED_ID,)).parts,
    )


def test_that_the_grounds_hold_no_answer_is_no_fault(home: Corpus) -> None:
    answer = ask(home, Scripted(say(held=False)))
    assert (answer.composer, answer.degraded) == (Composer.QUOTE, None)


def test_a_reply_of_another_shape_is_a_fault(home: Corpus) -> None:
    assert ask(home, Scripted("您好，我是助手。")).degraded is Degraded.MODEL_UNVERIFIED


def test_what_is_told_early_has_the_citations_of_the_answer(home: Corpus) -> None:
    told: list[Told] = []
    answer = ask(home, Scripted(say(TRUE, FALSE, "可以先问省科技厅。"), say()), Listener(on_part=told.append))
    written = [p for p in answer.parts if p.wording]
    assert told[0].part == written[0]
    assert told[0].citations == answer.citations[: len(told[0].citations)]


def test_nothing_of_a_person_reaches_the_model(home: Corpus) -> None:
    endpoint = Scripted(say(TRUE))
    Assistant(home, writer=Writer(endpoint, 30.0)).ask(f"我的手机是13800138000，{ASKED}")  # type: ignore[arg-type]
    assert "13800138000" not in "".join(m.content for m in endpoint.asked[0])


def test_greetings_are_none_of_its_business(home: Corpus) -> None:
    endpoint = Scripted()
    Assistant(home, writer=Writer(endpoint, 30.0)).ask("你好")  # type: ignore[arg-type]
    assert endpoint.asked == []


def test_the_prompt_names_no_identifier_and_what_is_printed_nowhere(home: Corpus) -> None:
    endpoint = Scripted(say(held=False))
    ask(home, endpoint)
    prompt = endpoint.asked[0][1].content
    assert SEED_ID not in prompt
    assert "整份通知没有写明：截止时间、联系电话、网址。" in prompt
    assert "“服务突出”" in prompt
    assert "省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）" in prompt


READ = [
    ('{"held": true, "sentences": [{"text": "一句话", "sources": [1], "kind": "原文"}]}', [Said("一句话", (1,), True)]),
    ('```json\n[{"text": "一句话", "sources": [2, 2]}]\n```', [Said("一句话", (2,), False)]),
    ('{"text": "没有编号", "sources": "一"}', []),
    ('{"text": "", "sources": [1]}', []),
    ('{"text": "断了的一', []),
    ("[" * 5_000, []),
    ('{"text": NaN, "sources": [1]}', []),
]


@pytest.mark.parametrize(("written", "said"), READ)
def test_sentences_are_read_whatever_stands_around_them(written: str, said: list[Said]) -> None:
    assert list(Reply().read(written[n : n + 3] for n in range(0, len(written), 3))) == said


def test_nothing_written_is_nothing_dropped() -> None:
    assert Written() == Written((), (), None, (), 0)
