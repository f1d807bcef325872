"""The path of a question: understand, retrieve, compose, verify, answer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from assistant.answer import Answer, Timings
from assistant.assemble import Outcome, assemble, without_echoes
from assistant.composing.compose import compose
from assistant.composing.draft import Finding
from assistant.composing.fixed import fixed_finding, name_home
from assistant.evidence.expand import expand
from assistant.evidence.inquiry import Inquirer, Inquiry, Scope
from assistant.naming.subject import Subject
from assistant.retrieving.retrieve import Ranking, Search, retrieve
from assistant.retrieving.scope import choose_notices, narrow_clause, narrow_corpus
from assistant.settings import AssistantSettings
from assistant.understanding.frame import Act, Clause, Frame, Turn
from assistant.understanding.reach import TALK, Reach, Reply, find_asked
from assistant.understanding.text import clean_question
from assistant.understanding.understand import Understander
from assistant.verifying.verify import Verified, verify
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
    retrieve: Callable[[Search, Corpus, Sequence[str]], Ranking] = retrieve
    compose: Callable[[Sequence[Inquiry]], tuple[Finding, ...]] = compose
    verify: Callable[[Sequence[Finding], Corpus, str], Verified] = verify
    today: Callable[[], date] = date.today


@dataclass(frozen=True, slots=True)
class _Heard:
    """The frame, the reply to each clause that is not to be answered, and the clauses that are."""

    frame: Frame
    replies: tuple[Reply | None, ...]
    asked: tuple[Clause, ...]

    @property
    def asking(self) -> tuple[Clause, ...]:
        return tuple(c for c in self.frame.clauses if c.asks or c.act is Act.ELSEWHERE)


class Assistant:
    """Answers questions from one published corpus."""

    def __init__(self, corpus: Corpus, steps: Steps | None = None, handover: str = "") -> None:
        self.corpus = corpus
        self._handover = handover
        self._steps = steps or Steps()
        self._understander = reader = Understander(corpus)
        self._inquirer = Inquirer(corpus, reader.vocabulary, reader.synonyms, self._is_home)
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
        frame, language = heard.frame, heard.frame.language
        chosen = choose_notices(frame.names, notice_ids, self.corpus)
        corpus = self._narrow(chosen)
        clock.mark()
        tell("retrieve")
        inquiries = self._inquire(heard, corpus, chosen)
        clock.mark()
        tell("compose")
        found = self._steps.compose(inquiries)
        findings = (*self._fixed(heard.replies, found, language), *found)
        clock.mark()
        tell("verify")
        verified = self._steps.verify(findings, corpus, language)
        clock.mark()
        found_last = tuple(without_echoes(verified.findings))
        outcome = Outcome(question, turns, heard.asking, frame, found_last, self._handover)
        return assemble(outcome, self.corpus, self._steps.today(), clock.timings())

    def read(self, question: str, history: Sequence[Turn] = ()) -> tuple[Frame, tuple[Clause, ...]]:
        """The frame of a message, and the clauses that are to be answered from the notices."""
        heard = self._hear(clean_question(question), tuple(history))
        return heard.frame, heard.asked

    def _is_home(self, place: Subject) -> bool:
        """It lies in a province that a notice speaks for; a notice for all of them speaks for none."""
        return bool(self._understander.finder.home & set(place.targets))

    def _hear(self, question: str, turns: Sequence[Turn]) -> _Heard:
        frame = self._steps.understand(self._understander, question, turns)
        replies = tuple(self._reach.reply_to(c) for c in frame.clauses)
        return _Heard(frame, replies, find_asked(frame, replies))

    def _inquire(self, heard: _Heard, corpus: Corpus, chosen: Sequence[str]) -> list[Inquiry]:
        """What each clause is answered from; names stand only for what the chosen notices hold."""
        clauses = expand(heard.asked, heard.frame, corpus.catalogue)
        inquiries = []
        for clause in clauses:
            own = choose_notices(clause.all_names, chosen, self.corpus)
            inside = self._narrow(own) if own != tuple(chosen) else corpus
            narrowed = narrow_clause(clause, own)
            scope = Scope(inside, own, len(clauses) == 1, self._steps.retrieve)
            inquiries.append(self._inquirer.inquire(narrowed, heard.frame, scope))
        return inquiries

    def rank(self, question: str, notice_ids: Sequence[str] = ()) -> Ranking:
        """The sentences and measures nearest to a question, for programs that compose answers of their own."""
        frame = self._hear(clean_question(question), ()).frame
        chosen = choose_notices(frame.names, notice_ids, self.corpus)
        return self._steps.retrieve(self._inquirer.search_for_all(frame), self._narrow(chosen), chosen)

    def _narrow(self, notice_ids: tuple[str, ...]) -> Corpus:
        """The corpus of these notices, whose tables are computed once."""
        if notice_ids not in self._narrowed:
            self._narrowed[notice_ids] = narrow_corpus(self.corpus, notice_ids)
        return self._narrowed[notice_ids]

    def _fixed(self, replies: Sequence[Reply | None], found: Sequence[Finding], language: str) -> list[Finding]:
        """One finding for each reason why a clause is not answered; talk beside anything else needs no reply."""
        keys = list(dict.fromkeys(r for r in replies if r is not None))
        # Beside an answer, a clause that named nothing most often belongs to it.
        passing = {*TALK, Reply.NEEDS_DETAIL} if any(f.is_filled for f in found) else TALK
        serious = [k for k in keys if k not in passing]
        home = name_home(self._understander.finder.home, language)
        kept = serious if serious or found else keys[:1]
        return [fixed_finding(key, self.corpus, language, home) for key in kept]


def open_assistant(settings: CorpusSettings | None = None) -> Assistant:
    """The assistant over the published corpus."""
    return Assistant(open_corpus(settings or CorpusSettings()), handover=AssistantSettings().handover)
