"""The product without one of its parts at a time: other steps, or a corpus that lacks something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.ask import Steps
from assistant.compose import compose
from assistant.composing.draft import Finding
from assistant.evidence import Evidence
from assistant.query import LIST_ASKS, Ask, AskReading, Query, Turn
from assistant.retrieve import Ranking, retrieve
from assistant.understand import Understander
from assistant.verify import Verified
from corpus.store import Corpus
from evals.entry import Entry, LocalEntry
from evals.plain_pipeline import PlainEntry


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to answer; the entry is opened when its turn comes."""

    name: str
    meaning: str
    open: Callable[[Corpus], Entry]


WHOLE = Variant("完整", "产品本身", lambda corpus: LocalEntry(corpus=corpus))


def list_variants() -> tuple[Variant, ...]:
    """The whole first."""
    return (
        WHOLE,
        Variant("只用字词", "没有向量模型", lambda corpus: _open(replace(corpus, vectors=None, embedder=None))),
        Variant("只用向量", "检索不看字词，也不看认出的名称", _with(Steps(retrieve=retrieve_by_meaning))),
        Variant("不用目录", "名单、计数、比较也靠检索", _with(Steps(compose=compose_without_catalogue))),
        Variant("不核对", "写出来的都算", _with(Steps(verify=keep_everything))),
        Variant("不读所问", "每个问题都当作问内容", _with(Steps(understand=understand_without_asks))),
        Variant("llama-index", "默认切分、向量检索，前两段就是回答", PlainEntry),
    )


def _open(corpus: Corpus) -> Entry:
    return LocalEntry(corpus=corpus)


def _with(steps: Steps) -> Callable[[Corpus], Entry]:
    return lambda corpus: LocalEntry(corpus=corpus, steps=steps)


def retrieve_by_meaning(query: Query, corpus: Corpus, notice_ids: Sequence[str]) -> Ranking:
    return retrieve(replace(query, words=(), subjects=()), corpus, notice_ids)


def compose_without_catalogue(evidence: Evidence) -> tuple[Finding, ...]:
    """Every ask of a list is answered as one of a detail is: from what retrieval found."""
    asks = (replace(a, ask=Ask.DETAIL) if a.ask in LIST_ASKS else a for a in evidence.query.asks)
    return compose(replace(evidence, query=replace(evidence.query, asks=tuple(asks))))


def keep_everything(findings: Sequence[Finding], corpus: Corpus, language: str) -> Verified:
    return Verified(tuple(findings), ())


def understand_without_asks(understander: Understander, question: str, history: Sequence[Turn]) -> Query:
    query = understander.understand(question, history)
    return replace(query, asks=(AskReading(Ask.DETAIL, query.standalone, 1.0, query.subjects),))
