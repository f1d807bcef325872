"""The path of a question: understand, retrieve, compose, verify, answer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from assistant.adapter import QueryMaker
from assistant.answer import Answer, Citation, Composer, Degraded, ListItem, Part, PartKind, Repair, Status, Timings
from assistant.assemble import (
    CitationNumbers,
    carriers_of,
    count_of,
    decide_status,
    departments_parts,
    explain_repairs,
    make_id,
    order_parts,
    responsible_for,
    source_part,
    without_echoes,
)
from assistant.compose import compose
from assistant.composing.document import warn_of_lapse
from assistant.composing.draft import Finding, responsibility_sources
from assistant.composing.fixed import fixed_finding, name_home
from assistant.evidence import Evidence, ItemIndex
from assistant.narrow import choose_notices, narrow_corpus, narrow_query
from assistant.origin import name_notices, product_version
from assistant.query import Query
from assistant.retrieve import Ranking, retrieve
from assistant.understanding.frame import Frame, Turn
from assistant.understanding.reach import TALK, Reach, Reply, find_asked
from assistant.understanding.text import clean_question
from assistant.understanding.understand import Understander
from assistant.verify import Verified, verify
from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_corpus

_TURNS_READ = 20
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Clock:
    """Milliseconds between the marks of one question."""

    began: float
    marks: list[float] = field(default_factory=list)

    def mark(self) -> None:
        self.marks.append(time.perf_counter())

    def timings(self) -> Timings:
        edges = [self.began, *self.marks]
        understand, retrieve, compose, check = ((b - a) * 1000 for a, b in pairwise(edges))
        return Timings(understand, retrieve, compose, check, total=(edges[-1] - self.began) * 1000)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the path; an experiment passes others."""

    understand: Callable[[Understander, str, Sequence[Turn]], Frame] = Understander.understand
    retrieve: Callable[[Query, Corpus, Sequence[str]], Ranking] = retrieve
    compose: Callable[[Evidence], tuple[Finding, ...]] = compose
    verify: Callable[[Sequence[Finding], Corpus, str], Verified] = verify
    today: Callable[[], date] = date.today


class Assistant:
    """Answers questions from one published corpus."""

    def __init__(self, corpus: Corpus, steps: Steps | None = None) -> None:
        self.corpus = corpus
        self._steps = steps or Steps()
        self._understander = reader = Understander(corpus)
        self._queries = QueryMaker(corpus, reader.vocabulary, reader.synonyms, reader.finder)
        self._index = ItemIndex(corpus)
        self._narrowed: dict[tuple[str, ...], Corpus] = {}
        notices = corpus.catalogue.notices
        documents = [
            *(f"{n.title} {n.number_text}" for n in notices),
            *(f"{r.title} {r.number or ''}" for n in notices for r in n.references),
        ]
        self._reach = Reach(reader.finder, documents)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        on_step: OnStep | None = None,
    ) -> Answer:
        """The verified answer to one question; `on_step` hears which step runs."""
        tell = on_step or (lambda step: None)
        turns = tuple(history)[-_TURNS_READ:]
        cleaned = clean_question(question)
        clock = _Clock(time.perf_counter())
        tell("understand")
        query, replies = self._read(cleaned, turns)
        chosen = choose_notices(query, notice_ids, self.corpus)
        query, corpus = narrow_query(query, chosen), self._narrow(chosen)
        clock.mark()
        tell("retrieve")
        ranking = self._steps.retrieve(query, corpus, chosen)
        clock.mark()
        tell("compose")
        found = self._steps.compose(Evidence(query, ranking, corpus, self._index)) if query.asks else ()
        findings = (*self._fixed(replies, bool(found), query.language), *found)
        clock.mark()
        tell("verify")
        verified = self._steps.verify(findings, corpus, query.language)
        clock.mark()
        return self._answer(question, turns, query, (tuple(without_echoes(verified.findings)), clock))

    def read(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """The question as composing sees it."""
        return self._read(clean_question(question), tuple(history))[0]

    def _read(self, question: str, turns: Sequence[Turn]) -> tuple[Query, Sequence[Reply | None]]:
        """What is to be answered of a message, and the reply to each of its clauses that is not."""
        frame = self._steps.understand(self._understander, question, turns)
        replies = [self._reach.reply_to(c) for c in frame.clauses]
        return self._queries.make(frame, find_asked(frame, replies)), replies

    def rank(self, question: str, notice_ids: Sequence[str] = ()) -> Ranking:
        """The sentences and measures nearest to a question, for programs that compose answers of their own."""
        query, _ = self._read(clean_question(question), ())
        chosen = choose_notices(query, notice_ids, self.corpus)
        return self._steps.retrieve(narrow_query(query, chosen), self._narrow(chosen), chosen)

    def _narrow(self, notice_ids: tuple[str, ...]) -> Corpus:
        """The corpus of these notices, whose tables are computed once."""
        if notice_ids not in self._narrowed:
            self._narrowed[notice_ids] = narrow_corpus(self.corpus, notice_ids)
        return self._narrowed[notice_ids]

    def _fixed(self, replies: Sequence[Reply | None], is_answered: bool, language: str) -> list[Finding]:
        """One finding for each reason why a clause is not answered; talk beside anything else needs no reply."""
        keys = list(dict.fromkeys(r for r in replies if r is not None))
        serious = [k for k in keys if k not in TALK]
        home = name_home(self._understander.finder.home)
        kept = serious if serious or is_answered else keys[:1]
        return [fixed_finding(key, self.corpus, language, home) for key in kept]

    def _warnings(self, citations: Sequence[Citation], language: str) -> list[Part]:
        """What is cited from a notice that holds no more is never said without saying so."""
        cited, today = (c.notice_id for c in citations), self._steps.today()
        return [Part(PartKind.NOTE, text) for text in warn_of_lapse(cited, self.corpus.catalogue, language, today)]

    def _answer(
        self,
        question: str,
        turns: Sequence[Turn],
        query: Query,
        outcome: tuple[tuple[Finding, ...], _Clock],
    ) -> Answer:
        findings, clock = outcome
        status = decide_status(findings)
        numbers = CitationNumbers()
        parts = [Part(PartKind.NOTE, explain_repairs(query.repairs, query.language))] if query.repairs else []
        parts += [Part(d.kind, d.text, numbers.number(d.sources)) for d in order_parts(findings)]
        items = dict.fromkeys(ListItem(i.text, numbers.number(i.sources)) for f in findings for i in f.items)
        places = carriers_of(findings)
        unnamed = [p for p in places if not numbers.has_all(responsibility_sources(p))]
        parts += departments_parts(unnamed, numbers, query.language, self.corpus.departments)
        citations = numbers.citations()
        parts += self._warnings(citations, query.language)
        if source := source_part(citations, places, query.language):
            parts.append(source)
        is_fixed = status in {Status.OUT_OF_SCOPE, Status.REFUSED, Status.NEEDS_DETAIL}
        return Answer(
            id=make_id(question, turns, self.corpus.version),
            question=question,
            standalone_question=query.standalone,
            language=query.language,
            status=status,
            parts=tuple(parts),
            citations=citations,
            responsibilities=responsible_for(places),
            missing=tuple(f.missing for f in findings if f.missing),
            items=tuple(items) or None,
            count=count_of(findings, len(items)),
            repairs=tuple[Repair, ...](query.repairs),
            composer=Composer.FIXED if is_fixed else Composer.LIST if items else Composer.QUOTE,
            degraded=Degraded.EMBEDDER_UNAVAILABLE if self.corpus.vectors is None else None,
            corpus_version=self.corpus.version,
            product_version=product_version(),
            notices=name_notices(citations, self.corpus.texts),
            timings_ms=clock.timings(),
        )


def open_assistant(settings: CorpusSettings | None = None) -> Assistant:
    """The assistant over the published corpus."""
    return Assistant(open_corpus(settings or CorpusSettings()))
