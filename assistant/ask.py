"""The path of a question: understand, retrieve, compose, verify, answer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from assistant.adapter import QueryMaker
from assistant.answer import Answer, Timings
from assistant.assemble import Outcome, assemble, without_echoes
from assistant.compose import compose
from assistant.composing.draft import Finding
from assistant.composing.fixed import fixed_finding, name_home
from assistant.evidence import Evidence, ItemIndex
from assistant.narrow import choose_notices, narrow_corpus, narrow_query
from assistant.query import Query
from assistant.retrieve import Ranking, retrieve
from assistant.understanding.frame import Act, Clause, Frame, Turn
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


@dataclass(frozen=True, slots=True)
class _Heard:
    """The clauses that ask, the reply to each clause of the message, and what is to be answered as composing sees it."""

    asking: tuple[Clause, ...]
    replies: tuple[Reply | None, ...]
    query: Query


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
        heard = self._hear(cleaned, turns)
        query = heard.query
        chosen = choose_notices(query, notice_ids, self.corpus)
        query, corpus = narrow_query(query, chosen), self._narrow(chosen)
        clock.mark()
        tell("retrieve")
        ranking = self._steps.retrieve(query, corpus, chosen)
        clock.mark()
        tell("compose")
        found = self._steps.compose(Evidence(query, ranking, corpus, self._index)) if query.asks else ()
        findings = (*self._fixed(heard.replies, bool(found), query.language), *found)
        clock.mark()
        tell("verify")
        verified = self._steps.verify(findings, corpus, query.language)
        clock.mark()
        outcome = Outcome(question, turns, heard.asking, query, tuple(without_echoes(verified.findings)))
        return assemble(outcome, self.corpus, self._steps.today(), clock.timings())

    def read(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """The question as composing sees it."""
        return self._hear(clean_question(question), tuple(history)).query

    def _hear(self, question: str, turns: Sequence[Turn]) -> _Heard:
        frame = self._steps.understand(self._understander, question, turns)
        replies = tuple(self._reach.reply_to(c) for c in frame.clauses)
        asking = tuple(c for c in frame.clauses if c.asks or c.act is Act.ELSEWHERE)
        return _Heard(asking, replies, self._queries.make(frame, find_asked(frame, replies)))

    def rank(self, question: str, notice_ids: Sequence[str] = ()) -> Ranking:
        """The sentences and measures nearest to a question, for programs that compose answers of their own."""
        query = self._hear(clean_question(question), ()).query
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


def open_assistant(settings: CorpusSettings | None = None) -> Assistant:
    """The assistant over the published corpus."""
    return Assistant(open_corpus(settings or CorpusSettings()))
