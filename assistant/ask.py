"""The path of a question: understand, retrieve, compose, verify, answer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from assistant.answer import Answer, PartKind, Timings
from assistant.assemble import Outcome, assemble, order_parts, standalone, without_echoes
from assistant.citing import CitationNumbers
from assistant.composing.compose import compose
from assistant.composing.draft import DraftPart, Finding
from assistant.composing.fixed import fixed_finding, name_home
from assistant.evidence.expand import expand
from assistant.evidence.inquiry import Inquirer, Inquiry, Scope
from assistant.model.endpoint import Endpoint
from assistant.model.framing import Rereading
from assistant.model.reading import TURNS_SHOWN, Reader, Shown
from assistant.model.settings import read_model_settings
from assistant.model.weighing import Found, Standing, is_better, may_help, settle
from assistant.model.writing import Assignment, Writer, Written
from assistant.naming.subject import Subject
from assistant.output.listener import WRITE, Listener, Told
from assistant.retrieving.retrieve import Ranking, Search, retrieve
from assistant.retrieving.scope import choose_notices, narrow_clause, narrow_corpus
from assistant.settings import AssistantSettings
from assistant.understanding.frame import Act, Clause, Frame, Turn
from assistant.understanding.reach import TALK, Reach, Reply, find_asked
from assistant.understanding.text import LONGEST_QUESTION, clean_question, strip_unseen
from assistant.understanding.understand import Understander
from assistant.verifying.verify import Verified, verify
from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_corpus

_TURNS_READ = 20
_FIRST_LINES = frozenset({PartKind.DIRECT, PartKind.CORRECTION})


@dataclass(frozen=True, slots=True)
class _Clock:
    """Tells which step begins, and keeps the milliseconds between them."""

    tell: Callable[[str], None] = lambda step: None
    marks: list[float] = field(default_factory=list)

    def begin(self, step: str) -> None:
        self.mark()
        self.tell(step)

    def mark(self) -> None:
        self.marks.append(time.perf_counter())

    def end(self) -> Timings:
        """What follows the four steps is the model's."""
        edges = [*self.marks, time.perf_counter()]
        understand, retrieve, compose, check, *model = ((b - a) * 1000 for a, b in pairwise(edges))
        return Timings(understand, retrieve, compose, check, (edges[-1] - edges[0]) * 1000, sum(model))


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the path; an experiment passes others."""

    understand: Callable[[Understander, str, Sequence[Turn]], Frame] = Understander.understand
    retrieve: Callable[[Search, Corpus, Sequence[str]], Ranking] = retrieve
    compose: Callable[[Sequence[Inquiry]], tuple[Finding, ...]] = compose
    verify: Callable[[Sequence[Finding], Corpus, str], Verified] = verify
    today: Callable[[], date] = date.today
    reader: Reader | None = None
    """Reads a message again where the frame leaves something open."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """The frame, the reply to each clause that is not to be answered, and the clauses that are."""

    frame: Frame
    replies: tuple[Reply | None, ...]
    asked: tuple[Clause, ...]

    @property
    def asking(self) -> tuple[Clause, ...]:
        return tuple(c for c in self.frame.clauses if c.asks or c.act is Act.ELSEWHERE)

    @property
    def refused(self) -> tuple[bool, ...]:
        """Of each clause, whether it stays without an answer however it is read."""
        return tuple(r is not None and r is not Reply.NEEDS_DETAIL for r in self.replies)

    @property
    def is_refused(self) -> bool:
        """Something in it is, and not only talk beside it."""
        return any(r is not None and r not in {*TALK, Reply.NEEDS_DETAIL} for r in self.replies)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was found for a message: `findings` begin with the fixed replies, then one for each inquiry."""

    heard: _Heard
    corpus: Corpus
    inquiries: tuple[Inquiry, ...]
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> Standing:
        own = self.findings[len(self.findings) - len(self.inquiries) :]
        found = tuple(Found(i.clause, f) for i, f in zip(self.inquiries, own, strict=True))
        return Standing(self.heard.frame, found)

    @property
    def filled(self) -> tuple[bool, ...]:
        """Of each clause, whether everything that it asks was found."""
        return tuple(self._fills(c) for c in self.heard.frame.clauses)

    def _fills(self, clause: Clause) -> bool:
        own = [f.finding for f in self.standing.found if f.clause.overlaps(clause)]
        return bool(own) and all(f.is_filled for f in own)


def _tell(part: DraftPart, numbers: CitationNumbers, language: str) -> Told:
    numbered = numbers.number_part(part)
    return Told(numbered, numbers.citations(), language)


class Assistant:
    """Answers questions from one published corpus."""

    def __init__(
        self, corpus: Corpus, steps: Steps | None = None, handover: str = "", writer: Writer | None = None
    ) -> None:
        self.corpus = corpus
        self._writer = writer
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

    @property
    def endpoint(self) -> Endpoint | None:
        """Of the model that phrases answers, for whoever watches it; None where none is set."""
        return self._writer.endpoint if self._writer else None

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        listener: Listener | None = None,
    ) -> Answer:
        """The verified answer to one question; `listener` hears which step runs, and what stands already."""
        listener = listener or Listener()
        turns = tuple(history)[-_TURNS_READ:]
        cleaned = clean_question(question)
        clock = _Clock(listener.on_step)
        clock.begin("understand")
        answered = self._answer(self._hear(cleaned, turns), notice_ids, clock)
        began = time.monotonic()
        if self._steps.reader is not None or self._writer is not None:
            clock.mark()
        if self._steps.reader is not None:
            answered = self._read_again(answered, turns, notice_ids, listener)
        heard, found_last = answered.heard, tuple(without_echoes(answered.findings))
        outcome = Outcome(question, turns, heard.asking, heard.frame, found_last, self._handover)
        if self._writer is not None and answered.inquiries:
            listener.on_step(WRITE)
            spent = time.monotonic() - began
            outcome = replace(outcome, written=self._write(outcome, answered, listener, spent))
        return assemble(outcome, self.corpus, self._steps.today(), clock.end())

    def _answer(self, heard: _Heard, notice_ids: Sequence[str], clock: _Clock | None = None) -> _Answered:
        """What is found and holds for the clauses of a message."""
        clock = clock or _Clock()
        frame, language = heard.frame, heard.frame.language
        chosen = choose_notices(frame.names, notice_ids, self.corpus)
        corpus = self._narrow(chosen)
        clock.begin("retrieve")
        inquiries = self._inquire(heard, corpus, chosen)
        clock.begin("compose")
        found = self._steps.compose(inquiries)
        findings = (*self._fixed(heard.replies, found, language, corpus), *found)
        clock.begin("verify")
        verified = self._steps.verify(findings, corpus, language)
        return _Answered(heard, corpus, tuple(inquiries), verified.findings)

    def _read_again(
        self, floor: _Answered, turns: Sequence[Turn], notice_ids: Sequence[str], listener: Listener
    ) -> _Answered:
        """The answer to a model's reading of the message, where that may help and is better; else what stands."""
        reader = self._steps.reader
        asked = [n for n, turn in enumerate(turns) if turn.role == "user"]
        shown = Shown(floor.heard.frame, floor.heard.refused, floor.filled)
        if reader is None or not may_help(shown, floor.standing.found, has_history=bool(asked)):
            return floor
        before = [
            self._hear(strip_unseen(turns[n].content[:LONGEST_QUESTION]), turns[:n]) for n in asked[-TURNS_SHOWN:]
        ]
        shown = replace(shown, earlier=tuple(h.frame for h in before if not h.is_refused))
        rereading = Rereading(self._understander.read_pieces, self._refuses)
        frame = reader.read(shown, rereading, listener.stopped)
        if frame is None:
            return floor
        answered = self._answer(self._reply(frame), notice_ids)
        settled = settle(floor.standing, answered.standing)
        if settled != frame.clauses:
            answered = self._answer(self._reply(replace(frame, clauses=settled)), notice_ids)
        return answered if is_better(floor.standing, answered.standing) else floor

    def _refuses(self, clause: Clause) -> bool:
        reply = self._reach.reply_to(clause)
        return reply is not None and reply is not Reply.NEEDS_DETAIL

    def _write(self, outcome: Outcome, answered: _Answered, listener: Listener, spent: float) -> Written:
        """What a model makes of the findings, told part by part as its citations are numbered in the answer."""
        assert self._writer is not None
        language = outcome.frame.language
        assignment = Assignment(
            standalone(outcome),
            language,
            outcome.findings,
            answered.inquiries,
            answered.corpus,
            spent_seconds=spent,
        )
        numbers = CitationNumbers()
        for first in order_parts(outcome.findings, language)[:1]:
            if first.kind in _FIRST_LINES:
                listener.on_first_line(_tell(first, CitationNumbers(), language))
        return self._writer.write(
            assignment, lambda part: listener.on_part(_tell(part, numbers, language)), listener.stopped
        )

    def read(self, question: str, history: Sequence[Turn] = ()) -> tuple[Frame, tuple[Clause, ...]]:
        """The frame of a message, and the clauses that are to be answered from the notices."""
        heard = self._hear(clean_question(question), tuple(history))
        return heard.frame, heard.asked

    def _is_home(self, place: Subject) -> bool:
        """It lies in a province that a notice speaks for; a notice for all of them speaks for none."""
        return bool(self._understander.finder.home & set(place.targets))

    def _hear(self, question: str, turns: Sequence[Turn]) -> _Heard:
        return self._reply(self._steps.understand(self._understander, question, turns))

    def _reply(self, frame: Frame) -> _Heard:
        replies = tuple(self._reach.reply_to(c) for c in frame.clauses)
        if any(c.act is Act.TOLD and c.says_something for c in frame.clauses):
            # 雄安那边的绿地水面，最后要占到多大比例 names its thing beside what is asked.
            replies = tuple(None if r is Reply.NEEDS_DETAIL else r for r in replies)
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

    def _fixed(
        self, replies: Sequence[Reply | None], found: Sequence[Finding], language: str, corpus: Corpus
    ) -> list[Finding]:
        """One finding for each reason why a clause is not answered; talk beside anything else needs no reply."""
        keys = list(dict.fromkeys(r for r in replies if r is not None))
        # Beside an answer, a clause that named nothing most often belongs to it.
        passing = {*TALK, Reply.NEEDS_DETAIL} if any(f.is_filled for f in found) else TALK
        serious = [k for k in keys if k not in passing]
        home = name_home(self._understander.finder.home, language)
        kept = serious if serious or found else keys[:1]
        return [fixed_finding(key, corpus, language, home) for key in kept]


def open_assistant(settings: CorpusSettings | None = None) -> Assistant:
    """The assistant over the published corpus, with the model that is set."""
    corpus, handover = open_corpus(settings or CorpusSettings()), AssistantSettings().handover
    model = read_model_settings()
    if not model.is_set:
        return Assistant(corpus, None, handover)
    endpoint = Endpoint(model)
    reader, writer = Reader(endpoint, model.model_seconds), Writer(endpoint, model.model_seconds)
    return Assistant(corpus, Steps(reader=reader), handover, writer)
