"""Measures the retrieval step alone at scale: lay questions over articles of law, one article a passage."""

from collections.abc import Sequence

import numpy as np
from joblib import Memory

from assistant.naming.vocabulary import QuestionVocabulary
from assistant.retrieving.retrieve import Search, retrieve
from assistant.understanding.wants import WantReader
from corpus.embedding.embed import Embedder, Vector
from evals.baselines.search import BigramIndex
from evals.corpora import open_passages
from evals.external.dataset import Plan, read_rows, take_sample
from evals.external.figures import HITS, RECALLS, Part, Ranked, compare_paired, rank_figures
from evals.run import show_progress, track

_DEEPEST = 100
_SAMPLED_ARTICLES = 3_000
_CHUNK = 256


def measure_statutes(plan: Plan) -> tuple[Part, ...]:
    questions, everything = plan.draw("stard_questions_train"), read_rows(plan.data, "stard_articles")
    right = {name for q in read_rows(plan.data, "stard_questions_train") for name in q.right}
    articles = take_sample(everything, _SAMPLED_ARTICLES if questions.is_part else None, right)
    # The name of an article stands where the headings of a measure stand.
    texts = {a.id: f"{a.name}：{a.text}" for a in articles.rows}
    vectors = embed_once(list(texts.values()), plan)
    with show_progress("建立法条的索引", 1):
        corpus, bigrams = open_passages(texts, vectors), BigramIndex(list(texts.values()))
    vocabulary = QuestionVocabulary(corpus.cutter, WantReader().shared_words)
    ranked = []
    for q in track("法律问题", questions.rows):
        (vector,) = plan.embedder.embed_questions([q.text])
        words = vocabulary.search_words(q.text)
        query = Search(words, words, q.text, vector=vector)
        ours = [match.place.measure.id for match in retrieve(query, corpus).measures if match.place.measure]
        plain = [articles.rows[i].id for i in bigrams.rank(q.text, _DEEPEST)]
        ranked.append(Ranked(tuple(ours[:_DEEPEST]), tuple(plain), tuple(q.right)))
    rows = [{"question": q, "articles": found} for q, found in zip(questions.rows, ranked, strict=True)]
    scope = f"{questions.count('题')}，{articles.count('条')}，只量检索一步"
    figures = rank_figures("法条", ranked, RECALLS, questions.is_part)
    paired = {"第一条就对": compare_paired(ranked, HITS["R@1"])}
    return (Part("法律问题", scope, questions.is_part, figures, paired, rows),)


def embed_once(texts: Sequence[str], plan: Plan) -> Vector:
    """The vectors of the texts in their order; an interrupted run goes on where it was."""
    embed = Memory(plan.cache, verbose=0).cache(_embed, ignore=["embedder"])
    chunks = [texts[begin : begin + _CHUNK] for begin in range(0, len(texts), _CHUNK)]
    steps = track(f"法条的向量（每步 {_CHUNK} 条）", chunks)
    return np.concatenate([embed(chunk, plan.embedder.identity, plan.embedder) for chunk in steps])


def _embed(texts: Sequence[str], identity: str, embedder: Embedder) -> Vector:
    """Kept by texts and identity."""
    return embedder.embed_passages(texts)
