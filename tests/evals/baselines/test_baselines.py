"""The yardsticks are fair: pairs of characters rank as BM25 does, and plain engines cite truly where they were asked."""

from typing import Any

import pytest

from evals.baselines.plain_pipeline import PlainPipeline
from evals.baselines.search import (
    BigramIndex,
    SentenceSearch,
    compose_plainly,
    cut_by_measure,
    cut_pairs,
    measure_baselines,
)
from evals.cases.case import Case
from evals.context import Context, Span, span_of
from evals.corpora import Library, Place
from evals.scoring.clauses import score_citations
from evals.scoring.reply import read_reply
from tests.evals.answers import HOME, make_case

QUESTION = "中试基地年度最高奖补多少？"


def test_plain_pairs_of_characters() -> None:
    assert cut_pairs("一 二\n三") == ["一二", "二三"]
    assert cut_pairs("一") == ["一"]
    assert BigramIndex(["粮食储备", "共享单车停放", ""]).rank("单车怎么停放", 2)[0] == 1


@pytest.mark.parametrize("engine", [SentenceSearch, PlainPipeline])
def test_plain_engines_cite_truly(
    engine: type[SentenceSearch | PlainPipeline], library: Library, context: Context
) -> None:
    answer = engine(library).ask(QUESTION, Place(library.kept))
    reply = read_reply(answer)
    assert score_citations(reply, context).value == 1.0
    assert (reply.status, reply.parts[0].kind) == ("answered", "direct")
    assert reply.parts[0].text
    assert {part.kind for part in reply.parts[1:]} == {"quote"}


def test_three_best_sentences_are_the_answer(library: Library) -> None:
    search = SentenceSearch(library)
    answer = search.ask(QUESTION, Place(library.kept))
    sentences = [part["text"] for part in answer["parts"]]
    assert "年度最高奖补200万元" in sentences[0]
    assert sentences[0].strip() == sentences[1].strip()
    assert sum(part["kind"] == "quote" for part in answer["parts"]) >= 3
    assert answer["citations"][0]["measure_id"] == "3.9"


@pytest.mark.parametrize("engine", [SentenceSearch, PlainPipeline])
def test_only_notices_at_hand_are_searched(engine: type[SentenceSearch | PlainPipeline], library: Library) -> None:
    answer = engine(library).ask(QUESTION, Place(library.kept, ("gf-2018-39",)))
    assert {citation["notice_id"] for citation in answer["citations"]} == {"gf-2018-39"}


def test_a_passage_is_cut_where_measures_meet(library: Library) -> None:
    notice = library.kept.catalogue.notice(HOME)
    assert notice is not None
    ninth, tenth = (span_of(m) for m in notice.measures() if m.number in (9, 10))
    passage = Span(ninth.end - 5, tenth.start + 5)
    pieces = [(m.number if m else None, span) for m, span in cut_by_measure(notice, passage)]
    assert pieces == [
        (9, Span(ninth.end - 5, ninth.end)),
        (None, Span(ninth.end, tenth.start)),
        (10, Span(tenth.start, tenth.start + 5)),
    ]
    assert [m for m, _ in cut_by_measure(notice, Span(0, 5))] == [None]


def test_a_passage_over_measures_is_one_direct_part(library: Library) -> None:
    notice = library.kept.catalogue.notice(HOME)
    assert notice is not None
    ninth, tenth = (span_of(m) for m in notice.measures() if m.number in (9, 10))
    answer = compose_plainly(library.kept, [(notice, Span(ninth.end - 5, tenth.start + 5))])
    assert [(part["kind"], part["citations"]) for part in answer["parts"]] == [
        ("direct", [1, 2, 3]),
        ("quote", [1]),
        ("quote", [2]),
        ("quote", [3]),
    ]
    text = library.kept.texts[HOME]
    assert answer["parts"][0]["text"] == text[ninth.end - 5 : tenth.start + 5].strip()
    assert [c["quote"] for c in answer["citations"]] == [text[c["start"] : c["end"]] for c in answer["citations"]]


class FakeEngine:
    """Answers everything with its word."""

    def __init__(self, name: str, said: str) -> None:
        self.name, self._said = name, said
        self.asked: list[tuple[str, Place]] = []

    def ask(self, question: str, place: Place) -> dict[str, Any]:
        self.asked.append((question, place))
        parts = [{"kind": "direct", "text": self._said, "citations": []}]
        return {"status": "answered", "answer": self._said, "parts": parts, "citations": []}


def test_engines_are_put_to_the_same_cases(library: Library, context: Context) -> None:
    good, bad = FakeEngine("bm25", "中试基地最高。"), FakeEngine("llama-index", "别的。")
    cases: list[Case] = [
        make_case(id="a", question="中试基地？", facts=[["最高"]]),
        make_case(id="b", question="中试基地？", notice_id=HOME, answerable=None),
    ]
    steps: list[None] = []
    found = measure_baselines(cases, [good, bad], (library, context), lambda: steps.append(None))
    assert found == {
        "bm25": {"a": (True, True), "b": (True, None)},
        "llama-index": {"a": (False, False), "b": (True, None)},
    }
    assert good.asked == bad.asked == [(case.question, library.find_place(case)) for case in cases]
    assert len(steps) == 2
