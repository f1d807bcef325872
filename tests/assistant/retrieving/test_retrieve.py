"""Sentences and measures are found by words, by meaning and by what the question names."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.evidence.inquiry import Inquirer
from assistant.retrieving.retrieve import FoundBy, Ranking, Search, retrieve
from assistant.understanding.understand import Understander
from corpus.embedding.embed import Embedder
from corpus.store import Corpus
from ingest.build import build

MakeSearch = Callable[[str], Search]


def search_of(corpus: Corpus) -> MakeSearch:
    """What a message as a whole is searched by."""
    understander = Understander(corpus)
    inquirer = Inquirer(corpus, understander.vocabulary, understander.synonyms)
    return lambda question: inquirer.search_for_all(understander.understand(question))


@pytest.fixture(scope="module")
def search(real_corpus: Corpus) -> MakeSearch:
    return search_of(real_corpus)


@pytest.fixture(scope="module")
def search_small(small_corpus: Corpus) -> MakeSearch:
    return search_of(small_corpus)


BEST = [
    ("中试基地一年奖多少", 9),
    ("第六条讲什么", 6),
    ("专利池给多少钱", 6),
    ("算力券怎么申请", 13),
    ("部级孵化器补助", 10),
    ("技术经理人有什么支持", 14),
    ("世界500强来鲁设立研发总部", 2),
    ("鲁科贷是什么", 15),
    ("青岛海洋服务", 3),
    ("How much for the patent pool?", 6),
]


@pytest.mark.parametrize(("question", "number"), BEST)
@pytest.mark.parametrize("has_vectors", [True, False])
def test_finds_the_measure(
    question: str, number: int, has_vectors: bool, search: MakeSearch, real_corpus: Corpus
) -> None:
    corpus = real_corpus if has_vectors else replace(real_corpus, vectors=None, embedder=None)
    ranking = retrieve(search(question), corpus)
    measure = ranking.measures[0].place.measure
    assert measure and measure.number == number
    assert (ranking.similarity is None) is not has_vectors


def test_ranking_is_ordered_and_each_place_stands_once(search: MakeSearch, real_corpus: Corpus) -> None:
    ranking = retrieve(search("知识产权服务有什么支持"), real_corpus)
    for matches in (ranking.provisions, ranking.measures):
        assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    provisions = [m.place.provision.id for m in ranking.provisions if m.place.provision]
    assert len(provisions) == len(set(provisions)) == len(ranking.provisions)
    assert len({m.place.measure_key for m in ranking.measures}) == len(ranking.measures)


def test_says_how_places_were_found(search: MakeSearch, real_corpus: Corpus) -> None:
    best = retrieve(search("中试基地"), real_corpus).provisions[0]
    assert best.found_by is FoundBy.BOTH
    by_words = retrieve(search("中试基地"), replace(real_corpus, vectors=None))
    assert {m.found_by for m in by_words.provisions} == {FoundBy.WORDS}


@pytest.mark.parametrize("question", ["第九条", "x", "😀1", "the", "的", "第" * 500])
def test_any_question_has_a_ranking(question: str, search: MakeSearch, real_corpus: Corpus) -> None:
    ranking = retrieve(search(question), real_corpus)
    assert ranking.provisions
    assert all(np.isfinite(m.score) for m in ranking.provisions)


def test_only_the_notices_named(search_small: MakeSearch, small_corpus: Corpus) -> None:
    sought = search_small("科技企业有什么支持")
    for notice_id in small_corpus.texts:
        found = retrieve(sought, small_corpus, [notice_id])
        assert {m.place.notice.id for m in (*found.provisions, *found.measures)} == {notice_id}
    assert retrieve(sought, small_corpus, ["unknown"]) == Ranking((), (), None, None)


def test_a_number_lifts_its_measure_in_every_notice(search_small: MakeSearch, small_corpus: Corpus) -> None:
    sought = search_small("第二条讲什么")
    numbered = {p.measure_key for p in small_corpus.catalogue.measures_numbered(2)}
    found = [m.place.measure_key for m in retrieve(sought, small_corpus).measures[: len(numbered)]]
    assert len(numbered) > 1
    assert set(found) == numbered


def test_a_clause_of_several_is_searched_by_its_own_words_first(real_corpus: Corpus) -> None:
    understander = Understander(real_corpus)
    inquirer = Inquirer(real_corpus, understander.vocabulary, understander.synonyms)
    frame = understander.understand("中试基地一年奖多少？专利池呢？谁负责？")
    found = [retrieve(inquirer.search_for(c, frame, is_alone=False), real_corpus).measures[0] for c in frame.clauses]
    assert [m.place.measure.number for m in found if m.place.measure] == [9, 6, 6]
    last = inquirer.search_for(frame.clauses[-1], frame, is_alone=False)
    assert ([s.text for s in last.names], last.text) == (["专利池"], frame.text)
    own, whole = "".join(last.words), "".join(last.whole)
    assert [word in said for word in ("专利", "中试") for said in (own, whole)] == [True, True, False, True]


def test_the_whole_notice_counts_where_its_sentences_say_the_same(tmp_path: Path, embedder: Embedder) -> None:
    """Three cities print the same sentences; only the titles tell which city's notice is meant."""
    for city in ("海城", "山城", "江城"):
        text = f"关于{city}企业稳岗的通知\n一、补贴\n（一）稳岗。稳岗企业每人补贴500元。\n（二）公布。名单另行公布。"
        (tmp_path / f"{city}.txt").write_text(text, encoding="utf-8")
    corpus = build([tmp_path], tmp_path / "index", embedder).corpus
    assert corpus is not None
    sought = search_of(corpus)("山城稳岗企业每人补贴多少钱？")
    best = retrieve(sought, corpus).provisions[0].place
    assert best.notice.title == "关于山城企业稳岗的通知"
    assert best.provision and best.provision.text == "稳岗企业每人补贴500元。"
    allowed = [n.id for n in corpus.catalogue.notices if "江城" in n.title]
    assert {m.place.notice.id for m in retrieve(sought, corpus, allowed).provisions} == set(allowed)
