"""Measures the retrieval step alone at scale: lay questions over articles of law, one article a passage."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.asks import AskReader
from assistant.query import Query
from assistant.retrieve import retrieve
from assistant.vocabulary import QuestionVocabulary
from corpus.catalogue import Catalogue
from corpus.departments import DepartmentTable
from corpus.embed import Embedder, Vector
from corpus.keywords import KeywordIndex, write_keywords
from corpus.lexicon import Lexicon
from corpus.notice import Chapter, Measure, Notice, Phrase
from corpus.readings import Readings
from corpus.rows import number_rows
from corpus.store import Corpus
from corpus.vectors import Passage, VectorIndex, write_vectors
from corpus.words import WordCutter
from evals.bigrams import BigramIndex
from evals.dataset import Article, StatuteQuestion

_NOTICE = "statutes"
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One question: its right articles and the best hundred of the product and of plain BM25."""

    id: int
    question: str
    right: frozenset[str]
    ours: tuple[str, ...]
    bigrams: tuple[str, ...]


def text_of(article: Article) -> str:
    """An article as it is indexed: its name stands where the headings of a measure stand."""
    return f"{article.name}：{article.content}"


def make_corpus(articles: Sequence[Article], vectors: Vector, embedder: Embedder) -> Corpus:
    """Articles as the measures of one notice; written with the product's own writers, read from a private copy."""
    passages = tuple(Passage(f"{_NOTICE}/{a.id}", _NOTICE, text_of(a)) for a in articles)
    cutter = WordCutter()
    with tempfile.TemporaryDirectory(prefix="policy-statutes-") as folder:
        words, meaning = Path(folder) / "keywords", Path(folder) / "vectors"
        write_keywords(words, [cutter.search_words(p.text) for p in passages])
        write_vectors(meaning, passages, vectors)
        keywords, nearest = KeywordIndex(words), VectorIndex(meaning)
        write_keywords(words, [[]])
        one_notice = KeywordIndex(words)
    no_departments = DepartmentTable(())
    notice = _make_notice(articles)
    return Corpus(
        version="",
        texts={},
        catalogue=Catalogue((notice,)),
        departments=no_departments,
        readings=Readings({}, {}),
        lexicon=Lexicon((), no_departments, {}),
        cutter=cutter,
        passages=passages,
        rows=number_rows(passages),
        keywords=keywords,
        notice_keywords=one_notice,
        vectors=nearest,
        embedder=embedder,
    )


def _make_notice(articles: Sequence[Article]) -> Notice:
    nowhere = Phrase("", 0, 0)
    measures = tuple(Measure(a.id, n, "", a.name, "", nowhere, ()) for n, a in enumerate(articles, 1))
    chapter = Chapter(f"{_NOTICE}/1", 0, "", "", None, (), measures)
    return Notice(_NOTICE, "", nowhere, None, None, None, None, (), (chapter,))


def search_articles(
    questions: Sequence[StatuteQuestion],
    articles: Sequence[Article],
    corpus: Corpus,
    tell: Callable[[], None] = lambda: None,
) -> tuple[Found, ...]:
    vocabulary = QuestionVocabulary(corpus.cutter, AskReader().shared_words)
    bigrams = BigramIndex([text_of(a) for a in articles])
    found: list[Found] = []
    for one in questions:
        ours = tuple(rank_by_product(one.question, vocabulary, corpus))
        plain = tuple(articles[i].id for i in bigrams.rank(one.question, DEEPEST))
        found.append(Found(one.id, one.question, frozenset(one.gold), ours, plain))
        tell()
    return tuple(found)


def rank_by_product(question: str, vocabulary: QuestionVocabulary, corpus: Corpus) -> list[str]:
    vector = corpus.embedder.embed_questions([question])[0] if corpus.embedder else None
    query = Query(question, question, "zh", words=vocabulary.search_words(question), vector=vector)
    measures = (m.place.measure for m in retrieve(query, corpus).measures)
    return [m.id for m in measures if m][:DEEPEST]
