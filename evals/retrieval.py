"""Measures the product on other people's data, part by part, with the product's own ingest, retrieval and answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import open_assistant
from corpus.embed import Embedder
from evals.dataset import Article, DataFolder, Document, PolicyQuestion, StatuteQuestion, take_sample
from evals.figures import PartResult
from evals.policy_library import open_policy_library
from evals.policy_part import decline_twins, reach_answers, right_documents, same_texts
from evals.prompt_part import answer_prompts
from evals.retrieval_figures import Scope, summarise_prompts, summarise_questions, summarise_statutes, summarise_twins
from evals.statute_part import make_corpus, search_articles, text_of
from evals.vector_cache import VectorCache

POLICIES, STATUTES, PROMPTS = "policies", "statutes", "prompts"
PARTS = (POLICIES, STATUTES, PROMPTS)
# A sample of questions is asked of a part of the texts, so that embedding them takes minutes, not hours.
_SAMPLED_DOCUMENTS = 150
_SAMPLED_ARTICLES = 3_000

Begin = Callable[[str, int], Callable[[int], None]]
"""Called with a step and its number of units; what it returns hears how many more are done."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: `sample` is the number of questions of each part, None for all; `cache` outlives the run."""

    data: DataFolder
    cache: Path
    sample: int | None = None
    parts: Sequence[str] = PARTS


def measure(plan: Plan, embedder: Embedder, begin: Begin) -> tuple[PartResult, ...]:
    results: list[PartResult] = []
    if POLICIES in plan.parts:
        results += _measure_policies(plan, embedder, begin)
    if STATUTES in plan.parts:
        results.append(_measure_statutes(plan, embedder, begin))
    if PROMPTS in plan.parts:
        results.append(_measure_prompts(plan, begin))
    return tuple(results)


def _measure_policies(plan: Plan, embedder: Embedder, begin: Begin) -> tuple[PartResult, PartResult]:
    everything, all_questions, all_twins = plan.data.documents(), plan.data.policy_questions(), plan.data.twins()
    questions, twins = take_sample(all_questions, plan.sample), take_sample(all_twins, plan.sample)
    is_sample = len(questions) < len(all_questions)
    documents = choose_documents(everything, questions) if is_sample else everything
    built = begin("建立政策文件的索引", 1)
    library = open_policy_library(documents, plan.cache / ("policies-sample" if is_sample else "policies"), embedder)
    built(1)
    tell = begin("政策问题", len(questions))
    reached = reach_answers(questions, documents, library, lambda: tell(1))
    tell = begin("答不出的题", len(twins))
    declined = decline_twins(twins, library, lambda: tell(1))
    where = _count(len(documents), len(everything), "份文件")
    if library.refused:
        where += f"（另 {library.refused} 份与其中某份是同一通知，未收入）"
    return (
        summarise_questions(reached, Scope(f"{_count(len(questions), len(all_questions), '题')}，{where}", is_sample)),
        summarise_twins(
            declined,
            reached,
            Scope(f"{_count(len(twins), len(all_twins), '题')}，{where}", is_sample or len(twins) < len(all_twins)),
        ),
    )


def choose_documents(documents: Sequence[Document], questions: Sequence[PolicyQuestion]) -> tuple[Document, ...]:
    """All that answer the questions, and others up to a fixed number, the same at every run."""
    twins_of = same_texts(documents)
    right = {d for q in questions for d in right_documents(q, twins_of)}
    others = [d for d in documents if d.docid not in right]
    kept = {d.docid for d in take_sample(others, max(0, _SAMPLED_DOCUMENTS - len(right)))} | right
    return tuple(d for d in documents if d.docid in kept)


def choose_articles(articles: Sequence[Article], questions: Sequence[StatuteQuestion]) -> tuple[Article, ...]:
    """All that answer any question of the data, and others up to a fixed number, the same at every run."""
    right = {a for q in questions for a in q.gold}
    others = [a for a in articles if a.id not in right]
    kept = {a.id for a in take_sample(others, max(0, _SAMPLED_ARTICLES - len(right)))} | right
    return tuple(a for a in articles if a.id in kept)


def _count(chosen: int, whole: int, unit: str) -> str:
    return f"{chosen:,} {unit}" if chosen == whole else f"抽样 {chosen:,} / {whole:,} {unit}"


def _measure_statutes(plan: Plan, embedder: Embedder, begin: Begin) -> PartResult:
    everything, all_questions = plan.data.articles(), plan.data.statute_questions()
    questions = take_sample(all_questions, plan.sample)
    is_sample = len(questions) < len(all_questions)
    articles = choose_articles(everything, all_questions) if is_sample else everything
    tell_vectors = begin("法条的向量", len(articles))
    vectors = VectorCache(plan.cache / "vectors", embedder).embed([text_of(a) for a in articles], tell_vectors)
    built = begin("建立法条的索引", 1)
    corpus = make_corpus(articles, vectors, embedder)
    built(1)
    tell = begin("法律问题", len(questions))
    found = search_articles(questions, articles, corpus, lambda: tell(1))
    asked, where = _count(len(questions), len(all_questions), "题"), _count(len(articles), len(everything), "条")
    return summarise_statutes(found, Scope(f"{asked}，{where}，只量检索一步", is_sample))


def _measure_prompts(plan: Plan, begin: Begin) -> PartResult:
    everything = plan.data.prompts()
    prompts = take_sample(everything, plan.sample)
    tell = begin("诱导和越界的话", len(prompts))
    answered = answer_prompts(prompts, open_assistant(), lambda: tell(1))
    asked = _count(len(prompts), len(everything), "句")
    return summarise_prompts(answered, Scope(f"{asked}，问的是已发布的语料", len(prompts) < len(everything)))
