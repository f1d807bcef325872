"""The clauses and supports that belong to what is asked, and none that belong to something else."""

from collections.abc import Callable

import pytest

from assistant.ask import Assistant
from assistant.evidence import Evidence, ItemIndex, terms_of
from assistant.query import AskReading
from assistant.retrieve import retrieve
from corpus.store import Corpus

Gather = Callable[[str], tuple[Evidence, AskReading]]


@pytest.fixture
def gather(assistant: Assistant, real_corpus: Corpus) -> Gather:
    def of(question: str) -> tuple[Evidence, AskReading]:
        query = assistant.read(question)
        evidence = Evidence(query, retrieve(query, real_corpus), real_corpus, assistant._index)
        return evidence, query.asks[0]

    return of


SUPPORTS = [
    ("高价值专利培育中心给多少", ["200万元"]),
    ("专利池给多少", ["300万元"]),
    ("中试基地奖多少", ["200万元"]),
    ("部级孵化器给多少", ["200万元"]),
    ("省级概念验证中心给多少", [None]),
    ("创新券多少钱", [None]),
    ("算力券多少钱", [None]),
    ("第六条给多少钱", ["200万元", "300万元"]),
    ("第二条给多少钱", ["500万元"]),
    ("第九条给多少钱", [None, "200万元"]),
    ("第七条给多少钱", []),
    ("大学科技园给多少钱", []),
    ("创新创业大赛奖多少", ["50万元"]),
]


@pytest.mark.parametrize(("question", "sums"), SUPPORTS)
def test_supports(question: str, sums: list[str | None], gather: Gather) -> None:
    evidence, ask = gather(question)
    assert [r.support.amount.text if r.support.amount else None for r in evidence.supports_for(ask)] == sums


BEST = [
    ("高价值专利培育中心", "面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元；"),
    ("专利池", "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"),
    ("省级概念验证中心", "对省级概念验证中心按绩效评价给予一定支持；"),
    ("科创金融改革试验区", "高质量建设济南科创金融改革试验区。"),
]


@pytest.mark.parametrize(("question", "item"), BEST)
def test_best_clause(question: str, item: str, gather: Gather) -> None:
    evidence, ask = gather(question)
    assert evidence.items_for(ask)[0].item.text == item


MEASURES = [("第九条讲什么", 9), ("知识产权服务", 6), ("鲁科贷", 15), ("算力券", 13)]


@pytest.mark.parametrize(("question", "number"), MEASURES)
def test_best_measure(question: str, number: int, gather: Gather) -> None:
    evidence, ask = gather(question)
    place = evidence.best_measure(ask)
    assert place and place.measure and (place.measure.number, place.provision) == (number, None)


def test_a_named_measure_keeps_others_out(gather: Gather) -> None:
    evidence, ask = gather("第九条怎么支持孵化器")
    assert {m.place.measure_key for m in evidence.items_for(ask)} <= {"lkz-2025-128/3.9"}


def test_terms(gather: Gather) -> None:
    _, ask = gather("省科技厅怎么支持中试基地")
    assert [s.text for s in terms_of(ask.subjects)] == ["中试基地"]


def test_words_tell_by_how_rare_they_are(real_corpus: Corpus) -> None:
    index = ItemIndex(real_corpus)
    assert index.weights["算力"] > index.weights["服务"]
    place = next(p for p in real_corpus.catalogue.provisions if p.provision and "算力券" in p.provision.text)
    assert place.provision
    (item,) = place.provision.items
    shares = [index.overlap(index.known(w), place, item) for w in ([], ["unknown"], ["算力"], ["算力", "孵化器"])]
    assert shares[:3] == [0.0, 0.0, 1.0]
    assert 0.0 < shares[3] < 1.0
